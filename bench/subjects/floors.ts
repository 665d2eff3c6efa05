import { join } from 'node:path';
import { CommandFailure } from '../measure/run-process.ts';
import { MAIN } from '../workload/pull-requests.ts';
import type { Workload } from '../workload/workload.ts';
import type { Subject } from './subject.ts';

const PEERS = join(import.meta.dirname, '../peers');

export const startNode = (): Subject => ({
  ...floor('starting node', ['-e', '0']),
  check: () => null,
});

export const readBlobs = (site: Workload): Subject =>
  counted('reading the pages from git', site, [join(PEERS, 'read-blobs.mjs'), site.repo, MAIN, ...site.roots]);

export const walkAndRead = (site: Workload): Subject =>
  counted('walking and reading the files', site, [join(PEERS, 'walk-and-read.mjs'), site.files]);

export const parsePages = (site: Workload): Subject =>
  counted('parsing all pages with remark', site, [join(PEERS, 'parse-pages.mjs'), site.files]);

function floor(name: string, args: string[]): Omit<Subject, 'check'> {
  const command = { program: process.execPath, args };
  return { name, isShared: true, prepare: command, command: () => command };
}

function counted(name: string, { pages }: Workload, args: string[]): Subject {
  return {
    ...floor(name, args),
    check({ stdout }) {
      const read = Number.parseInt(stdout, 10);
      if (read !== pages) throw new CommandFailure(`${name}: read ${read} of ${pages} pages`);
      return stdout.trim();
    },
  };
}
