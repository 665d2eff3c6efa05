import type { NearMiss, ScenarioCoverage } from '../coverage/coverage.ts';

/** One scenario at one commit, with what came near: what `explain` tells of. */
export interface Explanation {
  coverage: ScenarioCoverage;
  nearMisses: NearMiss[];
}
