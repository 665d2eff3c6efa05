import type { PageReader } from './page-reader.ts';
import { splitSamples } from './source-text.ts';

const HEADING = /^ {0,3}(#{1,6})[ \t]+(\S.*)$/;
/** Lines that begin a block without an empty line above: list items and table rows. */
const BEGINS_BLOCK = /^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]|^[ \t>]*\|/;
const LINK = /\]\(([^\s()<>]{1,2000})\)/g;

/**
 * Reads a page that is too large or too deeply nested to parse: headings, samples and paragraphs, line by line,
 * in time proportional to its length.
 * @param linesAbove how many lines of the file stand above the text
 */
export function readPlainLines(text: string, reader: PageReader, linesAbove: number): void {
  const lines = text.split('\n');
  for (const { sample, from, to } of splitSamples(lines)) {
    const number = linesAbove + from + 1;
    reader.boundary(number);
    if (sample) reader.sample(lines.slice(from + 1, to - 1).join('\n'), number + 1, linesAbove + to);
    else for (let i = from; i < to; i++) readLine(reader, lines[i] as string, linesAbove + i + 1);
  }
  reader.flush();
}

function readLine(reader: PageReader, line: string, number: number): void {
  const heading = HEADING.exec(line);
  if (heading || !line.trim() || BEGINS_BLOCK.test(line)) reader.boundary(number);
  if (heading) readHeading(reader, { marks: heading[1] as string, words: heading[2] as string, number, id: null });
  else if (line.trim()) {
    for (const [, url] of line.matchAll(LINK)) reader.link(url as string, number);
    reader.text(`${line}\n`, number);
  }
}

/** A heading whose words are taken as they stand. */
export function readHeading(
  reader: PageReader,
  { marks, words, number, id }: { marks: string; words: string; number: number; id: string | null },
): void {
  reader.flush();
  const start = { kind: 'heading' as const, depth: marks.length, line: number, id, slugText: words.trim() };
  const section = reader.builder.openHeading(start);
  reader.begin('label', number);
  reader.text(words, number);
  reader.endLabel(section, number);
}
