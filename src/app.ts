import type { Context, Probot } from 'probot';
import type { Work } from './app/work.ts';
import { holdsCommands, spokenCommentOf } from './github/answer-comment.ts';
import { subjectsOf } from './github/check-subjects.ts';
import { mergeGroupOf } from './github/merge-queue.ts';
import { type PullRequestPayload, pullRequestOf } from './github/pull-request.ts';
import { pushOf } from './github/pushed.ts';
import type { Repository } from './github/repository.ts';
import { QueueUnavailable, type SharedFacts } from './queue/job-queue.ts';
import type { Logger } from './runtime/log.ts';
import type { Metrics } from './runtime/metrics.ts';

type EventName = Context extends Context<infer Name> ? Name : never;

/** What a verdict's button is called in GitHub's events. */
const RECHECK = 'recheck';

export interface Dependencies {
  /** By this events of other Apps' check runs are told from ours. */
  appId: number;
  work: Pick<
    Work,
    | 'judge'
    | 'leave'
    | 'judgeGroup'
    | 'cancelGroup'
    | 'judgeSubject'
    | 'judgeSuite'
    | 'answer'
    | 'withdraw'
    | 'judgeConcerned'
    | 'sweep'
    | 'forget'
  >;
  /** Which deliveries were taken already: GitHub sends one again under the same id. */
  deliveries: SharedFacts;
  metrics: Pick<Metrics, 'delivered'>;
  log: Pick<Logger, 'error'>;
}

/**
 * Which event starts which job. Only the queue is waited for: GitHub gets its answer at once, 503 where the work could
 * not be kept, so that the delivery counts as failed and is sent again.
 */
export function createApp({ appId, work, deliveries, metrics, log }: Dependencies): (app: Probot) => void {
  return (app) => {
    const on = <Event extends EventName>(
      events: Event[],
      start: (payload: Context<Event>['payload'], installation: number) => Promise<unknown> | null,
    ): void => {
      app.on(events, async (context) => {
        const event = context.name;
        try {
          const { installation, repository } = context.payload as Payload;
          const known = installation && !repository?.archived;
          const taken = `delivery ${context.id}`;
          if (known && (await deliveries.get(taken)) !== null) return metrics.delivered(event, 'repeated');
          const started = known ? start(context.payload as Context<Event>['payload'], installation.id) : null;
          await started;
          if (started) await deliveries.set(taken, 'taken');
          metrics.delivered(event, started ? 'queued' : 'ignored');
        } catch (error) {
          metrics.delivered(event, 'failed');
          if (error instanceof QueueUnavailable) throw error;
          log.error({ err: error, event, delivery: context.id }, 'a webhook could not be read');
        }
      });
    };

    on(['pull_request.opened'], ({ pull_request }, installation) =>
      work.judge(installation, pullRequestOf(pull_request), 'judge once'),
    );

    on(
      ['pull_request.reopened', 'pull_request.ready_for_review', 'pull_request.converted_to_draft'],
      ({ pull_request }, installation) =>
        // Of one of these events the description says that the owner may be null, which no repository's is.
        work.judge(installation, pullRequestOf(pull_request as PullRequestPayload)),
    );

    on(['pull_request.synchronize'], async ({ pull_request, before }, installation) => {
      const pull = pullRequestOf(pull_request);
      await work.judge(installation, pull, 'judge once');
      await work.leave(installation, pull, before);
    });

    on(['pull_request.closed'], ({ pull_request }, installation) => {
      const pull = pullRequestOf(pull_request);
      return work.leave(installation, pull, pull.head.sha);
    });

    on(['pull_request.edited'], ({ pull_request, changes }, installation) => {
      const retargeted = changes.base !== undefined && pull_request.state === 'open';
      return retargeted ? work.judge(installation, pullRequestOf(pull_request)) : null;
    });

    on(['merge_group.checks_requested'], (payload, installation) =>
      work.judgeGroup(installation, mergeGroupOf(withRepository(payload))),
    );

    on(['merge_group.destroyed'], (payload, installation) =>
      work.cancelGroup(installation, mergeGroupOf(withRepository(payload))),
    );

    on(['check_run.rerequested', 'check_run.requested_action'], (payload, installation) => {
      const { check_run: run, repository } = payload;
      const subjects = subjectsOf(run.external_id);
      const asked = payload.action === 'rerequested' || payload.requested_action?.identifier === RECHECK;
      if (run.app?.id !== appId || subjects.length === 0 || !asked) return null;
      const repo = repositoryOf(repository);
      return Promise.all(subjects.map((subject) => work.judgeSubject(installation, repo, run.head_sha, subject)));
    });

    on(['check_suite.rerequested'], ({ check_suite: suite, repository }, installation) =>
      suite.app?.id === appId ? work.judgeSuite(installation, repositoryOf(repository), suite.head_sha) : null,
    );

    on(['issue_comment.created', 'issue_comment.edited', 'issue_comment.deleted'], (payload, installation) => {
      const { issue, comment } = payload;
      const before = payload.action === 'edited' ? (payload.changes.body?.from ?? '') : '';
      const said = payload.action === 'deleted' ? '' : comment.body;
      const withdrawn = payload.action === 'deleted' ? comment.body : before;
      const spoken = spokenCommentOf(payload);
      if (!issue.pull_request || spoken.author.kind !== 'person') return null;
      if (holdsCommands(said)) return work.answer(installation, spoken, issue.number);
      return holdsCommands(withdrawn) ? work.withdraw(installation, spoken, issue.number) : null;
    });

    on(['push'], (payload, installation) => {
      const push = pushOf(payload);
      return push === null || push.touches === null ? null : work.judgeConcerned(installation, push);
    });

    on(
      [
        'installation.created',
        'installation.unsuspend',
        'installation.new_permissions_accepted',
        'installation_repositories.added',
      ],
      (_, installation) => work.sweep(installation),
    );

    on(['installation.deleted', 'installation.suspend'], (_, installation) => work.forget(installation));
  };
}

interface Payload {
  installation?: { id: number } | undefined;
  repository?: { archived?: boolean } | undefined;
}

interface RepositoryPayload {
  name: string;
  html_url: string;
  owner: { login: string };
}

function repositoryOf({ owner, name, html_url: url }: RepositoryPayload): Repository {
  return { owner: owner.login, name, url };
}

/** GitHub's description leaves out that a merge group always has a repository. */
function withRepository<Group extends { repository?: RepositoryPayload }>(payload: Group) {
  if (!payload.repository) throw new TypeError('a merge group without a repository');
  return { ...payload, repository: payload.repository };
}
