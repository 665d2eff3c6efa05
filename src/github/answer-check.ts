import { type CheckRun, renderNotJudged, renderSuperseded } from '../report/comment/check-run.ts';
import type { Verdict } from '../review/review.ts';
import { describeFailure, type Failure } from './failure.ts';
import { type GitHubContext, Superseded, stopIfSuperseded, TakenOver } from './github-context.ts';
import { type CheckTarget, completeCheck, createCheck, type OpenCheck, startCheck } from './publish-check.ts';

/** How the work on a check run ended, for the queue and the log. */
export interface Outcome {
  verdict: Verdict | 'superseded';
  /** What went wrong, whether or not a verdict was published. */
  failure: Failure | null;
  /** The error behind a failure of our own. It may hold text of the docs, so it is for a debugger and not for a log. */
  error?: unknown;
}

/** The text of a check run, and the page that says more. */
export interface Answer {
  verdict: Verdict;
  run: CheckRun;
  detailsUrl: string | null;
  /** The external id that the completed run gets; the one that it was started with unless given. */
  externalId?: string;
}

/**
 * Answers a commit: it starts a check run at once, and completes it whatever happens.
 * @returns the answer, or how the job ended without one
 * @throws where not even the check run can be written
 */
export async function answerCheck<Judged extends Answer>(
  target: CheckTarget,
  context: GitHubContext,
  judge: () => Promise<Judged>,
): Promise<{ answer: Judged } | { outcome: Outcome }> {
  const check = await startCheck(target, context);
  // An earlier attempt may have published a verdict without the comment, or before something changed. A new run is made
  // only where the verdict has changed.
  const isOpen = 'id' in check;
  try {
    stopIfSuperseded(context);
    const answer = await judge();
    stopIfSuperseded(context);
    if (isOpen) await tell(check, answer, context);
    else if (answer.run.conclusion !== check.conclusion)
      await tell(await createCheck(target, context), answer, context);
    return { answer };
  } catch (error) {
    if (error instanceof TakenOver) throw error;
    if (error instanceof Superseded) {
      if (isOpen) await completeCheck(check, renderSuperseded(error.by), context);
      return { outcome: { verdict: 'superseded', failure: null } };
    }
    const described = failed(error, context.now());
    if (isOpen) await completeCheck(check, renderNotJudged(described.failure), context);
    return { outcome: { verdict: 'not-judged', ...described } };
  }
}

async function tell(check: OpenCheck, { detailsUrl, externalId, run }: Answer, context: GitHubContext): Promise<void> {
  const about = { detailsUrl: detailsUrl ?? check.detailsUrl, externalId: externalId ?? check.externalId };
  await completeCheck({ ...check, ...about }, run, context);
}

/** Describes an error; the error itself comes along where it is a bug of ours. */
export function failed(error: unknown, now: number): { failure: Failure; error?: unknown } {
  const failure = describeFailure(error, now);
  return failure.kind === 'ours' ? { failure, error } : { failure };
}
