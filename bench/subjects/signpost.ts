import { join } from 'node:path';
import { type Command, CommandFailure, type Finished } from '../measure/run-process.ts';
import { MAIN, OTHER, pullBranch } from '../workload/pull-requests.ts';
import type { Workload } from '../workload/workload.ts';
import type { Subject } from './subject.ts';

export const CLI = join(import.meta.dirname, '../../dist/cli.js');

export type Temperature = 'cold' | 'warm';

export interface SignpostOptions {
  site: Workload;
  scenarios: number;
  temperature: Temperature;
  /** An empty folder, for caches. */
  folder: string;
}

export function audit(options: SignpostOptions): Subject {
  const args = ['audit', '--rev', MAIN];
  return signpost({ ...options, name: 'audit', first: args, each: () => args });
}

/** @param head the branch of each run; the pull requests that change one page, in turn, unless given */
export function review(options: SignpostOptions, head: (run: number) => string = pullBranch): Subject {
  const args = (branch: string) => ['review', '--base', MAIN, '--head', branch];
  return signpost({ ...options, name: 'review', first: args(OTHER), each: (run) => args(head(run)) });
}

interface Described extends SignpostOptions {
  name: string;
  /** What is run before; it fills the cache of warm runs. */
  first: string[];
  each: (run: number) => string[];
}

/** A cold run has an empty cache folder of its own; the warm ones share the one that the first command filled. */
function signpost({ site, scenarios, temperature, folder, name, first, each }: Described): Subject {
  const common = ['--repo', site.repo, '--registry', site.registry(scenarios), '--quiet'];
  const command = (args: string[], cache: string): Command => ({
    program: process.execPath,
    args: [CLI, ...args, ...common],
    env: { XDG_CACHE_HOME: join(folder, cache), NO_COLOR: '1' },
    exits: [0, 1],
  });
  return {
    name: `${name}, ${temperature}, ${scenarios} scenarios, ${site.name}`,
    isShared: false,
    prepare: command([...first, '--format', 'json'], 'shared'),
    check: (finished) => judged(finished, scenarios),
    command: (run) => command(each(run), temperature === 'warm' ? 'shared' : `cold-${run}`),
  };
}

function judged({ stdout, stderr }: Finished, scenarios: number): string {
  if (!stdout.startsWith('{')) throw new CommandFailure(`nothing was judged: ${stderr.trim()}`);
  const { verdict, reason, scenarios: told, counts } = JSON.parse(stdout);
  if (verdict === 'not-judged' || told.length !== scenarios || counts.pages === 0) {
    throw new CommandFailure(`judged ${told.length} of ${scenarios} scenarios on ${counts.pages} pages: ${reason}`);
  }
  const { covered, partial, missing, parsedPages } = counts;
  return `${covered} covered, ${partial} partial, ${missing} missing; ${parsedPages} of ${counts.pages} pages parsed`;
}
