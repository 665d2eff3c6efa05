import type { Gap, NearMiss, ScenarioCoverage, State } from '../coverage/coverage.ts';
import type { DocsRoot, Mistake, Registry, Scenario } from '../registry/registry.ts';
import type { Change } from './compare/compare-coverage.ts';
import type { Scope } from './compare/scope.ts';
import type { Explanation } from './explain-scenario.ts';
import type { Finding } from './findings/finding.ts';
import type { Snippet } from './suggest/page-lines.ts';

export type Verdict = 'pass' | 'fail' | 'not-judged';

export interface ScenarioReview {
  scenario: Scenario;
  /** Null where the scenario has no gap at head. */
  scope: Scope | null;
  change: Change;
  /** Its evidence was reworded and counts on, although the registry's words no longer match. */
  continued: boolean;
  before: ScenarioCoverage;
  after: ScenarioCoverage;
  /** Ready to paste; null where the scenario has no gap, or none that text on a page can close. */
  snippet: Snippet | null;
  nearMisses: NearMiss[];
}

/** What a valid change of the registry would change; it never gates. */
export interface RegistryPreview {
  /** New scenarios, with the state in which they would start. */
  added: { id: string; state: State; gaps: Gap[] }[];
  removed: string[];
  changed: { id: string; before: State; after: State; gaps: Gap[] }[];
  notes: string[];
}

export interface Counts extends Record<State, number> {
  pages: number;
  changedPages: number;
  parsedPages: number;
}

/** What a review and an audit come to. */
interface Outcome {
  registry: { source: string; commit: string | null };
  settings: Registry['settings'];
  synonyms: number;
  verdict: Verdict;
  /** One sentence. */
  reason: string;
  findings: Finding[];
  counts: Counts;
}

/** The comparison of two snapshots for one pull request. */
export interface Review extends Outcome {
  base: string;
  mergeBase: string | null;
  head: string;
  scenarios: ScenarioReview[];
  preview: RegistryPreview | null;
  /** Of the scenarios that somebody asked about. */
  explanations: Explanation[];
}

/** Coverage of the whole registry at one commit. */
export interface Audit extends Outcome {
  rev: string;
  /** The docs roots as the registry and the site's config files tell of them. */
  roots: Pick<DocsRoot, 'root' | 'route' | 'site'>[];
  scenarios: { coverage: ScenarioCoverage; nearMisses: NearMiss[] }[];
}

/** Milliseconds spent, measured by the entry: the core has no clock. */
export interface Milliseconds {
  read: number;
  parse: number;
  judge: number;
  total: number;
}

/** What became of one failure that was to go into the registry. */
export interface ChangedEntry {
  action: 'added' | 'updated' | 'skipped';
  /** Its id in the registry; null where it has none. */
  id: string | null;
  title: string;
  /** Where it comes from, such as `tickets.csv:12`; empty where a person typed it. */
  source: string;
  /** How it came about: "4 tickets, 3 customers"; or why it was skipped. */
  why: string;
  /** What the docs say of it now; null where nothing was judged. */
  coverage: ScenarioCoverage | null;
}

/** A change of a registry file by `registry add` or `registry import`. */
export interface RegistryAdditions {
  /** The file, as it is named. */
  path: string;
  isNew: boolean;
  before: string;
  after: string;
  /** Why nothing was written though something changed; null where it was. */
  unwritten: 'dry-run' | 'invalid' | null;
  entries: ChangedEntry[];
  /** What can be said against the entries that were added or updated. */
  mistakes: Mistake[];
}
