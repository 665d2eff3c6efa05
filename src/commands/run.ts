import { writeFile } from 'node:fs/promises';
import { CommanderError } from 'commander';
import { GitFailure } from '../local-git/git.ts';
import type { Command, CommonValues, Io } from './command.ts';
import { occasionFor } from './occasion.ts';
import { buildProgram } from './program.ts';
import { fileProblem, UsageFailure } from './usage-failure.ts';

export type ExitCode = 0 | 1 | 2 | 3;

/**
 * Runs one command line, without the name of the program.
 * @returns 0 pass, 1 findings that block, 2 not judged or bad usage, 3 a bug of ours
 */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  const program = buildProgram(io, async (command, values) => {
    exitCode = await execute(command, values, io);
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    return exitCodeOf(error, io);
  }
}

async function execute(command: Command, values: CommonValues, io: Io): Promise<ExitCode> {
  const occasion = occasionFor(values, io);
  try {
    const outcome = await command.run(values, occasion);
    const text = await outcome.text;
    const { exitCode } = outcome;
    occasion.progress.clear();
    if (values.output === undefined) io.stdout.write(text);
    else await writeResult(values.output, occasion.pathOf(values.output), text);
    if (values.format === 'html' && values.output === undefined && io.stdout.isTTY)
      occasion.note('This is a page for a browser; write it to a file with --output report.html.');
    return exitCode;
  } finally {
    occasion.progress.clear();
  }
}

async function writeResult(typed: string, path: string, text: string): Promise<void> {
  await writeFile(path, text).catch((error: unknown) => {
    throw new UsageFailure(`${typed} cannot be written: ${fileProblem(error)}.`, 'Name another file with `--output`.');
  });
}

/** The parser has said itself what was wrong; everything else is said here. */
function exitCodeOf(error: unknown, io: Io): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof UsageFailure || error instanceof GitFailure) {
    io.stderr.write(`signpost: ${error.message}\n${error.advice}\n`);
    return 2;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  io.stderr.write(`signpost: This is a bug in Signpost, please report it with these lines:\n${stack}\n`);
  return 3;
}
