import { resolve } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import { userCacheFolder } from '../cache/user-folder.ts';
import type { CommonValues } from './command.ts';
import { type Progress, progressOn, SILENT, startStopwatch } from './progress.ts';
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

export const VERSION: string = manifest.version;

const USUAL_WIDTH = 80;

/** What a command gets in addition to its values. */
export type CommandContext = ReturnType<typeof contextFor>;

/** Makes the context of one run from the options that were typed and from the process. */
export function contextFor(values: CommonValues, io: Io) {
  const tells = io.stderr.isTTY === true && !values.quiet;
  const progress: Progress = tells ? progressOn(io.stderr) : SILENT;
  const write = (sink: Sink, text: string): void => {
    progress.clear();
    sink.write(text);
  };
  return {
    /** Makes a path that the person typed absolute. */
    pathOf: (typed: string): string => resolve(io.cwd, typed),
    /** The day on which it runs: YYYY-MM-DD, UTC. */
    today: io.now().toISOString().slice(0, 10),
    /** Milliseconds since the epoch. */
    now: (): number => io.now().getTime(),
    version: VERSION,
    /** The folder of the cache; null where the system names none. */
    cacheFolder: userCacheFolder('signpost', io.env, process.platform),
    /** The address of the GitHub server, when this runs as an Action; else null. */
    githubServer: io.env.GITHUB_SERVER_URL || null,
    color: wantsColor(values, io),
    /** Columns that the result may take. */
    width: io.stdout.columns || USUAL_WIDTH,
    /** Whether the result is shown on a terminal. */
    isTerminal: io.stdout.isTTY === true,
    /** Writes a line of the result at once. For commands that go on running. */
    say: (line: string): void => write(io.stdout, `${line}\n`),
    /** Writes to stderr that something went wrong that does not end the command. */
    warn: (text: string): void => write(io.stderr, `signpost: ${text}\n`),
    /** Writes a hint to stderr, where that is a terminal and `--quiet` is not given. */
    note(sentence: string): void {
      if (tells) write(io.stderr, `${sentence}\n`);
    },
    progress,
    stopwatch: startStopwatch(),
    stdin: io.stdin,
    /** Null where nobody is to be asked. */
    prompts: values.quiet ? null : io.prompts,
    untilInterrupted: io.untilInterrupted,
  };
}

/** Follows https://no-color.org and https://force-color.org: an empty variable is as none, and `--no-color` wins. */
function wantsColor(values: CommonValues, io: Io): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = io.env;
  if (!values.color || values.output !== undefined || NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return io.stdout.isTTY === true && TERM !== 'dumb';
}
