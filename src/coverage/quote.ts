import type { ContentBlock } from '../docs/site/page.ts';
import { lineAt } from '../docs/site/page.ts';
import type { Found, Quote } from './coverage.ts';
import type { Span } from './match-phrase.ts';
import { sentenceEnds } from './terms.ts';

/** The sentences in which words stand, those words marked; of a sample its lines, of a label or row all of it. */
export function quoteOf({ block, spans }: Pick<Found, 'block' | 'spans'>): Quote {
  const marks = inOrder(spans);
  const first = marks[0]?.start ?? 0;
  const last = marks.at(-1)?.end ?? 0;
  const bounds = boundsOf(block);
  const start = bounds.findLast((bound) => bound <= first) ?? 0;
  const end = bounds.find((bound) => bound >= last && bound > start) ?? block.text.length;
  const raw = block.text.slice(start, end);
  const from = start + raw.length - raw.trimStart().length;
  return {
    path: block.path,
    line: lineAt(block, first),
    text: raw.trim(),
    marks: marks.map((mark) => ({ start: mark.start - from, end: mark.end - from })),
  };
}

/** Overlapping ones, such as the parts of a compound, become one. */
function inOrder(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && span.start < last.end) last.end = Math.max(last.end, span.end);
    else merged.push({ ...span });
  }
  return merged;
}

function boundsOf({ kind, text }: ContentBlock): number[] {
  if (kind === 'prose') return [0, ...sentenceEnds(text)];
  if (kind === 'code') return [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1), text.length];
  return [0, text.length];
}
