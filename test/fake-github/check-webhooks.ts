import { appJson, type Json, nodeId } from './represent-people.ts';
import { repositoryJson, repositoryUrl } from './represent-repository.ts';
import { checkRunJson, pullReference, pullsOfCheck } from './represent-review.ts';
import type { App, CheckRun, Repository, World } from './state.ts';
import { repositoryEvent, type WebhookEvent } from './webhook-payloads.ts';
import { isoSeconds, suiteId } from './world.ts';

export type CheckRunAction = 'created' | 'completed' | 'rerequested' | { requested: string };

/** `{ requested: 'recheck' }` is a press of the button with that identifier. */
export function checkRunEvent(
  world: World,
  repository: Repository,
  run: CheckRun,
  action: CheckRunAction,
  sender = 'ann',
): WebhookEvent {
  const name = typeof action === 'string' ? action : 'requested_action';
  if (typeof action === 'object' && !run.actions.some(({ identifier }) => identifier === action.requested)) {
    throw new Error(`check run ${run.id} has no button ${action.requested}`);
  }
  const suite = checkSuiteJson(world, repository, run.app, run.headSha);
  const check_run = { ...checkRunJson(world, repository, run), check_suite: suite };
  const told = {
    action: name,
    check_run,
    ...(typeof action === 'object' && { requested_action: { identifier: action.requested } }),
  };
  return repositoryEvent(world, 'check_run', repository, told, sender);
}

export function checkSuiteEvent(
  world: World,
  repository: Repository,
  sha: string,
  action: 'requested' | 'rerequested',
  sender = 'ann',
): WebhookEvent {
  const suite = checkSuiteJson(world, repository, world.app, sha);
  return repositoryEvent(world, 'check_suite', repository, { action, check_suite: suite }, sender);
}

/** For the head of a fork there are no pull requests and no branch in it. */
function checkSuiteJson(world: World, repository: Repository, app: App, sha: string): Json {
  const id = suiteId(world, repository, app, sha);
  const url = `${repositoryUrl(world, repository)}/check-suites/${id}`;
  const runs = repository.checkRuns.filter((run) => run.suiteId === id);
  const commit = repository.git.commits.get(sha);
  if (!commit) throw new Error(`no commit ${sha}`);
  const branch = [...repository.refs].find(([ref, oid]) => ref.startsWith('refs/heads/') && oid === sha)?.[0];
  const time = isoSeconds(commit.time * 1_000);
  const last = runs.at(-1);
  return {
    id,
    node_id: nodeId('CheckSuite', id),
    head_branch: branch?.replace('refs/heads/', '') ?? null,
    head_sha: sha,
    status: last?.status ?? 'queued',
    conclusion: last?.conclusion ?? null,
    url,
    before: commit.parents[0] ?? null,
    after: sha,
    pull_requests: pullsOfCheck(repository, sha).map((pull) => pullReference(world, pull)),
    // GitHub's description of suites lists the events an app may have, without the merge queue.
    app: appJson(world, { ...app, events: app.events.filter((one) => one !== 'merge_group') }, { checks: 'write' }),
    created_at: time,
    updated_at: time,
    rerequestable: true,
    runs_rerequestable: true,
    latest_check_runs_count: runs.length,
    check_runs_url: `${url}/check-runs`,
    repository: repositoryJson(world, repository),
    head_commit: {
      id: sha,
      tree_id: commit.tree,
      message: commit.message,
      timestamp: time,
      author: commit.author,
      committer: commit.author,
    },
  };
}
