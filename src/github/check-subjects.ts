import { CHECK_NAME } from '../report/check-run.ts';
import type { GitHub } from './installation-client.ts';
import { named, type Repository } from './repository.ts';

/** What a check run of ours is about. */
export type CheckSubject = { pull: number } | { headRef: string };

/** Reads an external id back; null for one that is none of ours. */
export function subjectOf(externalId: string | null | undefined): CheckSubject | null {
  const [, number, headRef] = /^(?:pr:([1-9]\d{0,8})|mg:(refs\/heads\/\S+))$/.exec(externalId ?? '') ?? [];
  if (number !== undefined) return { pull: Number(number) };
  return headRef === undefined ? null : { headRef };
}

/**
 * What our check runs of a commit are about, and else the open pull requests that have it as their head: events about
 * a whole suite name neither, and no pull request of a fork.
 */
export async function findSubjects({ read, app }: GitHub, repo: Repository, head: string): Promise<CheckSubject[]> {
  const { data } = await read.rest.checks.listForRef({
    ...named(repo),
    ref: head,
    check_name: CHECK_NAME,
    app_id: app.id,
    filter: 'all',
    per_page: 100,
  });
  const ours = data.check_runs.filter((run) => run.app?.id === app.id).map(({ external_id: id }) => id);
  const subjects = [...new Set(ours)].map(subjectOf).filter((subject) => subject !== null);
  if (subjects.length > 0) return subjects;
  const answer = await read.rest.repos.listPullRequestsAssociatedWithCommit({ ...named(repo), commit_sha: head });
  return answer.data
    .filter((pull) => pull.state === 'open' && pull.head.sha === head)
    .map(({ number }) => ({ pull: number }));
}
