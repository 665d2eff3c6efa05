import type { NearMiss, State } from '../coverage/coverage.ts';
import type { Span } from '../coverage/match-phrase.ts';
import type { MarkedBlock } from '../coverage/section-text.ts';
import type { TriedPlace } from '../coverage/try-sentence.ts';
import type { Mistake, Scenario } from '../registry/registry.ts';
import type { Counts } from '../review/review.ts';

/** What the studio's page and its server say to each other, as JSON. Lines and columns start at 1. */

/** A registry file as it is edited; its lines end in LF unless they are mixed. */
export interface OpenedFile {
  path: string;
  text: string;
  /** Tells whether the file on disk is still the one that was read; null where there is none any more. */
  version: string | null;
}

export interface SessionAnswer {
  /** The repository's folder, for the title. */
  name: string;
  files: OpenedFile[];
  /** Registry files that cannot be edited here. */
  blocked: { path: string; reason: string }[];
  /** The JSON Schema of registry files. */
  schema: object;
}

export interface DocsAnswer {
  pages: { name: string; route: string; title: string }[];
}

export interface CheckRequest {
  /** All files, with what was edited. */
  files: { path: string; text: string }[];
  /** The scenario of which everything is told. */
  focus: string | null;
}

export interface ScenarioRow extends Pick<Scenario, 'id' | 'title' | 'gravity'> {
  state: State;
  /** What it lacks, as a thing; empty for nothing. */
  lack: string;
  path: string;
  line: number;
}

export interface CheckAnswer {
  rows: ScenarioRow[];
  problems: Mistake[];
  counts: Omit<Counts, 'changedPages' | 'parsedPages'>;
  detail: ScenarioDetail | null;
  /** More advice follows once it is found. */
  pending: boolean;
  /** What the server took. */
  milliseconds: number;
}

export interface ShownRequirement {
  met: boolean;
  /** As in "cause “retrieval disabled”". */
  what: string;
  /** Where it stands, or why it does not count. */
  where: string;
}

export interface ShownSection {
  place: string;
  label: string;
  route: string;
  /** "documents it", "names it, not where readers look". */
  standing: string;
  counts: boolean;
  requirements: ShownRequirement[];
  blocks: MarkedBlock[];
  omitted: number;
}

export interface ShownMiss extends Pick<NearMiss, 'label' | 'lacks' | 'edit'> {
  place: string;
}

export interface ScenarioDetail {
  id: string;
  /** One sentence. */
  verdict: string;
  sections: ShownSection[];
  /** Sections that are not shown. */
  further: number;
  misses: ShownMiss[];
}

export interface TryRequest {
  words: string;
  place: TriedPlace;
}

export interface TryAnswer {
  text: string;
  results: { id: string; names: boolean; term: string; why: string; spans: Span[] }[];
}

export interface AnchorsRequest {
  route: string;
}

/** A file as it was edited, with the version that it was made from. */
export type SaveRequest = OpenedFile;

export interface SaveAnswer {
  version: string;
}

/** With status 409: what stands on disk in place of what was edited. */
export type ConflictAnswer = Pick<OpenedFile, 'text' | 'version'>;

/** What happens by itself. */
export type StudioEvent =
  | { kind: 'file'; file: OpenedFile }
  /** The list of registry files changed: the page has to begin anew. */
  | { kind: 'files' }
  | { kind: 'docs' }
  | { kind: 'advice' }
  | { kind: 'note'; text: string };
