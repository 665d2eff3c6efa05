import type { Root } from 'mdast';
import remarkDirective from 'remark-directive';
import remarkGfm from 'remark-gfm';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import { type Processor, unified } from 'unified';
import type { ParseProblem } from '../page-facts.ts';
import { TOO_DEEP } from './frames.ts';
import { budgetedAcorn } from './script-budget.ts';

/** `tags`: MDX that does not parse, read as Markdown whose tags are all inline and whose indentation means nothing. */
export type Grammar = 'mdx' | 'md' | 'tags';

interface MicromarkData {
  fromMarkdownExtensions?: (FromMarkdown | FromMarkdown[])[];
  micromarkExtensions?: { text?: unknown; disable?: { null: string[] } }[];
}

interface FromMarkdown {
  transforms?: unknown;
}

/**
 * GFM without its second look for bare addresses in the finished tree: the tokenizer has found them, with their
 * places, and the second look takes a tenth of the time.
 */
function gfm(this: Processor): void {
  remarkGfm.call(this as never);
  for (const extension of (this.data() as MicromarkData).fromMarkdownExtensions?.flat() ?? []) {
    delete extension.transforms;
  }
}

/** `:::name` containers and `::name` leaves; `:name` in a line stays text, for `host:port` is no directive. */
function blockDirectives(this: Processor): void {
  remarkDirective.call(this as never);
  const { micromarkExtensions } = this.data() as MicromarkData;
  delete micromarkExtensions?.at(-1)?.text;
}

function tagsOnly(this: Processor): void {
  const data = this.data() as MicromarkData;
  data.micromarkExtensions?.push({ disable: { null: ['codeIndented', 'htmlFlow'] } });
}

const { acorn, refill } = budgetedAcorn();

const markdown = unified().use(remarkParse).use(gfm).use(blockDirectives).freeze();
const parsers: Record<Grammar, Processor<Root>> = {
  md: markdown,
  mdx: markdown().use(remarkMdx, { acorn }).freeze(),
  tags: markdown().use(tagsOnly).freeze(),
};

/** The syntax tree of a page, or where and why the text is not of that grammar. */
export function parseTree(text: string, grammar: Grammar): { tree: Root } | { problem: ParseProblem } {
  refill();
  try {
    return { tree: parsers[grammar].parse(text) };
  } catch (error) {
    return { problem: problemOf(error) };
  }
}

/** Where the parser says that the text is wrong; its recursion gives out on nesting that no page has. */
function problemOf(error: unknown): ParseProblem {
  if (error instanceof RangeError) return { line: 1, column: 1, message: TOO_DEEP };
  const { line, column, message } = error as ParseProblem;
  // For a tag that is still open at the end of the page the place stands in the message alone.
  const [, openLine, openColumn] = /\((\d+):(\d+)-/.exec(message) ?? [];
  return { line: line ?? Number(openLine ?? 1), column: column ?? Number(openColumn ?? 1), message };
}
