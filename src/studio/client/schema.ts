/** As much of a JSON Schema as the registry's has. */
export interface Schema {
  type?: string | string[];
  description?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  enum?: string[];
  const?: unknown;
  examples?: unknown[];
  required?: string[];
}

/** The schema of what stands at a path of keys and `[]`. */
export function schemaAt(root: Schema, path: readonly string[]): Schema | null {
  let at: Schema | undefined = root;
  for (const step of path) {
    at = step === '[]' ? listOf(at)?.items : mapOf(at)?.properties?.[step];
    if (!at) return null;
  }
  return at;
}

export function mapOf(schema: Schema | undefined): Schema | undefined {
  return variants(schema).find(({ properties }) => properties !== undefined);
}

export function listOf(schema: Schema | undefined): Schema | undefined {
  return variants(schema).find(({ items }) => items !== undefined);
}

function variants(schema: Schema | undefined): Schema[] {
  return schema ? [schema, ...(schema.anyOf ?? [])] : [];
}

/** In a word: "list", "text", "date". */
export function kindOf(schema: Schema): string {
  if (listOf(schema)) return 'list';
  if (mapOf(schema)) return 'map';
  if (schema.enum) return schema.enum.join(' | ');
  const [type] = [schema.type ?? ''].flat();
  return { string: 'text', integer: 'number', boolean: 'true | false' }[type ?? ''] ?? '';
}
