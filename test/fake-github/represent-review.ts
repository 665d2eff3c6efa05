import { appJson, type Json, nodeId, userJson, website } from './represent-people.ts';
import { association, reactionCounts } from './represent-pull.ts';
import { repositoryUrl } from './represent-repository.ts';
import type { CheckRun, Comment, Pull, Repository, World } from './state.ts';
import { fullName } from './world.ts';

/** How the REST API shows what an app writes: check runs and comments. */

export function checkRunJson(world: World, repository: Repository, run: CheckRun): Json {
  const url = `${repositoryUrl(world, repository)}/check-runs/${run.id}`;
  const page = `${website}/${fullName(repository)}/runs/${run.id}`;
  return {
    id: run.id,
    name: run.name,
    node_id: nodeId('CheckRun', run.id),
    head_sha: run.headSha,
    external_id: run.externalId,
    url,
    html_url: page,
    details_url: run.detailsUrl ?? page,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: { ...run.output, annotations_count: run.annotations.length, annotations_url: `${url}/annotations` },
    check_suite: { id: run.suiteId },
    app: appJson(world, run.app, { checks: 'write' }),
    pull_requests: pullsOfCheck(repository, run.headSha).map((pull) => pullReference(world, pull)),
  };
}

/** Check runs and suites name open pull requests of the same repository only: for forks the list is empty. */
export function pullsOfCheck(repository: Repository, sha: string): Pull[] {
  return [...repository.pulls.values()].filter(
    (pull) => pull.state === 'open' && pull.head.sha === sha && pull.head.repository === repository,
  );
}

export function pullReference(world: World, { id, number, head, base }: Pull): Json {
  const side = (repository: Repository | null, ref: string, sha: string): Json => ({
    ref,
    sha,
    repo: { id: repository?.id, url: repository && repositoryUrl(world, repository), name: repository?.name },
  });
  return {
    id,
    number,
    url: `${repositoryUrl(world, base.repository)}/pulls/${number}`,
    head: side(head.repository, head.ref, head.sha),
    base: side(base.repository, base.ref, base.sha),
  };
}

export function annotationsJson(repository: Repository, { annotations, headSha }: CheckRun): Json[] {
  return annotations.map((one) => ({
    start_column: null,
    end_column: null,
    title: null,
    raw_details: null,
    ...one,
    blob_href: `${website}/${fullName(repository)}/blob/${headSha}/${one.path}`,
  }));
}

export function commentJson(world: World, repository: Repository, comment: Comment): Json {
  const api = repositoryUrl(world, repository);
  const url = `${api}/issues/comments/${comment.id}`;
  return {
    id: comment.id,
    node_id: nodeId('IssueComment', comment.id),
    url,
    html_url: `${website}/${fullName(repository)}/pull/${comment.issue}#issuecomment-${comment.id}`,
    issue_url: `${api}/issues/${comment.issue}`,
    user: userJson(world, comment.user),
    body: comment.body,
    author_association: association(repository, comment.user),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    performed_via_github_app: comment.app && appJson(world, comment.app, { pull_requests: 'write' }),
    reactions: reactionCounts(url, comment),
  };
}
