import type { Candidate, NearMiss, Quote } from '../../coverage/coverage.ts';
import { plainPhrase } from '../../review/findings/wording.ts';
import { cleanLine, shorten } from './clean-text.ts';
import { listed, type SayWhere } from './sentence.ts';

/** How the levels of a candidate section are called. */
export const LEVEL_WORDS: Record<Candidate['level'], string> = {
  documents: 'documents it',
  mentions: 'names it',
  sample: 'shows it in a sample only',
  near: 'comes near',
};

/** At most so many characters without a marked word are shown before or after one. */
const AROUND = 120;

/**
 * A sentence cut where its marked words begin and end, the words for which it is quoted. It becomes one clean line, and
 * what is long between these words is shortened.
 */
export function quoteParts(quote: Quote): { text: string; isMarked: boolean }[] {
  const parts = [];
  let from = 0;
  for (const { start, end } of quote.marks) {
    parts.push({ text: between(quote.text.slice(from, start), from === 0, false), isMarked: false });
    parts.push({ text: inLine(quote.text.slice(start, end)), isMarked: true });
    from = end;
  }
  parts.push({ text: between(quote.text.slice(from), from === 0, true), isMarked: false });
  return parts.filter(({ text }) => text !== '');
}

/** The text before, between or after marked words, without its middle where it is long. */
function between(text: string, isFirst: boolean, isLast: boolean): string {
  const line = inLine(text);
  const points = [...line];
  if (points.length <= AROUND) return line;
  if (isFirst && isLast) return shorten(line, 2 * AROUND);
  const half = AROUND / 2;
  const head = isFirst ? '' : points.slice(0, half).join('').replace(/\S*$/, '');
  const tail = isLast ? '' : points.slice(-half).join('').replace(/^\S*/, '');
  return `${head}…${tail}`;
}

/** As `cleanLine`, with the spaces at both ends. */
function inLine(text: string): string {
  const line = cleanLine(text);
  const [before, after] = [/^\s/.test(text) ? ' ' : '', /\s$/.test(text) ? ' ' : ''];
  return line === '' ? before || after : before + line + after;
}

/**
 * A near miss for a page's author: what the section lacks as people say it. How the registry could take the section as
 * it is comes second, for its maintainer; advice that only repeats what lacks is left out.
 */
export function forAuthor(miss: NearMiss): NearMiss {
  return { ...miss, lacks: miss.lacks.map(lackWords), edit: editWords(miss) };
}

/** "docs/a.md:3-9 “Where…” lacks “x”; say “y”", for a page's author. */
export function nearMissText(miss: NearMiss, say: SayWhere): string {
  const { label, lacks, edit } = forAuthor(miss);
  const named = label === '' ? '' : ` ${say.label(label)}`;
  const lacking = lacks.length === 0 ? '' : ` lacks ${listed(lacks.map(say.prose))}`;
  return `${say.file(miss)}${named}${lacking}${edit === '' ? '' : `; ${say.prose(edit)}`}`;
}

function lackWords(lack: string): string {
  if (/[“`]/.test(lack)) return withPlainPhrases(lack.replace(/^cause /, 'the cause '));
  return `“${plainPhrase(lack)}”`;
}

function editWords({ lacks, edit }: NearMiss): string {
  if (edit.startsWith('add `')) return `if it means the same, ${edit.replace(/, or say .*$/s, '')} in the registry`;
  return lacks.length > 0 ? '' : withPlainPhrases(edit);
}

function withPlainPhrases(text: string): string {
  return text.replace(/“([^“”]*)”/g, (_, phrase: string) => `“${plainPhrase(phrase)}”`);
}
