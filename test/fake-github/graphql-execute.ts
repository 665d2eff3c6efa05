import { mutationObject } from './graphql-mutations.ts';
import { type Arguments, FieldError, queryObject, type Source } from './graphql-objects.ts';
import {
  type Document,
  type Field,
  GraphqlSyntaxError,
  parseGraphql,
  type Selection,
  type Value,
} from './graphql-parse.ts';
import { bareType, types, validateGraphql } from './graphql-validate.ts';
import type { Call } from './rest/call.ts';

export interface GraphqlResult {
  data?: Record<string, unknown>;
  errors?: { type?: string; message: string; path?: (string | number)[] }[];
}

/** `graphql` for a query, `graphql/add-comment` for the mutation `addComment`: as faults and records name them. */
export function graphqlOperation(body: unknown): string {
  const { query } = (body ?? {}) as { query?: unknown };
  if (typeof query !== 'string' || !/^\s*mutation\b/.test(query)) return 'graphql';
  const parsed = parse(query);
  const [first] = typeof parsed === 'string' ? [] : parsed.selections;
  return first?.kind === 'field' ? `graphql/${first.name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}` : 'graphql';
}

/** Runs one query or mutation; `problems` are mistakes in it, for which GitHub answers 200 with errors. */
export function executeGraphql(call: Call): { result: GraphqlResult; problems: string[] } {
  const { query, variables = {} } = (call.body ?? {}) as { query?: unknown; variables?: Record<string, unknown> };
  const parsed = parse(query);
  const problems = typeof parsed === 'string' ? [parsed] : validateGraphql(parsed, variables);
  if (typeof parsed === 'string' || problems.length > 0) {
    return { result: { errors: problems.map((message) => ({ message })) }, problems };
  }
  const errors: NonNullable<GraphqlResult['errors']> = [];
  const root = parsed.operation === 'mutation' ? mutationObject(call) : queryObject(call);
  const data = new Execution(parsed, variables, errors).object(root, parsed.selections, []);
  problems.push(...errors.filter(({ type }) => type === 'UNPROCESSABLE').map(({ message }) => message));
  return { result: { data, ...(errors.length > 0 && { errors }) }, problems };
}

function parse(query: unknown): Document | string {
  if (typeof query !== 'string') return 'A query attribute must be specified and must be a string.';
  try {
    return parseGraphql(query);
  } catch (error) {
    if (error instanceof GraphqlSyntaxError) return `Parse error: ${error.message}`;
    throw error;
  }
}

class Execution {
  readonly #document: Document;
  readonly #variables: Record<string, unknown>;
  readonly #errors: NonNullable<GraphqlResult['errors']>;

  constructor(document: Document, variables: Record<string, unknown>, errors: NonNullable<GraphqlResult['errors']>) {
    this.#document = document;
    this.#variables = variables;
    this.#errors = errors;
  }

  object(source: Source, selections: Selection[], path: (string | number)[]): Record<string, unknown> {
    const shown: Record<string, unknown> = {};
    for (const selection of selections) {
      if (selection.kind === 'field')
        shown[selection.alias] = this.#field(source, selection, [...path, selection.alias]);
      else {
        const fragment = selection.kind === 'on' ? selection : this.#document.fragments.get(selection.name);
        const applies =
          fragment &&
          (fragment.type === source.__typename || types[fragment.type]?.possible.includes(source.__typename));
        if (applies) Object.assign(shown, this.object(source, fragment.selections, path));
      }
    }
    return shown;
  }

  #field(source: Source, field: Field, path: (string | number)[]): unknown {
    if (field.name === '__typename') return source.__typename;
    const value = source[field.name];
    if (value === undefined) throw new Error(`the fake has no ${source.__typename}.${field.name}`);
    try {
      const resolved = typeof value === 'function' ? (value as (args: Arguments) => unknown)(this.#args(field)) : value;
      return this.#complete(resolved, field, path);
    } catch (error) {
      if (!(error instanceof FieldError)) throw error;
      this.#errors.push({ type: error.type, message: error.message, path });
      return null;
    }
  }

  #complete(value: unknown, field: Field, path: (string | number)[]): unknown {
    if (Array.isArray(value)) return value.map((one, at) => this.#complete(one, field, [...path, at]));
    if (value === null || typeof value !== 'object') return value;
    const source = value as Source;
    if (!(bareType(source.__typename) in types)) throw new Error(`the fake has no type ${source.__typename}`);
    return this.object(source, field.selections, path);
  }

  #args({ args }: Field): Arguments {
    return Object.fromEntries([...args].map(([key, value]) => [key, this.#value(value)]));
  }

  #value(value: Value): unknown {
    if (value.kind !== 'variable') return value.value;
    if (value.name in this.#variables) return this.#variables[value.name];
    const fallback = this.#document.variables.get(value.name)?.fallback;
    return fallback && this.#value(fallback);
  }
}
