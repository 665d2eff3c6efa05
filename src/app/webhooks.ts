import type { Context, Probot } from 'probot';
import { holdsCommands, spokenCommentOf } from '../github/answer-comment.ts';
import { subjectsOf } from '../github/check-runs.ts';
import { mergeGroupOf } from '../github/merge-queue.ts';
import { type PullRequest, type PullRequestPayload, pullRequestOf } from '../github/pull-request.ts';
import { pushOf } from '../github/pushed.ts';
import { type RepositoryPayload, repositoryOf } from '../github/repository.ts';
import { type JobQueue, QueueUnavailable, type SharedFacts } from '../queue/job-queue.ts';
import type { Logger } from '../runtime/log.ts';
import type { Metrics } from '../runtime/metrics.ts';
import { groupKey, groupTask, isShared, jobOf, pullRequestTask, subjectTask, type Task } from './tasks.ts';

type EventName = Context extends Context<infer Name> ? Name : never;

/** The identifier of a check run's button in GitHub's events. */
const RECHECK = 'recheck';

export interface WebhookOptions {
  /** Tells our check runs from those of other Apps. */
  appId: number;
  queue: Pick<JobQueue<Task>, 'add' | 'cancel' | 'cancelOwner'>;
  /** Remember which deliveries were taken: GitHub sends one again under the same id. */
  facts: SharedFacts;
  /** Milliseconds since the epoch. */
  now: () => number;
  metrics: Pick<Metrics, 'delivered'>;
  log: Pick<Logger, 'error'>;
}

/** The installation that an event is about. */
interface Installation {
  id: number;
  /** Puts a task of this installation into the queue. */
  add(task: Task): Promise<void>;
}

/**
 * Decides which event starts which task. It waits for nothing but the queue, so that GitHub gets its answer at once. Where
 * the queue could not keep the task, the answer is 503: the delivery then counts as failed and is sent again.
 */
export function receiveWebhooks({ appId, queue, facts, now, metrics, log }: WebhookOptions): (app: Probot) => void {
  const judge = (pull: PullRequest, { once = false } = {}) => pullRequestTask(pull, { pull, once });

  /**
   * Has the pull requests judged again that shared a head with one that is closed or has another head now, because its
   * verdict is part of their check run. After a push that is done only if the old head is known to have been shared.
   */
  const leaveHead = async ({ repo, number, isOpen }: PullRequest, head: string, { add }: Installation) => {
    if (!isOpen || (await isShared(facts, repo, head))) await add({ kind: 'shared head', repo, head, number });
  };

  return (app) => {
    const on = <Event extends EventName>(
      events: Event[],
      start: (payload: Context<Event>['payload'], installation: Installation) => Promise<unknown> | null,
    ): void => {
      app.on(events, async (context) => {
        const event = context.name;
        try {
          const { installation, repository } = context.payload as Payload;
          const known = installation && !repository?.archived;
          const taken = `delivery ${context.id}`;
          if (known && (await facts.get(taken)) !== null) return metrics.delivered(event, 'repeated');
          const started = known ? start(context.payload as Context<Event>['payload'], withQueue(installation)) : null;
          await started;
          if (started) await facts.set(taken, 'taken');
          metrics.delivered(event, started ? 'queued' : 'ignored');
        } catch (error) {
          metrics.delivered(event, 'failed');
          if (error instanceof QueueUnavailable) throw error;
          log.error({ err: error, event, delivery: context.id }, 'a webhook could not be read');
        }
      });
    };

    const withQueue = ({ id }: { id: number }): Installation => ({ id, add: (task) => queue.add(jobOf(id, task)) });

    on(['pull_request.opened'], ({ pull_request }, { add }) => add(judge(pullRequestOf(pull_request), { once: true })));

    on(
      ['pull_request.reopened', 'pull_request.ready_for_review', 'pull_request.converted_to_draft'],
      ({ pull_request }, { add }) =>
        // GitHub's description of one of these events lets the owner be null, which no repository's is.
        add(judge(pullRequestOf(pull_request as PullRequestPayload))),
    );

    on(['pull_request.synchronize'], async ({ pull_request, before }, installation) => {
      const pull = pullRequestOf(pull_request);
      await installation.add(judge(pull, { once: true }));
      await leaveHead(pull, before, installation);
    });

    on(['pull_request.closed'], ({ pull_request }, installation) => {
      const pull = pullRequestOf(pull_request);
      return leaveHead(pull, pull.head.sha, installation);
    });

    on(['pull_request.edited'], ({ pull_request, changes }, { add }) => {
      const retargeted = changes.base !== undefined && pull_request.state === 'open';
      return retargeted ? add(judge(pullRequestOf(pull_request))) : null;
    });

    on(['merge_group.checks_requested'], (payload, { add }) => {
      const group = mergeGroupOf(withRepository(payload));
      return add(groupTask(group, { group, once: true }));
    });

    on(['merge_group.destroyed'], (payload, { id }) =>
      queue.cancel(String(id), groupKey(mergeGroupOf(withRepository(payload)))),
    );

    on(['check_run.rerequested', 'check_run.requested_action'], (payload, { add }) => {
      const { check_run: run, repository } = payload;
      const subjects = subjectsOf(run.external_id);
      const asked = payload.action === 'rerequested' || payload.requested_action?.identifier === RECHECK;
      if (run.app?.id !== appId || subjects.length === 0 || !asked) return null;
      const repo = repositoryOf(repository);
      return Promise.all(subjects.map((subject) => add(subjectTask(repo, run.head_sha, subject))));
    });

    on(['check_suite.rerequested'], ({ check_suite: suite, repository }, { add }) =>
      suite.app?.id === appId
        ? add({ kind: 'check suite', repo: repositoryOf(repository), head: suite.head_sha })
        : null,
    );

    on(['issue_comment.created', 'issue_comment.edited', 'issue_comment.deleted'], (payload, { add }) => {
      const { issue } = payload;
      const before = payload.action === 'edited' ? (payload.changes.body?.from ?? '') : '';
      const said = payload.action === 'deleted' ? '' : payload.comment.body;
      const withdrawn = payload.action === 'deleted' ? payload.comment.body : before;
      const comment = spokenCommentOf(payload);
      if (!issue.pull_request || comment.author.kind !== 'person') return null;
      const asks = holdsCommands(said);
      if (!asks && !holdsCommands(withdrawn)) return null;
      return add({ kind: 'comment', comment, number: issue.number, withdrawn: !asks });
    });

    on(['push'], (payload, { add }) => {
      const push = pushOf(payload);
      return push === null || push.touches === null ? null : add({ kind: 'push', push, at: now(), left: null });
    });

    on(
      [
        'installation.created',
        'installation.unsuspend',
        'installation.new_permissions_accepted',
        'installation_repositories.added',
      ],
      (_, { id, add }) => add({ kind: 'sweep', installation: id }),
    );

    on(['installation.deleted', 'installation.suspend'], (_, { id }) => queue.cancelOwner(String(id)));
  };
}

interface Payload {
  installation?: { id: number } | undefined;
  repository?: { archived?: boolean } | undefined;
}

/** GitHub's description leaves out that a merge group always has a repository. */
function withRepository<Group extends { repository?: RepositoryPayload }>(payload: Group) {
  if (!payload.repository) throw new TypeError('a merge group without a repository');
  return { ...payload, repository: payload.repository };
}
