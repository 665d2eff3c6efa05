import { type Completion, type CompletionContext, type CompletionResult, snippet } from '@codemirror/autocomplete';
import type { EditorView } from '@codemirror/view';
import type { DocsAnswer } from '../protocol.ts';
import { element } from './dom.ts';
import { type YamlPlace, yamlPlaceAt } from './yaml-place.ts';

/** The part of JSON Schema that the registry's schema uses. */
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

export interface CompletionSources {
  schema: Schema;
  pages(): DocsAnswer['pages'];
  anchorsAt(route: string): Promise<string[]>;
}

/** Completes keys and values from the schema of registry files, and pages and links from the site. */
export function completionFor(sources: CompletionSources) {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const { doc } = context.state;
    const line = doc.lineAt(context.pos);
    const place = yamlPlaceAt(doc.toString().split('\n'), line.number - 1, context.pos - line.from);
    if (!place || (place.word === '' && !context.explicit && !isOffered(place))) return null;
    const from = context.pos - place.word.length;
    const options = place.writes === 'key' ? keyOptions(sources.schema, place) : await valueOptions(sources, place);
    return options.length === 0 ? null : { from, options, validFor: /^[^\s"'[\]{},#]*$/ };
  };
}

/** Pages and links are offered as soon as their list is open. */
function isOffered({ writes, path }: YamlPlace): boolean {
  return writes === 'value' && path.at(-1) === '[]' && ['pages', 'links'].includes(path.at(-2) ?? '');
}

function keyOptions(root: Schema, place: YamlPlace): Completion[] {
  const map = mapOf(schemaAt(root, place.path));
  if (!map) return [];
  const keys = Object.entries(map.properties ?? {}).filter(([key]) => !place.siblings.has(key));
  const isNewScenario = place.path.join('.') === 'scenarios.[]' && place.siblings.size === 0;
  return [
    ...(isNewScenario ? [newScenario(place.column)] : []),
    ...keys.map(([key, schema], i) => ({
      label: key,
      type: 'property',
      detail: kindOf(schema),
      boost: (map.required?.includes(key) ? 50 : 0) - i,
      info: () => infoOf(schema),
      apply: applyKey(key, schema, place.column),
    })),
  ];
}

function newScenario(column: number): Completion {
  const indent = ' '.repeat(column);
  const lines = ['id: #{id}', 'title: #{title}', 'symptoms: ["#{two to four words}"]', 'causes: ["#{the reason}"]'];
  return {
    label: 'new scenario',
    type: 'text',
    detail: 'id, title, symptoms, causes',
    boost: 99,
    info: 'A whole entry. Tab goes from one field to the next.',
    apply: plainSnippet([...lines, 'links: [#{}]'].map((line, i) => (i === 0 ? line : indent + line))),
  };
}

/** A snippet whose lines have their full indentation. The library adds that of the first line, so this is taken off. */
function plainSnippet(lines: readonly string[]) {
  return (view: EditorView, completion: Completion, from: number, to: number) => {
    const indent = /^\s*/.exec(view.state.doc.lineAt(from).text)?.[0].length ?? 0;
    const text = lines.map((line, i) => (i === 0 ? line : line.slice(indent))).join('\n');
    snippet(text)(view, completion, from, to);
  };
}

function applyKey(key: string, schema: Schema, column: number): Completion['apply'] {
  const inner = ' '.repeat(column + 2);
  const list = listOf(schema);
  if (list)
    return plainSnippet(
      mapOf(list.items) ? [`${key}:`, `${inner}- #{}`] : [`${key}: [${list.items?.enum ? '#{}' : quoteFor(key)}]`],
    );
  if (mapOf(schema)) return plainSnippet([`${key}:`, `${inner}#{}`]);
  return `${key}: `;
}

/** Phrases may hold any character, so they are put in quotes. */
function quoteFor(key: string): string {
  return key === 'pages' || key === 'links' || key === 'codes' ? '#{}' : '"#{}"';
}

function infoOf({ description, examples }: Schema): Node {
  const example = examples?.[0];
  const shown = typeof example === 'string' ? example : JSON.stringify(example);
  return element(
    'div',
    element('p', description ?? ''),
    example !== undefined && element('p.example', 'Such as ', element('code', shown)),
  );
}

async function valueOptions(sources: CompletionSources, { path, word }: YamlPlace): Promise<Completion[]> {
  const key = path.findLast((step) => step !== '[]');
  if (key === 'pages' && path[0] === 'scenarios') return sources.pages().map(pageOption);
  if (key === 'links' && path[0] === 'scenarios') return linkOptions(sources, word);
  const schema = schemaAt(sources.schema, path);
  const values = schema?.enum ?? (schema?.type === 'boolean' ? ['true', 'false'] : []);
  const fixed = schema?.const === undefined ? values : [String(schema.const)];
  return fixed.map((label) => ({ label, type: 'enum', info: schema?.description ?? '' }));
}

function pageOption({ name, title }: DocsAnswer['pages'][number]): Completion {
  return { label: name, type: 'text', detail: title === name ? '' : title };
}

async function linkOptions(sources: CompletionSources, word: string): Promise<Completion[]> {
  const [route = '', anchor] = word.split('#');
  if (anchor === undefined)
    return sources.pages().map(({ route: label, title }) => ({ label, type: 'text', detail: title }));
  return (await sources.anchorsAt(route)).map((id) => ({ label: `${route}#${id}`, type: 'text' }));
}

/** The schema at a path of keys and `[]`. */
function schemaAt(root: Schema, path: readonly string[]): Schema | undefined {
  let at: Schema | undefined = root;
  for (const step of path) at = step === '[]' ? listOf(at)?.items : mapOf(at)?.properties?.[step];
  return at;
}

function mapOf(schema: Schema | undefined): Schema | undefined {
  return variants(schema).find(({ properties }) => properties !== undefined);
}

function listOf(schema: Schema | undefined): Schema | undefined {
  return variants(schema).find(({ items }) => items !== undefined);
}

function variants(schema: Schema | undefined): Schema[] {
  return schema ? [schema, ...(schema.anyOf ?? [])] : [];
}

/** One word for a value's kind, such as "list" or "text". */
function kindOf(schema: Schema): string {
  if (listOf(schema)) return 'list';
  if (mapOf(schema)) return 'map';
  if (schema.enum) return schema.enum.join(' | ');
  const [type] = [schema.type ?? ''].flat();
  return { string: 'text', integer: 'number', boolean: 'true | false' }[type ?? ''] ?? '';
}
