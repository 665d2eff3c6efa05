/** A piece of JavaScript, TypeScript or JSON source; `close` is the token at which an opening bracket's group ends. */
export interface Token {
  kind: 'word' | 'string' | 'mark' | 'unreadable';
  value: string;
  /** How many objects and arrays are open around it; parentheses do not count. */
  depth: number;
  close: number;
}

/** A token and where its text ends. */
interface Piece extends Pick<Token, 'kind' | 'value'> {
  end: number;
}

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

const WORD = /[\p{L}\p{N}_$.-]+/uy;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\n': '' };

/** Splits source text into words, strings and marks without running it; comments and regular expressions are dropped. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const open: Token[] = [];
  let depth = 0;
  for (let at = skipBlank(text, 0); at < text.length; ) {
    const { kind, value, end } = readPiece(text, at, tokens.at(-1));
    const opener = open.at(-1);
    if (kind === 'mark' && opener && CLOSING[opener.value] === value) {
      opener.close = tokens.length;
      open.pop();
      if (value !== ')') depth--;
    }
    const token = { kind, value, depth, close: -1 };
    tokens.push(token);
    if (kind === 'mark' && value in CLOSING) {
      open.push(token);
      if (value !== '(') depth++;
    }
    at = skipBlank(text, end);
  }
  for (const unclosed of open) unclosed.close = tokens.length;
  return tokens;
}

/** Skips white space and comments. */
function skipBlank(text: string, from: number): number {
  for (let at = from; ; ) {
    if (text.startsWith('//', at)) at = endOf(text, '\n', at);
    else if (text.startsWith('/*', at)) at = endOf(text, '*/', at + 2);
    else if (/\s/.test(text.charAt(at))) at++;
    else return at;
  }
}

function endOf(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found + mark.length;
}

function readPiece(text: string, at: number, previous: Token | undefined): Piece {
  const letter = text.charAt(at);
  if (letter === '"' || letter === "'" || letter === '`') return readString(text, at, letter);
  if (letter === '/' && startsRegex(previous)) return readRegex(text, at);
  WORD.lastIndex = at;
  const word = WORD.exec(text)?.[0];
  if (word) return { kind: 'word', value: word, end: at + word.length };
  return { kind: 'mark', value: letter, end: at + 1 };
}

function readString(text: string, start: number, quote: string): Piece {
  let value = '';
  let kind: Token['kind'] = 'string';
  let at = start + 1;
  for (; at < text.length && text[at] !== quote; at++) {
    const letter = text[at] as string;
    if (letter === '\n' && quote !== '`') break;
    if (letter === '$' && quote === '`' && text[at + 1] === '{') kind = 'unreadable';
    if (letter !== '\\') value += letter;
    else value += ESCAPES[text[++at] ?? ''] ?? text[at] ?? '';
  }
  return { kind, value, end: at + 1 };
}

/** After a value a slash divides; anywhere else it opens a regular expression. */
function startsRegex(previous: Token | undefined): boolean {
  return previous === undefined || (previous.kind === 'mark' && !/[)\]}]/.test(previous.value));
}

function readRegex(text: string, start: number): Piece {
  let inClass = false;
  let at = start + 1;
  for (; at < text.length && text[at] !== '\n' && (inClass || text[at] !== '/'); at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '[') inClass = true;
    else if (text[at] === ']') inClass = false;
  }
  return { kind: 'unreadable', value: '', end: at + 1 };
}
