import { distance } from 'fastest-levenshtein';

/** Longer words are no misspellings, and comparing them takes too long. */
const LONGEST_WORD = 64;

/**
 * The candidate that somebody who wrote `word` most likely meant, or null. Case, hyphens and underscores do
 * not count; else up to a third of the letters, rounded up, may differ. Ties go to the first candidate.
 */
export function suggest(word: string, candidates: Iterable<string>): string | null {
  if (word.length > LONGEST_WORD) return null;
  const meant = plain(word);
  let best: string | null = null;
  let least = Math.ceil(word.length / 3) + 1;
  for (const candidate of candidates) {
    const far = distance(meant, plain(candidate));
    if (far < least) [best, least] = [candidate, far];
  }
  return best;
}

function plain(word: string): string {
  return word.toLowerCase().replace(/[-_\s]/g, '');
}
