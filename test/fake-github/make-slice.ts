/**
 * Cuts what we use out of GitHub's descriptions (13 MB of OpenAPI, 5 MB of GraphQL) into two small files beside this one.
 *
 *     npx tsx test/fake-github/make-slice.ts [--check] [--from FOLDER]
 *
 * FOLDER is a node_modules that holds @octokit/openapi and @octokit/graphql-schema (default: ./node_modules). They are
 * no dependency of the project, because they weigh 400 MB. `--check` writes nothing and exits 1 when GitHub's
 * descriptions changed in the part we use.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { EVENTS, GRAPHQL_ENUMS, GRAPHQL_FIELDS, GRAPHQL_INPUTS, OPERATIONS } from './slice-operations.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

const { values } = parseArgs({ options: { check: { type: 'boolean' }, from: { type: 'string' } } });
const modules = path.resolve(values.from ?? 'node_modules');
const readJson = (file: string): Json => JSON.parse(readFileSync(file, 'utf8')) as Json;

/** MIT asks that the notice stays with the copy. */
function origin(name: string, license: string): JsonObject {
  const { version } = readJson(path.join(modules, name, 'package.json')) as { version: string };
  return { source: `${name}@${version}`, notice: readFileSync(path.join(modules, name, license), 'utf8').trim() };
}

const SAID_TO_PEOPLE = new Set('description example examples externalDocs x-github title summary tags'.split(' '));
const pointer = (ref: string): string[] =>
  ref
    .slice(2)
    .split('/')
    .map((key) => key.replace(/~1/g, '/').replace(/~0/g, '~'));

/** Copies parts of an OpenAPI document with everything they refer to, without the texts meant for people. */
function cutter(document: JsonObject) {
  const components: JsonObject = {};
  const lookUp = (ref: string): Json =>
    pointer(ref).reduce((at: Json, key) => (at as JsonObject)[key] as Json, document);
  function keep(ref: string): void {
    const [, kind, name] = pointer(ref) as [string, string, string];
    components[kind] ??= {};
    const kept = components[kind] as JsonObject;
    if (name in kept) return;
    kept[name] = null; // schemas refer to themselves
    kept[name] = copy(lookUp(ref));
  }
  function copy(node: Json, keysAreNames = false): Json {
    if (Array.isArray(node)) return node.map((item) => copy(item));
    if (node === null || typeof node !== 'object') return node;
    const kept = Object.entries(node).filter(([key]) => keysAreNames || !SAID_TO_PEOPLE.has(key));
    return Object.fromEntries(
      kept.map(([key, value]) => {
        if (key === '$ref' && typeof value === 'string') keep(value);
        const copied = copy(value, !keysAreNames && key === 'properties');
        return [key, keysAreNames && key === 'head' ? withDeletedForks(copied) : copied];
      }),
    );
  }
  return { components, copy };
}

/** The head of a pull request has no repository once its fork is deleted; not all descriptions say so. */
function withDeletedForks(head: Json): Json {
  const properties = (head as { properties?: JsonObject } | null)?.properties;
  if (!properties?.repo) return head;
  return { ...(head as JsonObject), properties: { ...properties, repo: { nullable: true, allOf: [properties.repo] } } };
}

/** GitHub's description of the list asks that an account is a user and an enterprise at once; that of one does not. */
function withInstallations(operation: JsonObject): JsonObject {
  const schema = { type: 'array', items: { $ref: '#/components/schemas/installation' } };
  return { ...operation, responses: { 200: { content: { 'application/json': { schema } } } } };
}

function openApiSlice(): JsonObject {
  const document = readJson(path.join(modules, '@octokit/openapi/generated/api.github.com.json')) as JsonObject;
  const { components, copy } = cutter(document);
  const paths: Record<string, JsonObject> = {};
  for (const operation of OPERATIONS) {
    const [method, route] = operation.split(' ') as [string, string];
    const found = (document.paths as Record<string, JsonObject>)[route]?.[method.toLowerCase()];
    if (!found) throw new Error(`GitHub describes no operation ${operation}`);
    paths[route] ??= {};
    const corrected = operation === 'GET /app/installations' ? withInstallations(found as JsonObject) : found;
    paths[route][method.toLowerCase()] = copy(corrected);
  }
  const webhooks: JsonObject = {};
  for (const event of EVENTS) {
    const body = (document['x-webhooks'] as Record<string, { post: JsonObject }>)[event]?.post.requestBody;
    if (!body) throw new Error(`GitHub describes no webhook ${event}`);
    webhooks[event] = copy(body);
  }
  return { ...origin('@octokit/openapi', 'LICENSE'), paths, webhooks, components: sorted(components) };
}

const sorted = (kinds: JsonObject): Json =>
  Object.fromEntries(
    Object.entries(kinds).map(([kind, entries]) => [
      kind,
      Object.fromEntries(Object.entries(entries as JsonObject).sort(([a], [b]) => (a < b ? -1 : 1))),
    ]),
  );

interface IntrospectedType {
  kind: string;
  name: string;
  fields: {
    name: string;
    type: TypeReference;
    args: { name: string; type: TypeReference; defaultValue: string | null }[];
  }[];
  inputFields: { name: string; type: TypeReference }[] | null;
  possibleTypes: { name: string }[] | null;
  enumValues: { name: string }[] | null;
}
interface TypeReference {
  kind: string;
  name: string | null;
  ofType: TypeReference | null;
}

/** `[Blob!]!` as GraphQL writes types. */
function written({ kind, name, ofType }: TypeReference): string {
  if (kind === 'NON_NULL') return `${written(ofType as TypeReference)}!`;
  return kind === 'LIST' ? `[${written(ofType as TypeReference)}]` : (name as string);
}

function graphqlSlice(): JsonObject {
  const introspection = readJson(path.join(modules, '@octokit/graphql-schema/schema.json')) as JsonObject;
  const all = ((introspection.__schema ?? (introspection.data as JsonObject).__schema) as JsonObject).types as Json[];
  const described = (typeName: string): IntrospectedType => {
    const type = all.find((one) => (one as JsonObject).name === typeName) as unknown as IntrospectedType | undefined;
    if (!type) throw new Error(`GitHub's GraphQL has no type ${typeName}`);
    return type;
  };
  const types: JsonObject = {};
  for (const [typeName, names] of Object.entries(GRAPHQL_FIELDS)) {
    const type = described(typeName);
    const fields = names.map((name) => {
      const field = type.fields.find((one) => one.name === name);
      if (!field) throw new Error(`GitHub's GraphQL has no field ${typeName}.${name}`);
      const args = Object.fromEntries(field.args.map((arg) => [arg.name, written(arg.type)]));
      return [name, { type: written(field.type), args }];
    });
    const possible = type.possibleTypes?.map((one) => one.name).filter((name) => name in GRAPHQL_FIELDS) ?? [];
    types[typeName] = { kind: type.kind, possible, fields: Object.fromEntries(fields) };
  }
  const inputOf = (typeName: string): Json =>
    Object.fromEntries(described(typeName).inputFields?.map(({ name, type }) => [name, written(type)]) ?? []);
  const inputs = Object.fromEntries(GRAPHQL_INPUTS.map((typeName) => [typeName, inputOf(typeName)]));
  const valuesOf = (typeName: string): Json => described(typeName).enumValues?.map(({ name }) => name) ?? [];
  const enums = Object.fromEntries(GRAPHQL_ENUMS.map((typeName) => [typeName, valuesOf(typeName)]));
  return { ...origin('@octokit/graphql-schema', 'LICENSE.md'), types, inputs, enums };
}

const made = { 'openapi-slice.schema.json': openApiSlice(), 'graphql-slice.schema.json': graphqlSlice() };
for (const [name, slice] of Object.entries(made)) {
  const file = path.join(import.meta.dirname, name);
  const text = `${JSON.stringify(slice)}\n`;
  if (!values.check) writeFileSync(file, text);
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    console.error(`${name} is not what ${String(slice.source)} gives; run make-slice.ts without --check`);
    process.exitCode = 1;
  }
  const count = Object.keys((slice.paths ?? slice.types) as JsonObject).length;
  console.log(`${name}: ${count} paths or types, ${Math.round(text.length / 1024)} KB, from ${String(slice.source)}`);
}
