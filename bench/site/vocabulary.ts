import { type Random, randomOf } from './random.ts';

/** The words that a site's texts are made of, and how often each is used. */
export interface Vocabulary {
  /** Content words, most frequent first. */
  readonly words: readonly string[];
  /** A word as running text uses it: the nth most frequent one n times more rarely than the first (Zipf's law). */
  any(random: Random): string;
  /** A word of some rank: 0 is the most frequent one. */
  ranked(random: Random, from: number, to: number): string;
}

/** As many as fit a table of 16 bits; large docs sites have about half as many. */
const MOST_WORDS = 30_000;

/** Enough slots for the rarest words to have a share. */
const SLOTS = 1 << 18;

const COMMON =
  'account request user setup token page service client server key value field event policy role team project session ' +
  'webhook domain record callback profile header console button option region cluster account query schema index cache ' +
  'batch worker channel message topic secret scope member plan limit quota report export import backup version release ' +
  'gateway route proxy tunnel device agent sensor module plugin theme layout form input result window package stream ' +
  'open create choose enter copy send receive update remove store start run build connect verify review return follow ' +
  'select enable define publish deploy install configure restart rotate assign attach detach merge rename ' +
  'new next own local remote public shared default custom active current full short safe direct single main';

const ONSETS = 'b br c ch cl cr d dr f fl g gl gr h j k kl l m n p pl pr qu r sh sl st t tr v vr w y z'.split(' ');
const VOWELS = 'a e i o u ai ea io ou'.split(' ');
const CODAS = ['', '', '', 'l', 'm', 'n', 'nd', 'r', 'rk', 'rt', 't', 'x'];

/** Common English words first, then words that no language has. The seed decides which. */
export function inventVocabulary(seed: number): Vocabulary {
  const random = randomOf(seed, 1);
  const words = new Set(COMMON.split(' '));
  while (words.size < MOST_WORDS) words.add(inventWord(random));
  return vocabularyOf([...words]);
}

/** @param ranked words, most frequent first; what is beyond the first 30,000 is left out */
export function vocabularyOf(ranked: readonly string[]): Vocabulary {
  const words = ranked.slice(0, MOST_WORDS);
  const table = zipfTable(words.length);
  return {
    words,
    any: (random) => words[table[random.below(SLOTS)]!]!,
    ranked: (random, from, to) => words[random.logBetween(Math.min(from + 1, words.length), cap(to, words)) - 1]!,
  };
}

const cap = (to: number, words: readonly string[]) => Math.min(to, words.length) + 1;

/** The words of texts, most frequent first and equals in order; those of fewer than four letters say too little. */
export function countWords(texts: Iterable<string>): string[] {
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const [word] of text.toLowerCase().matchAll(/\b[a-z]{4,}\b/g)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([word]) => word);
}

function inventWord(random: Random): string {
  let word = '';
  const syllables = 2 + random.below(2);
  for (let i = 0; i < syllables; i++) word += random.pick(ONSETS) + random.pick(VOWELS);
  return word + random.pick(CODAS);
}

function zipfTable(count: number): Uint16Array {
  const table = new Uint16Array(SLOTS);
  let sum = 0;
  for (let rank = 1; rank <= count; rank++) sum += 1 / rank;
  let slot = 0;
  let share = 0;
  for (let rank = 1; rank <= count; rank++) {
    share += 1 / rank / sum;
    while (slot < SLOTS && (slot + 0.5) / SLOTS <= share) table[slot++] = rank - 1;
  }
  return table;
}
