import type { Place } from './page-search.ts';

/** The places of one page by scenario, as numbers: scenario, file behind the page, first and last line, what they are. */
export type PlaceNumbers = Uint32Array;

/** Most pages name nothing. */
const NO_PLACES: PlaceNumbers = new Uint32Array();

const WIDTH = 5;
const [LACKS_CAUSE, IS_SENTENCE] = [1, 2];

/**
 * @param numberOf a scenario's place in the registry
 * @param paths of the files behind the page, in order
 */
export function encodePlaces(
  places: ReadonlyMap<string, readonly Place[]>,
  numberOf: (id: string) => number | undefined,
  paths: readonly string[],
): PlaceNumbers {
  const numbers: number[] = [];
  for (const [id, list] of places) {
    for (const { path, line, endLine, lacksCause, isSentence } of list) {
      const marks = (lacksCause ? LACKS_CAUSE : 0) | (isSentence ? IS_SENTENCE : 0);
      numbers.push(numberOf(id) as number, paths.indexOf(path), line, endLine, marks);
    }
  }
  return numbers.length > 0 ? Uint32Array.from(numbers) : NO_PLACES;
}

/** Where the places of each scenario begin, which stand together. */
export function* scenariosIn(numbers: PlaceNumbers): Generator<readonly [scenario: number, start: number]> {
  for (let at = 0; at + WIDTH <= numbers.length; at += WIDTH)
    if (at === 0 || numbers[at] !== numbers[at - WIDTH]) yield [numbers[at] as number, at];
}

/** The places of the scenario that begin there. */
export function decodePlaces(numbers: PlaceNumbers, start: number, paths: readonly string[]): Place[] {
  const places: Place[] = [];
  for (let at = start; at + WIDTH <= numbers.length && numbers[at] === numbers[start]; at += WIDTH) {
    const marks = numbers[at + 4] as number;
    places.push({
      path: paths[numbers[at + 1] as number] as string,
      line: numbers[at + 2] as number,
      endLine: numbers[at + 3] as number,
      lacksCause: (marks & LACKS_CAUSE) !== 0,
      isSentence: (marks & IS_SENTENCE) !== 0,
    });
  }
  return places;
}
