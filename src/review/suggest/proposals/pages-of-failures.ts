import type { Page } from '../../../docs/site/page.ts';
import type { Site } from '../../../docs/site/site.ts';
import { isTellingCode } from '../../../registry/authoring/found-code.ts';
import { namesFailure } from '../../../registry/words.ts';
import { isTableOfErrors, isTroubleTitle } from './trouble-words.ts';

/** A line that may title a section, as Markdown, HTML and components have it. */
const LABEL = /^\s*(?:>\s*)*(?:#{1,6}\s|(?:[-*+]|\d+[.)])\s+(?:\*\*|__|`)|\*\*|__|<)/;
/** A summary on a line of its own, or an accordion. */
const FOLDED = /<summary|<accordion/i;
const UNDERLINE = /^\s*(?:=+|-+)\s*$/;
const TABLE_RULE = /^\s*\|?\s*:?-{2,}:?\s*\|/;
const WORD = /[\p{L}\p{N}_$][\p{L}\p{N}_.$:-]*/gu;

/**
 * Whether a page may tell of failures, told from raw text: more pages than do, seldom fewer, and far cheaper than
 * parsing them all.
 */
export function mayTellOfFailures(site: Site, page: Page, known: ReadonlySet<string>): boolean {
  if (isTroubleTitle(page.title) || isTroubleTitle(page.name)) return true;
  return site.textsBehind(page).some((path) => {
    const text = site.text(path) ?? '';
    return holdsLabel(text) || [...known].some((code) => text.includes(code));
  });
}

function holdsLabel(text: string): boolean {
  const lines = text.split('\n');
  return lines.some((line, i) => {
    const next = lines[i + 1] ?? '';
    if (TABLE_RULE.test(next)) return isTableOfErrors(headsOf(line), false);
    if (/<th/i.test(line)) return isTableOfErrors([line], false);
    if (FOLDED.test(line) && (line.match(WORD) ?? []).some(namesFailure)) return true;
    return (
      (LABEL.test(line) || (UNDERLINE.test(next) && line.trim() !== '')) && (isTroubleTitle(line) || holdsCode(line))
    );
  });
}

function headsOf(line: string): string[] {
  return line
    .split('|')
    .map((cell) => cell.trim())
    .filter(Boolean);
}

function holdsCode(line: string): boolean {
  return (line.match(WORD) ?? []).some((word) => isTellingCode(word) && namesFailure(word));
}
