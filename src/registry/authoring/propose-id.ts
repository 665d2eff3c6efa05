import { FUNCTION_WORDS } from '../words.ts';

/** Ids stand in comments, waivers and tables, so an id of a long title has only the first words. */
const LONGEST = 48;

/** Latin letters that Unicode does not decompose into one of a to z. */
const LATIN = new Map(Object.entries({ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ı: 'i' }));

/** The id for a title without Latin letters and digits. */
const NAMELESS = 'scenario';

/**
 * An id for a scenario: kebab-case, at most 48 characters, in none of `taken`. Words that carry no meaning are left
 * out where others stay; a title without Latin letters and digits gives `scenario`, then `scenario-2`.
 */
export function proposeId(title: string, taken: ReadonlySet<string>): string {
  const base = fitting(wordsOf(title), LONGEST);
  if (!taken.has(base)) return base;
  for (let number = 2; ; number++) {
    const suffix = `-${number}`;
    const id = base.slice(0, LONGEST - suffix.length).replace(/-+$/, '') + suffix;
    if (!taken.has(id)) return id;
  }
}

function wordsOf(title: string): string[] {
  const latin = title
    .slice(0, 1000)
    .replace(/(\p{Ll}|\d)(\p{Lu}\p{Ll})/gu, '$1 $2')
    .normalize('NFKD')
    .replace(/\p{M}|['’]/gu, '')
    .toLowerCase()
    .replace(/[ßæœøđðþłı]/g, (letter) => LATIN.get(letter)!);
  const words = latin.split(/[^a-z0-9]+/).filter(Boolean);
  const telling = words.filter((word) => !FUNCTION_WORDS.has(word));
  return telling.length > 0 ? telling : words;
}

function fitting(words: readonly string[], limit: number): string {
  let id = (words[0] ?? NAMELESS).slice(0, limit);
  for (const word of words.slice(1)) {
    if (id.length + 1 + word.length > limit) break;
    id += `-${word}`;
  }
  return id;
}
