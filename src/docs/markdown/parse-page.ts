import { type LineRange, type Region, regionsFor, regionsOf } from '../regions.ts';
import { tooMuch } from './bounds.ts';
import { readFrontmatter, titleLine } from './frontmatter.ts';
import type { Frontmatter, PageFacts } from './page-facts.ts';
import { PageReader } from './page-reader.ts';
import { readerText } from './reader-text.ts';
import { type PageReading, type ReadablePage, RegionParser } from './region-parser.ts';
import { prepareSource } from './source-text.ts';

/**
 * What one file says. Never throws and never executes anything: MDX that does not parse is read as Markdown with
 * tags, and a page beyond bounds or nested beyond reason line by line; `problems` then says why.
 *
 * @param lines what is asked for, where that is not the whole file: of what does not count along with these lines the
 * headings alone are read
 */
export function parsePage(text: string, syntax: 'mdx' | 'md', lines?: readonly LineRange[]): PageFacts {
  const source = prepareSource(text);
  const refusal = tooMuch(source.text);
  const regions = () => (refusal ? regionsOf('', syntax) : regionsOf(source.text, syntax));
  const page: ReadablePage = { source, syntax, regions, refusal };
  const frontmatter = readFrontmatter(text);
  const start = () => titledReader(frontmatter, titleLine(text));
  if (!lines || refusal) return factsOf(new RegionParser(page).read(null, start), frontmatter, syntax);
  return readPart(page, lines, start, frontmatter);
}

function readPart(
  page: ReadablePage,
  lines: readonly LineRange[],
  start: () => PageReader,
  frontmatter: Frontmatter,
): PageFacts {
  const regions = page.regions();
  const parser = new RegionParser({ ...page, regions: () => regions });
  const needed = regionsFor(regions, lines);
  for (const [i, { hasTitle }] of regions.entries()) if (hasTitle && !frontmatter.title) needed.add(i);
  for (;;) {
    const facts = factsOf(parser.read(needed, start), frontmatter, page.syntax);
    const more = withSameTitle(facts, regions, needed, page.source.text);
    if (more.length === 0) return facts;
    for (const i of more) needed.add(i);
  }
}

/** Repeated titles are numbered over the whole page: the regions that may repeat one of those that were read. */
function withSameTitle(
  { sections }: PageFacts,
  regions: readonly Region[],
  needed: ReadonlySet<number>,
  text: string,
): number[] {
  const titles = new Set(sections.map(({ slugText, label }) => squeezed(slugText ?? label).replace(/\d+$/, '')));
  titles.delete('');
  return [...regions.keys()].filter((i) => {
    if (needed.has(i)) return false;
    const labels = (regions[i] as Region).labels.map(({ from, to }) => squeezed(text.slice(from, to))).join(' ');
    return labels !== '' && [...titles].some((title) => labels.includes(title));
  });
}

function squeezed(text: string): string {
  return readerText(text)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
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

function factsOf(
  { reader, problems, imports, named }: PageReading,
  frontmatter: Frontmatter,
  syntax: PageFacts['syntax'],
): PageFacts {
  const { sections, blocks } = reader.builder;
  reader.builder.finish();
  const firstTitle = sections.find(({ kind, depth }) => kind === 'heading' && depth === 1);
  if (sections[0] && !frontmatter.title) sections[0].label = firstTitle?.label ?? '';
  const unknownComponents = [...reader.unknownComponents];
  return { syntax, frontmatter, problems, imports, named, sections, blocks, ids: reader.ids, unknownComponents };
}
