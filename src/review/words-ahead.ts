import type { WordsCache } from '../coverage/page-search.ts';
import { readWordsAhead } from '../coverage/words-ahead.ts';
import { isPageFile } from '../docs/repo-path.ts';
import { rawTextOf, textKeyOf } from '../docs/site/raw-text.ts';
import type { Blobs, TextBlob, Tree } from '../docs/tree.ts';
import { loadRegistry, type RegistryInput } from './load-registry.ts';

/** How snapshots will be judged. */
export interface AheadInput {
  trees: readonly Tree[];
  /** The tree whose registry judges them. */
  judgedBy: Tree;
  registry: RegistryInput;
  /** Holds the registry's files. */
  blobs: Blobs;
  words: WordsCache;
}

/** Reads the words of a page while its text is at hand, for a site whose texts cannot all be held. */
export function wordsAhead({
  trees,
  judgedBy,
  registry,
  blobs,
  words,
}: AheadInput): (id: string, blob: TextBlob) => void {
  const { scenarios } = loadRegistry({ commit: '', tree: judgedBy }, blobs, registry).registry;
  const read = readWordsAhead(scenarios, words);
  const paths = new Map<string, string>();
  for (const tree of trees) for (const [path, { blob }] of tree) if (isPageFile(path)) paths.set(blob, path);
  return (id, blob) => {
    const path = paths.get(id);
    if (path !== undefined) read(textKeyOf(path, id), rawTextOf(path, blob));
  };
}
