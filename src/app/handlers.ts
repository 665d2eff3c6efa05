import type { Outcome } from '../github/answer-check.ts';
import { answerComment, type SpokenComment } from '../github/answer-comment.ts';
import { type CheckSubject, findSubjects } from '../github/check-subjects.ts';
import { describeFailure } from '../github/failure.ts';
import type { GitHubContext } from '../github/github-context.ts';
import { findUnanswered, findUnansweredGroups, listRepositories } from '../github/installation-sweep.ts';
import { findMergeGroup, type MergeGroup } from '../github/merge-queue.ts';
import { askAfresh, askAfreshSince } from '../github/owner-defaults.ts';
import { mayWrite } from '../github/permissions.ts';
import { findPullRequest, type PullRequest } from '../github/pull-request.ts';
import type { Repository } from '../github/repository.ts';
import { reviewMergeGroup } from '../github/review-merge-group.ts';
import { reviewPullRequest } from '../github/review-pull-request.ts';
import type { JobQueue, SharedFacts } from '../queue/job-queue.ts';
import { AT_ONCE, takeNext } from './concerned-pulls.ts';
import {
  type CommentTask,
  type GroupTask,
  groupKey,
  groupTask,
  jobOf,
  PLAIN,
  type PullRequestTask,
  type PushTask,
  pullKey,
  type SharedHeadTask,
  type SuiteTask,
  type SweepTask,
  type Task,
} from './tasks.ts';
import { markShared } from './work.ts';

/** What a handler has beside GitHub. */
export interface Desk {
  installation: number;
  queue: JobQueue<Task>;
  facts: SharedFacts;
  /** Asked for whatever was done before, by this task or one that it took the place of. */
  anew: boolean;
}

/** A task that has more to do in a while. */
export interface Pause {
  seconds: number;
  left: Task;
}

/** How a task ended: a verdict, done without one, or with more to do. */
export type Done = Outcome | Pause | undefined;

type Handler<Kind extends Task> = (task: Kind, context: GitHubContext, desk: Desk) => Promise<Done>;
type Handlers = { [Kind in Task['kind']]: Handler<Extract<Task, { kind: Kind }>> };

/** Which work each kind of task is. */
const HANDLERS: Handlers = {
  'pull request': judgePull,
  'merge group': judgeGroup,
  comment: answer,
  'check suite': judgeSuite,
  'shared head': leaveHead,
  push: judgeConcerned,
  sweep,
};

export function handle(task: Task, context: GitHubContext, desk: Desk): Promise<Done> {
  return (HANDLERS[task.kind] as Handler<Task>)(task, context, desk);
}

async function judgePull(task: PullRequestTask, context: GitHubContext, desk: Desk): Promise<Done> {
  const { facts } = desk;
  const { repo, number, siblings, ownerChanged } = task;
  if (ownerChanged !== null) askAfreshSince(repo, ownerChanged, context.memory);
  // What it took the place of may have known of such a change.
  if (task.once && desk.anew) askAfresh(repo, context.memory);
  const pull = task.pull ?? (await findPullRequest(context.github, repo, number));
  if (!pull.isOpen) return undefined;
  const judged = `judged ${pullKey(repo, number)} ${pull.head.sha}`;
  const before = task.once && !desk.anew ? await facts.get(judged) : null;
  if (before === pull.base.ref) return undefined;
  // A verdict may stand of which not all could be told, one that was told of another base, or, where no webhook named
  // the head, one of which nothing is remembered any more.
  const mayStand = before !== null || (task.once && task.pull === null);
  const afterOther = mayStand ? { recovering: true, answeredSince: 0 } : {};
  const { isShared, ...outcome } = await reviewPullRequest(pull, { ...context, ...afterOther }, siblings);
  // What was told is told: that it cannot be remembered is no reason to tell it again.
  await Promise.all([
    ...(isShared ? [markShared(facts, repo, pull.head.sha)] : []),
    facts.set(judged, isLasting(outcome) ? pull.base.ref : ''),
  ]).catch(() => {});
  if (outcome.verdict === 'superseded' && !context.signal?.aborted) await judgeAsItIs(task, desk);
  return outcome;
}

/**
 * What was told of a pull request is not so any more. An old webhook that was sent again may have taken the place of a
 * newer job, so whatever its head and base are now is judged unless another job comes after this one.
 */
async function judgeAsItIs({ repo, number }: PullRequestTask, { queue, installation, anew }: Desk): Promise<void> {
  if ((await queue.stateOf(String(installation), pullKey(repo, number))) === 'waits') return;
  await queue.add(jobOf(installation, { ...PLAIN, repo, number, once: !anew }));
}

function isLasting({ verdict, failure }: Outcome): boolean {
  return failure === null && (verdict === 'pass' || verdict === 'fail');
}

async function judgeGroup(task: GroupTask, context: GitHubContext, { facts, anew }: Desk): Promise<Done> {
  const { repo } = task;
  const key = groupKey(task);
  const [known, judged] = [`group ${key}`, `judged ${key}`];
  if (task.once && !anew && (await facts.get(judged)) !== null) return undefined;
  // A button's event does not say where a group starts from.
  if (task.group) await facts.set(known, JSON.stringify(task.group));
  const group = task.group ?? groupIn(await facts.get(known)) ?? (await findMergeGroup(context.github, repo, task));
  if (group === null) return undefined;
  const outcome = await reviewMergeGroup(group, context);
  if (isLasting(outcome)) await facts.set(judged, 'yes').catch(() => {});
  return outcome;
}

function groupIn(text: string | null): MergeGroup | null {
  return text === null ? null : (JSON.parse(text) as MergeGroup);
}

async function answer({ comment, number, withdrawn }: CommentTask, context: GitHubContext, desk: Desk): Promise<Done> {
  const { repo } = comment;
  const counts = withdrawn ? await mayWrite(comment.author.login, repo, context) : await isAsked(comment, context);
  if (counts) await judgeNumber(repo, number, desk);
  return undefined;
}

/** A reaction that cannot be given, as in a locked conversation, is no reason not to do what is asked. */
async function isAsked(comment: SpokenComment, context: GitHubContext): Promise<boolean> {
  try {
    return await answerComment(comment, context);
  } catch (error) {
    if (describeFailure(error, context.now()).retries) throw error;
    return mayWrite(comment.author.login, comment.repo, context);
  }
}

async function judgeSuite({ repo, head }: SuiteTask, { github }: GitHubContext, desk: Desk): Promise<Done> {
  for (const subject of await findSubjects(github, repo, head)) await judgeSubject(repo, head, subject, desk);
  return undefined;
}

async function judgeSubject(repo: Repository, head: string, subject: CheckSubject, desk: Desk): Promise<void> {
  if ('pull' in subject) return judgeNumber(repo, subject.pull, desk);
  const { headRef } = subject;
  await desk.queue.add(jobOf(desk.installation, groupTask(repo, { head, headRef })));
}

/** By its number: a job that waits for a newer head must not be replaced by one for another. */
function judgeNumber(repo: Repository, number: number, { queue, installation }: Desk): Promise<void> {
  return queue.add(jobOf(installation, { ...PLAIN, repo, number }));
}

async function leaveHead({ repo, head, number }: SharedHeadTask, { github }: GitHubContext, desk: Desk): Promise<Done> {
  for (const subject of await findSubjects(github, repo, head)) {
    if (!('pull' in subject) || subject.pull === number) continue;
    const other = await findPullRequest(github, repo, subject.pull);
    if (other.isOpen && other.head.sha === head) await judgeNumber(repo, other.number, desk);
  }
  return undefined;
}

const PAUSE_SECONDS = 60;

async function judgeConcerned(task: PushTask, context: GitHubContext, desk: Desk): Promise<Done> {
  const { pulls, left } = await takeNext(task, context, desk.facts);
  const ownerChanged = task.push.touches === 'owner' ? task.at : null;
  for (const pull of pulls) await judgeAfresh(pull, ownerChanged, desk);
  return pulls.length === AT_ONCE ? { seconds: PAUSE_SECONDS, left: { ...task, left } } : undefined;
}

/**
 * A job that runs may not see what the push changed, and one that waits need not judge at all: because its head was judged
 * before, or is none any more. So it is judged by its number where there is a job, for its head may be a newer one than
 * was listed here.
 */
async function judgeAfresh(pull: PullRequest, ownerChanged: number | null, desk: Desk): Promise<void> {
  const { queue, installation } = desk;
  const { repo, number } = pull;
  const known = (await queue.stateOf(String(installation), pullKey(repo, number))) === null ? pull : null;
  await queue.add(jobOf(installation, { ...PLAIN, repo, number, pull: known, ownerChanged }));
}

/** A merge queue stands still until its groups are judged, so they come first. */
async function sweep(_task: SweepTask, context: GitHubContext, desk: Desk): Promise<Done> {
  const { github } = context;
  for (const repo of await listRepositories(github)) {
    for (const branch of await findUnansweredGroups(github, repo))
      await addUnsettled({ ...groupTask(repo, branch), recovering: true }, desk);
    for (const { pull, siblings } of await findUnanswered(context, repo))
      await addUnsettled({ ...PLAIN, repo, number: pull.number, pull, siblings, recovering: true }, desk);
  }
  return undefined;
}

/**
 * Adds what a sweep found, unless it has nothing to add: what no repetition mends would be found again for ever, and a job
 * that is there already knows more, for it came from an event or waits until a limit has passed.
 */
async function addUnsettled(task: PullRequestTask | GroupTask, { queue, installation }: Desk): Promise<void> {
  const job = jobOf(installation, task);
  const { owner, key, version } = job;
  if ((await queue.stateOf(owner, key)) !== null) return;
  if (version !== null && (await queue.isHopeless(owner, key, version))) return;
  await queue.add(job);
}
