import type { Root } from 'mdast';
import { tooMuch } from './bounds.ts';
import { TooDeep } from './frames.ts';
import { readFrontmatter, titleLine } from './frontmatter.ts';
import { type Grammar, parseTree } from './markdown-tree.ts';
import { type PageImports, readImports } from './module-statements.ts';
import type { PageFacts, ParseProblem } from './page-facts.ts';
import { PageReader } from './page-reader.ts';
import { lineOfText } from './reader-text.ts';
import { htmlCommentsAsMdx, mdxAsTags, prepareSource, type SourceText, splitSamples } from './source-text.ts';
import { TreeReader } from './tree-reader.ts';

/** What a page is tried as, in order, before it is read line by line. */
const ATTEMPTS: Record<PageFacts['syntax'], Attempt[]> = { mdx: ['mdx', 'commented', 'tags'], md: ['md'] };

/** `commented`: MDX with HTML comments, which Docusaurus allows. */
type Attempt = Grammar | 'commented';

/** A page as a reader met it, with its imports and why it was not read in its own syntax. */
interface PageReading extends PageImports {
  reader: PageReader;
  problems: ParseProblem[];
}

/**
 * What one file says. Never throws and never executes anything: MDX that does not parse is read as Markdown with
 * tags, and a page beyond bounds or nested beyond reason line by line; `problems` then says why.
 */
export function parsePage(text: string, syntax: PageFacts['syntax']): PageFacts {
  const source = prepareSource(text);
  const frontmatter = readFrontmatter(text);
  const start = () => titledReader(frontmatter.title, titleLine(text));
  const { reader, problems, imports, named } = readPage(source, syntax, start);
  const { sections, blocks } = reader.builder;
  reader.builder.finish();
  const firstTitle = sections.find(({ kind, depth }) => kind === 'heading' && depth === 1);
  if (sections[0] && !frontmatter.title) sections[0].label = firstTitle?.label ?? '';
  const unknownComponents = [...reader.unknownComponents];
  return { syntax, frontmatter, problems, imports, named, sections, blocks, ids: reader.ids, unknownComponents };
}

/** @param start makes a reader that has read nothing yet */
function readPage(source: SourceText, syntax: PageFacts['syntax'], start: () => PageReader): PageReading {
  const refusal = tooMuch(source.text);
  if (refusal) return readLines(source, start(), [refusal]);
  let problem: ParseProblem | null = null;
  for (const attempt of ATTEMPTS[syntax]) {
    if (attempt === 'commented' && !source.text.includes('<!--')) continue;
    const result = tryToRead(attempt, source, start());
    if ('reader' in result) {
      const isForgiven = attempt === 'commented' || problem === null;
      return { ...result, problems: isForgiven ? [] : [problem as ParseProblem] };
    }
    problem ??= result.problem;
  }
  return readLines(source, start(), problem ? [problem] : []);
}

function readLines({ text }: SourceText, reader: PageReader, problems: ParseProblem[]): PageReading {
  readPlainLines(text, reader);
  return { reader, problems, imports: {}, named: {} };
}

function tryToRead(
  attempt: Attempt,
  { text, headingIds }: SourceText,
  reader: PageReader,
): Omit<PageReading, 'problems'> | { problem: ParseProblem } {
  const written = textFor(attempt, text);
  const grammar = attempt === 'commented' ? 'mdx' : attempt;
  const result = parseTree(written.text, grammar);
  if ('problem' in result) return result;
  const imports = readImports(written.esm || scriptsOf(result.tree));
  try {
    new TreeReader(reader, { ...imports, headingIds, html: grammar !== 'mdx' }).read(result.tree);
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    return { problem: { line: 1, column: 1, message: error.message } };
  }
  return { reader, ...imports };
}

function textFor(attempt: Attempt, text: string): { text: string; esm: string } {
  if (attempt === 'tags') return mdxAsTags(text);
  return { text: attempt === 'commented' ? htmlCommentsAsMdx(text) : text, esm: '' };
}

function scriptsOf({ children }: Root): string {
  return children.flatMap((node) => (node.type === 'mdxjsEsm' ? [node.value] : [])).join('\n');
}

function titledReader(title: string | null, line: number): PageReader {
  const reader = new PageReader();
  const label = lineOfText(title ?? '');
  (reader.builder.sections[0] as { label: string }).label = label;
  reader.aside('label', label, line);
  return reader;
}

const HEADING = /^ {0,3}(#{1,6})[ \t]+(\S.*)$/;
/** Lines that begin a block without an empty line above: list items and table rows. */
const BEGINS_BLOCK = /^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]|^[ \t>]*\|/;
const LINK = /\]\(([^\s()<>]{1,2000})\)/g;

/**
 * Reads a page that is too large or too deeply nested to parse: headings, samples and paragraphs, line by line,
 * in time proportional to its length.
 */
function readPlainLines(text: string, reader: PageReader): void {
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
