import type { Context, Probot } from 'probot';
import type { Work } from './app/work.ts';
import { holdsCommands, spokenCommentOf } from './github/answer-comment.ts';
import { subjectsOf } from './github/check-subjects.ts';
import { mergeGroupOf } from './github/merge-group.ts';
import { type PullRequestPayload, pullRequestOf } from './github/pull-request.ts';
import { pushOf } from './github/pushed.ts';
import type { Repository } from './github/repository.ts';
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
  metrics: Pick<Metrics, 'delivered'>;
  log: Pick<Logger, 'error'>;
}

/** Which event starts which job. Nothing is awaited and nothing thrown: GitHub gets its answer at once. */
export function createApp({ appId, work, metrics, log }: Dependencies): (app: Probot) => void {
  return (app) => {
    const on = <Event extends EventName>(
      events: Event[],
      start: (payload: Context<Event>['payload'], installation: number) => boolean,
    ): void => {
      app.on(events, (context) => {
        const event = context.name;
        try {
          const { installation, repository } = context.payload as Payload;
          const known = installation && !repository?.archived;
          const started = known ? start(context.payload as Context<Event>['payload'], installation.id) : false;
          metrics.delivered(event, started ? 'queued' : 'ignored');
        } catch (error) {
          metrics.delivered(event, 'failed');
          log.error({ err: error, event, delivery: context.id }, 'a webhook could not be read');
        }
      });
    };

    on(
      [
        'pull_request.opened',
        'pull_request.reopened',
        'pull_request.ready_for_review',
        'pull_request.converted_to_draft',
      ],
      ({ pull_request }, installation) => {
        // Of one of these events the description says that the owner may be null, which no repository's is.
        work.judge(installation, pullRequestOf(pull_request as PullRequestPayload));
        return true;
      },
    );

    on(['pull_request.synchronize'], ({ pull_request, before }, installation) => {
      const pull = pullRequestOf(pull_request);
      work.judge(installation, pull);
      work.leave(installation, pull, before);
      return true;
    });

    on(['pull_request.closed'], ({ pull_request }, installation) => {
      const pull = pullRequestOf(pull_request);
      work.leave(installation, pull, pull.head.sha);
      return true;
    });

    on(['pull_request.edited'], ({ pull_request, changes }, installation) => {
      const retargeted = changes.base !== undefined && pull_request.state === 'open';
      if (retargeted) work.judge(installation, pullRequestOf(pull_request));
      return retargeted;
    });

    on(['merge_group.checks_requested'], (payload, installation) => {
      work.judgeGroup(installation, mergeGroupOf(withRepository(payload)));
      return true;
    });

    on(['merge_group.destroyed'], (payload) => {
      work.cancelGroup(mergeGroupOf(withRepository(payload)));
      return true;
    });

    on(['check_run.rerequested', 'check_run.requested_action'], (payload, installation) => {
      const { check_run: run, repository } = payload;
      const subjects = subjectsOf(run.external_id);
      const asked = payload.action === 'rerequested' || payload.requested_action?.identifier === RECHECK;
      if (run.app?.id !== appId || subjects.length === 0 || !asked) return false;
      for (const subject of subjects) work.judgeSubject(installation, repositoryOf(repository), run.head_sha, subject);
      return true;
    });

    on(['check_suite.rerequested'], ({ check_suite: suite, repository }, installation) => {
      if (suite.app?.id !== appId) return false;
      work.judgeSuite(installation, repositoryOf(repository), suite.head_sha);
      return true;
    });

    on(['issue_comment.created', 'issue_comment.edited', 'issue_comment.deleted'], (payload, installation) => {
      const { issue, comment } = payload;
      const before = payload.action === 'edited' ? (payload.changes.body?.from ?? '') : '';
      const said = payload.action === 'deleted' ? '' : comment.body;
      const withdrawn = payload.action === 'deleted' ? comment.body : before;
      const spoken = spokenCommentOf(payload);
      if (!issue.pull_request || spoken.author.kind !== 'person') return false;
      if (holdsCommands(said)) work.answer(installation, spoken, issue.number);
      else if (holdsCommands(withdrawn)) work.withdraw(installation, spoken, issue.number);
      else return false;
      return true;
    });

    on(['push'], (payload, installation) => {
      const push = pushOf(payload);
      if (push === null || push.touches === null) return false;
      work.judgeConcerned(installation, push);
      return true;
    });

    on(
      [
        'installation.created',
        'installation.unsuspend',
        'installation.new_permissions_accepted',
        'installation_repositories.added',
      ],
      (_, installation) => {
        work.sweep(installation);
        return true;
      },
    );

    on(['installation.deleted', 'installation.suspend'], (_, installation) => {
      work.forget(installation);
      return true;
    });
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
