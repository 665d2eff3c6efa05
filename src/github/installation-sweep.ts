import type { Octokit } from '@octokit/rest';
import { CHECK_NAME } from '../report/check-run.ts';
import type { GitHub } from './installation-client.ts';
import { listQueueBranches, type QueueBranch } from './merge-queue.ts';
import { type PullRequest, pullRequestOf } from './pull-request.ts';
import { named, type Repository, repositoryOf } from './repository.ts';

/** The repositories that an installation may read. */
export async function listRepositories({ read }: GitHub): Promise<Repository[]> {
  const all = await read.paginate(read.rest.apps.listReposAccessibleToInstallation, { per_page: 100 });
  return all.filter(({ archived, disabled }) => !archived && !disabled).map(repositoryOf);
}

/** The ids of the App's installations; suspended ones cannot be read. */
export async function listInstallations(app: Octokit): Promise<number[]> {
  const all = await app.paginate(app.rest.apps.listInstallations, { per_page: 100 });
  return all.filter(({ suspended_at }) => !suspended_at).map(({ id }) => id);
}

/**
 * The open pull requests whose head has no lasting answer: no check run of ours, one that a crash left in progress, or
 * one that says not judged or superseded. What was lost after a webhook was taken is found by this alone, for GitHub
 * counts it as delivered.
 */
export async function findUnanswered(github: GitHub, repo: Repository): Promise<PullRequest[]> {
  const { read } = github;
  const open = await read.paginate(read.rest.pulls.list, { ...named(repo), state: 'open', per_page: 100 });
  const answered = await Promise.all(
    open.map(({ number, head }) => isAnswered(github, repo, head.sha, `pr:${number}`)),
  );
  return open.filter((_, at) => !answered[at]).map(pullRequestOf);
}

/** The merge groups that wait without a lasting answer, in the same sense. */
export async function findUnansweredGroups(github: GitHub, repo: Repository): Promise<QueueBranch[]> {
  const groups = await listQueueBranches(github, repo);
  const answered = await Promise.all(
    groups.map(({ head, headRef }) => isAnswered(github, repo, head, `mg:${headRef}`)),
  );
  return groups.filter((_, at) => !answered[at]);
}

async function isAnswered({ read, app }: GitHub, repo: Repository, head: string, externalId: string): Promise<boolean> {
  const { data } = await read.rest.checks.listForRef({
    ...named(repo),
    ref: head,
    check_name: CHECK_NAME,
    app_id: app.id,
    filter: 'all',
    per_page: 100,
  });
  const ours = data.check_runs.filter((run) => run.app?.id === app.id && run.external_id === externalId);
  const newest = ours.sort((a, b) => b.id - a.id)[0];
  return newest?.conclusion === 'success' || newest?.conclusion === 'failure';
}

/**
 * Asks GitHub to send again what did not reach us. It does not by itself, and its filter for failures leaves out what was
 * never answered, so all deliveries are looked at. One that succeeded at last is left alone.
 * @param since milliseconds since the epoch; GitHub keeps deliveries for three days
 * @returns how many were asked for
 */
export async function redeliverFailed(app: Octokit, since: number): Promise<number> {
  const failed = new Map<string, number>();
  const arrived = new Set<string>();
  const pages = app.paginate.iterator(app.rest.apps.listWebhookDeliveries, { per_page: 100 });
  for await (const { data } of pages) {
    for (const { guid, id, status_code: status, delivered_at: at } of data) {
      if (Date.parse(at) < since) continue;
      if (status >= 200 && status < 300) arrived.add(guid);
      // The newest attempt comes first.
      else if (!failed.has(guid)) failed.set(guid, id);
    }
    const oldest = data.at(-1)?.delivered_at;
    if (oldest === undefined || Date.parse(oldest) < since) break;
  }
  const lost = [...failed].filter(([guid]) => !arrived.has(guid)).map(([, id]) => id);
  for (const id of lost) await app.rest.apps.redeliverWebhookDelivery({ delivery_id: id, request: { retries: 0 } });
  return lost.length;
}
