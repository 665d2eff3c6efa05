/** One JSX element or HTML tag as it opens. */
export interface Element {
  /** Null for a JSX fragment. */
  name: string | null;
  attributes: Attribute[];
  line: number;
  /** True when nothing can stand inside. */
  empty: boolean;
  /** True within a line of text, where an unknown component does not end the block. */
  inline: boolean;
}

export interface Attribute {
  name: string;
  /** Null for an expression that is no string literal. */
  value: string | null;
  /** The source of such an expression. */
  expression?: string;
  line: number;
}

/** An attribute by name if it has a readable, non-empty value. */
export function findAttribute(element: Element, names: readonly string[]): (Attribute & { value: string }) | null {
  for (const name of names) {
    const found = element.attributes.find((attribute) => attribute.name === name && attribute.value?.trim());
    if (found) return found as Attribute & { value: string };
  }
  return null;
}

/** The text of an expression that is nothing but one string literal; null for any other. */
export function stringLiteral(expression: string): string | null {
  const code = expression.trim();
  const quote = code.charAt(0);
  if (code.length < 2 || !/["'`]/.test(quote) || !code.endsWith(quote)) return null;
  const body = code.slice(1, -1);
  if (!endsOnlyThere(body, quote)) return null;
  return body.replace(/\\(?:u\{([\da-f]{1,6})\}|u([\da-f]{4})|x([\da-f]{2})|(\r\n|.))/gis, resolveEscape);
}

/** True when nothing inside a literal's quotes ends it or begins a `${…}`. */
function endsOnlyThere(body: string, quote: string): boolean {
  const marks = quote === '`' ? /\\.?|`|\$\{/gs : quote === '"' ? /\\.?|"/gs : /\\.?|'/gs;
  for (const [mark] of body.matchAll(marks)) if (!mark.startsWith('\\') || mark.length < 2) return false;
  return true;
}

const ESCAPES = new Map([
  ['n', '\n'],
  ['r', '\n'],
  ['t', '\t'],
  ['b', ''],
  ['f', ' '],
  ['v', ' '],
  ['0', ''],
  ['\n', ''],
  ['\r\n', ''],
]);

function resolveEscape(_: string, point?: string, unit?: string, byte?: string, char?: string): string {
  const code = Number.parseInt(point ?? unit ?? byte ?? '', 16);
  if (Number.isNaN(code)) return ESCAPES.get(char as string) ?? (char as string);
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}
