import type { FoundCode } from '../found-code.ts';
import { isTellingCode } from '../telling-code.ts';
import { ImportMistake } from './import-mistake.ts';
import { plainLine } from './plain-line.ts';
import type { Ticket } from './ticket.ts';

const MOST_LINES = 200_000;

/** What a plain list holds: codes, perhaps with a description, and failures in words. */
export interface ReadList {
  codes: FoundCode[];
  themes: Pick<Ticket, 'line' | 'title'>[];
}

/**
 * Reads one failure from each line: a code, `code: what it means`, or a sentence. Empty lines, and what follows `#` at
 * the start of a line, count for nothing; bullets are left out.
 * @throws {ImportMistake}
 */
export function readList(path: string, text: string): ReadList {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (lines.length > MOST_LINES) throw new ImportMistake(MOST_LINES, 'too many lines', 'Split the file.');
  const codes = new Map<string, FoundCode>();
  const themes: ReadList['themes'] = [];
  for (const [index, raw] of lines.entries()) {
    if (/^\s*(?:#|\/\/)/.test(raw)) continue;
    const line = plainLine(raw).replace(/^(?:[-*+•]|\d+[.)])\s+/, '');
    if (line === '') continue;
    const [, first = '', title = ''] =
      /^[`"']?([^\s`"',;:]+(?::[^\s`"',;:]+)*)[`"']?\s*(?:[:;,=|–—-]+\s*|\s|$)(.*)$/.exec(line) ?? [];
    if (!isTellingCode(first)) themes.push({ line: index + 1, title: line });
    else if (codes.has(first)) codes.get(first)!.count++;
    else codes.set(first, { code: first, title: title || null, path, line: index + 1, count: 1 });
  }
  if (codes.size + themes.length === 0)
    throw new ImportMistake(null, 'it lists nothing', 'Write one failure on each line.');
  return { codes: [...codes.values()], themes };
}
