import type { Root } from 'mdast';
import { directiveFromMarkdown } from 'mdast-util-directive';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { mdxFromMarkdown } from 'mdast-util-mdx';
import { parse, preprocess } from 'micromark';
import { directive } from 'micromark-extension-directive';
import { gfmFootnote } from 'micromark-extension-gfm-footnote';
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough';
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item';
import { mdxjs } from 'micromark-extension-mdxjs';
import type { Extension } from 'micromark-util-types';
import { TOO_DEEP } from './frames.ts';
import { withNested } from './nested-events.ts';
import type { ParseProblem } from './page-facts.ts';
import { rareSyntax } from './rare-syntax.ts';
import { budgetedAcorn } from './script-budget.ts';
import { configure, TreeBuilder } from './tree-builder.ts';

/** `tags`: MDX that does not parse, read as Markdown whose tags are all inline and whose indentation means nothing. */
export type Grammar = 'mdx' | 'md' | 'tags';

const { acorn, refill } = budgetedAcorn();

/** `:::name` containers and `::name` leaves; `:name` in a line stays text, for `host:port` is no directive. */
const blockDirectives: Extension = { flow: directive().flow };
const markdown: Extension[] = [gfmFootnote(), gfmStrikethrough(), gfmTaskListItem(), blockDirectives];
const grammars: Record<Grammar, Extension[]> = {
  md: markdown,
  mdx: [...markdown, mdxjs({ acorn, addResult: false })],
  tags: [...markdown, { disable: { null: ['codeIndented', 'htmlFlow'] } }],
};
const config = configure([...gfmFromMarkdown(), directiveFromMarkdown(), ...mdxFromMarkdown()]);

/** The syntax tree of a page, or where and why the text is not of that grammar. */
export function parseTree(text: string, grammar: Grammar): { tree: Root } | { problem: ParseProblem } {
  refill();
  try {
    const parser = parse({ extensions: [...rareSyntax(text), ...grammars[grammar]] });
    const events = withNested(parser.document().write(preprocess()(text, undefined, true)));
    return { tree: new TreeBuilder(config).build(events) };
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
