#!/usr/bin/env node
import nodeModule from 'node:module';
import { join } from 'node:path';
import { userCacheFolder } from './cache/user-folder.ts';
import { terminalPrompts } from './commands/prompts.ts';
import { run } from './commands/run.ts';

/** The reader of our output may stop early, as `head` does. That is no failure. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

process.stdout.on('error', ignoreClosedPipe);
process.stderr.on('error', ignoreClosedPipe);

/** Settles at the first interrupt. A second one ends the process. */
function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      process.off('SIGINT', end).off('SIGTERM', end);
      resolve();
    };
    process.on('SIGINT', end).on('SIGTERM', end);
  });
}

/** Lets Node 22 and later keep compiled code: compiling takes most of the time of a short run. */
function keepCompiledCode(): void {
  const folder = userCacheFolder('signpost', process.env, process.platform);
  const { enableCompileCache } = nodeModule as { enableCompileCache?: (folder: string) => unknown };
  if (folder !== null && !process.argv.includes('--no-cache')) enableCompileCache?.(join(folder, 'compiled'));
}

keepCompiledCode();

// `process.exit` would lose what is still on its way into a pipe.
process.exitCode = await run(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: process.stdin,
  prompts: terminalPrompts(process.stdin, process.stderr),
  env: process.env,
  cwd: process.cwd(),
  now: () => new Date(),
  untilInterrupted,
});
