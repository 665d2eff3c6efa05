import type { ContentBlock, Section } from '../docs/site/page.ts';
import type { Found } from './coverage.ts';
import { partsOf } from './match-phrase.ts';
import type { Phrase, WordGroup } from './phrase.ts';
import type { Reading } from './reading.ts';
import type { TokenIndex } from './token-index.ts';

/** Where a phrase stands in part: the words that are there, and the groups that are not. */
export interface Nearest extends Found {
  lacking: WordGroup[];
}

/** The sentence of a section that holds most of a symptom, its labels counting along; null where none holds a word. */
export function nearestSentence(phrase: Phrase, section: Section, reading: Reading): Nearest | null {
  let best: Nearest | null = null;
  for (const block of section.blocks.filter(isProse)) {
    const labels = block.kind === 'label' ? [] : reading.labels(section);
    const index = reading.index(block);
    let from = 0;
    for (const to of index.sentences()) {
      best = nearer(best, partIn(phrase, block, index, labels, from, to));
      from = to;
    }
  }
  return best;
}

/** The block that holds most of a cause; null where none holds a word. */
export function nearestBlock(phrase: Phrase, blocks: readonly ContentBlock[], reading: Reading): Nearest | null {
  let best: Nearest | null = null;
  for (const block of blocks.filter(isProse)) {
    const index = reading.index(block);
    best = nearer(best, partIn(phrase, block, index, [], 0, index.tokens.length));
  }
  return best;
}

function isProse({ kind }: ContentBlock): boolean {
  return kind === 'prose' || kind === 'label' || kind === 'row';
}

function partIn(
  phrase: Phrase,
  block: ContentBlock,
  index: TokenIndex,
  labels: readonly TokenIndex[],
  from: number,
  to: number,
): Nearest | null {
  const { spans, lacking } = partsOf(phrase, index, from, to);
  if (spans.length === 0) return null;
  const inLabels: string[] = [];
  const absent = lacking.filter((group) => {
    const word = labels.map((label) => wordIn(label, group)).find((found) => found !== null);
    if (word) inLabels.push(word);
    return !word;
  });
  return { block, spans, inLabels, lacking: absent };
}

function wordIn(label: TokenIndex, group: WordGroup): string | null {
  const [span] = partsOf({ source: group.source, groups: [group], negative: true }, label).spans;
  return span ? label.text.slice(span.start, span.end) : null;
}

function nearer(a: Nearest | null, b: Nearest | null): Nearest | null {
  if (!a || !b) return a ?? b;
  const less = b.lacking.length - a.lacking.length;
  return less < 0 || (less === 0 && b.spans.length > a.spans.length) ? b : a;
}
