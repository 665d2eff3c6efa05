import type { Root } from 'mdast';
import type { Region } from '../regions.ts';
import { TooDeep } from './frames.ts';
import { type PageImports, readImports } from './imports.ts';
import { type Grammar, parseTree } from './markdown-tree.ts';
import { htmlCommentsAsMdx, mdxAsTags } from './mdx-as-tags.ts';
import type { PageFacts, ParseProblem } from './page-facts.ts';
import type { PageReader } from './page-reader.ts';
import { readHeading, readPlainLines } from './plain-lines.ts';
import type { SourceText } from './source-text.ts';
import { TreeReader } from './tree-reader.ts';

/** What a region is tried as, in order, before it is read line by line. */
const ATTEMPTS: Record<PageFacts['syntax'], Attempt[]> = { mdx: ['mdx', 'commented', 'tags'], md: ['md'] };

/** `commented`: MDX with HTML comments, which Docusaurus allows. */
type Attempt = Grammar | 'commented';

export interface ReadablePage {
  source: SourceText;
  syntax: PageFacts['syntax'];
  /** Asked for only where it matters. */
  regions: () => Region[];
  /** Why no parser is to see it. */
  refusal: ParseProblem | null;
}

/** A page read by a reader, with its imports and why some of it was not read in its own syntax. */
export interface PageReading extends PageImports {
  reader: PageReader;
  problems: ParseProblem[];
}

/** Neighbouring regions that are parsed in one go. */
interface Stretch {
  from: number;
  to: number;
  linesAbove: number;
  /** Regions in it; null where the page has not been cut. */
  regions: { first: number; count: number } | null;
}

type Parsed = { tree: Root; grammar: Grammar; esm: string } | { plain: string };

/**
 * Reads a page region by region, so that a mistake in one leaves the others as they are; as long as there is none, as
 * many as stand next to each other at once.
 */
export class RegionParser {
  readonly #page: ReadablePage;
  /** By region: how many attempts have failed, and the first problem. Regions that stand here are read one by one. */
  readonly #failed = new Map<number, { attempts: number; problem: ParseProblem | null }>();
  #regions: Region[] | null = null;

  constructor(page: ReadablePage) {
    this.#page = page;
  }

  /**
   * @param needed regions to be read, by index; of the others the headings alone are. Null for the whole page
   * @param start makes a reader that has read nothing yet
   */
  read(needed: ReadonlySet<number> | null, start: () => PageReader): PageReading {
    for (;;) {
      const reading = this.#tryToRead(needed, start());
      if (reading) return reading;
    }
  }

  /** Null where something failed and has to be read in another way. */
  #tryToRead(needed: ReadonlySet<number> | null, reader: PageReader): PageReading | null {
    const { refusal, source } = this.#page;
    if (refusal) {
      readPlainLines(source.text, reader, 0);
      return { reader, problems: [refusal], imports: {}, named: {} };
    }
    const parsed: { stretch: Stretch; parsed: Parsed }[] = [];
    for (const stretch of this.#stretches(needed)) {
      const result = this.#parse(stretch);
      if (!result) return null;
      parsed.push({ stretch, parsed: result });
    }
    const esm = parsed.map((one) => ('tree' in one.parsed ? one.parsed.esm : '')).join('\n');
    const imports = readImports(esm);
    let next = 0;
    for (const one of parsed) {
      next = this.#readHeadings(next, one.stretch.regions?.first ?? 0, reader);
      if (!this.#readStretch(one.stretch, one.parsed, imports, reader)) return null;
      next = one.stretch.regions ? one.stretch.regions.first + one.stretch.regions.count : 0;
    }
    if (needed) this.#readHeadings(next, this.#cut().length, reader);
    const problems = [...this.#failed].sort(([a], [b]) => a - b).flatMap(([, { problem }]) => problem ?? []);
    return { reader, problems, ...imports };
  }

  #cut(): Region[] {
    this.#regions ??= this.#page.regions();
    return this.#regions;
  }

  #stretches(needed: ReadonlySet<number> | null): Stretch[] {
    if (!needed && this.#failed.size === 0)
      return [{ from: 0, to: this.#page.source.text.length, linesAbove: 0, regions: null }];
    const stretches: Stretch[] = [];
    for (const [i, { from, to, line }] of this.#cut().entries()) {
      if (needed && !needed.has(i)) continue;
      const last = stretches.at(-1);
      const regions = last?.regions;
      if (last && regions && regions.first + regions.count === i && this.#isSound(i) && this.#isSound(i - 1)) {
        last.to = to;
        regions.count += 1;
      } else stretches.push({ from, to, linesAbove: line - 1, regions: { first: i, count: 1 } });
    }
    return stretches;
  }

  #isSound(region: number): boolean {
    return !this.#failed.has(region);
  }

  #parse(stretch: Stretch): Parsed | null {
    const { source, syntax } = this.#page;
    const text = source.text.slice(stretch.from, stretch.to);
    const attempt = ATTEMPTS[syntax][this.#attemptsAt(stretch)];
    if (attempt === undefined) return { plain: text };
    if (attempt === 'commented' && !text.includes('<!--')) return this.#fail(stretch, null);
    const grammar = attempt === 'commented' ? 'mdx' : attempt;
    const written = textFor(attempt, text);
    const result = parseTree(written.text, grammar);
    if ('problem' in result) return this.#fail(stretch, result.problem);
    if (attempt === 'commented') this.#forgive(stretch);
    const scripts = result.tree.children.flatMap((node) => (node.type === 'mdxjsEsm' ? [node.value] : []));
    return { tree: result.tree, grammar, esm: written.esm || scripts.join('\n') };
  }

  #attemptsAt({ regions }: Stretch): number {
    return regions?.count === 1 ? (this.#failed.get(regions.first)?.attempts ?? 0) : 0;
  }

  /** What several regions cannot be read as, each of them may be by itself. */
  #fail({ regions, linesAbove }: Stretch, problem: ParseProblem | null): null {
    const { first, count } = regions ?? { first: 0, count: this.#cut().length };
    for (let i = first; i < first + count; i += 1) {
      const failed = this.#failed.get(i) ?? { attempts: 0, problem: null };
      if (count === 1) {
        failed.attempts += 1;
        failed.problem ??= problem && { ...problem, line: problem.line + linesAbove };
      }
      this.#failed.set(i, failed);
    }
    return null;
  }

  #forgive({ regions }: Stretch): void {
    const failed = regions && this.#failed.get(regions.first);
    if (failed) failed.problem = null;
  }

  /** @returns false where it turned out to be nested too deeply */
  #readStretch(stretch: Stretch, parsed: Parsed, imports: PageImports, reader: PageReader): boolean {
    const { linesAbove } = stretch;
    if ('plain' in parsed) {
      readPlainLines(parsed.plain, reader, linesAbove);
      return true;
    }
    const { headingIds } = this.#page.source;
    try {
      const html = parsed.grammar !== 'mdx';
      new TreeReader(reader, { ...imports, headingIds, linesAbove, html }).read(parsed.tree);
      return true;
    } catch (error) {
      if (!(error instanceof TooDeep)) throw error;
      this.#fail(stretch, { line: 1, column: 1, message: error.message });
      return false;
    }
  }

  /** Of regions that nobody asked for the headings alone are read: they number titles, and nest the others. */
  #readHeadings(from: number, to: number, reader: PageReader): number {
    for (let i = from; i < to; i += 1) {
      const region = this.#cut()[i] as Region;
      if (region.depth > 0) this.#readHeadingOf(region, reader);
      reader.builder.touch(region.lastLine);
    }
    return to;
  }

  #readHeadingOf({ from, to, line }: Region, reader: PageReader): void {
    const { source, syntax } = this.#page;
    const end = source.text.indexOf('\n', from);
    const text = source.text.slice(from, end < 0 ? to : end);
    const simple = SIMPLE_HEADING.exec(text);
    const parsed = simple ? null : parseTree(text, syntax);
    if (parsed && 'tree' in parsed) {
      const { headingIds } = source;
      const context = { imports: {}, named: {}, headingIds, linesAbove: line - 1, html: syntax === 'md' };
      new TreeReader(reader, context).read(parsed.tree);
      return;
    }
    const [, marks = '', words = ''] = simple ?? HEADING.exec(text) ?? [];
    readHeading(reader, { marks, words, number: line, id: source.headingIds.get(line) ?? null });
  }
}

const HEADING = /^(#{1,6})[ \t]*(.*)$/;
/** One that any parser takes for these very words. */
const SIMPLE_HEADING = /^(#{1,6}) ([A-Za-z0-9](?:[A-Za-z0-9 ,]*[A-Za-z0-9])?)[ \t]*$/;

function textFor(attempt: Attempt, text: string): { text: string; esm: string } {
  if (attempt === 'tags') return mdxAsTags(text);
  return { text: attempt === 'commented' ? htmlCommentsAsMdx(text) : text, esm: '' };
}
