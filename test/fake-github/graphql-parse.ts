/** Parses the part of GraphQL that an app needs: one query or mutation with fields, arguments, aliases, variables and fragments. */

export type Value =
  | { kind: 'variable'; name: string }
  | { kind: 'literal'; value: string | number | boolean | null }
  | { kind: 'enum'; value: string };
export interface Field {
  kind: 'field';
  name: string;
  alias: string;
  args: Map<string, Value>;
  selections: Selection[];
}
export type Selection =
  | Field
  | { kind: 'on'; type: string; selections: Selection[] }
  | { kind: 'spread'; name: string };
export interface Document {
  operation: 'query' | 'mutation';
  variables: Map<string, { type: string; fallback?: Value }>;
  selections: Selection[];
  fragments: Map<string, { type: string; selections: Selection[] }>;
}

export class GraphqlSyntaxError extends Error {}

const TOKEN = /[\s,]+|#[^\n]*|(\.\.\.|[!():=@[\]{}$|&]|[A-Za-z_]\w*|-?\d+(?:\.\d+)?|"(?:[^"\\\n]|\\.)*")/y;

function tokens(source: string): string[] {
  const found: string[] = [];
  const token = new RegExp(TOKEN, 'y');
  while (token.lastIndex < source.length) {
    const { lastIndex } = token;
    const match = token.exec(source);
    if (!match) throw new GraphqlSyntaxError(`unexpected ${JSON.stringify(source[lastIndex])}`);
    if (match[1] !== undefined) found.push(match[1]);
  }
  return found;
}

/** Throws GraphqlSyntaxError on anything outside the part: subscriptions, directives, block strings, objects. */
export function parseGraphql(source: string): Document {
  const all = tokens(source);
  let at = 0;
  const peek = (): string | undefined => all[at];
  const take = (expected?: string): string => {
    const token = all[at];
    if (token === undefined || (expected !== undefined && token !== expected)) {
      throw new GraphqlSyntaxError(`expected ${expected ?? 'more'}, found ${token ?? 'the end'}`);
    }
    at += 1;
    return token;
  };
  const name = (): string => {
    const token = take();
    if (!/^[A-Za-z_]/.test(token)) throw new GraphqlSyntaxError(`expected a name, found ${token}`);
    return token;
  };
  const type = (): string => {
    const inner = peek() === '[' ? `${take('[')}${type()}${take(']')}` : name();
    return peek() === '!' ? inner + take('!') : inner;
  };
  const value = (): Value => {
    const token = take();
    if (token === '$') return { kind: 'variable', name: name() };
    if (token.startsWith('"') || /^-?\d/.test(token)) return { kind: 'literal', value: JSON.parse(token) as string };
    if (/^(?:true|false|null)$/.test(token)) return { kind: 'literal', value: JSON.parse(token) as null };
    if (/^[A-Za-z_]/.test(token)) return { kind: 'enum', value: token };
    throw new GraphqlSyntaxError(`unexpected ${token}`);
  };
  /** `(key: …, key: …)`, where each key may have a sigil. */
  const pairs = <T>(sigil: string, read: () => T): Map<string, T> => {
    const found = new Map<string, T>();
    if (peek() !== '(') return found;
    take('(');
    while (peek() !== ')') {
      if (sigil) take(sigil);
      const key = name();
      take(':');
      found.set(key, read());
    }
    take(')');
    return found;
  };
  const variable = (): { type: string; fallback?: Value } => {
    const declared = type();
    if (peek() !== '=') return { type: declared };
    take('=');
    return { type: declared, fallback: value() };
  };
  const selectionSet = (): Selection[] => {
    take('{');
    const selections: Selection[] = [];
    while (peek() !== '}') selections.push(peek() === '...' ? spread() : field());
    take('}');
    if (selections.length === 0) throw new GraphqlSyntaxError('a selection is empty');
    return selections;
  };
  const spread = (): Selection => {
    take('...');
    if (peek() !== 'on') return { kind: 'spread', name: name() };
    take('on');
    return { kind: 'on', type: name(), selections: selectionSet() };
  };
  const field = (): Field => {
    const first = name();
    const renamed = peek() === ':' ? take(':') && name() : first;
    const args = pairs('', value);
    const selections = peek() === '{' ? selectionSet() : [];
    return { kind: 'field', name: renamed, alias: first, args, selections };
  };

  const fragments: Document['fragments'] = new Map();
  let query: Omit<Document, 'fragments'> | undefined;
  while (peek() !== undefined) {
    if (peek() === 'fragment') {
      take('fragment');
      const key = name();
      take('on');
      fragments.set(key, { type: name(), selections: selectionSet() });
      continue;
    }
    if (query) throw new GraphqlSyntaxError('more than one query');
    const operation = peek() === 'mutation' ? 'mutation' : 'query';
    if (peek() !== '{') take(operation);
    if (peek() !== '{' && peek() !== '(') name();
    query = { operation, variables: pairs('$', variable), selections: selectionSet() };
  }
  if (!query) throw new GraphqlSyntaxError('no query');
  return { ...query, fragments };
}
