import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, CommandFailure, type Finished } from '../measure/run-process.ts';
import type { Workload } from '../workload/workload.ts';
import type { Subject } from './subject.ts';

/** A package of its own, so that nothing of theirs is a dependency of ours. */
export const PEERS = join(import.meta.dirname, '../peers');
const INSTALLED = join(PEERS, 'node_modules');
export const arePeersInstalled = (): boolean => existsSync(join(INSTALLED, 'textlint'));

/** Linters exit with 1 for what they find. */
const EXITS = [0, 1];

export function markdownlint(site: Workload): Subject {
  const bin = join(INSTALLED, 'markdownlint-cli2/markdownlint-cli2-bin.mjs');
  const config = join(PEERS, '.markdownlint-cli2.jsonc');
  return peer('markdownlint-cli2', site, [bin, '--config', config, ...globs(site)], ({ stdout }) => {
    return Number(/Linting: (\d+) file/.exec(stdout)?.[1]);
  });
}

export function remark(site: Workload): Subject {
  const bin = join(INSTALLED, 'remark-cli/cli.js');
  const options = ['--no-stdout', '--no-config', '--rc-path', join(PEERS, 'remark.json'), '--ext', 'md,mdx'];
  const args = [bin, ...options, '--no-color', ...site.roots];
  return peer('remark-cli with lint and links', site, args, ({ stderr }) => {
    return new Set(stderr.match(/^\S+\.mdx?(?=$|:)/gm)).size;
  });
}

export function textlint(site: Workload): Subject {
  const bin = join(INSTALLED, 'textlint/bin/textlint.js');
  const args = [bin, '--config', join(PEERS, 'textlint.json'), '--no-color', ...globs(site)];
  return peer('textlint with terminology and prh', site, args, ({ stdout, stderr }) => {
    return /No rules found|Error:/.test(stdout + stderr) ? 0 : site.pages;
  });
}

const globs = ({ roots }: Workload): string[] => roots.map((root) => join(root, '**/*.{md,mdx}'));

function peer(name: string, site: Workload, args: string[], count: (finished: Finished) => number): Subject {
  const command: Command = { program: process.execPath, args, cwd: site.files, exits: EXITS };
  return {
    name,
    isShared: true,
    prepare: command,
    command: () => command,
    check(finished) {
      const pages = count(finished);
      if (pages !== site.pages) throw new CommandFailure(`${name} read ${pages} of ${site.pages} pages`);
      return null;
    },
  };
}
