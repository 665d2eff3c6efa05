import { Parser } from 'acorn';
import jsx from 'acorn-jsx';

/** Characters of expressions and ESM that may be parsed for one page; pages have some thousands. */
const MOST_SCRIPT = 5_000_000;

type Acorn = Pick<typeof Parser, 'parse' | 'parseExpressionAt'>;

/**
 * The parser for what stands in braces and after `import`. It is asked again at every brace and blank line,
 * each time from the start, until it is content; a budget keeps a hostile page from having it read forever.
 */
export function budgetedAcorn(): { acorn: Acorn; refill: () => void } {
  const parser = Parser.extend(jsx());
  let left = MOST_SCRIPT;
  const spend = (characters: number) => {
    left -= characters;
    if (left < 0) throw new Error('Too much script');
  };
  const acorn: Acorn = {
    parse(input, options) {
      spend(input.length);
      return parser.parse(input, options);
    },
    parseExpressionAt(input, position, options) {
      spend(input.length);
      return parser.parseExpressionAt(input, position, options);
    },
  };
  return {
    acorn,
    refill: () => {
      left = MOST_SCRIPT;
    },
  };
}
