import { REGISTRY_FIELDS } from './fields.ts';
import { defaultOf, type Field, type MapShape, type Shape } from './shapes.ts';

/** Where editors find the published schema. */
export const SCHEMA_URL = 'https://raw.githubusercontent.com/signpost-docs/signpost/main/signpost.schema.json';

type Schema = Record<string, unknown>;

/** The JSON Schema of registry files, as draft-07: the newest draft that YAML language servers support in full. */
export function registrySchema(): object {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: SCHEMA_URL,
    title: 'Signpost registry',
    description: 'Known failures that the docs must name, explain and give the fix for.',
    ...mapSchema({ type: 'map', fields: REGISTRY_FIELDS }),
  };
}

function schemaOf(shape: Shape): Schema {
  switch (shape.type) {
    case 'text':
      return {
        type: 'string',
        pattern: shape.format.pattern,
        ...(shape.format.format && { format: shape.format.format }),
      };
    case 'choice':
      return { type: 'string', enum: [...shape.of] };
    case 'version':
      return { type: 'integer', const: 1 };
    case 'count':
      return { type: 'integer', minimum: 0 };
    case 'flag':
      return { type: 'boolean' };
    case 'dictionary':
      return { type: 'object', additionalProperties: { type: 'string', pattern: shape.format.pattern } };
    case 'map':
      return mapSchema(shape);
    case 'list': {
      const items = schemaOf(shape.item);
      const list = { type: ['array', 'null'], items };
      return shape.lone ? { anyOf: [list, items] } : list;
    }
  }
}

function mapSchema({ fields, oneOf }: MapShape): Schema {
  const entries = Object.entries(fields);
  const required = entries.flatMap(([name, field]) => (field.required ? [name] : []));
  const some = (name: string) => ({ required: [name], properties: { [name]: { type: 'array', minItems: 1 } } });
  return {
    type: 'object',
    additionalProperties: false,
    ...(required.length > 0 && { required }),
    ...(oneOf && { anyOf: oneOf.map(some) }),
    properties: Object.fromEntries(entries.map(([name, field]) => [name, fieldSchema(field)])),
  };
}

function fieldSchema(field: Field): Schema {
  const { shape, description, example } = field;
  const fallback = defaultOf(field);
  const isPlain = fallback !== null && shape.type !== 'map' && shape.type !== 'dictionary';
  return {
    description,
    ...schemaOf(shape),
    ...(isPlain && { default: fallback }),
    ...(example !== undefined && { examples: [example] }),
  };
}
