import type { Root } from 'mdast';
import remarkDirective from 'remark-directive';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import { type Processor, unified } from 'unified';
import { TOO_DEEP } from './frames.ts';
import { markedGfm } from './marked-gfm.ts';
import type { ParseProblem } from './page-facts.ts';
import { budgetedAcorn } from './script-budget.ts';

/** `tags`: MDX that does not parse, read as Markdown whose tags are all inline and whose indentation means nothing. */
export type Grammar = 'mdx' | 'md' | 'tags';

/**
 * The syntax tree of a whole page, or where and why the text is not of that grammar: CommonMark with GFM and `:::`
 * containers; with MDX for `mdx`.
 */
export function parseTree(text: string, grammar: Grammar): { tree: Root } | { problem: ParseProblem } {
  const processor = unified().use(remarkParse).use(markedGfm, text).use(blockDirectives);
  if (grammar === 'mdx') processor.use(remarkMdx, { acorn: budgetedAcorn(text), addResult: false });
  if (grammar === 'tags') processor.use(inlineTags);
  try {
    return { tree: processor.parse(text) };
  } catch (error) {
    return { problem: problemOf(error) };
  }
}

/** `:::name` containers and `::name` leaves; `:name` in a line stays text, for `host:port` is no directive. */
function blockDirectives(this: Processor): void {
  remarkDirective.call(this as Processor);
  const { micromarkExtensions } = this.data();
  const directive = micromarkExtensions?.pop();
  micromarkExtensions?.push({ flow: directive?.flow });
}

function inlineTags(this: Processor): void {
  this.data().micromarkExtensions?.push({ disable: { null: ['codeIndented', 'htmlFlow'] } });
}

/** Where the parser says that the text is wrong; its recursion gives out on nesting that no page has. */
function problemOf(error: unknown): ParseProblem {
  if (error instanceof RangeError) return { line: 1, column: 1, message: TOO_DEEP };
  const { line, column, message } = error as ParseProblem;
  // For a tag that is still open at the end of the page the place stands in the message alone.
  const [, openLine, openColumn] = /\((\d+):(\d+)-/.exec(message) ?? [];
  return { line: line ?? Number(openLine ?? 1), column: column ?? Number(openColumn ?? 1), message };
}
