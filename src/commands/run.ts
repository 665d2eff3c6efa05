import { writeFile } from 'node:fs/promises';
import { CommanderError } from 'commander';
import { GitFailure } from '../local-git/git.ts';
import type { Command, CommonValues, Outcome } from './command.ts';
import { contextFor, type Io } from './command-context.ts';
import { writeNamed } from './named-files.ts';
import { buildProgram } from './program.ts';
import { bugReport, UsageFailure } from './usage-failure.ts';

export type ExitCode = Outcome['exitCode'] | 3;

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
  const context = contextFor(values, io);
  const { output } = values;
  try {
    const { text, exitCode } = await command.run(values, context);
    context.progress.clear();
    if (output === undefined) io.stdout.write(text);
    else await writeNamed(output, 'Name another file with `--output`.', () => writeFile(context.pathOf(output), text));
    if (values.format === 'html' && output === undefined && io.stdout.isTTY)
      context.note('This is a page for a browser; write it to a file with --output report.html.');
    return exitCode;
  } finally {
    context.progress.clear();
  }
}

/** Tells of a failure on stderr. Commander has told of its own errors already. */
function exitCodeOf(error: unknown, io: Io): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof UsageFailure || error instanceof GitFailure) {
    io.stderr.write(`signpost: ${error.message}\n${error.advice}\n`);
    return 2;
  }
  io.stderr.write(`signpost: ${bugReport(error)}\n`);
  return 3;
}
