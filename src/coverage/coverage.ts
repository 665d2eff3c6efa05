import type { ContentBlock, Page, Section } from '../docs/site/page.ts';
import type { Scenario } from '../registry/registry.ts';
import type { Unit } from './reading.ts';
import type { Span } from './terms.ts';

export type State = 'covered' | 'partial' | 'missing' | 'waived';

export type GapKind = 'cause' | 'link' | 'broken-link' | 'only-in-sample' | 'hidden' | 'forbidden' | 'elsewhere';

/** What a scenario lacks; `detail` is the cause, link or phrase in the registry's words, or a page's path. */
export interface Gap {
  kind: GapKind;
  detail: string;
}

/** Where readers find a section. Lines are those of `path`, which may be a partial. */
export interface SectionPlace {
  path: string;
  line: number;
  endLine: number;
  anchor: string | null;
  route: string;
  label: string;
}

/** A section that speaks of a scenario. */
export interface Evidence extends SectionPlace {
  /** The words that matched, as the page has them. */
  matched: string[];
}

/** Where one of the registry's terms was found. */
export interface Match {
  field: 'code' | 'symptom' | 'cause' | 'link' | 'never' | 'claim';
  term: string;
  /** The matched words as they stand, in order. */
  words: string[];
  path: string;
  line: number;
  where: 'label' | 'row' | 'prose' | 'sample' | 'card' | 'comment';
  /** The block that holds the words; absent for a claim, and for a link, of which the block has no words. */
  found?: Found;
}

/** Where words stand in a block's text. */
export interface Found {
  block: ContentBlock;
  spans: readonly Span[];
  /** The words that stand in a label above the block instead. */
  inLabels: readonly string[];
}

/** A sentence of the docs with the words that matter in it: offsets into `text`, ascending. */
export interface Quote {
  path: string;
  line: number;
  text: string;
  marks: Span[];
}

export interface Requirement {
  kind: 'code' | 'cause' | 'link';
  term: string;
  match: Match | null;
  /** For a link that stands there: its target does not exist. */
  broken?: boolean;
  /** For a link that stands there: its page exists, its anchor may. */
  unsure?: boolean;
}

/** One section judged for one scenario, with everything that `explain` shows. */
export interface Candidate {
  page: Page;
  section: Section;
  trigger: Match;
  /** `documents`: complete. `mentions`: names it, lacks something. `sample`: only in a sample or card. */
  level: 'documents' | 'mentions' | 'sample' | 'near';
  requirements: Requirement[];
  forbidden: Match[];
  hidden: boolean;
  /** Stands where the scenario's readers look. */
  onPages: boolean;
  /** Set when a link from here to a complete section is what completes it. */
  through: Section | null;
  gaps: Gap[];
  evidence: Evidence;
  /** The text that it was judged by. */
  unit: Unit;
}

/** One scenario's state in one snapshot. */
export interface ScenarioCoverage {
  scenario: Scenario;
  state: State;
  /** State and gaps as they would be without a waiver. */
  unwaived: { state: Exclude<State, 'waived'>; gaps: Gap[] };
  gaps: Gap[];
  evidence: Evidence[];
  /** Best first. */
  candidates: Candidate[];
  /** The pages that were found to name it, in site order, whether that counts or not. */
  pages: readonly Page[];
  /** Further complete sections of the same page under their own label. */
  duplicates: [Candidate, Candidate][];
  /** A section that documents it and one on its pages that holds a `never` phrase. */
  conflicts: [Candidate, Candidate][];
  /** Links whose page exists but whose anchor could not be confirmed. */
  unsureLinks: { url: string; evidence: Evidence }[];
}

/** A section close to a scenario, for people only: it never changes a state. */
export interface NearMiss extends SectionPlace {
  lacks: string[];
  /** The sentence that holds most of the words; null where no sentence holds one. */
  quote: Quote | null;
  /** The one edit of the registry or page that would make it match. */
  edit: string;
  /** The word of this section that a symptom would have to take as well; null where no single one does. */
  widen: Widening | null;
}

/** `add` as a further choice in the group that is word `word` of symptom `symptom`, both from 1. */
export interface Widening {
  symptom: number;
  word: number;
  group: string;
  add: string;
}

/** Every scenario's state at one commit, in registry order. */
export type Coverage = ReadonlyMap<string, ScenarioCoverage>;
