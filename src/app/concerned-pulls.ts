import type { GitHubContext } from '../github/github-context.ts';
import { askAfresh } from '../github/owner-defaults.ts';
import type { PullRequest } from '../github/pull-request.ts';
import { findConcerned, findConcernedByOwner, takeConcerned } from '../github/pushed.ts';
import type { SharedFacts } from '../queue/job-queue.ts';
import type { PushTask } from './tasks.ts';

/** Pull requests that one push makes judged again within a minute: people's own pushes must not wait behind them. */
export const AT_ONCE = 5;

/** The next few pull requests whose verdict a push can have changed, and what is left of them. */
export interface Concerned {
  pulls: PullRequest[];
  left: NonNullable<PushTask['left']>;
}

/** Takes the next few; fewer than `AT_ONCE` where no more are left. Nothing is changed in the task that is given. */
export async function takeNext(task: PushTask, context: GitHubContext, facts: SharedFacts): Promise<Concerned> {
  return task.push.touches === 'owner' ? takeOfOwner(task, context, facts) : takeOf(task, context);
}

async function takeOf({ push, left }: PushTask, { github }: GitHubContext): Promise<Concerned> {
  const all = Array.isArray(left) ? left : await findConcerned(github, push);
  return { pulls: all.slice(0, AT_ONCE), left: all.slice(AT_ONCE) };
}

/** A push that comes before an earlier one is done with must not hide that scenarios stood there before both. */
async function takeOfOwner({ push, left }: PushTask, context: GitHubContext, facts: SharedFacts): Promise<Concerned> {
  const key = `had scenarios ${push.repo.owner.toLowerCase()}`;
  if (left === null || Array.isArray(left)) {
    const had = askAfresh(push.repo, context.memory) || (await facts.get(key)) === 'yes';
    if (had) await facts.set(key, 'yes');
    return takeFurther(await findConcernedByOwner(push.repo, had, context));
  }
  return takeFurther({ ...left, repos: [...left.repos], pulls: [...left.pulls] });

  async function takeFurther(all: Parameters<typeof takeConcerned>[0]): Promise<Concerned> {
    const pulls = await takeConcerned(all, AT_ONCE, context);
    if (pulls.length < AT_ONCE) await facts.set(key, 'no');
    return { pulls, left: all };
  }
}
