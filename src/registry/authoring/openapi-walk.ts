import { isTellingCode } from './telling-code.ts';

/** A code of a description, before its place is known. */
export interface DescribedCode {
  code: string;
  title: string | null;
  count: number;
}

type Json = Record<string, unknown>;

/** Property names that are for error codes wherever they stand. */
const ALWAYS = /^(?:error|err|fault|failure|problem)(?:[-_.]?(?:code|type|reason|key|id|name|slug))?$/i;

/** Property names that are for error codes where an error is described. */
const IN_ERRORS = /^(?:code|type|reason|key|slug|name|kind|sub_?code|detail_?code)$/i;

/** A property beside `code` that makes the whole an error. */
const MESSAGE = /^(?:message|msg|detail|details|description|error_?description|error_?message)$/i;

const ERROR_NAME = /err|problem|fault|exception|fail/i;
const ERROR_STATUS = /^(?:[45](?:\d\d|xx)|default)$/i;
const LISTED = /^x-(?:error-?codes?|errors?|problem-?types?)$/i;
const ENUM_TEXTS = /^x-enum-?(?:descriptions?|titles?)$/i;

/** Descriptions that only repeat the status. */
const STATUS_WORDS =
  /^(?:bad request|unauthori[sz]ed|forbidden|not found|conflict|gone|unprocessable.*|too many requests|(?:internal )?server error|unexpected error|default.*|error.*|client error|validation error)\.?$/i;

const DEEPEST = 100;
const LONGEST_TITLE = 100;

interface Context {
  inError: boolean;
  depth: number;
}

/** Walks one description and gathers its error codes. */
export class OpenapiWalk {
  private readonly root: Json;
  private readonly found = new Map<string, DescribedCode>();
  private readonly seen = { error: new Set<unknown>(), other: new Set<unknown>() };

  constructor(root: Json) {
    this.root = root;
  }

  codes(): DescribedCode[] {
    this.visit(this.root, { inError: false, depth: 0 });
    return [...this.found.values()];
  }

  private visit(node: unknown, context: Context): void {
    if (typeof node !== 'object' || node === null || context.depth > DEEPEST) return;
    const seen = context.inError ? this.seen.error : this.seen.other;
    if (seen.has(node)) return;
    seen.add(node);
    if (Array.isArray(node)) {
      for (const item of node) this.visit(item, deeper(context));
      return;
    }
    if (!isRecord(node)) return;
    if (context.inError && typeof node.$ref === 'string') this.visit(this.resolve(node.$ref), deeper(context));
    for (const [key, value] of Object.entries(node)) this.visitKey(key, value, node, context);
  }

  private visitKey(key: string, value: unknown, node: Json, context: Context): void {
    if (LISTED.test(key)) this.takeListed(value);
    else if (key === 'properties' && isRecord(value)) this.visitProperties(value, context);
    else if (key === 'responses' && isRecord(value)) this.visitResponses(value, context);
    else if (key === 'schemas' || key === 'definitions') this.visitNamed(value, context);
    else if (key === 'example' || key === 'value') this.takeExample(value, context);
    else if (key === 'examples') this.visitExamples(value, context);
    else if (key !== 'enum' && !(key === 'description' && node !== this.root)) this.visit(value, deeper(context));
  }

  private visitProperties(properties: Json, context: Context): void {
    const names = Object.keys(properties);
    const isError = context.inError || (names.includes('code') && names.some((name) => MESSAGE.test(name)));
    for (const [name, schema] of Object.entries(properties)) {
      if (ALWAYS.test(name) || (isError && IN_ERRORS.test(name))) this.takeSchema(schema, context.depth);
      this.visit(schema, deeper(context));
    }
  }

  /** Of a response that knows one code alone, the description says what that code means. */
  private visitResponses(responses: Json, context: Context): void {
    for (const [name, response] of Object.entries(responses)) {
      const isError = ERROR_STATUS.test(name) || ERROR_NAME.test(name);
      const before = this.found.size;
      this.visit(response, { inError: isError, depth: context.depth + 1 });
      const added = [...this.found.values()].slice(before);
      const description = isRecord(response) ? titleOf(response.description) : null;
      if (isError && added.length === 1 && description && !STATUS_WORDS.test(description)) {
        added[0]!.title ??= description;
      }
    }
  }

  private visitNamed(schemas: unknown, context: Context): void {
    if (!isRecord(schemas)) return;
    for (const [name, schema] of Object.entries(schemas)) {
      const inError = context.inError || ERROR_NAME.test(name);
      if (/code|reason|type/i.test(name) && ERROR_NAME.test(name)) this.takeSchema(schema, context.depth);
      this.visit(schema, { inError, depth: context.depth + 1 });
    }
  }

  private visitExamples(examples: unknown, context: Context): void {
    if (Array.isArray(examples)) for (const example of examples) this.takeExample(example, context);
    else if (isRecord(examples))
      for (const { value } of Object.values(examples).filter(isRecord)) this.takeExample(value, context);
  }

  /** The values that a property may have. */
  private takeSchema(schema: unknown, depth: number): void {
    if (!isRecord(schema) || depth > DEEPEST) return;
    if (typeof schema.$ref === 'string') this.takeSchema(this.resolve(schema.$ref), depth + 1);
    const texts = Object.entries(schema).find(([key]) => ENUM_TEXTS.test(key))?.[1];
    for (const [index, value] of list(schema.enum).entries()) this.take(value, enumText(texts, index, value));
    const own = titleOf(schema.title) ?? titleOf(schema.description);
    if ('const' in schema) this.take(schema.const, own);
    for (const value of [schema.example, ...list(schema.examples)]) this.take(value, null);
    for (const key of ['oneOf', 'anyOf', 'allOf'])
      for (const each of list(schema[key])) this.takeSchema(each, depth + 1);
    this.takeSchema(schema.items, depth + 1);
  }

  /** Data as a client sees it: `{"error": {"code": "card_declined", "message": "…"}}`. */
  private takeExample(value: unknown, { inError, depth }: Context): void {
    if (depth > DEEPEST || typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      for (const item of value) this.takeExample(item, { inError, depth: depth + 1 });
      return;
    }
    const entries = Object.entries(value);
    const message = titleOf(entries.find(([key]) => MESSAGE.test(key))?.[1]);
    for (const [key, inner] of entries) {
      if (ALWAYS.test(key) || (inError && IN_ERRORS.test(key))) this.take(inner, message);
      this.takeExample(inner, { inError: inError || ALWAYS.test(key), depth: depth + 1 });
    }
  }

  /** A list of codes, of `{ code, description }`, or a map of codes to descriptions. */
  private takeListed(value: unknown): void {
    if (Array.isArray(value)) {
      for (const item of value) {
        if (isRecord(item)) this.take(item.code ?? item.name ?? item.id, titleOf(item.description ?? item.message));
        else this.take(item, null);
      }
    } else if (isRecord(value)) {
      for (const [code, text] of Object.entries(value)) {
        this.take(code, titleOf(isRecord(text) ? (text.description ?? text.message) : text));
      }
    }
  }

  private take(value: unknown, title: string | null): void {
    if (typeof value !== 'string' && typeof value !== 'number') return;
    const code = String(value).trim();
    if (!isTellingCode(code) || /^\w+:\/\//.test(code)) return;
    const known = this.found.get(code);
    if (!known) this.found.set(code, { code, title, count: 1 });
    else {
      known.count++;
      known.title ??= title;
    }
  }

  /** What a local reference points to (RFC 6901); other files are not read. */
  private resolve(reference: string): unknown {
    if (!reference.startsWith('#/')) return null;
    let node: unknown = this.root;
    for (const part of reference.slice(2).split('/')) {
      const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
      node = isRecord(node) && Object.hasOwn(node, key) ? node[key] : Array.isArray(node) ? node[Number(key)] : null;
    }
    return node;
  }
}

export function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function deeper({ inError, depth }: Context): Context {
  return { inError, depth: depth + 1 };
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

function enumText(texts: unknown, index: number, value: unknown): string | null {
  if (Array.isArray(texts)) return titleOf(texts[index]);
  return isRecord(texts) ? titleOf(texts[String(value)]) : null;
}

/** The first sentence of a description, where it is short enough for a title. */
function titleOf(text: unknown): string | null {
  if (typeof text !== 'string') return null;
  const line = text
    .trim()
    .split(/\n\s*\n/)[0]!
    .replace(/\s+/g, ' ');
  const sentence = (/^.*?[.!?](?=\s)/.exec(line)?.[0] ?? line).replace(/\.$/, '').trim();
  return sentence === '' || sentence.length > LONGEST_TITLE ? null : sentence;
}
