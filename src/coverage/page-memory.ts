import type { FactsCache } from '../docs/site.ts';
import type { FileWords } from './file-words.ts';
import type { WordsCache } from './page-search.ts';

/** What is remembered of files from one judgement to the next. It changes no verdict, only how long one takes. */
export interface PageMemory {
  facts: FactsCache;
  words: WordsCache;
}

/** A memory without bounds, for one judgement. */
export function rememberPages(facts: FactsCache = new Map()): PageMemory {
  const bySignature = new Map<string, Map<string, FileWords>>();
  return {
    facts,
    words: {
      under(signature) {
        const words = bySignature.get(signature) ?? new Map<string, FileWords>();
        bySignature.set(signature, words);
        return words;
      },
    },
  };
}
