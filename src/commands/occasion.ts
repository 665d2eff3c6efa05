import { resolve } from 'node:path';
import { userCacheFolder } from '../cache/user-folder.ts';
import type { CommonValues, Io, Occasion } from './command.ts';
import { progressOn, SILENT } from './progress.ts';
import { VERSION } from './version.ts';

const USUAL_WIDTH = 80;

/** What a command works with, from what was typed and where. */
export function occasionFor(values: CommonValues, io: Io): Occasion {
  const tells = io.stderr.isTTY === true && !values.quiet;
  const progress = tells ? progressOn(io.stderr) : SILENT;
  return {
    pathOf: (typed) => resolve(io.cwd, typed),
    today: io.now().toISOString().slice(0, 10),
    version: VERSION,
    cacheFolder: userCacheFolder('signpost', io.env, process.platform),
    githubServer: io.env.GITHUB_SERVER_URL || null,
    now: () => io.now().getTime(),
    color: wantsColor(values, io),
    width: io.stdout.columns || USUAL_WIDTH,
    say(line) {
      progress.clear();
      io.stdout.write(`${line}\n`);
    },
    warn(text) {
      progress.clear();
      io.stderr.write(`signpost: ${text}\n`);
    },
    isTerminal: io.stdout.isTTY === true,
    untilInterrupted: io.untilInterrupted,
    note(sentence) {
      progress.clear();
      if (tells) io.stderr.write(`${sentence}\n`);
    },
    progress,
    stdin: io.stdin,
    prompts: values.quiet ? null : io.prompts,
  };
}

/** https://no-color.org and https://force-color.org: a variable counts unless it is empty; a flag counts more. */
export function wantsColor(values: Pick<CommonValues, 'color' | 'output'>, io: Pick<Io, 'env' | 'stdout'>): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = io.env;
  if (!values.color || values.output !== undefined || NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return io.stdout.isTTY === true && TERM !== 'dumb';
}
