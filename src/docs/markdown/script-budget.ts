import { type Expression, type Node, type Options, Parser, type Program } from 'acorn';
import jsx from 'acorn-jsx';

/** Characters of expressions and ESM that may be parsed for each character of a page, for any page and for any at all. */
const FOR_EACH_CHARACTER = 100;
const FOR_ANY_PAGE = 100_000;
const MOST_SCRIPT = 5_000_000;
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
export function budgetedAcorn(page: string): Acorn {
  const parser = Parser.extend(jsx());
  const imported = new Set<string>();
  let left = Math.min(MOST_SCRIPT, page.length * FOR_EACH_CHARACTER + FOR_ANY_PAGE);
  const spend = (characters: number) => {
    left -= characters + LEAST;
    if (left < 0) throw new ScriptBudgetSpent();
  };
  return {
    parse(input, options) {
      const script = withNamesInUse(input, imported);
      spend(input.length);
      return outlineOfProgram(parser.parse(script, plainly(options)), imported);
    },
    parseExpressionAt(input, position, options) {
      spend(input.length);
      return outlineOf(parser.parseExpressionAt(input, position, plainly(options)));
    },
  };
}

/** Comments and positions are found for nothing: nobody asks for them. */
function plainly(options: Options): Options {
  return { ...options, onComment: undefined, locations: false } as Options;
}

/**
 * micromark declares all that was imported before in front of each further statement. What the statement does not name
 * becomes a comment of the same length, so that many imports are not parsed again with each.
 */
function withNamesInUse(input: string, imported: ReadonlySet<string>): string {
  if (!input.startsWith('var ')) return input;
  const end = input.indexOf('\n');
  const [first] = input.slice('var '.length, end).split(',', 1);
  const used =
    input
      .slice(end)
      .match(/[\p{ID_Continue}$]+/gu)
      ?.filter((name) => imported.has(name)) ?? [];
  const names = `var ${[...new Set([first, ...used])]}`;
  const rest = end - names.length - '/**/'.length;
  return rest < 0 ? input : `${names}/*${' '.repeat(rest)}*/${input.slice(end)}`;
}

/** micromark finds the line of every node by counting, so it gets no more nodes than it looks at. */
function outlineOfProgram(program: Program, imported: Set<string>): Program {
  const [first] = program.body;
  const head = first?.type === 'VariableDeclaration' ? [first] : [];
  const statements = program.body.slice(head.length);
  const foreign = statements.find(({ type }) => !/^(?:Import|Export)/.test(type));
  const body = foreign
    ? [bare(foreign)]
    : statements.map((statement) => {
        if (statement.type !== 'ImportDeclaration') return { type: statement.type, start: 0, end: 0 };
        for (const { local } of statement.specifiers) imported.add(local.name);
        const specifiers = statement.specifiers.map(({ local }) => ({ local: { name: local.name } }));
        return { type: statement.type, start: 0, end: 0, specifiers };
      });
  return { ...program, body: [...head.map(bare), ...body] } as Program;
}

/** A spread must be the only property of its object. */
function outlineOf(node: Expression): Expression {
  if (node.type === 'ParenthesizedExpression')
    return { ...bare(node), expression: outlineOf(node.expression) } as Expression;
  if (node.type !== 'ObjectExpression') return bare(node) as Expression;
  return { ...bare(node), properties: node.properties.slice(0, 2).map(bare) } as Expression;
}

function bare({ type, start, end }: Node): Node {
  return { type, start, end };
}
