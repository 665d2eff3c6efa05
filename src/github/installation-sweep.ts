import type { Octokit } from '@octokit/rest';
import { isLasting, ourCheckRuns, pullsIn } from './check-runs.ts';
import type { GitHubContext } from './github-context.ts';
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

/** A pull request to judge, with all others that have the same head. */
interface Unanswered {
  pull: PullRequest;
  siblings: PullRequest[];
}

/**
 * Finds the open pull requests whose head has no verdict: no check run of ours, one that a crash left in progress, one
 * that says not judged or superseded, or one that is about other pull requests than are open with this head now. Nothing
 * else finds work that was lost after its webhook was taken, for GitHub counts the webhook as delivered.
 */
export async function findUnanswered(context: GitHubContext, repo: Repository): Promise<Unanswered[]> {
  const { read } = context.github;
  const open = await read.paginate(read.rest.pulls.list, { ...named(repo), state: 'open', per_page: 100 });
  const heads = new Map<string, PullRequest[]>();
  for (const pull of open.map(pullRequestOf)) heads.set(pull.head.sha, [...(heads.get(pull.head.sha) ?? []), pull]);
  const unanswered = await Promise.all([...heads].map(([head, pulls]) => unansweredOf(context, repo, head, pulls)));
  return unanswered.flat();
}

/** Milliseconds for which a head that has a verdict is not asked about again: many pull requests are open for months. */
const ANSWER_HOLDS = 3_600_000;

/** @param pulls all that are open with this head */
async function unansweredOf(
  { github, memory, now }: GitHubContext,
  repo: Repository,
  head: string,
  pulls: readonly PullRequest[],
): Promise<Unanswered[]> {
  const numbers = pulls.map(({ number }) => number).sort((a, b) => a - b);
  const key = `${repo.owner}/${repo.name} ${head} ${numbers.join()}`;
  const seen = memory.answers.get(key);
  if (seen && now() - seen.at < ANSWER_HOLDS) return [];
  const runs = (await ourCheckRuns(github, { repo, head }))
    .map((run) => ({ ...run, about: pullsIn(run.external_id) }))
    .filter(({ about }) => about.length > 0);
  const newest = new Set(runs[0] && isLasting(runs[0]) ? runs[0].about : []);
  const isShared = newest.size === pulls.length && pulls.every(({ number }) => newest.has(number));
  const isLeft = (number: number) => runs.some(({ about, status }) => status !== 'completed' && about.includes(number));
  const unanswered = pulls.filter(({ number }) => !isShared || isLeft(number));
  if (unanswered.length === 0) memory.answers.set(key, { value: true, at: now() });
  return unanswered.map((pull) => ({ pull, siblings: pulls.filter((other) => other !== pull) }));
}

/** Finds the waiting merge groups that have no verdict. */
export async function findUnansweredGroups(github: GitHub, repo: Repository): Promise<QueueBranch[]> {
  const groups = await listQueueBranches(github, repo);
  const answered = await Promise.all(
    groups.map(async ({ head, headRef }) => {
      const runs = await ourCheckRuns(github, { repo, head });
      const newest = runs.find(({ external_id: id }) => id === `mg:${headRef}`);
      return newest !== undefined && isLasting(newest);
    }),
  );
  return groups.filter((_, at) => !answered[at]);
}

/**
 * Asks GitHub to send again the webhooks that did not reach us: it does not do so by itself. Its filter for failures
 * leaves out those that were never answered, so all deliveries are read. A delivery that succeeded later is left alone.
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
