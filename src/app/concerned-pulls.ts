import type { Occasion } from '../github/occasion.ts';
import { askAfresh } from '../github/owner-defaults.ts';
import { findConcernedByOwner, type OwnerConcerned, takeConcerned } from '../github/owner-pushed.ts';
import type { PullRequest } from '../github/pull-request.ts';
import { findConcerned, merged, type Push } from '../github/pushed.ts';
import type { Task, TaskOptions } from './task-runner.ts';

/** Pull requests that one push makes judged again within a minute: people's own pushes must not wait behind them. */
const AT_ONCE = 5;
const PAUSE = 60_000;

type Options = Pick<TaskOptions, 'memory' | 'second'>;
type Judge = (pull: PullRequest) => void;

/** The pull requests whose verdict pushes can have changed: a few at a time, and pushes to one branch as one. */
export class ConcernedPulls {
  readonly #options: Options;
  /** What pushes to a branch have touched that are not done with. */
  readonly #pending = new Map<string, { touches: Push['touches']; hadScenarios: boolean }>();

  constructor(options: Options) {
    this.#options = options;
  }

  /** @returns what to do about a push; null where it concerns none */
  taskFor(pushed: Push, key: string, judge: Judge): Task | null {
    const { memory, second = 1_000 } = this.#options;
    const earlier = this.#pending.get(key);
    const push = merged(pushed, earlier?.touches ?? null);
    if (push.touches === null) return null;
    const hadScenarios = pushed.touches === 'owner' && askAfresh(push.repo, memory);
    const pending = { touches: push.touches, hadScenarios: hadScenarios || earlier?.hadScenarios === true };
    this.#pending.set(key, pending);
    const next = push.touches === 'owner' ? takesOfOwner(push, pending.hadScenarios) : takesOf(push);
    const run = async (occasion: Occasion) => {
      const pulls = await next(occasion);
      for (const pull of pulls) judge(pull);
      if (pulls.length === AT_ONCE) return (PAUSE / 1_000) * second;
      this.#pending.delete(key);
      return undefined;
    };
    return { kind: 'push', key, run };
  }
}

/** Takes the next few pull requests; fewer than asked for where no more are left. */
type Takes = (occasion: Occasion) => Promise<PullRequest[]>;

function takesOf(push: Push): Takes {
  let left: PullRequest[] | null = null;
  return async ({ github }) => {
    left ??= await findConcerned(github, push);
    return left.splice(0, AT_ONCE);
  };
}

function takesOfOwner({ repo }: Push, hadScenarios: boolean): Takes {
  let left: OwnerConcerned | null = null;
  return async (occasion) => {
    left ??= await findConcernedByOwner(repo, hadScenarios, occasion);
    return takeConcerned(left, AT_ONCE, occasion);
  };
}
