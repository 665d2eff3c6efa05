import type { RawText } from '../docs/site/raw-text.ts';
import type { Scenario } from '../registry/registry.ts';
import { WordReader } from './file-words.ts';
import { vocabularyOf } from './known-vocabularies.ts';
import type { WordsCache } from './page-search.ts';

/** Takes a file while its text is at hand. @param key see `textKeyOf` */
export type ReadAhead = (key: string, file: RawText) => void;

/** Remembers the words of files as they come by, so that the search for these scenarios need not ask for their texts again. */
export function readWordsAhead(scenarios: readonly Scenario[], words: WordsCache): ReadAhead {
  const vocabulary = vocabularyOf(scenarios);
  const remembered = words.under(vocabulary.record.signature);
  const reader = new WordReader(vocabulary);
  return (key, file) => {
    if (!remembered.get(key)) remembered.set(key, reader.read(file));
  };
}
