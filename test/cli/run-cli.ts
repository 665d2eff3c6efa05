import type { Io, Sink } from '../../src/commands/command-context.ts';
import { type ExitCode, run } from '../../src/commands/run.ts';

export interface Ran {
  exitCode: ExitCode;
  stdout: string;
  stderr: string;
}

/** Where a command line is run; a test states only what matters to it. */
export interface Place {
  cwd?: string;
  env?: Io['env'];
  /** Whether both streams are terminals, of 100 columns. */
  tty?: boolean;
  /** What is piped in. */
  stdin?: string | Uint8Array;
  prompts?: Io['prompts'];
  untilInterrupted?: Io['untilInterrupted'];
}

/** Runs a command line in this process, on 2026-06-01. */
export async function runCli(argv: readonly string[], place: Place = {}): Promise<Ran> {
  const { cwd = '.', env = {}, tty = false, stdin = '', prompts = null, untilInterrupted = async () => {} } = place;
  const stdout = catching(tty);
  const stderr = catching(tty);
  const now = () => new Date('2026-06-01T12:00:00Z');
  const exitCode = await run(argv, { stdout, stderr, stdin: piped(stdin), prompts, env, cwd, now, untilInterrupted });
  return { exitCode, stdout: stdout.caught.join(''), stderr: stderr.caught.join('') };
}

async function* piped(content: string | Uint8Array): AsyncGenerator<Uint8Array> {
  yield typeof content === 'string' ? new TextEncoder().encode(content) : content;
}

function catching(tty: boolean): Sink & { caught: string[] } {
  const caught: string[] = [];
  return { caught, write: (text) => caught.push(text), ...(tty ? { isTTY: true, columns: 100 } : {}) };
}
