import type { Coverage, ScenarioCoverage } from '../../coverage/coverage.ts';
import { judge } from '../../coverage/judge.ts';
import type { PageMemory } from '../../coverage/memory.ts';
import { ScenarioSearch } from '../../coverage/page-search.ts';
import type { Blobs, Tree } from '../../docs/tree.ts';
import type { Registry, Scenario } from '../../registry/registry.ts';
import type { Changes } from '../compare/changes.ts';
import { touchedScenarios } from '../compare/judge-base.ts';
import type { History } from '../compare/judge-pull-request.ts';
import { findChanges, type ReadSite, readSite } from '../compare/read-sites.ts';
import type { Snapshot } from '../compare/snapshot.ts';

interface Known {
  coverage: Coverage;
  today: string;
}

/**
 * The snapshots of a history, each judged by itself and no more of it than differs from the one that was judged before
 * it. What is known of a snapshot lasts as long as its tree is kept.
 */
export class SnapshotHistory implements History {
  readonly #registry: Registry;
  readonly #blobs: Blobs;
  readonly #cache: PageMemory;
  readonly #search: ScenarioSearch;
  readonly #sites = new WeakMap<Tree, ReadSite>();
  readonly #known = new WeakMap<Tree, Known>();
  /** The last ones alone: a change keeps both its sites, and one change after another would keep them all. */
  #changes: { before: ReadSite; after: ReadSite; changes: Changes } | null = null;
  #near: Snapshot | null = null;
  #today = '';

  constructor({ registry, blobs, cache }: { registry: { registry: Registry }; blobs: Blobs; cache: PageMemory }) {
    this.#registry = registry.registry;
    this.#blobs = blobs;
    this.#cache = cache;
    const { scenarios } = registry.registry;
    this.#search = new ScenarioSearch(scenarios, cache.hits(scenarios));
  }

  /** What is asked for next is likely to be close to this snapshot, and is judged on this day. */
  goTo(near: Snapshot, today: string): void {
    this.#today = today;
    this.coverage(near);
    this.#near = near;
  }

  site(snapshot: Snapshot, beside = this.#near): ReadSite {
    const known = this.#sites.get(snapshot.tree);
    if (known) return known;
    const near = beside && (this.#sites.get(beside.tree) ?? null);
    const site = readSite(snapshot, this.#blobs, this.#registry.settings.docs, this.#cache, near);
    this.#sites.set(snapshot.tree, site);
    return site;
  }

  coverage(snapshot: Snapshot): Coverage {
    const known = this.#known.get(snapshot.tree);
    if (known?.today === this.#today) return known.coverage;
    const coverage = this.#judge(snapshot, known ? this.#onAnotherDay(known) : this.#fromNear(snapshot));
    this.#known.set(snapshot.tree, { coverage, today: this.#today });
    return coverage;
  }

  changes(before: ReadSite, after: ReadSite): Changes {
    if (this.#changes?.before !== before || this.#changes.after !== after) {
      this.#changes = { before, after, changes: findChanges(before, after, this.#blobs) };
    }
    return this.#changes.changes;
  }

  #judge(snapshot: Snapshot, settled: (scenario: Scenario) => ScenarioCoverage | null): Coverage {
    const options = { today: this.#today, waived: new Set<string>(), search: this.#search, settled };
    return judge(this.site(snapshot).site, this.#registry, options);
  }

  /** Only a waiver that ends makes a day differ from another. */
  #onAnotherDay({ coverage }: Known) {
    return ({ id, waive }: Scenario) => (waive?.until ? null : (coverage.get(id) ?? null));
  }

  #fromNear(snapshot: Snapshot) {
    const known = this.#near && this.#known.get(this.#near.tree);
    if (!this.#near || known?.today !== this.#today) return () => null;
    const [before, after] = [this.site(this.#near), this.site(snapshot)];
    const isTouched = touchedScenarios(before, after, this.changes(before, after), this.#search);
    return (scenario: Scenario) =>
      !isTouched || isTouched(scenario) ? null : (known.coverage.get(scenario.id) ?? null);
  }
}
