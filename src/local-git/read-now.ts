import { spawnSync } from 'node:child_process';
import { BatchParser } from './batch-parser.ts';
import { MAX_BLOB_BYTES } from './blob-reader.ts';
import { gitProcess } from './git.ts';
import { failureFromStderr, missingObjects } from './git-failure.ts';

const ARGS = ['cat-file', '--batch'];
/** What git may answer at once. */
const MOST_BYTES = 1024 * 1024 * 1024;

/**
 * Reads blobs while everything else waits: for the few that a judgement turns out to need after all.
 * @throws {GitFailure} where one is not there
 */
export function readNow(
  repo: string,
  ids: readonly string[],
  receive: (blob: string, bytes: Uint8Array | 'too large') => void,
): void {
  // Git takes an empty line for an id.
  if (ids.length === 0) return;
  const { args, env } = gitProcess(repo, ARGS);
  const { stdout, stderr, status } = spawnSync('git', args, {
    env,
    input: `${ids.join('\n')}\n`,
    maxBuffer: MOST_BYTES,
    windowsHide: true,
  });
  if (status !== 0) throw failureFromStderr(repo, ARGS, stderr?.toString() ?? '');
  const missing: string[] = [];
  const parser = new BatchParser(MAX_BLOB_BYTES, (blob, bytes) => {
    if (bytes === 'missing') missing.push(blob);
    else receive(blob, bytes);
  });
  parser.push(stdout);
  if (missing.length > 0) throw missingObjects(repo, missing);
}
