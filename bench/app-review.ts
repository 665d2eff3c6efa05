/**
 * Times the engine as the App runs it: one process that lives on, and knows the site but not the page that a pull
 * request changes. Prints milliseconds as JSON. `tsx app-review.ts REPO RUNS`
 */
import { boundedMemory } from '../src/app/bounded-memory.ts';
import { decodeBlob } from '../src/docs/decode-blob.ts';
import { openRepository } from '../src/local-git/repository.ts';
import type { RegistryInput } from '../src/review/compare/load-registry.ts';
import type { BlobText } from '../src/review/compare/snapshot.ts';
import { neededForReview } from '../src/review/needed-for-review.ts';
import { reviewDocs } from '../src/review/review-docs.ts';
import { MAIN, OTHER, pullBranch } from './workload/pull-requests.ts';

/** The App's own default (CACHE_MEGABYTES). */
const CACHE_BYTES = 128 * 1024 * 1024;
const REGISTRY: RegistryInput = { files: 'from-base', defaults: null };

const [repo = '', runs = '1'] = process.argv.slice(2);
const repository = await openRepository(repo);
const memory = boundedMemory(CACHE_BYTES);
const texts = new Map<string, BlobText>();

/** Milliseconds that judging takes, once all is read. */
async function review(branch: string): Promise<number> {
  const [base, head] = [await repository.snapshot(MAIN), await repository.snapshot(branch)];
  const options = { registry: REGISTRY, judgedBy: base.tree };
  await repository.load([base, head], (tree, known) => neededForReview(tree, known, options), texts, decodeBlob);
  const snapshots = { base, mergeBase: base, head, blobs: texts };
  const started = performance.now();
  const { verdict, reason, scenarios } = reviewDocs({
    ...{ snapshots, registry: REGISTRY, waive: [], direct: false, cache: memory },
    today: '2026-01-01',
  });
  const milliseconds = performance.now() - started;
  if (verdict === 'not-judged' || scenarios.length === 0) throw new Error(`nothing was judged: ${reason}`);
  return milliseconds;
}

try {
  await review(OTHER);
  const milliseconds: number[] = [];
  for (let run = 0; run < Number(runs); run++) milliseconds.push(await review(pullBranch(run)));
  console.log(JSON.stringify(milliseconds));
} finally {
  await repository.close();
}
