import { LRUCache } from 'lru-cache';
import { type HitsCache, type Memory, type PageHits, rememberStates, termsKey } from '../github/memory.ts';
import type { SizedTree } from '../github/read-tree.ts';

/** Parsed pages: a little more than a large site has. */
const MOST_PAGES = 20_000;
const MOST_PEOPLE = 10_000;
const MOST_OWNERS = 1_000;
const MOST_HEADS = 50_000;

/** Registries by which pages' hits are kept, and bytes of them for each. */
const MOST_REGISTRIES = 32;
const HITS_BYTES = 16 * 1024 * 1024;

/** V8's cost of one entry of a map with a short object, beside its texts. */
const ENTRY_BYTES = 160;

/** A memory for a process that lives long. @param bytes that trees and texts may take together */
export function boundedMemory(bytes: number): Memory {
  const half = Math.max(1, Math.floor(bytes / 2));
  return {
    trees: new LRUCache({ maxSize: half, sizeCalculation: sizeOfTree }),
    texts: new LRUCache({
      maxSize: half,
      sizeCalculation: (blob) => ENTRY_BYTES + ('text' in blob ? 2 * blob.text.length : 0),
    }),
    facts: new LRUCache({ max: MOST_PAGES }),
    hits: boundedHits(),
    states: rememberStates(),
    registries: new LRUCache({ max: MOST_REGISTRIES }),
    permissions: new LRUCache({ max: MOST_PEOPLE }),
    owners: new LRUCache({ max: MOST_OWNERS }),
    answers: new LRUCache({ max: MOST_HEADS }),
  };
}

function sizeOfTree(tree: SizedTree): number {
  return [...tree.keys()].reduce((size, path) => size + path.length + ENTRY_BYTES, ENTRY_BYTES);
}

/** Pages' hits by registry. A registry that is no longer used is dropped with all its hits. */
function boundedHits(): Memory['hits'] {
  const byRegistry = new LRUCache<string, HitsCache>({ max: MOST_REGISTRIES });
  return (scenarios) => {
    const key = termsKey(scenarios);
    const hits =
      byRegistry.get(key) ?? new LRUCache<string, PageHits>({ maxSize: HITS_BYTES, sizeCalculation: sizeOfHits });
    byRegistry.set(key, hits);
    return hits;
  };
}

function sizeOfHits({ named, explained, near }: PageHits): number {
  return ENTRY_BYTES + 8 * (named.length + explained.length + (near?.length ?? 0));
}
