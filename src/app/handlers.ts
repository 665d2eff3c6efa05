import type { Outcome } from '../github/answer-check.ts';
import { answerComment, type SpokenComment } from '../github/answer-comment.ts';
import { findSubjects } from '../github/check-runs.ts';
import { describeFailure } from '../github/failure.ts';
import type { GitHubContext } from '../github/github-context.ts';
import { findUnanswered, findUnansweredGroups, listRepositories } from '../github/installation-sweep.ts';
import { findMergeGroup, type MergeGroup } from '../github/merge-queue.ts';
import { askAfresh, askAfreshSince } from '../github/owner-defaults.ts';
import { mayWrite } from '../github/permissions.ts';
import { findPullRequest, type PullRequest } from '../github/pull-request.ts';
import { findConcerned, findConcernedByOwner, takeConcerned } from '../github/pushed.ts';
import { reviewMergeGroup } from '../github/review-merge-group.ts';
import { reviewPullRequest } from '../github/review-pull-request.ts';
import type { JobQueue, SharedFacts } from '../queue/job-queue.ts';
import {
  type CommentTask,
  type GroupTask,
  groupKey,
  groupTask,
  jobOf,
  markShared,
  type PullRequestTask,
  type PushTask,
  pullRequestKey,
  pullRequestTask,
  type SharedHeadTask,
  type SuiteTask,
  type SweepTask,
  subjectTask,
  type Task,
} from './tasks.ts';

/** What a handler has besides GitHub. */
interface HandlerDeps {
  installation: number;
  queue: JobQueue<Task>;
  facts: SharedFacts;
  /** Whether earlier results do not count, for this task or one that it replaced. */
  anew: boolean;
}

/** How a task ended: a verdict, with more to do after so many seconds, or done without either. */
type HandlerResult = Outcome | { seconds: number; left: Task } | undefined;

type Handler<Kind extends Task> = (task: Kind, context: GitHubContext, deps: HandlerDeps) => Promise<HandlerResult>;
type Handlers = { [Kind in Task['kind']]: Handler<Extract<Task, { kind: Kind }>> };

/** What is done for each kind of task. */
const HANDLERS: Handlers = {
  'pull request': judgePullRequest,
  'merge group': judgeGroup,
  comment: answer,
  'check suite': judgeSuite,
  'shared head': leaveHead,
  push: judgeConcerned,
  sweep,
};

export function handle(task: Task, context: GitHubContext, deps: HandlerDeps): Promise<HandlerResult> {
  return (HANDLERS[task.kind] as Handler<Task>)(task, context, deps);
}

async function judgePullRequest(
  task: PullRequestTask,
  context: GitHubContext,
  deps: HandlerDeps,
): Promise<HandlerResult> {
  const { facts } = deps;
  const { repo, number, siblings, ownerChanged } = task;
  if (ownerChanged !== null) askAfreshSince(repo, ownerChanged, context.memory);
  // A task that this one replaced may have told of such a change.
  if (task.once && deps.anew) askAfresh(repo, context.memory);
  const pull = task.pull ?? (await findPullRequest(context.github, repo, number));
  if (!pull.isOpen) return undefined;
  const judged = `judged ${pullRequestKey(pull)} ${pull.head.sha}`;
  const before = task.once && !deps.anew ? await facts.get(judged) : null;
  if (before === pull.base.ref) return undefined;
  // There may be a verdict already: one that could not be published in full, one about another base, or, where no webhook
  // named the head, one that this server has forgotten.
  const mayStand = before !== null || (task.once && task.pull === null);
  const afterOther = mayStand ? { recovering: true, answeredSince: 0 } : {};
  const { isShared, ...outcome } = await reviewPullRequest(pull, { ...context, ...afterOther }, siblings);
  // The verdict is published; that it cannot be remembered is no reason to publish it again.
  await Promise.all([
    ...(isShared ? [markShared(facts, repo, pull.head.sha)] : []),
    facts.set(judged, isLasting(outcome) ? pull.base.ref : ''),
  ]).catch(() => {});
  if (outcome.verdict === 'superseded' && !context.signal?.aborted) await judgeAsItIs(task, deps);
  return outcome;
}

/**
 * The pull request has another head or base than the task says. An old webhook that was sent again may have replaced a
 * newer job, so it is judged once more as it is now, unless another job comes after this one.
 */
async function judgeAsItIs(task: PullRequestTask, deps: HandlerDeps): Promise<void> {
  if ((await deps.queue.stateOf(String(deps.installation), pullRequestKey(task))) === 'waits') return;
  await add(pullRequestTask(task, { once: !deps.anew }), deps);
}

function add(task: Task, { queue, installation }: HandlerDeps): Promise<void> {
  return queue.add(jobOf(installation, task));
}

function isLasting({ verdict, failure }: Outcome): boolean {
  return failure === null && (verdict === 'pass' || verdict === 'fail');
}

async function judgeGroup(
  task: GroupTask,
  context: GitHubContext,
  { facts, anew }: HandlerDeps,
): Promise<HandlerResult> {
  const { repo } = task;
  const key = groupKey(task);
  const [known, judged] = [`group ${key}`, `judged ${key}`];
  if (task.once && !anew && (await facts.get(judged)) !== null) return undefined;
  // A button's event does not say where a group starts from.
  if (task.group) await facts.set(known, JSON.stringify(task.group));
  const text = task.group ? null : await facts.get(known);
  const remembered = text === null ? null : (JSON.parse(text) as MergeGroup);
  const group = task.group ?? remembered ?? (await findMergeGroup(context.github, repo, task));
  if (group === null) return undefined;
  const outcome = await reviewMergeGroup(group, context);
  if (isLasting(outcome)) await facts.set(judged, 'yes').catch(() => {});
  return outcome;
}

async function answer(
  { comment, number, withdrawn }: CommentTask,
  context: GitHubContext,
  deps: HandlerDeps,
): Promise<undefined> {
  const { repo } = comment;
  const counts = withdrawn ? await mayWrite(comment.author.login, repo, context) : await isAsked(comment, context);
  if (counts) await add(pullRequestTask({ repo, number }), deps);
}

/** A reaction that cannot be given, as in a locked conversation, does not keep us from doing what was asked. */
async function isAsked(comment: SpokenComment, context: GitHubContext): Promise<boolean> {
  try {
    return await answerComment(comment, context);
  } catch (error) {
    if (describeFailure(error, context.now()).retries) throw error;
    return mayWrite(comment.author.login, comment.repo, context);
  }
}

/** By numbers: a job that waits for a newer head must not be replaced by one for another. */
async function judgeSuite({ repo, head }: SuiteTask, { github }: GitHubContext, deps: HandlerDeps): Promise<undefined> {
  for (const subject of await findSubjects(github, repo, head)) await add(subjectTask(repo, head, subject), deps);
}

async function leaveHead(task: SharedHeadTask, { github }: GitHubContext, deps: HandlerDeps): Promise<undefined> {
  const { repo, head, number } = task;
  for (const subject of await findSubjects(github, repo, head)) {
    if (!('pull' in subject) || subject.pull === number) continue;
    const other = await findPullRequest(github, repo, subject.pull);
    if (other.isOpen && other.head.sha === head) await add(pullRequestTask(other), deps);
  }
}

/** Pull requests that one push makes judged again within a minute: people's own pushes must not wait behind them. */
const AT_ONCE = 5;
const PAUSE_SECONDS = 60;

async function judgeConcerned(task: PushTask, context: GitHubContext, deps: HandlerDeps): Promise<HandlerResult> {
  const { pulls, left } = await takeNext(task, context, deps.facts);
  const ownerChanged = task.push.touches === 'owner' ? task.at : null;
  for (const pull of pulls) await judgeAfresh(pull, ownerChanged, deps);
  return pulls.length === AT_ONCE ? { seconds: PAUSE_SECONDS, left: { ...task, left } } : undefined;
}

/** The next few pull requests whose verdict a push can have changed, and those that are left. */
interface Concerned {
  pulls: PullRequest[];
  left: NonNullable<PushTask['left']>;
}

/**
 * Takes the next few; fewer than `AT_ONCE` means that no more are left. It does not change the task. Where a second push to
 * the owner's registry comes before the first is done with, it remembers that there were scenarios before both.
 */
export async function takeNext(
  { push, left }: PushTask,
  context: GitHubContext,
  facts: SharedFacts,
): Promise<Concerned> {
  if (push.touches !== 'owner') {
    const all = Array.isArray(left) ? left : await findConcerned(context.github, push);
    return { pulls: all.slice(0, AT_ONCE), left: all.slice(AT_ONCE) };
  }
  const key = `had scenarios ${push.repo.owner.toLowerCase()}`;
  let all = left === null || Array.isArray(left) ? null : structuredClone(left);
  if (all === null) {
    const had = askAfresh(push.repo, context.memory) || (await facts.get(key)) === 'yes';
    if (had) await facts.set(key, 'yes');
    all = await findConcernedByOwner(push.repo, had, context);
  }
  const pulls = await takeConcerned(all, AT_ONCE, context);
  if (pulls.length < AT_ONCE) await facts.set(key, 'no');
  return { pulls, left: all };
}

/**
 * A job that runs may not see what the push changed, and one that waits need not judge at all: because its head was judged
 * before, or is none any more. So it is judged by its number where there is a job, for its head may be a newer one than
 * was listed here.
 */
async function judgeAfresh(pull: PullRequest, ownerChanged: number | null, deps: HandlerDeps): Promise<void> {
  const state = await deps.queue.stateOf(String(deps.installation), pullRequestKey(pull));
  await add(pullRequestTask(pull, { pull: state === null ? pull : null, ownerChanged }), deps);
}

/** A merge queue stands still until its groups are judged, so they come first. */
async function sweep(_task: SweepTask, context: GitHubContext, deps: HandlerDeps): Promise<undefined> {
  const { github } = context;
  for (const repo of await listRepositories(github)) {
    for (const branch of await findUnansweredGroups(github, repo))
      await addUnsettled(groupTask({ repo, ...branch }, { recovering: true }), deps);
    for (const { pull, siblings } of await findUnanswered(context, repo))
      await addUnsettled(pullRequestTask(pull, { pull, siblings, recovering: true }), deps);
  }
}

/**
 * Adds what a sweep found, unless it has nothing to add: what no repetition mends would be found again for ever, and a job
 * that is there already knows more, for it came from an event or waits until a limit has passed.
 */
async function addUnsettled(task: PullRequestTask | GroupTask, { queue, installation }: HandlerDeps): Promise<void> {
  const job = jobOf(installation, task);
  const { owner, key, version } = job;
  if ((await queue.stateOf(owner, key)) !== null) return;
  if (version !== null && (await queue.isHopeless(owner, key, version))) return;
  await queue.add(job);
}
