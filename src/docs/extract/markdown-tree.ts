import type { Root } from 'mdast';
import remarkDirective from 'remark-directive';
import remarkGfm from 'remark-gfm';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import { type Processor, unified } from 'unified';
import type { ParseProblem } from '../page-facts.ts';
import { budgetedAcorn } from './script-budget.ts';

/** `tags`: MDX that does not parse, read as Markdown whose tags are all inline and whose indentation means nothing. */
export type Grammar = 'mdx' | 'md' | 'tags';

interface MicromarkData {
  micromarkExtensions?: { text?: unknown; disable?: { null: string[] } }[];
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

const markdown = unified().use(remarkParse).use(remarkGfm).use(blockDirectives).freeze();
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

function problemOf(error: unknown): ParseProblem {
  const { line, column, reason, message } = error as {
    line?: number;
    column?: number;
    reason?: string;
    message: string;
  };
  return { line: line ?? 1, column: column ?? 1, message: reason ?? message };
}
