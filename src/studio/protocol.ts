import type { NearMiss, State } from '../coverage/coverage.ts';
import type { MarkedBlock } from '../coverage/quote.ts';
import type { Span } from '../coverage/terms.ts';
import type { TriedPlace } from '../coverage/try-sentence.ts';
import type { Mistake, Scenario } from '../registry/registry.ts';
import type { Counts } from '../review/review.ts';

/** The messages between the studio's page and its server, as JSON. Lines and columns start at 1. */

/** A registry file as it is edited; its lines end in LF unless they are mixed. */
export interface OpenedFile {
  path: string;
  text: string;
  /** Changes when the file on disk changes; null where there is no file any more. */
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
  /** All open files with their texts in the editor. */
  files: { path: string; text: string }[];
  /** The id of the scenario that the answer explains. */
  focus: string | null;
}

export interface ScenarioRow extends Pick<Scenario, 'id' | 'title' | 'gravity'> {
  state: State;
  /** What it lacks, as a noun phrase; empty for nothing. */
  lack: string;
  path: string;
  line: number;
}

export interface CheckAnswer {
  rows: ScenarioRow[];
  problems: Mistake[];
  counts: Omit<Counts, 'changedPages' | 'parsedPages'>;
  detail: ScenarioDetail | null;
  /** Whether more advice is still being looked for. */
  pending: boolean;
  /** How long the server took. */
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

/** The file on disk, when it is not the version that was edited. It is sent with status 409. */
export type ConflictAnswer = Pick<OpenedFile, 'text' | 'version'>;

/** What the server tells without being asked. */
export type StudioEvent =
  | { kind: 'file'; file: OpenedFile }
  /** The list of registry files changed: the page has to begin anew. */
  | { kind: 'files' }
  | { kind: 'docs' }
  | { kind: 'advice' }
  | { kind: 'note'; text: string };
