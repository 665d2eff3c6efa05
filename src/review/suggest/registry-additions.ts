import type { ScenarioCoverage } from '../../coverage/coverage.ts';
import type { Mistake } from '../../registry/registry.ts';

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
