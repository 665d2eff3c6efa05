import { existsSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Corpus } from './workload.ts';

/** The bundles and repositories in a folder, by name. @throws where there are none */
export function corporaIn(folder: string): Corpus[] {
  const dirs = readdirSync(folder).map((name) => join(folder, name));
  const corpora = dirs.filter(isRepository).map((dir) => ({ dir, rev: 'HEAD', registry: null }));
  if (corpora.length === 0) throw new Error(`${folder} holds no bundle and no repository`);
  return corpora;
}

function isRepository(path: string): boolean {
  return path.endsWith('.bundle') || ['.git', 'HEAD'].some((name) => existsSync(join(path, name)));
}

/** How a corpus is named in results. */
export function nameOfCorpus({ dir, rev }: Corpus): string {
  const name = basename(resolve(dir)).replace(/(?<=.)\.(?:bundle|git)$/, '');
  return rev === 'HEAD' ? name : `${name} at ${rev}`;
}
