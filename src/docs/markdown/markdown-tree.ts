import { Parser } from 'acorn';
import jsx from 'acorn-jsx';
import type { Root } from 'mdast';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfmAutolinkLiteral } from 'micromark-extension-gfm-autolink-literal';
import { gfmFootnote } from 'micromark-extension-gfm-footnote';
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough';
import { gfmTable } from 'micromark-extension-gfm-table';
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item';
import type { Construct, Extension, Previous } from 'micromark-util-types';
import remarkDirective from 'remark-directive';
import remarkMdx from 'remark-mdx';
import remarkParse from 'remark-parse';
import { type Processor, unified } from 'unified';
import { TOO_DEEP } from './frames.ts';
import type { ParseProblem } from './page-facts.ts';

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

/**
 * The extensions of remark-gfm, each with a mark without which none of its constructs stands. A text gets those whose
 * marks it has: all of them together copy so much that the work grows with the square of a paragraph.
 */
const BY_MARK: [mark: RegExp, extension: () => Extension][] = [
  // The row of dashes below a table's header.
  [/^(?=[ \t>|:-]*$)(?=.*-).*[|:]/m, gfmTable],
  [/\[\^/, gfmFootnote],
  [/~/, gfmStrikethrough],
  [/\[[ \txX\r\n]\]/, gfmTaskListItem],
];

/** A plugin of unified: GFM for one text (https://github.github.com/gfm/). */
function markedGfm(this: Processor, text: string): void {
  const data = this.data();
  const used = BY_MARK.flatMap(([mark, extension]) => (mark.test(text) ? extension() : []));
  data.micromarkExtensions = [...(data.micromarkExtensions ?? []), ...used, ...autolinks(text)];
  // Without its second look for bare addresses, which finds some where GitHub sees none.
  const nodes = gfmFromMarkdown().map((extension) => ({ ...extension, transforms: [] }));
  data.fromMarkdownExtensions = [...(data.fromMarkdownExtensions ?? []), ...nodes];
}

/** Bare addresses, which are looked for at every letter: only on lines that hold one. */
function autolinks(text: string): Extension[] {
  const kinds = [
    { mark: /https?:\/\/|www\./i, isKind: ({ name }: Construct) => name !== 'emailAutolink' },
    { mark: /[\w.+-]@[\w.-]/, isKind: ({ name }: Construct) => name === 'emailAutolink' },
  ];
  const all = Object.entries(gfmAutolinkLiteral().text as Record<string, Construct | Construct[]>);
  return kinds.flatMap(({ mark, isKind }) => {
    if (!mark.test(text)) return [];
    const lines = new Set(text.split(/\r\n|\n|\r/).flatMap((line, at) => (mark.test(line) ? at + 1 : [])));
    const limit = (construct: Construct): Construct => ({
      ...construct,
      previous(code) {
        return (construct.previous as Previous).call(this, code) && lines.has(this.now().line);
      },
    });
    const constructs = all.map(([code, list]) => [code, [list].flat().filter(isKind).map(limit)] as const);
    return [{ text: Object.fromEntries(constructs.filter(([, list]) => list.length > 0)) }];
  });
}

/** Characters of expressions and ESM that may be parsed for each character of a page, and on any page. */
const SCRIPT_FOR_EACH = 40;
const SCRIPT_ON_ANY_PAGE = 200_000;
/** What a question costs whatever its length. */
const LEAST = 100;

/**
 * Ends the parse of a page. micromark takes what acorn throws as "not yet complete" and asks again at the next
 * brace, unless reading the error's position throws as well.
 */
class ScriptBudgetSpent extends Error {
  constructor() {
    super('braces or imports too long to parse');
  }

  get pos(): number {
    throw this;
  }
}

type Acorn = Pick<typeof Parser, 'parse' | 'parseExpressionAt'>;

/**
 * The parser for what stands in braces and after `import` on one page. It is asked again at every brace and blank line,
 * each time from the start, until it is content; a budget keeps a hostile page from having it read forever.
 */
function budgetedAcorn(text: string): Acorn {
  const parser = Parser.extend(jsx());
  let left = text.length * SCRIPT_FOR_EACH + SCRIPT_ON_ANY_PAGE;
  const spend = (characters: number) => {
    left -= characters + LEAST;
    if (left < 0) throw new ScriptBudgetSpent();
  };
  return {
    parse(input, options) {
      spend(input.length);
      return parser.parse(input, options);
    },
    parseExpressionAt(input, position, options) {
      spend(input.length);
      return parser.parseExpressionAt(input, position, options);
    },
  };
}
