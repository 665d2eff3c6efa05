import type { Blobs, BlobText, Snapshot, Tree } from '../review/compare/snapshot.ts';
import type { ReceiveBlob } from './blob-reader.ts';

export interface LoadOptions {
  /** The ids of the blobs that matter, as far as can be told from the blobs read so far; asked until it names no new one. */
  needed: (tree: Tree, blobs: Blobs) => Iterable<string>;
  decode: (bytes: Uint8Array) => BlobText;
  /** Filled with what is read; what it already holds is not read again. */
  blobs: Blobs & { set(id: string, blob: BlobText): unknown };
  /** Called after each blob with how many were read and how many are known to be wanted. */
  onProgress?: ((read: number, total: number) => void) | undefined;
}

/** Hands the bytes of each blob to `receive`, in any order. */
export type ReadBlobs = (ids: ReadonlySet<string>, receive: ReceiveBlob) => Promise<void>;

/** Reads the blobs that any of the snapshots needs: each once, and those of all snapshots in one pass. */
export async function loadSnapshots(
  snapshots: readonly Snapshot[],
  options: LoadOptions,
  read: ReadBlobs,
): Promise<void> {
  const { blobs, decode, onProgress } = options;
  const progress = { read: 0, total: 0 };
  let trees = [...new Set(snapshots.map(({ tree }) => tree))];
  for (;;) {
    const wanted = new Set<string>();
    trees = trees.filter((tree) => addNeeded(tree, options, wanted));
    if (wanted.size === 0) return;
    progress.total += wanted.size;
    await read(wanted, (blob, bytes) => {
      blobs.set(blob, bytes === 'too large' ? { unreadable: 'too large' } : decode(bytes));
      progress.read += 1;
      onProgress?.(progress.read, progress.total);
    });
  }
}

/** Adds what a tree still needs; false if it has everything, and then it need not be asked again. */
function addNeeded(tree: Tree, { needed, blobs }: LoadOptions, wanted: Set<string>): boolean {
  const absent = [...needed(tree, blobs)].filter((blob) => !blobs.has(blob));
  for (const blob of absent) wanted.add(blob);
  return absent.length > 0;
}
