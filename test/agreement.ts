/**
 * Holds reviews of a history against audits of what each commit came to, and prints where they differ.
 *
 * `npm run eval:agreement -- REPO [--registry FILE] [--commits 100] [--pair BASE..HEAD]`: REPO is a git repository or a
 * bundle. Without a registry it takes the one that `init` would write for its first commit. Exits 1 on a difference.
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { rememberPages } from '../src/coverage/memory.ts';
import { decodeBlob } from '../src/docs/decode-blob.ts';
import { openRepository, type Repository } from '../src/local-git/repository.ts';
import type { RegistryInput } from '../src/review/compare/load-registry.ts';
import type { BlobText, Snapshot } from '../src/review/compare/snapshot.ts';
import { neededForReview } from '../src/review/needed-for-review.ts';
import { agreement } from './review/agreement.ts';

const TODAY = '2026-01-01';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    registry: { type: 'string' },
    commits: { type: 'string', default: '100' },
    pair: { type: 'string', multiple: true, default: [] },
  },
});
const [source] = positionals;
if (!source)
  throw new Error('usage: npm run eval:agreement -- REPO [--registry FILE] [--commits N] [--pair BASE..HEAD]');

const temporary = await mkdtemp(path.join(tmpdir(), 'signpost-agreement-'));
try {
  const dir = path.join(temporary, 'docs.git');
  git('.', 'clone', '--quiet', '--bare', source, dir);
  const pairs =
    values.pair.length > 0 ? values.pair.map((pair) => pair.split('..')) : pairsOf(dir, Number(values.commits));
  const registry = values.registry ?? initialRegistry(temporary, source, pairs[0]?.[0] as string);
  const text = await readFile(registry, 'utf8');
  const repository = await openRepository(dir);
  process.exitCode = await compareAll(repository, pairs, { files: [{ path: 'signpost.yml', text }], defaults: null });
  await repository.close();
} finally {
  await rm(temporary, { recursive: true, force: true });
}

function git(dir: string, ...args: string[]): string {
  return execFileSync('git', ['-C', dir, ...args], { encoding: 'utf8' }).trim();
}

/** The newest changes of the main line, oldest first, each as the commit before it and itself. */
function pairsOf(dir: string, most: number): string[][] {
  const commits = git(dir, 'rev-list', '--first-parent', `--max-count=${most + 1}`, 'HEAD')
    .split('\n')
    .reverse();
  return commits.slice(1).map((commit, at) => [commits[at] as string, commit]);
}

function initialRegistry(folder: string, from: string, commit: string): string {
  const dir = path.join(folder, 'first');
  git('.', 'clone', '--quiet', from, dir);
  git(dir, 'checkout', '--quiet', commit);
  execFileSync('node', [path.resolve('dist/cli.js'), 'init', '--repo', dir, '--limit', '60', '--quiet']);
  return path.join(dir, '.github/signpost.yml');
}

async function compareAll(repository: Repository, pairs: string[][], registry: RegistryInput): Promise<number> {
  const blobs = new Map<string, BlobText>();
  const cache = rememberPages();
  const sums = { agreed: 0, followed: 0, different: 0 };
  for (const [base, head] of pairs) {
    const snapshots = [await repository.snapshot(base as string), await repository.snapshot(head as string)] as [
      Snapshot,
      Snapshot,
    ];
    await repository.load(snapshots, (tree, known) => neededForReview(tree, known, { registry }), blobs, decodeBlob);
    const given = { blobs, base: snapshots[0], mergeBase: snapshots[0], head: snapshots[1] };
    const { agreed, followed, differences } = agreement(given, TODAY, registry, cache);
    sums.agreed += agreed;
    sums.followed += followed;
    sums.different += differences.length;
    for (const difference of differences) console.log(`${base}..${head} ${difference}`);
  }
  const { agreed, followed, different } = sums;
  console.log(
    `${pairs.length} changes: ${agreed} verdicts agree, ${followed} followed what moved, ${different} differ`,
  );
  return different > 0 || agreed === 0 ? 1 : 0;
}
