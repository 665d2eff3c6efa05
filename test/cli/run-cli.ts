import type { Io, Sink } from '../../src/commands/command.ts';
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
  untilInterrupted?: Io['untilInterrupted'];
}

/** Runs a command line in this process, on 2026-06-01. */
export async function runCli(
  argv: readonly string[],
  { cwd = '.', env = {}, tty = false, untilInterrupted = async () => {} }: Place = {},
): Promise<Ran> {
  const stdout = catching(tty);
  const stderr = catching(tty);
  const now = () => new Date('2026-06-01T12:00:00Z');
  const exitCode = await run(argv, { stdout, stderr, env, cwd, now, untilInterrupted });
  return { exitCode, stdout: stdout.caught.join(''), stderr: stderr.caught.join('') };
}

function catching(tty: boolean): Sink & { caught: string[] } {
  const caught: string[] = [];
  return { caught, write: (text) => caught.push(text), ...(tty ? { isTTY: true, columns: 100 } : {}) };
}
