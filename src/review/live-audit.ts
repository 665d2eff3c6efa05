import type { Coverage, NearMiss, ScenarioCoverage } from '../coverage/coverage.ts';
import { judge } from '../coverage/judge.ts';
import { lintRoots, lintScenario, lintSymptoms, lintTwins } from '../coverage/lint-against-site.ts';
import { NearMisses } from '../coverage/near-misses.ts';
import { ScenarioSearch } from '../coverage/page-search.ts';
import { PageWords } from '../coverage/page-words.ts';
import type { DocsRoot } from '../docs/frameworks/framework.ts';
import type { PageFacts } from '../docs/markdown/page-facts.ts';
import type { Site } from '../docs/site/site.ts';
import type { Blobs } from '../docs/tree.ts';
import { lintRegistry } from '../registry/lint-registry.ts';
import { parseRegistry, type RegistryFile } from '../registry/parse-registry.ts';
import type { Mistake, Registry, Scenario } from '../registry/registry.ts';
import { readSite } from './compare/read-sites.ts';
import type { Snapshot } from './compare/snapshot.ts';
import { JudgedScenarios } from './judged-scenarios.ts';
import { neededForReview } from './needed-for-review.ts';

/** A registry while somebody writes it. */
export interface DraftRegistry {
  files: readonly RegistryFile[];
  /** The owner's registry: its settings are defaults, its scenarios come first. */
  defaults: RegistryFile | null;
  /** The date that waivers are held against: YYYY-MM-DD, UTC. */
  today: string;
}

export interface LiveCoverage {
  registry: Registry;
  site: Site;
  /** Of the sound scenarios, in registry order. */
  coverage: Coverage;
  /** Mistakes and advice, as `registry check` gives them. */
  mistakes: Mistake[];
  /** Some advice takes longer to find: `adviseFurther` has not looked at every scenario yet. */
  isAdvicePending: boolean;
}

/** Why a scenario has its state: everything that was looked at, and what comes near. */
export interface LiveExplanation {
  coverage: ScenarioCoverage;
  nearMisses: NearMiss[];
}

/** Pages that are read before anybody asks; on larger sites the memory would be missed more than the time. */
const MOST_READ_AHEAD = 3000;

interface LiveSite {
  key: string;
  site: Site;
}

/**
 * An audit for whoever edits the registry and waits: the docs are read once, and after a change only the scenarios that
 * it touches are judged. What comes out is what an audit of the same texts says.
 */
export class LiveAudit {
  #snapshot: Snapshot;
  readonly #blobs: Blobs;
  readonly #words = new PageWords(MOST_READ_AHEAD);
  readonly #facts = new Map<string, PageFacts>();
  #ahead = 0;
  #at: LiveSite | null = null;
  #parsed: (Parsed & { draft: DraftRegistry }) | null = null;
  #judged = new JudgedScenarios('');

  /** @param blobs to which more may be added later */
  constructor(snapshot: Snapshot, blobs: Blobs) {
    this.#snapshot = snapshot;
    this.#blobs = blobs;
  }

  /** The docs as they stand now. */
  replaceDocs(snapshot: Snapshot): void {
    this.#snapshot = snapshot;
    this.#at = null;
    const blobs = new Set(Array.from(snapshot.tree.values(), ({ blob }) => blob));
    for (const key of this.#facts.keys()) if (!blobs.has(key.split(':')[1] as string)) this.#facts.delete(key);
  }

  /** The ids of the blobs that have to be loaded before this draft can be judged; ask again until there are none. */
  needed(draft: DraftRegistry): string[] {
    const { registry } = this.#parse(draft);
    if (this.#at?.key === keyOf(registry.settings.docs)) return [];
    return neededForReview(this.#snapshot.tree, this.#blobs, {
      registry: { files: draft.files, defaults: null },
    });
  }

  judge(draft: DraftRegistry): LiveCoverage {
    const { registry, mistakes } = this.#parse(draft);
    const { site, key } = this.#siteFor(registry.settings.docs);
    const judged = this.#judgedUnder(JSON.stringify([key, registry.settings.private, draft.today]));
    judged.begin(registry.scenarios);
    const known = new Map(registry.scenarios.map((scenario) => [scenario, judged.coverageOf(scenario)]));
    const coverage = judge(site, registry, {
      today: draft.today,
      waived: new Set(),
      settled: (scenario) => known.get(scenario) ?? null,
      search: this.#searchFor(registry.scenarios.filter((scenario) => !known.get(scenario))),
    });
    const advice = registry.scenarios.flatMap((scenario) => {
      const found = coverage.get(scenario.id) as ScenarioCoverage;
      return judged.note(scenario, found, () => adviceOn(scenario, found, registry, site, draft.today));
    });
    const others = [...lintRoots(site, registry), ...lintTwins(site, registry, coverage)];
    const isAdvicePending = judged.nextUnasked() !== null;
    return { registry, site, coverage, mistakes: [...mistakes, ...others, ...advice], isAdvicePending };
  }

  /**
   * Looks whether the symptoms of one more scenario are too broad, for which many pages may have to be read.
   * @returns false where there was none left
   */
  adviseFurther(): boolean {
    const scenario = this.#judged.nextUnasked();
    if (scenario === null || this.#at === null) return false;
    const { site } = this.#at;
    this.#judged.noteFurther(scenario, lintSymptoms(site, scenario, this.#searchFor([scenario]).on(site)));
    return true;
  }

  /**
   * Reads one more page, so that no later edit has to wait for it.
   * @returns false where there was none left
   */
  readAhead(): boolean {
    const page = this.#at?.site.pages[this.#ahead];
    if (!this.#at || !page || this.#ahead >= MOST_READ_AHEAD) return false;
    this.#at.site.read(page);
    this.#ahead += 1;
    return true;
  }

  /** @param live the last that was judged */
  explain({ registry, coverage: all, site }: LiveCoverage, id: string, today: string): LiveExplanation | null {
    const scenario = all.get(id)?.scenario;
    if (!scenario || this.#at?.site !== site) return null;
    const search = this.#searchFor([scenario]);
    const options = { today, waived: new Set<string>(), inPassingToo: true, search };
    const coverage = judge(site, { ...registry, scenarios: [scenario] }, options).get(id) as ScenarioCoverage;
    const misses = coverage.unwaived.state === 'covered' ? [] : new NearMisses(site, search.on(site)).of(scenario);
    return { coverage, nearMisses: misses.filter((miss) => !isShown(miss, coverage)) };
  }

  /** A draft is asked about twice: what it needs, and how it stands. */
  #parse(draft: DraftRegistry): Parsed {
    if (!this.#parsed || !saysTheSame(draft, this.#parsed.draft)) this.#parsed = { draft, ...parse(draft) };
    return this.#parsed;
  }

  #siteFor(docs: readonly DocsRoot[]): LiveSite {
    const key = keyOf(docs);
    if (this.#at?.key !== key) {
      const { site } = readSite(this.#snapshot, this.#blobs, docs, { facts: this.#facts });
      this.#at = { key, site };
      this.#judged = new JudgedScenarios('');
      this.#ahead = 0;
    }
    return this.#at;
  }

  #searchFor(scenarios: readonly Scenario[]): ScenarioSearch {
    return new ScenarioSearch(scenarios, new Map(), this.#words);
  }

  #judgedUnder(key: string): JudgedScenarios {
    if (this.#judged.key !== key) this.#judged = new JudgedScenarios(key);
    return this.#judged;
  }
}

interface Parsed {
  registry: Registry;
  mistakes: Mistake[];
}

function parse({ files, defaults }: DraftRegistry): Parsed {
  const { registry, mistakes } = parseRegistry(files, { defaults });
  return { registry: registry ?? (parseRegistry([{ path: '', text: '' }]).registry as Registry), mistakes };
}

function saysTheSame(a: DraftRegistry, b: DraftRegistry): boolean {
  const isSame = ({ path, text }: RegistryFile, i: number) => b.files[i]?.path === path && b.files[i]?.text === text;
  return a.files.length === b.files.length && a.defaults === b.defaults && a.files.every(isSame);
}

function keyOf(docs: readonly DocsRoot[]): string {
  return JSON.stringify(docs);
}

function adviceOn(
  scenario: Scenario,
  coverage: ScenarioCoverage,
  { settings }: Registry,
  site: Site,
  today: string,
): Mistake[] {
  return [...lintRegistry({ settings, scenarios: [scenario] }, today), ...lintScenario(site, scenario, coverage)];
}

/** Those among the candidates are shown anyway. */
function isShown({ path, line }: NearMiss, { candidates }: ScenarioCoverage): boolean {
  return candidates.some(({ section }) => section.path === path && section.line === line);
}
