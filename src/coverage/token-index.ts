import { Recent } from './recent.ts';
import { sentenceEnds, type Token, tokenize } from './terms.ts';

/** A text's words with the places of each stem, and its sentences when they are asked for. */
export interface TokenIndex {
  text: string;
  tokens: Token[];
  /** Stem (of a word or a joined compound) → indexes into `tokens`, ascending. */
  positions: ReadonlyMap<string, readonly number[]>;
  /** For each sentence the index after its last token; one entry where the text counts as one sentence. */
  sentences(): readonly number[];
}

/** The same texts are asked about for both sides of a change, and for one change after another. */
const MOST_REMEMBERED = 3_000;
const wholes = new Recent<string, TokenIndex>(MOST_REMEMBERED);
const sentences = new Recent<string, TokenIndex>(MOST_REMEMBERED);

/** @param whole the text counts as one sentence, as a label or a table row does */
export function indexTokens(text: string, whole: boolean): TokenIndex {
  const remembered = whole ? wholes : sentences;
  const known = remembered.get(text);
  if (known) return known;
  const index = makeIndex(text, whole);
  remembered.set(text, index);
  return index;
}

function makeIndex(text: string, whole: boolean): TokenIndex {
  const tokens = tokenize(text);
  const positions = new Map<string, number[]>();
  tokens.forEach((token, i) => {
    add(positions, token.stem, i);
    if (token.joined) add(positions, token.joined, i);
  });
  let ends: number[] | null = whole ? [tokens.length] : null;
  return {
    text,
    tokens,
    positions,
    sentences: () => {
      ends ??= tokenEnds(tokens, sentenceEnds(text));
      return ends;
    },
  };
}

function add(positions: Map<string, number[]>, stem: string, at: number): void {
  const list = positions.get(stem);
  if (list) list.push(at);
  else positions.set(stem, [at]);
}

function tokenEnds(tokens: readonly Token[], offsets: readonly number[]): number[] {
  const ends: number[] = [];
  let i = 0;
  for (const offset of offsets) {
    while (i < tokens.length && (tokens[i] as Token).start < offset) i += 1;
    if (i > (ends.at(-1) ?? 0)) ends.push(i);
  }
  return ends.length > 0 ? ends : [tokens.length];
}
