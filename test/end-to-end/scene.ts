import type { FakeGitHub } from '../fake-github/fake-github.ts';
import type { FakePullRequest } from '../fake-github/fake-pull-request.ts';
import type { FakeRepository } from '../fake-github/fake-repository.ts';
import type { FileContent } from '../fake-github/git-objects.ts';
import type { CheckRun } from '../fake-github/state.ts';
import type { WebhookEvent } from '../fake-github/webhook-payloads.ts';
import { COVERED_SITE, UNCOVERED } from '../github/signpost-on-github.ts';
import { fakeGitHub, type RunningOptions, type RunningService, runService } from '../server/running-service.ts';

/** Takes a known failure out of the docs: the check fails and a comment says so. */
export const BREAKING = { 'docs/troubleshooting.md': UNCOVERED };
/** Changes docs that no scenario is about. */
export const HARMLESS = { 'docs/notes.md': '# Notes\n\nNothing of weight.\n' };

export interface Scene {
  github: FakeGitHub;
  docs: FakeRepository;
  running: RunningService;
  /** Sends webhooks in their order, as GitHub does, and waits until all that they ask for is done. */
  tell(...events: WebhookEvent[]): Promise<void>;
  /** Operations that GitHub was asked for since the last time. */
  calls(): string[];
}

/** A running service, and a repository on which it is installed; `prepare` adds what is there before it starts. */
export async function setScene(
  files: Record<string, FileContent> = COVERED_SITE,
  prepare: (github: FakeGitHub, docs: FakeRepository) => void = () => {},
  options: RunningOptions = {},
): Promise<Scene> {
  const github = fakeGitHub();
  const docs = github.repository('acme/docs', files);
  prepare(github, docs);
  return follow(github, docs, await runService({ github, ...options }));
}

/** Another service on a GitHub that is there already, as after a restart; its first sweep is done. */
export async function another({ github, docs }: Scene): Promise<Scene> {
  return follow(github, docs, await runService({ github }));
}

function follow(github: FakeGitHub, docs: FakeRepository, running: RunningService): Scene {
  let seen = github.requests.length;
  return {
    ...{ github, docs, running },
    tell: async (...events) => {
      for (const event of events) {
        const status = await running.send(event);
        if (status !== 200) throw new Error(`the webhook was answered with ${status}`);
      }
      await running.quiet();
    },
    calls: () => {
      const fresh = github.requests.slice(seen).map(({ operationId }) => operationId ?? 'unknown');
      seen = github.requests.length;
      return fresh;
    },
  };
}

/** Our check runs of a commit, oldest first. */
export const runsOf = (docs: FakeRepository, sha: string): readonly CheckRun[] =>
  docs.checkRunsFor(sha).filter(({ name }) => name === 'Signpost');

/** What was judged: a pull request, or the commit of a merge group. */
type Judged = Pick<FakePullRequest, 'headSha' | 'comments'>;

/** Our comments on a pull request, oldest first. */
export const commentsOf = (pull: Judged) => pull.comments.filter(({ user }) => user.login === 'signpost[bot]');

/** What people see in the end: the run that counts, runs that never ended, and what was commented. */
export function endState(docs: FakeRepository, pull: Judged) {
  const runs = runsOf(docs, pull.headSha);
  const { status, conclusion, output, annotations, actions } = runs.at(-1) ?? {};
  const { title, summary } = output ?? {};
  return {
    current: { status, conclusion, title, summary, annotations, actions },
    unfinished: runs.filter((run) => run.status !== 'completed').length,
    gate: docs.requiredCheck(pull.headSha, 'Signpost'),
    comments: commentsOf(pull).map(({ body }) => body),
  };
}

/** The same for another commit: hashes are left out. */
export const withoutHashes = <State>(state: State): State =>
  JSON.parse(JSON.stringify(state).replace(/[0-9a-f]{40}|`[0-9a-f]{7}`/g, 'HASH')) as State;
