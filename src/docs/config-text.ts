import { type Token, tokenize } from './config-tokens.ts';

/** A literal as it stands in a config file; what only running it could tell is left out. */
export type ConfigValue = string | number | boolean | null | ConfigValue[] | ConfigObject;
export type ConfigObject = Map<string, ConfigValue>;

/** Longer files are generated ones; they are not read. */
const MAX_LENGTH = 1_000_000;
const MAX_DEPTH = 16;
/** Values read from one file before it is taken for hostile. */
const MAX_VALUES = 200_000;

/** `path.join` and `path.resolve`, also by their own names. */
const JOIN = /^(?:path\.)?(?:join|resolve)$/;
/** Names for the folder of the config file, from which its paths count anyway. */
const HERE = /^(?:__dirname|import\.meta\.dirname)$/;

/** Reads object and array literals from JavaScript, TypeScript or JSON text without running it. */
export class ConfigText {
  readonly #tokens: Token[];
  readonly #keys = new Map<string, number[]>();
  #values = 0;

  constructor(text: string) {
    this.#tokens = text.length > MAX_LENGTH ? [] : tokenize(text);
    for (const [at, token] of this.#tokens.entries()) {
      const value = this.#valueAfterKey(at);
      if (value < 0 || value >= this.#tokens.length) continue;
      const places = this.#keys.get(token.value);
      if (places) places.push(value);
      else this.#keys.set(token.value, [value]);
    }
  }

  /**
   * Everything given to a key (`key: …`, `"key": …`, `key = …`, also `return …`), in order.
   * @param depth of objects and arrays around it at the least; the config object's own keys have 1
   */
  all(key: string, depth = 0): ConfigValue[] {
    const places = this.#placesOf(key).filter((at) => this.#depthOf(at) >= depth);
    return places.map((at) => this.#read(at, 0)).filter((value) => value !== undefined);
  }

  /** The value of the outermost key of that name. */
  outermost(key: string): ConfigValue | undefined {
    const [first = -1] = this.#placesOf(key).toSorted((a, b) => this.#depthOf(a) - this.#depthOf(b));
    return this.#read(first, 0);
  }

  /** The value of a key of the file's own config object or of a variable, not one that is handed to a plugin. */
  top(key: string): ConfigValue | undefined {
    return this.#read(this.#placesOf(key).find((at) => this.#depthOf(at) <= 1) ?? -1, 0);
  }

  /** True where the text holds a string or word. */
  mentions(value: string): boolean {
    return this.#tokens.some((token) => token.kind !== 'mark' && token.value === value);
  }

  /** The whole file as one literal, as in JSON. */
  whole(): ConfigValue | undefined {
    return this.#read(0, 0);
  }

  /** The tokens at which the values of a key begin. */
  #placesOf(key: string): readonly number[] {
    return this.#keys.get(key) ?? [];
  }

  #depthOf(at: number): number {
    return (this.#tokens[at] as Token).depth;
  }

  /** Where the value of the key at a token begins, or -1: `key: value`, `key = value`, `key: Type = value`. */
  #valueAfterKey(at: number): number {
    const { kind } = this.#tokens[at] as Token;
    if (kind !== 'word' && kind !== 'string') return -1;
    if (kind === 'word' && this.#tokens[at]?.value === 'return') return at + 1;
    const mark = this.#tokens[at + 1]?.value;
    if (this.#tokens[at + 1]?.kind !== 'mark' || (mark !== ':' && mark !== '=')) return -1;
    for (let ahead = at + 3; mark === ':' && ahead < at + 8; ahead++) {
      const token = this.#tokens[ahead];
      if (token?.value === '=' && token.kind === 'mark' && this.#isType(at + 2, ahead)) return ahead + 1;
    }
    return at + 2;
  }

  #isType(from: number, to: number): boolean {
    return this.#tokens
      .slice(from, to)
      .every((token) => token.kind === 'word' || (token.kind === 'mark' && /[<>[\]|]/.test(token.value)));
  }

  #read(at: number, depth: number): ConfigValue | undefined {
    const token = this.#tokens[at];
    if (!token || depth > MAX_DEPTH || ++this.#values > MAX_VALUES) return undefined;
    if (token.kind === 'string') return this.#endsValue(at + 1) ? token.value : undefined;
    if (token.kind === 'word') return this.#readWord(at, depth);
    if (token.value === '{') return this.#readObject(at, depth);
    if (token.value === '[') return this.#readArray(at, depth);
    return undefined;
  }

  /** False where an operator goes on with the value: `'a' + b`. */
  #endsValue(at: number): boolean {
    const next = this.#tokens[at];
    return next?.kind !== 'mark' || !/[+?.(&|*]/.test(next.value);
  }

  #readWord(at: number, depth: number): ConfigValue | undefined {
    const { value } = this.#tokens[at] as Token;
    if (value === 'true' || value === 'false') return value === 'true';
    if (value === 'null') return null;
    if (/^-?\d+(\.\d+)?$/.test(value)) return Number(value);
    const call = this.#readPathCall(at);
    if (call) return this.#endsValue(call.end) ? call.path : undefined;
    const declared = this.#keys.get(value)?.find((place) => this.#tokens[place - 1]?.value === '=');
    return declared === undefined || !this.#endsValue(at + 1) ? undefined : this.#read(declared, depth + 1);
  }

  /**
   * A path made of literals alone, relative to the file's own folder, and the token after it:
   * `path.join(__dirname, 'a')`, `path.resolve('a')`, `fileURLToPath(new URL('a', import.meta.url))` or
   * `new URL('a', import.meta.url).pathname`; null for anything else.
   */
  #readPathCall(at: number): { path: string; end: number } | null {
    const name = this.#tokens[at]?.value ?? '';
    const open = this.#tokens[at + 1];
    if (name === 'new') return this.#readUrl(at);
    if (open?.kind !== 'mark' || open.value !== '(') return null;
    const end = open.close + 1;
    if (name === 'fileURLToPath') {
      const url = this.#readUrl(at + 2);
      return url?.end === open.close ? { path: url.path, end } : null;
    }
    const values = this.#tokens.slice(at + 2, open.close);
    const parts = values.filter(({ kind }) => kind === 'string');
    const others = values.filter(({ kind }) => kind !== 'string');
    if (!JOIN.test(name) || parts.length === 0 || !others.every(isCommaOrHere)) return null;
    return { path: parts.map(({ value }) => value).join('/'), end };
  }

  /** `new URL('a', import.meta.url)`, also with `.pathname`. */
  #readUrl(at: number): { path: string; end: number } | null {
    const [made, name, open, path, comma, base, close, member] = this.#tokens.slice(at, at + 8);
    const isHere = comma?.value === ',' && base?.value === 'import.meta.url' && close?.value === ')';
    if (made?.value !== 'new' || name?.value !== 'URL' || open?.value !== '(' || path?.kind !== 'string' || !isHere)
      return null;
    return { path: path.value, end: at + (member?.value === '.pathname' ? 8 : 7) };
  }

  #readArray(at: number, depth: number): ConfigValue[] {
    const items: ConfigValue[] = [];
    for (const [from, to] of this.#entries(at)) {
      const spread = this.#spread(from);
      const value = this.#read(spread < 0 ? from : spread, depth + 1);
      if (value === undefined || from >= to) continue;
      if (spread >= 0 && Array.isArray(value)) items.push(...value);
      else items.push(value);
    }
    return items;
  }

  #readObject(at: number, depth: number): ConfigObject {
    const object: ConfigObject = new Map();
    for (const [from, to] of this.#entries(at)) {
      const spread = this.#spread(from);
      const value = this.#read(spread < 0 ? this.#valueOfEntry(from, to) : spread, depth + 1);
      if (value === undefined) continue;
      if (spread < 0) object.set((this.#tokens[from] as Token).value, value);
      else if (value instanceof Map) for (const [key, inner] of value) object.set(key, inner);
    }
    return object;
  }

  /** `key: value`, or the shorthand `key`, which names a constant. */
  #valueOfEntry(from: number, to: number): number {
    const after = this.#valueAfterKey(from);
    return after < 0 && to === from + 1 ? from : after;
  }

  /** Words may hold dots, so `...rest` is one word. */
  #spread(at: number): number {
    const token = this.#tokens[at];
    if (token?.kind !== 'word' || !token.value.startsWith('...')) return -1;
    const name = token.value.slice(3);
    if (name === '') return at + 1;
    return this.#keys.get(name)?.[0] ?? this.#tokens.length;
  }

  /** The entries of a group, each as the tokens [from, to). */
  *#entries(at: number): Generator<[number, number]> {
    const end = Math.min((this.#tokens[at] as Token).close, this.#tokens.length);
    let from = at + 1;
    for (let i = from; i < end; i++) {
      const token = this.#tokens[i] as Token;
      if (token.close > i) i = token.close;
      else if (token.kind === 'mark' && token.value === ',') {
        yield [from, i];
        from = i + 1;
      }
    }
    if (from < end) yield [from, end];
  }
}

function isCommaOrHere({ kind, value }: Token): boolean {
  return value === ',' || (kind === 'word' && HERE.test(value));
}

export function asObject(value: ConfigValue | undefined): ConfigObject | null {
  return value instanceof Map ? value : null;
}

export function asList(value: ConfigValue | undefined): ConfigValue[] {
  return Array.isArray(value) ? value : [];
}

export function asText(value: ConfigValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

/** The strings of a list. */
export function asTexts(value: ConfigValue | undefined): string[] {
  return asList(value).filter((item) => typeof item === 'string');
}
