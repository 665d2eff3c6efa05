import { resolve } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import { userCacheFolder } from '../cache/cache-folder.ts';
import type { CommonValues } from './command.ts';
import { type Progress, progressOn, SILENT, type Stopwatch, startStopwatch } from './progress.ts';
import type { Prompts } from './prompts.ts';

/** Something to write to; with a width and colours where it is a terminal. Node's streams are such. */
export interface Sink {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
}

/** All that the command line knows of the world apart from files and git; tests pass their own. */
export interface Io {
  stdout: Sink;
  stderr: Sink;
  /** What is piped in, in pieces. */
  stdin: AsyncIterable<Uint8Array>;
  /** Null where nobody can be asked, because input or output is no terminal. */
  prompts: Prompts | null;
  env: Readonly<Record<string, string | undefined>>;
  /** The folder that relative paths are taken from. */
  cwd: string;
  now: () => Date;
  /** Settles when the person or the system asks the program to end; until somebody waits for it, it ends at once. */
  untilInterrupted: () => Promise<void>;
}

/** What a command works with beside its values. */
export interface CommandContext extends Pick<Io, 'stdin' | 'prompts' | 'untilInterrupted'> {
  /** Relative paths that the person typed, made absolute. */
  pathOf(typed: string): string;
  /** The day on which it runs: YYYY-MM-DD, UTC. */
  today: string;
  version: string;
  color: boolean;
  /** Columns that the result may take. */
  width: number;
  /** Where what pages say is kept from one run to the next; null where no place is known. */
  cacheFolder: string | null;
  /** The address of the GitHub server on which this runs as an Action; null elsewhere. */
  githubServer: string | null;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Writes a line of the result at once, for a command that goes on. */
  say(line: string): void;
  /** Tells whoever reads stderr, person or not, of something that went wrong without ending the command. */
  warn(text: string): void;
  /** Whether a person sits before the result. */
  isTerminal: boolean;
  /** Tells a person at a terminal something that is no result. */
  note(sentence: string): void;
  progress: Progress;
  stopwatch: Stopwatch;
}

export const VERSION: string = manifest.version;

const USUAL_WIDTH = 80;

/** What a command works with, from what was typed and where. */
export function contextFor(values: CommonValues, io: Io): CommandContext {
  const tells = io.stderr.isTTY === true && !values.quiet;
  const progress = tells ? progressOn(io.stderr) : SILENT;
  const write = (sink: Sink, text: string) => {
    progress.clear();
    sink.write(text);
  };
  return {
    pathOf: (typed) => resolve(io.cwd, typed),
    today: io.now().toISOString().slice(0, 10),
    version: VERSION,
    cacheFolder: userCacheFolder('signpost', io.env, process.platform),
    githubServer: io.env.GITHUB_SERVER_URL || null,
    now: () => io.now().getTime(),
    color: wantsColor(values, io),
    width: io.stdout.columns || USUAL_WIDTH,
    say: (line) => write(io.stdout, `${line}\n`),
    warn: (text) => write(io.stderr, `signpost: ${text}\n`),
    note: (sentence) => tells && write(io.stderr, `${sentence}\n`),
    isTerminal: io.stdout.isTTY === true,
    untilInterrupted: io.untilInterrupted,
    progress,
    stopwatch: startStopwatch(),
    stdin: io.stdin,
    prompts: values.quiet ? null : io.prompts,
  };
}

/** https://no-color.org and https://force-color.org: a variable counts unless it is empty; a flag counts more. */
function wantsColor(values: CommonValues, io: Io): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = io.env;
  if (!values.color || values.output !== undefined || NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return io.stdout.isTTY === true && TERM !== 'dumb';
}
