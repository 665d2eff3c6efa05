import { decodeBlob } from '../../src/docs/decode-blob.ts';
import { RepoFiles } from '../../src/docs/repo-files.ts';
import { rootsOf } from '../../src/docs/site/docs-roots.ts';
import { neededFiles } from '../../src/docs/site/needed-files.ts';
import { openRepository } from '../../src/local-git/repository.ts';
import type { Blobs, BlobText, Tree } from '../../src/review/compare/snapshot.ts';

/** A folder of pages, `.` for all of the repository. */
export interface DocsRoot {
  path: string;
  /** Where its pages are served. */
  route: string;
}

/** The docs roots that Signpost finds where no registry names any: tools that are compared should read the same pages. */
export async function findRoots(repo: string, rev: string): Promise<DocsRoot[]> {
  const repository = await openRepository(repo);
  try {
    const snapshot = await repository.snapshot(rev);
    const texts = new Map<string, BlobText>();
    const needed = (tree: Tree, known: Blobs) => neededFiles(tree, known, []).map((path) => tree.get(path)!.blob);
    await repository.load([snapshot], needed, texts, decodeBlob);
    return rootsOf(new RepoFiles(snapshot.tree, texts), []).map(({ root, route }) => ({ path: root || '.', route }));
  } finally {
    await repository.close();
  }
}
