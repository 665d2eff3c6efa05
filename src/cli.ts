#!/usr/bin/env node
import { terminalPrompts } from './commands/prompts.ts';
import { run } from './commands/run.ts';

/** Whoever reads our output may stop early, as `head` does; that is no failure. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

process.stdout.on('error', ignoreClosedPipe);
process.stderr.on('error', ignoreClosedPipe);

// Not `process.exit`: what is still on its way into a pipe would be lost.
process.exitCode = await run(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: process.stdin,
  prompts: terminalPrompts(process.stdin, process.stderr),
  env: process.env,
  cwd: process.cwd(),
  now: () => new Date(),
});
