import type { Place } from './page-search.ts';

/** The places of one page by scenario, as numbers: scenario, file behind the page, first and last line, what they are. */
export type PlaceNumbers = Uint32Array;

const WIDTH = 5;
const [LACKS_CAUSE, IS_SENTENCE] = [1, 2];

/**
 * @param ids of the scenarios, in order
 * @param paths of the files behind the page, in order
 */
export function encodePlaces(
  places: ReadonlyMap<string, readonly Place[]>,
  ids: ReadonlyMap<string, number>,
  paths: readonly string[],
): PlaceNumbers {
  const numbers: number[] = [];
  for (const [id, list] of places) {
    for (const { path, line, endLine, lacksCause, isSentence } of list) {
      const marks = (lacksCause ? LACKS_CAUSE : 0) | (isSentence ? IS_SENTENCE : 0);
      numbers.push(ids.get(id) as number, paths.indexOf(path), line, endLine, marks);
    }
  }
  return Uint32Array.from(numbers);
}

export function decodePlaces(
  numbers: PlaceNumbers,
  ids: readonly string[],
  paths: readonly string[],
): Map<string, Place[]> {
  const places = new Map<string, Place[]>();
  for (let at = 0; at + WIDTH <= numbers.length; at += WIDTH) {
    const [scenario, file, line, endLine, marks] = [0, 1, 2, 3, 4].map((i) => numbers[at + i] as number) as [
      number,
      number,
      number,
      number,
      number,
    ];
    const id = ids[scenario] as string;
    const isSentence = (marks & IS_SENTENCE) !== 0;
    const place = { path: paths[file] as string, line, endLine, lacksCause: (marks & LACKS_CAUSE) !== 0, isSentence };
    const list = places.get(id);
    if (list) list.push(place);
    else places.set(id, [place]);
  }
  return places;
}
