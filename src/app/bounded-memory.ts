import { ByteCache } from '../cache/byte-cache.ts';
import { FactsCache } from '../cache/facts-cache.ts';
import { type HitsCache, type Memory, type PageHits, rememberStates, termsKey } from '../github/memory.ts';

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
    trees: new ByteCache(half, (tree) => {
      let size = ENTRY_BYTES;
      for (const path of tree.keys()) size += path.length + ENTRY_BYTES;
      return size;
    }),
    texts: new ByteCache(half, (blob) => ENTRY_BYTES + ('text' in blob ? 2 * blob.text.length : 0)),
    facts: new FactsCache(MOST_PAGES),
    hits: boundedHits(),
    states: rememberStates(),
    registries: new FactsCache(MOST_REGISTRIES),
    permissions: new FactsCache(MOST_PEOPLE),
    owners: new FactsCache(MOST_OWNERS),
    answers: new FactsCache(MOST_HEADS),
  };
}

/** By registry: what pages come to by its words. A registry that nobody uses any more is let go of with all of them. */
function boundedHits(): Memory['hits'] {
  const byRegistry = new FactsCache<HitsCache>(MOST_REGISTRIES);
  return (scenarios) => {
    const key = termsKey(scenarios);
    const known = byRegistry.get(key);
    if (known) return known;
    const hits = new ByteCache<PageHits>(
      HITS_BYTES,
      ({ named, explained, near }) => ENTRY_BYTES + 8 * (named.length + explained.length + (near?.length ?? 0)),
    );
    byRegistry.set(key, hits);
    return hits;
  };
}
