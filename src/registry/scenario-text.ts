import { stringify } from 'yaml';
import type { ScenarioDraft } from './scenario-draft.ts';

/** A list that is wider than this stands with one item on a line. */
const WIDEST = 100;

/** In the order in which the registry's own documentation tells them. */
const FIELDS = [
  'id',
  'title',
  'codes',
  'symptoms',
  'except',
  'causes',
  'links',
  'never',
  'pages',
  'audience',
  'impact',
  'category',
  'quotes',
  'owner',
] as const satisfies (keyof ScenarioDraft)[];

/** A draft as the lines of a YAML block map, without indentation. Fields that are absent or empty are left out. */
export function scenarioLines(draft: ScenarioDraft): string[] {
  return FIELDS.flatMap((field) => {
    const value = draft[field];
    if (isEmpty(value)) return [];
    const note = draft.comments?.[field];
    return fieldLines(field, value, note === undefined ? '' : ` # ${note.replace(/\s+/g, ' ')}`);
  });
}

/** The same as one flow map, `{ id: …, title: … }`. */
export function scenarioInline(draft: ScenarioDraft): string {
  const given = FIELDS.filter((field) => !isEmpty(draft[field]));
  return `{ ${given.map((field) => `${field}: ${inline(draft[field])}`).join(', ')} }`;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && value !== null && Object.values(value).every((inner) => inner === undefined);
}

function fieldLines(field: string, value: unknown, comment: string): string[] {
  if (typeof value === 'string') return [`${field}: ${written(value)}${comment}`];
  const line = `${field}: ${inline(value)}`;
  if (!Array.isArray(value) || line.length <= WIDEST) return [line + comment];
  return [`${field}:${comment}`, ...value.map((item) => `  - ${written(item)}`)];
}

/** The library knows which text needs quotes; without block scalars and folding every value is one line. */
const ONE_LINE = { lineWidth: 0, blockQuote: false, flowCollectionPadding: false } as const;

/** Else a text with line breaks stands on several lines, which need the indentation of where it is put. */
const WITH_BREAKS = { ...ONE_LINE, defaultStringType: 'QUOTE_DOUBLE', doubleQuotedAsJSON: true } as const;

const optionsFor = (value: unknown) =>
  typeof value === 'string' && /[\n\r\u0085\u2028\u2029]/.test(value) ? WITH_BREAKS : ONE_LINE;

function written(value: unknown): string {
  return stringify(value, optionsFor(value)).trimEnd();
}

/** A text as it must be written inside brackets. */
export function inlineText(text: string): string {
  return inline(text);
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value !== 'object' || value === null) {
    return stringify([value], { ...optionsFor(value), collectionStyle: 'flow' })
      .trimEnd()
      .slice(1, -1);
  }
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return `{ ${entries.map(([key, inner]) => `${key}: ${inline(inner)}`).join(', ')} }`;
}
