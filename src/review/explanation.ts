import type { NearMiss, Quote, Requirement, ScenarioCoverage } from '../coverage/coverage.ts';
import type { Cancelled } from '../coverage/triggers.ts';
import type { SmallestChange } from './suggest/smallest-change.ts';

/** What of a lacking cause stands in a section: the sentence with those words, and the words that do not. */
export interface PartlyThere {
  quote: Quote;
  lacks: string[];
}

/** One scenario at one commit with everything that its state rests on: what `explain` tells of. */
export interface Explanation {
  coverage: ScenarioCoverage;
  /** For causes that a candidate lacks, what of them stands there. */
  partly: ReadonlyMap<Requirement, PartlyThere>;
  /** Sections that come near and of which nothing else is told. */
  nearMisses: NearMiss[];
  /** Words that would name it, but for a negation or an `except` phrase. */
  cancelled: Cancelled[];
  /** Null for a covered scenario, or one that counts on after it was reworded. */
  change: SmallestChange | null;
}
