import { resolve } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import { userCacheFolder } from '../cache/cache-folder.ts';
import type { CommonValues } from './command.ts';
import { type Progress, progressOn, SILENT, type Stopwatch, startStopwatch } from './progress.ts';
import type { Prompts } from './prompts.ts';

/** A place to write to, with a width where it is a terminal. Node's streams fit. */
export interface Sink {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
}

/** What the command line uses of its process, apart from files and git. Tests pass their own. */
export interface Io {
  stdout: Sink;
  stderr: Sink;
  /** The bytes of stdin, in pieces. */
  stdin: AsyncIterable<Uint8Array>;
  /** Null where nobody can be asked, because input or output is no terminal. */
  prompts: Prompts | null;
  env: Readonly<Record<string, string | undefined>>;
  /** The folder that relative paths are taken from. */
  cwd: string;
  now: () => Date;
  /** Settles when the program is asked to end. Where nobody waits for it, such a request ends the program at once. */
  untilInterrupted: () => Promise<void>;
}

/** What a command gets in addition to its values. */
export interface CommandContext extends Pick<Io, 'stdin' | 'prompts' | 'untilInterrupted'> {
  /** Makes a path that the person typed absolute. */
  pathOf(typed: string): string;
  /** The day on which it runs: YYYY-MM-DD, UTC. */
  today: string;
  version: string;
  color: boolean;
  /** Columns that the result may take. */
  width: number;
  /** The folder of the cache; null where the system names none. */
  cacheFolder: string | null;
  /** The address of the GitHub server, when this runs as an Action; else null. */
  githubServer: string | null;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Writes a line of the result at once. For commands that go on running. */
  say(line: string): void;
  /** Writes to stderr that something went wrong that does not end the command. */
  warn(text: string): void;
  /** Whether the result is shown on a terminal. */
  isTerminal: boolean;
  /** Writes a hint to stderr, where that is a terminal and `--quiet` is not given. */
  note(sentence: string): void;
  progress: Progress;
  stopwatch: Stopwatch;
}

export const VERSION: string = manifest.version;

const USUAL_WIDTH = 80;

/** Makes the context of one run from the options that were typed and from the process. */
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

/** Follows https://no-color.org and https://force-color.org: an empty variable is as none, and `--no-color` wins. */
function wantsColor(values: CommonValues, io: Io): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = io.env;
  if (!values.color || values.output !== undefined || NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return io.stdout.isTTY === true && TERM !== 'dumb';
}
