import type { Token } from './config-tokens.ts';

/** `path.join` and `path.resolve`, also by their own names. */
const JOIN = /^(?:path\.)?(?:join|resolve)$/;
/** Names for the folder of the config file, from which its paths count anyway. */
const HERE = /^(?:__dirname|import\.meta\.dirname)$/;

/** A path that a config file makes of literals alone, relative to its own folder. */
export interface PathCall {
  path: string;
  /** The token after the call. */
  end: number;
}

/**
 * Reads `path.join(__dirname, 'a')`, `path.resolve('a')`, `fileURLToPath(new URL('a', import.meta.url))` and
 * `new URL('a', import.meta.url).pathname` without running them; null for anything else.
 */
export function readPathCall(tokens: readonly Token[], at: number): PathCall | null {
  const name = tokens[at]?.value ?? '';
  if (name === 'new') return readUrl(tokens, at);
  if (tokens[at + 1]?.kind !== 'mark' || tokens[at + 1]?.value !== '(') return null;
  const { close } = tokens[at + 1] as Token;
  if (name === 'fileURLToPath') {
    const url = readUrl(tokens, at + 2);
    return url?.end === close ? { path: url.path, end: close + 1 } : null;
  }
  return JOIN.test(name) ? readJoin(tokens, at + 2, close) : null;
}

function readJoin(tokens: readonly Token[], from: number, close: number): PathCall | null {
  const parts: string[] = [];
  for (const { kind, value } of tokens.slice(from, close)) {
    if (kind === 'string') parts.push(value);
    else if (value !== ',' && !(kind === 'word' && HERE.test(value))) return null;
  }
  return parts.length === 0 ? null : { path: parts.join('/'), end: close + 1 };
}

/** `new URL('a', import.meta.url)`, also with `.pathname`. */
function readUrl(tokens: readonly Token[], at: number): PathCall | null {
  const [made, name, open, path, comma, base, close, member] = tokens.slice(at, at + 8);
  const isHere = comma?.value === ',' && base?.value === 'import.meta.url' && close?.value === ')';
  if (made?.value !== 'new' || name?.value !== 'URL' || open?.value !== '(' || path?.kind !== 'string' || !isHere)
    return null;
  return { path: path.value, end: at + (member?.value === '.pathname' ? 8 : 7) };
}
