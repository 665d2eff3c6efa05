import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Document, Field, Selection, Value } from './graphql-parse.ts';

interface FieldType {
  type: string;
  args: Record<string, string>;
}
interface Type {
  kind: 'OBJECT' | 'INTERFACE';
  possible: string[];
  fields: Record<string, FieldType>;
}
export type Types = Record<string, Type>;

const file = path.join(import.meta.dirname, 'graphql-slice.schema.json');
/** The types and fields of GitHub's GraphQL that the fake resolves, the fields of inputs, and the values of enums. */
export const { types, inputs, enums } = JSON.parse(readFileSync(file, 'utf8')) as {
  types: Types;
  inputs: Record<string, Record<string, string>>;
  enums: Record<string, string[]>;
};

export const bareType = (type: string): string => type.replace(/[[\]!]/g, '');

/** Problems of a query or mutation by the rules of GraphQL: known fields and arguments, right types, leaves without selection. */
export function validateGraphql(document: Document, variables: Record<string, unknown>): string[] {
  const problems: string[] = [];
  const used = new Set<string>();

  function selectionSet(selections: Selection[], typeName: string): void {
    for (const selection of selections) {
      if (selection.kind === 'field') field(selection, typeName);
      else {
        const fragment = selection.kind === 'on' ? selection : document.fragments.get(selection.name);
        if (!fragment) problems.push(`Fragment ${(selection as { name: string }).name} was used, but not defined`);
        else if (!overlaps(fragment.type, typeName))
          problems.push(`Fragment on ${fragment.type} can't be spread inside ${typeName}`);
        else selectionSet(fragment.selections, fragment.type);
      }
    }
  }

  function field(selected: Field, typeName: string): void {
    const { name, args, selections } = selected;
    if (name === '__typename') return;
    const described = types[typeName]?.fields[name];
    if (!described) {
      problems.push(`Field '${name}' doesn't exist on type '${typeName}'`);
      return;
    }
    for (const [key, value] of args) argument(`${typeName}.${name}`, key, value, described.args[key]);
    for (const [key, type] of Object.entries(described.args)) {
      if (type.endsWith('!') && !args.has(key)) problems.push(`Field '${name}' is missing required arguments: ${key}`);
    }
    const inner = bareType(described.type);
    const hasFields = inner in types;
    if (hasFields && selections.length === 0) problems.push(`Field '${name}' must have selections`);
    else if (!hasFields && selections.length > 0)
      problems.push(`Selections can't be made on scalars (field '${name}')`);
    else if (hasFields) selectionSet(selections, inner);
  }

  function argument(place: string, key: string, value: Value, type: string | undefined): void {
    if (!type) problems.push(`Field '${place}' doesn't accept argument '${key}'`);
    else if (value.kind === 'variable') {
      used.add(value.name);
      const declared = document.variables.get(value.name);
      if (!declared) problems.push(`Variable $${value.name} is used but not declared`);
      else if (
        bareType(declared.type) !== bareType(type) ||
        (type.endsWith('!') && !declared.type.endsWith('!') && !declared.fallback)
      ) {
        problems.push(`Type mismatch on variable $${value.name} and argument ${key} (${declared.type} / ${type})`);
      }
    } else if (value.kind === 'enum' ? !enums[bareType(type)]?.includes(value.value) : !fits(value.value, type)) {
      problems.push(`Argument '${key}' on '${place}' has an invalid value. Expected type '${type}'`);
    }
  }

  selectionSet(document.selections, document.operation === 'mutation' ? 'Mutation' : 'Query');
  for (const [name, { type, fallback }] of document.variables) {
    if (!used.has(name)) problems.push(`Variable $${name} is declared but not used`);
    if (!(name in variables) && !fallback && type.endsWith('!')) {
      problems.push(`Variable $${name} of type ${type} was provided invalid value`);
    } else if (name in variables && !fits(variables[name], type)) {
      problems.push(`Variable $${name} of type ${type} was provided invalid value`);
    }
  }
  return problems;
}

function overlaps(fragment: string, type: string): boolean {
  return (
    fragment === type ||
    (types[type]?.possible.includes(fragment) ?? false) ||
    (types[fragment]?.possible.includes(type) ?? false)
  );
}

function fits(value: unknown, type: string): boolean {
  if (value === null || value === undefined) return !type.endsWith('!');
  const inner = bareType(type);
  if (inner === 'Int') return Number.isInteger(value) && Math.abs(value as number) < 2 ** 31;
  if (inner === 'Boolean') return typeof value === 'boolean';
  if (inner in enums) return false;
  const input = inputs[inner];
  if (input) return fitsInput(value, input);
  if (inner === 'GitObjectID') return typeof value === 'string' && /^[0-9a-f]{40}$/.test(value);
  return typeof value === 'string';
}

function fitsInput(value: unknown, fields: Record<string, string>): boolean {
  if (typeof value !== 'object' || Array.isArray(value)) return false;
  const given = value as Record<string, unknown>;
  return (
    Object.keys(given).every((name) => name in fields) &&
    Object.entries(fields).every(([name, type]) => fits(given[name], type))
  );
}
