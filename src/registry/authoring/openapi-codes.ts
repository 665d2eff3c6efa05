import { LineCounter, parseDocument } from 'yaml';
import { lineFinder } from '../file-reading.ts';
import { type FoundCode, isTellingCode } from './found-code.ts';

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

/** Thrown for a file that is no OpenAPI description. */
export class NotOpenapi extends Error {
  override readonly name = 'NotOpenapi';
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

/**
 * The error codes of an OpenAPI (or Swagger 2) description in JSON or YAML: values of `enum`, `const` and examples of
 * properties that are named for a code, where errors are described; and `x-error-codes`. In file order.
 * @throws {NotOpenapi}
 */
export function openapiCodes({ path, text }: { path: string; text: string }): FoundCode[] {
  const source = text.replace(/^\uFEFF/, '');
  const root = readSource(source);
  if (!isRecord(root) || !('openapi' in root || 'swagger' in root || 'components' in root || 'paths' in root)) {
    throw new NotOpenapi('it has none of "openapi", "swagger", "paths" and "components" at its top', 1);
  }
  const lineOf = lineSearch(source);
  const found = new OpenapiWalk(root).codes();
  const placed = found.map(({ code, title, count }) => ({ code, title, path, line: lineOf(code), count }));
  return placed.sort((a, b) => a.line - b.line);
}

function readSource(text: string): unknown {
  if (/^\s*\{/.test(text)) {
    try {
      return JSON.parse(text);
    } catch {
      // A flow map of YAML begins like JSON; its errors have lines.
    }
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, logLevel: 'silent' });
  const [error] = document.errors;
  if (error) {
    throw new NotOpenapi(`not valid YAML or JSON: ${error.message.split('\n')[0]}`, lines.linePos(error.pos[0]).line);
  }
  try {
    return document.toJS({ maxAliasCount: 1000 });
  } catch (error) {
    throw new NotOpenapi(error instanceof Error ? error.message : String(error), 1);
  }
}

/** Gives a function that finds the first line in which a code stands as a whole word. */
function lineSearch(text: string): (code: string) => number {
  const find = lineFinder(text);
  return (code) => {
    for (let at = text.indexOf(code); at >= 0; at = text.indexOf(code, at + 1)) {
      const whole = !/[\w-]/.test(text[at - 1] ?? ' ') && !/[\w-]/.test(text[at + code.length] ?? ' ');
      if (whole) return find(at).line;
    }
    return 1;
  };
}

/** Gathers the error codes of one description. `inError` says whether a node is part of the description of an error. */
class OpenapiWalk {
  private readonly root: Json;
  private readonly found = new Map<string, Omit<FoundCode, 'path' | 'line'>>();
  private readonly seen = { error: new Set<unknown>(), other: new Set<unknown>() };

  constructor(root: Json) {
    this.root = root;
  }

  codes(): Omit<FoundCode, 'path' | 'line'>[] {
    this.visit(this.root, false, 0);
    return [...this.found.values()];
  }

  private visit(node: unknown, inError: boolean, depth: number): void {
    if (typeof node !== 'object' || node === null || depth > DEEPEST) return;
    const seen = inError ? this.seen.error : this.seen.other;
    if (seen.has(node)) return;
    seen.add(node);
    if (inError && '$ref' in node && typeof node.$ref === 'string') {
      this.visit(this.resolve(node.$ref), inError, depth + 1);
    }
    for (const [key, value] of Object.entries(node)) this.visitKey(key, value, node === this.root, inError, depth);
  }

  private visitKey(key: string, value: unknown, atRoot: boolean, inError: boolean, depth: number): void {
    if (LISTED.test(key)) this.takeListed(value);
    else if (key === 'properties' && isRecord(value)) this.visitProperties(value, inError, depth);
    else if (key === 'responses' && isRecord(value)) this.visitResponses(value, depth);
    else if (key === 'schemas' || key === 'definitions') this.visitNamed(value, inError, depth);
    else if (key === 'example' || key === 'value') this.takeExample(value, inError, depth);
    else if (key === 'examples') {
      const examples = Array.isArray(value) ? value : recordsIn(value).map((example) => example.value);
      for (const example of examples) this.takeExample(example, inError, depth);
    } else if (key !== 'enum' && (key !== 'description' || atRoot)) this.visit(value, inError, depth + 1);
  }

  private visitProperties(properties: Json, inError: boolean, depth: number): void {
    const names = Object.keys(properties);
    const isError = inError || (names.includes('code') && names.some((name) => MESSAGE.test(name)));
    for (const [name, schema] of Object.entries(properties)) {
      if (ALWAYS.test(name) || (isError && IN_ERRORS.test(name))) this.takeSchema(schema, depth);
      this.visit(schema, inError, depth + 1);
    }
  }

  /** Where a response has one code only, its description says what that code means. */
  private visitResponses(responses: Json, depth: number): void {
    for (const [name, response] of Object.entries(responses)) {
      const isError = ERROR_STATUS.test(name) || ERROR_NAME.test(name);
      const before = this.found.size;
      this.visit(response, isError, depth + 1);
      const added = [...this.found.values()].slice(before);
      const description = isRecord(response) ? titleOf(response.description) : null;
      if (isError && added.length === 1 && description && !STATUS_WORDS.test(description)) {
        added[0]!.title ??= description;
      }
    }
  }

  private visitNamed(schemas: unknown, inError: boolean, depth: number): void {
    if (!isRecord(schemas)) return;
    for (const [name, schema] of Object.entries(schemas)) {
      if (/code|reason|type/i.test(name) && ERROR_NAME.test(name)) this.takeSchema(schema, depth);
      this.visit(schema, inError || ERROR_NAME.test(name), depth + 1);
    }
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
  private takeExample(value: unknown, inError: boolean, depth: number): void {
    if (depth > DEEPEST || typeof value !== 'object' || value === null) return;
    const entries = Object.entries(value);
    const message = titleOf(entries.find(([key]) => MESSAGE.test(key))?.[1]);
    for (const [key, inner] of entries) {
      if (ALWAYS.test(key) || (inError && IN_ERRORS.test(key))) this.take(inner, message);
      this.takeExample(inner, inError || ALWAYS.test(key), depth + 1);
    }
  }

  /** A list of codes, of `{ code, description }`, or a map of codes to descriptions. */
  private takeListed(value: unknown): void {
    for (const item of list(value)) {
      if (isRecord(item)) this.take(item.code ?? item.name ?? item.id, titleOf(item.description ?? item.message));
      else this.take(item, null);
    }
    for (const [code, text] of isRecord(value) ? Object.entries(value) : []) {
      this.take(code, titleOf(isRecord(text) ? (text.description ?? text.message) : text));
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

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const recordsIn = (value: unknown): Json[] => (isRecord(value) ? Object.values(value).filter(isRecord) : []);

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
