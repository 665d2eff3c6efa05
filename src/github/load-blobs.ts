import type { Blobs, BlobText } from '../review/compare/snapshot.ts';
import type { Occasion } from './occasion.ts';
import { type BlobSource, readBlobs } from './read-blobs.ts';
import type { SizedTree } from './read-tree.ts';

/** The ids that a tree still needs, as far as can be told from the blobs read so far. */
export type Needed = (tree: SizedTree, blobs: Blobs) => readonly string[];

/** Fills `blobs` with all that the trees need, asking until they need nothing new; what is remembered is not read. */
export async function loadBlobs(
  source: BlobSource,
  trees: readonly SizedTree[],
  needed: Needed,
  blobs: Map<string, BlobText>,
  { memory }: Occasion,
): Promise<void> {
  let waiting = [...new Set(trees)];
  for (;;) {
    const sizes = new Map<string, number>();
    waiting = waiting.filter((tree) => {
      const absent = needed(tree, blobs).filter((id) => !blobs.has(id));
      const unknown = absent.filter((id) => !recall(id));
      for (const [id, size] of sizesOf(unknown, tree)) sizes.set(id, size);
      return absent.length > 0;
    });
    if (waiting.length === 0) return;
    for (const [id, blob] of (await memory.shared?.read([...sizes.keys()])) ?? []) {
      sizes.delete(id);
      keep(id, blob);
    }
    await readBlobs(source, sizes, (id, blob) => {
      keep(id, blob);
      memory.shared?.write(id, blob);
    });
  }

  function keep(id: string, blob: BlobText): void {
    memory.texts.set(id, blob);
    blobs.set(id, blob);
  }

  function recall(id: string): boolean {
    const known = memory.texts.get(id);
    if (known) blobs.set(id, known);
    return known !== undefined;
  }
}

function sizesOf(ids: readonly string[], tree: SizedTree): Map<string, number> {
  const sizes = new Map(ids.map((id) => [id, 0]));
  if (ids.length > 0) for (const { blob, size } of tree.values()) if (sizes.has(blob)) sizes.set(blob, size);
  return sizes;
}
