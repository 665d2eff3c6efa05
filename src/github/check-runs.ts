import { CHECK_NAME } from '../report/comment/check-run.ts';
import type { GitHub } from './installation-client.ts';
import { named, type Repository } from './repository.ts';

/** What a check run of ours is about. */
export type CheckSubject = { pull: number } | { headRef: string };

/** The external id of a run about these pull requests. */
export function externalIdOf(pulls: readonly number[]): string {
  return `pr:${pulls.join(',')}`;
}

/** Parses an external id. @returns nothing for an id that Signpost did not make */
export function subjectsOf(externalId: string | null | undefined): CheckSubject[] {
  const [, numbers, headRef] =
    /^(?:pr:([1-9]\d{0,8}(?:,[1-9]\d{0,8})*)|mg:(refs\/heads\/\S+))$/.exec(externalId ?? '') ?? [];
  if (numbers !== undefined) return numbers.split(',').map((number) => ({ pull: Number(number) }));
  return headRef === undefined ? [] : [{ headRef }];
}

/** The pull requests that a run of ours is about. */
export function pullsIn(externalId: string | null | undefined): number[] {
  return subjectsOf(externalId).flatMap((subject) => ('pull' in subject ? [subject.pull] : []));
}

export type OurCheckRun = Awaited<ReturnType<typeof ourCheckRuns>>[number];

/** Lists our check runs of a commit, newest first. @param only narrows the list */
export async function ourCheckRuns(
  { read, app }: GitHub,
  { repo, head }: { repo: Repository; head: string },
  only: { status?: 'in_progress'; filter?: 'latest'; per_page?: number } = {},
) {
  const { data } = await read.rest.checks.listForRef({
    ...named(repo),
    ref: head,
    check_name: CHECK_NAME,
    app_id: app.id,
    filter: 'all',
    per_page: 100,
    ...only,
  });
  return data.check_runs.filter((run) => run.app?.id === app.id).sort((a, b) => b.id - a.id);
}

/** Whether a run tells a verdict, which needs no repetition. */
export function isLasting({ conclusion }: Pick<OurCheckRun, 'conclusion'>): boolean {
  return conclusion === 'success' || conclusion === 'failure';
}

/**
 * Finds what our check runs of a commit are about; where there are none, the open pull requests that have it as their
 * head. Events about a whole suite do not say it, and name no pull request of a fork.
 */
export async function findSubjects(github: GitHub, repo: Repository, head: string): Promise<CheckSubject[]> {
  const ours = (await ourCheckRuns(github, { repo, head })).flatMap((run) => subjectsOf(run.external_id));
  const subjects = new Map(ours.map((subject) => [JSON.stringify(subject), subject]));
  if (subjects.size > 0) return [...subjects.values()];
  const asked = { ...named(repo), commit_sha: head };
  const { data } = await github.read.rest.repos.listPullRequestsAssociatedWithCommit(asked);
  return data.filter((pull) => pull.state === 'open' && pull.head.sha === head).map(({ number }) => ({ pull: number }));
}
