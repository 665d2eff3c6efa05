import type { PageReader } from './page-reader.ts';
import { splitSamples } from './source-text.ts';

const HEADING = /^ {0,3}(#{1,6})[ \t]+(\S.*)$/;
/** Lines that begin a block without an empty line above: list items and table rows. */
const BEGINS_BLOCK = /^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]|^[ \t>]*\|/;
const LINK = /\]\(([^\s()<>]{1,2000})\)/g;

/**
 * Reads a page that is too large or too deeply nested to parse: headings, samples and paragraphs, line by line,
 * in time proportional to its length.
 */
export function readPlainLines(text: string, reader: PageReader): void {
  const lines = text.split('\n');
  for (const { sample, from, to } of splitSamples(lines)) {
    const number = from + 1;
    reader.boundary(number);
    if (sample) reader.sample(lines.slice(from + 1, to - 1).join('\n'), number + 1, to);
    else for (let i = from; i < to; i++) readLine(reader, lines[i] as string, i + 1);
  }
  reader.flush();
}

function readLine(reader: PageReader, line: string, number: number): void {
  const heading = HEADING.exec(line);
  if (heading || !line.trim() || BEGINS_BLOCK.test(line)) reader.boundary(number);
  if (heading) readHeading(reader, heading[1] as string, heading[2] as string, number);
  else if (line.trim()) {
    for (const [, url] of line.matchAll(LINK)) reader.link(url as string, number);
    reader.text(`${line}\n`, number);
  }
}

function readHeading(reader: PageReader, marks: string, words: string, number: number): void {
  reader.flush();
  const start = { kind: 'heading' as const, depth: marks.length, line: number, slugText: words.trim() };
  const section = reader.builder.openHeading(start);
  reader.begin('label', number);
  reader.text(words, number);
  reader.endLabel(section, number);
}
