import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Machine, Results } from './results.ts';
import { PEERS } from './subjects/peers.ts';

const git = (...args: string[]): string =>
  execFileSync('git', args, { cwd: import.meta.dirname, encoding: 'utf8' }).trim();

export const loadNow = (): number => loadavg()[0]!;

/** @param loadBefore the load average when the first row began */
export function describeMachine(loadBefore: number): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown CPU',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release().split('-')[0]}`,
    node: process.version.slice(1),
    git: git('--version').replace('git version ', ''),
    load: [loadBefore, loadNow()],
  };
}

/** Signpost's commit, short. */
export function describeCommit(): string {
  const isChanged = git('status', '--porcelain', '--untracked-files=no', '--', '../src', '../package-lock.json') !== '';
  return `${git('rev-parse', '--short=7', 'HEAD')}${isChanged ? '+' : ''}`;
}

/** The versions of the tools that Signpost is measured against. */
export function peerVersions(): Results['peers'] {
  const { dependencies } = JSON.parse(readFileSync(join(PEERS, 'package.json'), 'utf8'));
  const tools = ['markdownlint-cli2', 'remark-cli', 'remark-mdx', 'textlint'];
  return Object.fromEntries(tools.map((name) => [name, dependencies[name]]));
}
