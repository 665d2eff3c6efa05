import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sample } from './statistics.ts';
import { inTemporaryFolder } from './temporary-folder.ts';

/** One process to be measured. */
export interface Command {
  program: string;
  args: readonly string[];
  cwd?: string;
  env?: Readonly<Record<string, string>>;
  /** Exit codes of a run that did its work, 0 unless given: linters that find something exit with 1. */
  exits?: readonly number[];
}

export interface Finished extends Sample {
  stdout: string;
  stderr: string;
}

/** The way the command failed, or did no work, is in the message, with the end of what it wrote. */
export class CommandFailure extends Error {}

const GNU_TIME = '/usr/bin/time';
const TAIL = 600;

/** CPU and memory of a finished child are known to its parent alone, and Node does not hand them on. */
export const HAS_GNU_TIME = process.platform === 'linux' && existsSync(GNU_TIME);

/**
 * Runs a command to its end, its output in files, so that nobody's reading slows it down.
 * @param seconds after which it is stopped
 * @throws {CommandFailure} if it cannot be started, takes too long, or exits with another code
 */
export function runProcess(command: Command, seconds: number): Promise<Finished> {
  return inTemporaryFolder(async (folder) => {
    const [stdout, stderr] = await Promise.all([open(join(folder, 'out'), 'w'), open(join(folder, 'err'), 'w')]);
    const started = process.hrtime.bigint();
    const exit = await runTo(command, { seconds, time: join(folder, 'time'), stdio: [stdout.fd, stderr.fd] });
    const wallMs = Number(process.hrtime.bigint() - started) / 1e6;
    await Promise.all([stdout.close(), stderr.close()]);
    const read = (name: string) => readFile(join(folder, name), 'utf8');
    const said = { stdout: await read('out'), stderr: await read('err') };
    refuseFailure(command, exit, seconds, said.stderr || said.stdout);
    return { wallMs, ...readTimes(HAS_GNU_TIME ? await read('time') : null), ...said };
  });
}

function refuseFailure(command: Command, exit: number | 'late', seconds: number, output: string): void {
  const typed = [command.program, ...command.args].join(' ');
  if (exit === 'late') throw new CommandFailure(`took more than ${seconds} s: ${typed}`);
  if ((command.exits ?? [0]).includes(exit)) return;
  throw new CommandFailure(`exited with ${exit}: ${typed}\n${output.trim().slice(-TAIL)}`);
}

interface Running {
  seconds: number;
  /** The file into which GNU time writes. */
  time: string;
  stdio: [number, number];
}

function runTo({ program, args, cwd, env }: Command, { seconds, time, stdio }: Running): Promise<number | 'late'> {
  const timed = HAS_GNU_TIME ? [GNU_TIME, '--quiet', '--output', time, '--format', '%U %S %M', program] : [program];
  const [first, ...rest] = [...timed, ...args];
  return new Promise((resolve, reject) => {
    // Its own process group, so that what it started ends with it.
    const child = spawn(first!, rest, {
      ...{ cwd, env: { ...process.env, ...env } },
      ...{ stdio: ['ignore', ...stdio], detached: true },
    });
    let isLate = false;
    const stop = () => child.pid !== undefined && process.kill(-child.pid, 'SIGKILL');
    const timer = setTimeout(() => {
      isLate = true;
      stop();
    }, seconds * 1000);
    process.once('exit', stop);
    const settle = () => {
      clearTimeout(timer);
      process.off('exit', stop);
    };
    child.once('error', (error) => {
      settle();
      reject(new CommandFailure(`${program} cannot be started: ${error.message}`));
    });
    child.once('exit', (code) => {
      settle();
      resolve(isLate ? 'late' : (code ?? 128));
    });
  });
}

function readTimes(text: string | null): { cpuMs: number | null; peakMiB: number | null } {
  if (text === null) return { cpuMs: null, peakMiB: null };
  const [user = 0, system = 0, peakKiB = 0] = text.trim().split('\n').at(-1)!.split(' ').map(Number);
  return { cpuMs: (user + system) * 1000, peakMiB: peakKiB / 1024 };
}
