/** A piece of JavaScript, TypeScript or JSON source; `close` is the token at which an opening bracket's group ends. */
export interface Token {
  kind: 'word' | 'string' | 'mark' | 'unreadable';
  value: string;
  /** How many objects and arrays are open around it; parentheses do not count. */
  depth: number;
  close: number;
}

const CLOSING = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);

const WORD = /[\p{L}\p{N}_$.-]+/uy;
const ESCAPES = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['\n', ''],
]);

/** Splits source text into words, strings and marks without running it; comments and regular expressions are dropped. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const open: number[] = [];
  for (let at = 0; at < text.length; ) {
    const letter = text[at] as string;
    if (/\s/.test(letter)) at++;
    else if (letter === '/' && text[at + 1] === '/') at = endOf(text, '\n', at);
    else if (letter === '/' && text[at + 1] === '*') at = endOf(text, '*/', at + 2);
    else if (letter === '"' || letter === "'" || letter === '`') at = readString(text, at, letter, tokens);
    else if (letter === '/' && startsRegex(tokens.at(-1))) at = readRegex(text, at, tokens);
    else at = readWordOrMark(text, at, tokens, open);
  }
  for (const unclosed of open) (tokens[unclosed] as Token).close = tokens.length;
  setDepths(tokens);
  return tokens;
}

function setDepths(tokens: readonly Token[]): void {
  const ends: number[] = [];
  for (const [at, token] of tokens.entries()) {
    if (ends.at(-1) === at) ends.pop();
    token.depth = ends.length;
    if (token.close >= 0 && token.value !== '(') ends.push(token.close);
  }
}

function endOf(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found + mark.length;
}

function readString(text: string, start: number, quote: string, tokens: Token[]): number {
  let value = '';
  let kind: Token['kind'] = 'string';
  let at = start + 1;
  for (; at < text.length && text[at] !== quote; at++) {
    const letter = text[at] as string;
    if (letter === '\n' && quote !== '`') break;
    if (letter === '$' && quote === '`' && text[at + 1] === '{') kind = 'unreadable';
    if (letter !== '\\') value += letter;
    else value += ESCAPES.get(text[++at] ?? '') ?? text[at] ?? '';
  }
  tokens.push({ kind, value, depth: 0, close: -1 });
  return at + 1;
}

/** After a value a slash divides; anywhere else it opens a regular expression. */
function startsRegex(previous: Token | undefined): boolean {
  return previous === undefined || (previous.kind === 'mark' && !/[)\]}]/.test(previous.value));
}

function readRegex(text: string, start: number, tokens: Token[]): number {
  let inClass = false;
  let at = start + 1;
  for (; at < text.length && text[at] !== '\n' && (inClass || text[at] !== '/'); at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '[') inClass = true;
    else if (text[at] === ']') inClass = false;
  }
  tokens.push({ kind: 'unreadable', value: '', depth: 0, close: -1 });
  return at + 1;
}

function readWordOrMark(text: string, at: number, tokens: Token[], open: number[]): number {
  WORD.lastIndex = at;
  const word = WORD.exec(text)?.[0];
  if (word) {
    tokens.push({ kind: 'word', value: word, depth: 0, close: -1 });
    return at + word.length;
  }
  const mark = text[at] as string;
  const opener = open.at(-1);
  if (opener !== undefined && CLOSING.get((tokens[opener] as Token).value) === mark) {
    (tokens[opener] as Token).close = tokens.length;
    open.pop();
  }
  tokens.push({ kind: 'mark', value: mark, depth: 0, close: -1 });
  if (CLOSING.has(mark)) open.push(tokens.length - 1);
  return at + 1;
}
