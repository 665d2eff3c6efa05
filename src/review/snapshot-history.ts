import type { Coverage, ScenarioCoverage } from '../coverage/coverage.ts';
import { judge } from '../coverage/judge.ts';
import type { PageMemory } from '../coverage/page-memory.ts';
import type { Blobs, Tree } from '../docs/tree.ts';
import type { Registry, Scenario } from '../registry/registry.ts';
import type { Changes } from './changed-pages.ts';
import type { History } from './judge-pull-request.ts';
import { findChanges, type ReadSite, readSite } from './read-sites.ts';
import { settledCoverage } from './settled-coverage.ts';
import type { Snapshot } from './snapshot.ts';

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
  readonly #sites = new WeakMap<Tree, ReadSite>();
  readonly #known = new WeakMap<Tree, Known>();
  /** By what it came to: the last change of it. */
  readonly #changes = new WeakMap<ReadSite, { before: ReadSite; changes: Changes }>();
  #near: Snapshot | null = null;
  #today = '';

  constructor({ registry, blobs, cache }: { registry: { registry: Registry }; blobs: Blobs; cache: PageMemory }) {
    this.#registry = registry.registry;
    this.#blobs = blobs;
    this.#cache = cache;
  }

  /** What is asked for next is likely to be close to this snapshot, and is judged on this day. */
  goTo(near: Snapshot, today: string): void {
    this.#today = today;
    this.coverage(near);
    this.#near = near;
  }

  site(snapshot: Snapshot): ReadSite {
    const known = this.#sites.get(snapshot.tree);
    if (known) return known;
    const near = this.#near && (this.#sites.get(this.#near.tree) ?? null);
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
    const known = this.#changes.get(after);
    if (known?.before === before) return known.changes;
    const changes = findChanges(before, after, this.#blobs);
    this.#changes.set(after, { before, changes });
    return changes;
  }

  #judge(snapshot: Snapshot, settled: (scenario: Scenario) => ScenarioCoverage | null): Coverage {
    const options = { today: this.#today, waived: new Set<string>(), words: this.#cache.words, settled };
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
    const changes = this.changes(before, after);
    return settledCoverage(before, after, changes, known.coverage, this.#registry, this.#cache.words);
  }
}
