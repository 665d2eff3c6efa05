import type { Page } from '../docs/site/page.ts';
import type { PlaceNumbers } from './remembered-places.ts';
import type { Vocabulary } from './vocabulary.ts';

const remembered = new WeakMap<Vocabulary, WeakMap<Page, PlaceNumbers>>();

/** What was found on pages that show nothing of another file, and so say the same on whatever site. */
export function numbersOn(vocabulary: Vocabulary): WeakMap<Page, PlaceNumbers> {
  const known = remembered.get(vocabulary) ?? new WeakMap<Page, PlaceNumbers>();
  remembered.set(vocabulary, known);
  return known;
}
