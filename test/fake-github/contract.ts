import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { type Schema, type Side, toAjv } from './openapi-to-ajv.ts';
import { beyondTheSchema } from './unstated-limits.ts';

export interface Operation {
  /** GitHub's own name, such as `checks/create`. */
  id: string;
  method: string;
  /** The path with its parameters in braces. */
  path: string;
}
export interface RequestToCheck {
  method: string;
  /** Path and query, percent-encoded as sent. */
  target: string;
  body?: unknown;
}
export interface CheckedRequest {
  /** Absent when no operation of the slice has this method and path. */
  operation?: Operation;
  /** Decoded values of the braces in the path. */
  params: Record<string, string>;
  query: URLSearchParams;
  problems: string[];
}
export interface Contract {
  checkRequest(request: RequestToCheck): CheckedRequest;
  checkResponse(operationId: string, status: number, body: unknown): string[];
  /** `event` as in X-GitHub-Event. */
  checkWebhook(event: string, payload: { action?: string }): string[];
  operations: readonly Operation[];
}

interface Parameter {
  name: string;
  in: 'path' | 'query';
  required?: boolean;
  schema: Schema;
}
interface Described {
  operationId: string;
  parameters?: Schema[];
  requestBody?: { required?: boolean; content?: JsonContent };
  responses: Record<string, Schema>;
}
type JsonContent = Record<string, { schema?: Schema }>;
interface Route extends Operation {
  pattern: RegExp;
  names: string[];
  parameters: Parameter[];
  described: Described;
}
interface Slice {
  paths: Record<string, Record<string, Described>>;
  webhooks: Record<string, { content: JsonContent }>;
  components: Record<string, Record<string, Schema>>;
}

/** Path parameters whose value may hold a slash, encoded or not. */
const WITH_SLASH = new Set(['basehead', 'ref', 'branch', 'tree_sha']);

/** Checks every call and answer against the slice of GitHub's OpenAPI beside this file, and against `unstated-limits`. */
export function createContract(): Contract {
  const file = path.join(import.meta.dirname, 'openapi-slice.schema.json');
  const slice = JSON.parse(readFileSync(file, 'utf8')) as Slice;
  const compile = compiler(slice);
  const deref = (node: Schema): Schema =>
    typeof node.$ref === 'string'
      ? (node.$ref
          .slice(2)
          .split('/')
          .reduce((at: unknown, key) => (at as Schema)[key], slice) as Schema)
      : node;
  const routes = readRoutes(slice, deref);

  function checkRequest({ method, target, body }: RequestToCheck): CheckedRequest {
    const url = new URL(target, 'http://github');
    const query = url.searchParams;
    const route = routes.find((one) => one.method === method && one.pattern.test(url.pathname));
    if (!route) return { params: {}, query, problems: [`no such operation in the slice: ${method} ${url.pathname}`] };
    const found = (route.pattern.exec(url.pathname) as RegExpExecArray).slice(1).map(decodeURIComponent);
    const params = Object.fromEntries(route.names.map((name, at) => [name, found[at] as string]));
    const problems = [
      ...parameterProblems(route, params, query),
      ...bodyProblems(route, body),
      ...beyondTheSchema(route.id, query, body),
    ];
    return { operation: { id: route.id, method, path: route.path }, params, query, problems };
  }

  function parameterProblems(route: Route, params: Record<string, string>, query: URLSearchParams): string[] {
    const problems: string[] = [];
    const check = (parameter: Parameter, raw: string): void => {
      const validate = compile(`${route.id} ${parameter.in} ${parameter.name}`, parameter.schema, 'request');
      const value = typed(raw, deref(parameter.schema).type);
      problems.push(...validate(value).map((text) => `${parameter.in} ${parameter.name}=${raw}: ${text}`));
    };
    for (const parameter of route.parameters) {
      const raw = parameter.in === 'path' ? params[parameter.name] : query.get(parameter.name);
      if (typeof raw === 'string') check(parameter, raw);
      else if (parameter.required) problems.push(`query ${parameter.name}: required by ${route.id}`);
    }
    const known = new Set(route.parameters.filter((one) => one.in === 'query').map((one) => one.name));
    const unknown = [...query.keys()].filter((key) => !known.has(key));
    return [...problems, ...unknown.map((key) => `query ${key}: not a parameter of ${route.id}`)];
  }

  function bodyProblems(route: Route, body: unknown): string[] {
    const described = route.described.requestBody;
    const schema = described?.content?.['application/json']?.schema;
    if (body === undefined) return described?.required ? [`body: required by ${route.id}`] : [];
    if (!schema) return [`body: ${route.id} takes none`];
    return compile(`${route.id} body`, schema, 'request')(body).map((text) => `body ${text}`);
  }

  function checkResponse(operationId: string, status: number, body: unknown): string[] {
    const route = routes.find((one) => one.id === operationId);
    if (!route) return [`no such operation in the slice: ${operationId}`];
    const described = route.described.responses[status];
    // GitHub lists few of its errors; every operation may answer them, and 304 to a conditional GET.
    if (!described && status >= 400) {
      return compile('error', { $ref: '#/components/schemas/basic-error' }, 'response')(body);
    }
    if (!described && !(status === 304 && route.method === 'GET')) return [`${operationId}: status ${status}`];
    const schema = described && (deref(described).content as JsonContent | undefined)?.['application/json']?.schema;
    if (!schema || body === undefined) return [];
    return compile(
      `${operationId} ${status}`,
      schema,
      'response',
    )(body).map((text) => `${operationId} ${status} ${text}`);
  }

  function checkWebhook(event: string, payload: { action?: string }): string[] {
    const name = [event, payload.action].filter(Boolean).join('-').replaceAll('_', '-');
    const schema = slice.webhooks[name]?.content['application/json']?.schema;
    if (!schema) return [`no such webhook in the slice: ${name}`];
    return compile(`webhook ${name}`, schema, 'response')(payload).map((text) => `${name} ${text}`);
  }

  return { checkRequest, checkResponse, checkWebhook, operations: routes };
}

/** Compiles a schema once, when it is first needed. */
function compiler(slice: Slice): (key: string, schema: Schema, side: Side) => (value: unknown) => string[] {
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false, validateSchema: false });
  addFormats.default(ajv, ['date-time', 'uri']);
  for (const side of ['request', 'response'] as const) {
    const schemas = Object.entries(slice.components.schemas ?? {});
    ajv.addSchema({
      $id: side,
      definitions: Object.fromEntries(schemas.map(([name, one]) => [name, toAjv(one, side)])),
    });
  }
  const compiled = new Map<string, ValidateFunction>();
  return (key, schema, side) => (value) => {
    const validate = compiled.get(key) ?? ajv.compile(toAjv(schema, side) as Schema);
    compiled.set(key, validate);
    return validate(value) ? [] : [...new Set((validate.errors ?? []).map(said))];
  };
}

function said({ instancePath, message, params, keyword }: ErrorObject): string {
  if (keyword === 'enum' && params.allowedValues.length > 12)
    return `${instancePath || '/'} is none of the known words`;
  if (keyword === 'propertyNames') return `${instancePath || '/'} has the unknown key ${String(params.propertyName)}`;
  const allowed = params.allowedValues ? `: ${String(params.allowedValues)}` : '';
  return `${instancePath || '/'} ${message ?? keyword}${allowed}`;
}

function typed(raw: string, type: unknown): unknown {
  if (type === 'integer' && /^-?\d+$/.test(raw)) return Number(raw);
  return type === 'boolean' && /^(?:true|false)$/.test(raw) ? raw === 'true' : raw;
}

function readRoutes(slice: Slice, deref: (node: Schema) => Schema): Route[] {
  const routes = Object.entries(slice.paths).flatMap(([template, methods]) =>
    Object.entries(methods).map(([method, described]): Route => {
      const parameters = (described.parameters ?? []).map(deref) as unknown as Parameter[];
      const operation = { id: described.operationId, method: method.toUpperCase(), path: template };
      return { ...operation, ...pathPattern(template), parameters, described };
    }),
  );
  const literal = (template: string): number => template.replace(/\{\w+\}/g, '').length;
  // The longest literal text first: /commits/{ref}/check-runs before /commits/{ref}.
  return routes.sort((a, b) => literal(b.path) - literal(a.path));
}

function pathPattern(template: string): { pattern: RegExp; names: string[] } {
  const names: string[] = [];
  const source = template.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{(\w+)\}/g, (_, name: string) => {
    names.push(name);
    if (name === 'path') return '(.*)'; // empty for the root folder
    return WITH_SLASH.has(name) ? '(.+)' : '([^/]+)';
  });
  return { pattern: new RegExp(`^${source}$`), names };
}
