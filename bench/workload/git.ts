import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';

const PIECE = 1 << 20;

/** Runs git and gives what it wrote, without the last line break. */
export async function git(repo: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('git', ['-C', repo, ...args], { maxBuffer: 1 << 30 });
  return stdout.replace(/\n$/, '');
}

/** Feeds `git fast-import` piece by piece. @throws if git refuses the stream */
export async function importStream(repo: string, pieces: Iterable<string>): Promise<void> {
  // Fast packing: a site that is thrown away need not be small.
  const args = ['-C', repo, '-c', 'core.compression=1', 'fast-import', '--quiet', '--done'];
  const child = spawn('git', args, { stdio: ['pipe', 'ignore', 'inherit'] });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  // A git that gives up closes its end; its exit code says so below.
  child.stdin.on('error', () => {});
  let waiting = '';
  const send = async () => {
    const isFree = child.stdin.write(waiting);
    waiting = '';
    if (!isFree) await Promise.race([once(child.stdin, 'drain'), ended]);
  };
  for (const piece of pieces) {
    waiting += piece;
    if (waiting.length > PIECE) await send();
  }
  await send();
  child.stdin.end();
  const [code] = await ended;
  if (code !== 0) throw new Error(`git fast-import exited with ${code}`);
}
