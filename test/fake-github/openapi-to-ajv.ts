export type Schema = { [key: string]: unknown };

/** What an app sends is checked for unknown keys too; GitHub ignores them, so a typo would go unnoticed for ever. */
export type Side = 'request' | 'response';

const isObject = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Keywords whose values are data, not schemas. */
const DATA = new Set(['enum', 'required', 'default', 'type', 'format', 'pattern', 'const']);

/** OpenAPI 3.0 schema → JSON Schema that Ajv reads; references point into the document named after the side. */
export function toAjv(schema: unknown, side: Side): unknown {
  if (Array.isArray(schema)) return schema.map((one) => toAjv(one, side));
  if (!isObject(schema)) return schema;
  if (typeof schema.$ref === 'string') {
    return { $ref: schema.$ref.replace('#/components/schemas/', `${side}#/definitions/`) };
  }
  const { nullable, discriminator: _, ...rest } = schema;
  const converted: Schema = {};
  for (const [key, value] of Object.entries(rest)) converted[key] = toAjvKeyword(key, value, side);
  if (side === 'request' && schema.properties && schema.additionalProperties !== true) {
    const known = knownKeys(schema);
    Object.assign(converted, known.length > 0 ? { propertyNames: { enum: known } } : { maxProperties: 0 });
  }
  return nullable ? { anyOf: [{ type: 'null' }, converted] } : converted;
}

function toAjvKeyword(key: string, value: unknown, side: Side): unknown {
  if (DATA.has(key)) return value;
  if (key !== 'properties' || !isObject(value)) return toAjv(value, side);
  return Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, toAjv(schema, side)]));
}

/** The keys of an object schema and of its alternatives, which GitHub marks with `additionalProperties: true`. */
function knownKeys(schema: Schema): string[] {
  const alternatives = ['anyOf', 'oneOf', 'allOf'].flatMap((key) => (schema[key] as Schema[] | undefined) ?? []);
  return [schema, ...alternatives].flatMap((one) => Object.keys((one.properties as Schema | undefined) ?? {}));
}
