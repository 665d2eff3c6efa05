import type { CoveragePoint } from '../review/replay/replay.ts';
import type { Occasion } from './command.ts';
import { readPeriod } from './history-range.ts';
import type { RegistryValues } from './registry-option.ts';
import { replayHistory } from './replay.ts';
import type { CachedValues } from './repository.ts';
import { startStopwatch } from './stopwatch.ts';
import { UsageFailure } from './usage-failure.ts';

interface TrendValues extends RegistryValues, CachedValues {
  rev: string;
  since: string;
}

/**
 * Gives what reads how coverage went up to a revision, oldest first. Where the history has nothing to tell, that is
 * noted and the trend is empty: a quiet month is no reason to have no report.
 * @throws {UsageFailure} at once where `since` is no date
 */
export function readCoverageTrend(
  { rev, ...values }: TrendValues,
  occasion: Occasion,
): () => Promise<readonly CoveragePoint[]> {
  refuseNoDate(values.since, occasion);
  return async () => {
    try {
      const range = rev === 'WORKTREE' ? 'HEAD' : rev;
      const { coverage } = await replayHistory({ ...values, range }, occasion, startStopwatch());
      return coverage;
    } catch (error) {
      if (!(error instanceof UsageFailure)) throw error;
      occasion.note(`The report has no trend. ${error.message}`);
      return [];
    }
  };
}

function refuseNoDate(since: string, occasion: Occasion): void {
  try {
    readPeriod({ since }, occasion.now());
  } catch (error) {
    if (!(error instanceof UsageFailure)) throw error;
    throw new UsageFailure(error.message, error.advice.replaceAll('--since', '--trend'));
  }
}
