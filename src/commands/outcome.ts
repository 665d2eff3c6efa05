import { SYNONYMS_VERSION } from '../coverage/synonyms.ts';
import { GitFailure } from '../local-git/git-failure.ts';
import { render, type Subjects } from '../report/formats.ts';
import type { CoveragePoint } from '../review/replay/replay.ts';
import type { Audit, Review, Verdict } from '../review/review.ts';
import type { RegistryAdditions } from '../review/suggest/registry-additions.ts';
import type { CommonValues, Outcome } from './command.ts';
import type { CommandContext } from './command-context.ts';
import { withRepository } from './repository.ts';

export const EXIT_CODES = { pass: 0, fail: 1, 'not-judged': 2 } as const satisfies Record<Verdict, Outcome['exitCode']>;

/**
 * What a command found, in the format that was asked for.
 * @param trend for an audit's page: how coverage went before
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
  const facts = { ...context, milliseconds, comment: {}, repository, trend };
  return (await render(command, format, subject, facts)) ?? '';
}

/** How a command ends that writes a registry file: with 1 where the new entries are invalid. */
export async function additionsOutcome(
  command: 'registry add' | 'registry import',
  change: RegistryAdditions,
  values: CommonValues,
  context: CommandContext,
): Promise<Outcome> {
  return {
    text: await inFormat(command, change, values, context),
    exitCode: change.unwritten === 'invalid' ? 1 : 0,
  };
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
 * What a review or an audit tells where git could not answer: whoever reads JSON gets JSON also then.
 * @throws the failure itself in other formats, and what is no failure of git
 */
export function notJudged(error: unknown, { format }: CommonValues) {
  if (!(error instanceof GitFailure) || format !== 'json') throw error;
  return { ...NOTHING, reason: `${error.message} ${error.advice}` };
}
