import type { Progress } from './progress.ts';
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
}

/** The values of the options that every command has. */
export interface CommonValues {
  repo: string;
  format: string;
  output?: string;
  quiet?: boolean;
  color: boolean;
}

/** What a command works with beside its values. */
export interface Occasion {
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
  /** Tells a person at a terminal something that is no result. */
  note(sentence: string): void;
  progress: Progress;
  stdin: AsyncIterable<Uint8Array>;
  /** Null where nobody is to be asked. */
  prompts: Prompts | null;
}

/** What a command has to say, and how it ends: 0 pass, 1 findings that block, 2 not judged. */
export interface Outcome {
  text: string | Promise<string>;
  exitCode: 0 | 1 | 2;
}

export interface OptionFacts {
  /** As in `--base <REV>`. */
  flags: string;
  description: string;
  default?: string;
  /** The only values that there are. */
  choices?: readonly string[];
  /** It may be given several times. */
  repeatable?: boolean;
}

/** One command: what `--help` says about it, and what it does. */
export interface Command<Values extends CommonValues = CommonValues> {
  /** As typed after `signpost`; a group and its command with a space between. */
  name: string;
  /** What stands after the name without a flag; its value joins those of the options. */
  argument?: { name: string; description: string; optional?: boolean };
  /** One line for the list of commands. */
  summary: string;
  description: string;
  options: readonly OptionFacts[];
  /** The first is the default. */
  formats: readonly string[];
  examples: readonly (readonly [typed: string, does: string])[];
  /** @throws {UsageFailure | GitFailure} where nothing can be judged */
  run(values: Values, occasion: Occasion): Promise<Outcome>;
}
