import { tooMuch } from './extract/bounds.ts';
import { TooDeep } from './extract/frames.ts';
import { type PageImports, readImports } from './extract/imports.ts';
import { type Grammar, parseTree } from './extract/markdown-tree.ts';
import { htmlCommentsAsMdx, mdxAsTags } from './extract/mdx-as-tags.ts';
import { PageReader } from './extract/page-reader.ts';
import { readPlainLines } from './extract/plain-lines.ts';
import { prepareSource, type SourceText } from './extract/source-text.ts';
import { TreeReader } from './extract/tree-reader.ts';
import { readFrontmatter, titleLine } from './frontmatter.ts';
import type { Frontmatter, PageFacts, ParseProblem } from './page-facts.ts';
import { readerText } from './reader-text.ts';

/** What a file is tried as, in order, before it is read line by line. */
const ATTEMPTS: Record<PageFacts['syntax'], Attempt[]> = { mdx: ['mdx', 'commented', 'tags'], md: ['md'] };

/** `commented`: MDX with HTML comments, which Docusaurus allows. */
type Attempt = Grammar | 'commented';

interface Reading extends PageImports {
  reader: PageReader;
}

/**
 * What one file says. Never throws and never executes anything: MDX that does not parse is read as Markdown with
 * tags, and a page beyond bounds or nested beyond reason line by line; `problems` then says why.
 */
export function parsePage(text: string, syntax: 'mdx' | 'md'): PageFacts {
  const problems: ParseProblem[] = [];
  const frontmatter = readFrontmatter(text);
  const source = prepareSource(text);
  const start = () => titledReader(frontmatter, titleLine(text));
  const { reader, imports, named } = readSource(source, syntax, start, problems);
  const { sections, blocks } = reader.builder;
  reader.builder.finish();
  const firstTitle = sections.find(({ kind, depth }) => kind === 'heading' && depth === 1);
  if (sections[0] && !frontmatter.title) sections[0].label = firstTitle?.label ?? '';
  const unknownComponents = [...reader.unknownComponents];
  return { syntax, frontmatter, problems, imports, named, sections, blocks, ids: reader.ids, unknownComponents };
}

function titledReader({ title }: Frontmatter, line: number): PageReader {
  const reader = new PageReader();
  const label = readerText(title ?? '')
    .replace(/\s+/g, ' ')
    .trim();
  (reader.builder.sections[0] as { label: string }).label = label;
  reader.aside('label', label, line);
  return reader;
}

function readSource(
  source: SourceText,
  syntax: PageFacts['syntax'],
  start: () => PageReader,
  problems: ParseProblem[],
): Reading {
  const refusal = tooMuch(source.text);
  if (refusal) problems.push(refusal);
  for (const attempt of refusal ? [] : ATTEMPTS[syntax]) {
    if (attempt === 'commented' && !source.text.includes('<!--')) continue;
    const reading = readAs(attempt, source, start());
    if ('reader' in reading) {
      if (attempt === 'commented') problems.length = 0;
      return reading;
    }
    if (problems.length === 0) problems.push(reading);
  }
  const reader = start();
  readPlainLines(source.text, reader);
  return { reader, imports: {}, named: {} };
}

function readAs(attempt: Attempt, source: SourceText, reader: PageReader): Reading | ParseProblem {
  const grammar = attempt === 'commented' ? 'mdx' : attempt;
  const { text, esm } = textFor(attempt, source.text);
  const parsed = parseTree(text, grammar);
  if ('problem' in parsed) return parsed.problem;
  const { tree } = parsed;
  const scripts = tree.children.flatMap((node) => (node.type === 'mdxjsEsm' ? [node.value] : []));
  const imports = readImports(esm || scripts.join('\n'));
  try {
    new TreeReader(reader, { ...imports, headingIds: source.headingIds, html: grammar !== 'mdx' }).read(tree);
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    return { line: 1, column: 1, message: error.message };
  }
  return { reader, ...imports };
}

function textFor(attempt: Attempt, text: string): { text: string; esm: string } {
  if (attempt === 'tags') return mdxAsTags(text);
  return { text: attempt === 'commented' ? htmlCommentsAsMdx(text) : text, esm: '' };
}
