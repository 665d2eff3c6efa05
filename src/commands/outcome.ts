import { SYNONYMS_VERSION } from '../coverage/synonyms.ts';
import { GitFailure } from '../local-git/git.ts';
import { render, type Subjects } from '../report/formats.ts';
import type { CoveragePoint } from '../review/replay/replay.ts';
import type { Audit, Review, Verdict } from '../review/review.ts';
import type { CommonValues, Outcome } from './command.ts';
import type { CommandContext } from './command-context.ts';
import { withRepository } from './repository.ts';

export const EXIT_CODES = { pass: 0, fail: 1, 'not-judged': 2 } as const satisfies Record<Verdict, Outcome['exitCode']>;

/**
 * Renders a command's result in the format that was asked for.
 * @param trend the coverage of earlier commits, for an audit's page
 */
export async function inFormat<Name extends keyof Subjects>(
  command: Name,
  subject: Subjects[Name],
  { format, repo }: CommonValues,
  context: CommandContext,
  trend: readonly CoveragePoint[] = [],
): Promise<string> {
  const milliseconds = context.stopwatch.milliseconds();
  const url = format === 'html' ? await withRepository(repo, context, (repository) => repository.remoteUrl()) : null;
  const repository = url === null ? null : { url, githubServer: context.githubServer };
  const facts = { ...context, milliseconds, repository, trend };
  return (await render(command, format, subject, facts)) ?? '';
}

const NOTHING = {
  registry: { source: '', commit: null },
  settings: { docs: [], private: [], preview: null, gate: { block: 'introduced', from: 'low' } },
  synonyms: SYNONYMS_VERSION,
  verdict: 'not-judged',
  scenarios: [],
  findings: [],
  counts: { covered: 0, partial: 0, missing: 0, waived: 0, pages: 0, changedPages: 0, parsedPages: 0 },
} satisfies Partial<Review & Audit>;

/**
 * Makes the result of a review or an audit from a failure of git, so that the JSON format stays JSON.
 * @throws the error itself in other formats, and if it does not come from git
 */
export function notJudged(error: unknown, { format }: CommonValues) {
  if (!(error instanceof GitFailure) || format !== 'json') throw error;
  return { ...NOTHING, reason: `${error.message} ${error.advice}` };
}
