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

/** At most so many pages are read ahead: on larger sites memory counts more than time. */
const MOST_READ_AHEAD = 3000;

/** The docs as they were read; the key is the docs roots. */
interface LiveSite {
  key: string;
  site: Site;
}

/** A draft as it was parsed; the key is its texts. */
interface ParsedDraft {
  key: string;
  registry: Registry;
  mistakes: Mistake[];
}

/** What is known of a scenario from the last time that it was judged. */
interface Judged {
  scenario: Scenario;
  coverage: ScenarioCoverage;
  advice: readonly Mistake[];
  /** Null until somebody has looked. */
  further: readonly Mistake[] | null;
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
  #parsed: ParsedDraft | null = null;
  /** By what each scenario says, so that it holds until the scenario says something else. */
  #judged: ReadonlyMap<string, Judged> = new Map();
  /** What all of them were judged under. */
  #judgedUnder = '';

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
    const given = { files: draft.files, defaults: null };
    return neededForReview(this.#snapshot.tree, this.#blobs, { registry: given });
  }

  judge(draft: DraftRegistry): LiveCoverage {
    const { registry, mistakes } = this.#parse(draft);
    const { site, key } = this.#siteFor(registry.settings.docs);
    const under = JSON.stringify([key, registry.settings.private, draft.today]);
    const known = under === this.#judgedUnder ? this.#judged : new Map<string, Judged>();
    const keys = new Map(registry.scenarios.map((scenario) => [scenario, contentOf(scenario)]));
    const knownOf = (scenario: Scenario) => known.get(keys.get(scenario) as string);
    const coverage = judge(site, registry, {
      today: draft.today,
      waived: new Set(),
      settled: (scenario) => {
        const judged = knownOf(scenario);
        return judged ? { ...judged.coverage, scenario } : null;
      },
      search: this.#searchFor(registry.scenarios.filter((scenario) => !knownOf(scenario))),
    });
    const judged = Array.from(keys, ([scenario, content]): [string, Judged] => {
      const found = coverage.get(scenario.id) as ScenarioCoverage;
      const before = knownOf(scenario);
      if (before) return [content, movedTo(scenario, found, before)];
      const advice = adviceOn(scenario, found, registry, site, draft.today);
      return [content, { scenario, coverage: found, advice, further: null }];
    });
    this.#judged = new Map(judged);
    this.#judgedUnder = under;
    const others = [...lintRoots(site, registry), ...lintTwins(site, registry, coverage)];
    const advice = judged.flatMap(([, each]) => [...each.advice, ...(each.further ?? [])]);
    const isAdvicePending = this.#nextUnasked() !== undefined;
    return { registry, site, coverage, mistakes: [...mistakes, ...others, ...advice], isAdvicePending };
  }

  /**
   * Looks whether the symptoms of one more scenario are too broad, for which many pages may have to be read.
   * @returns false where there was none left
   */
  adviseFurther(): boolean {
    const judged = this.#nextUnasked();
    if (!judged || this.#at === null) return false;
    const { site } = this.#at;
    judged.further = lintSymptoms(site, judged.scenario, this.#searchFor([judged.scenario]).on(site));
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
    const isShown = ({ path, line }: NearMiss) =>
      coverage.candidates.some(({ section }) => section.path === path && section.line === line);
    return { coverage, nearMisses: misses.filter((miss) => !isShown(miss)) };
  }

  /** A draft is asked about twice: what it needs, and how it stands. */
  #parse({ files, defaults }: DraftRegistry): ParsedDraft {
    const key = JSON.stringify([files, defaults]);
    if (this.#parsed?.key === key) return this.#parsed;
    const { registry, mistakes } = parseRegistry(files, { defaults });
    const empty = () => parseRegistry([{ path: '', text: '' }]).registry as Registry;
    this.#parsed = { key, registry: registry ?? empty(), mistakes };
    return this.#parsed;
  }

  #siteFor(docs: readonly DocsRoot[]): LiveSite {
    const key = keyOf(docs);
    if (this.#at?.key !== key) {
      const { site } = readSite(this.#snapshot, this.#blobs, docs, { facts: this.#facts });
      this.#at = { key, site };
      this.#judged = new Map();
      this.#ahead = 0;
    }
    return this.#at;
  }

  #searchFor(scenarios: readonly Scenario[]): ScenarioSearch {
    return new ScenarioSearch(scenarios, new Map(), this.#words);
  }

  /** A scenario for which `adviseFurther` has not looked yet. */
  #nextUnasked(): Judged | undefined {
    return [...this.#judged.values()].find(({ further }) => further === null);
  }
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

/** Equal for scenarios that say the same in the same layout, wherever they stand. */
function contentOf({ place, places, ...content }: Scenario): string {
  const at = Object.entries(places).map(([field, { line, column }]) => [field, line - place.line, column]);
  return JSON.stringify([content, place.column, at]);
}

/** What is known of a scenario, at the lines where it stands now. */
function movedTo(scenario: Scenario, coverage: ScenarioCoverage, { scenario: old, advice, further }: Judged): Judged {
  const { path, line } = scenario.place;
  const by = line - old.place.line;
  const move = (mistake: Mistake) => ({ ...mistake, path, line: mistake.line + by, endLine: mistake.endLine + by });
  return { scenario, coverage, advice: advice.map(move), further: further?.map(move) ?? null };
}
