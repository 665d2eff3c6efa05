import { Parser } from 'acorn';
import jsx from 'acorn-jsx';

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
export function budgetedAcorn(text: string): Acorn {
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
