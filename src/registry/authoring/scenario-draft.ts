import { stringify } from 'yaml';
import { SCENARIO_FIELDS } from '../fields.ts';
import type { Scenario } from '../registry.ts';

type Lists = 'codes' | 'symptoms' | 'except' | 'causes' | 'links' | 'never' | 'pages' | 'quotes';

/** A scenario that is not in the registry yet: what is known of a failure, in the words of the registry's fields. */
export interface ScenarioDraft extends Partial<Pick<Scenario, Lists | 'category'>> {
  id: string;
  title: string;
  audience?: string;
  impact?: { customers?: number; environment?: string; recurring?: boolean };
  owner?: string;
  /** Field → a comment for the person who reads the file, at the end of the field's line. */
  comments?: { readonly [Field in keyof Omit<ScenarioDraft, 'comments'>]?: string };
}

/** A list that is wider than this stands with one item on a line. */
const WIDEST = 100;

/** All fields of a scenario in the order of the documentation; a draft has some of them. */
const FIELDS = Object.keys(SCENARIO_FIELDS) as Exclude<keyof ScenarioDraft, 'comments'>[];

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

/** The library knows which text needs quotes. Without block scalars and folding, it writes every value on one line. */
const ONE_LINE = { lineWidth: 0, blockQuote: false, flowCollectionPadding: false } as const;

/** Text with line breaks needs double quotes: otherwise it takes several lines, which would need indentation. */
const WITH_BREAKS = { ...ONE_LINE, defaultStringType: 'QUOTE_DOUBLE', doubleQuotedAsJSON: true } as const;

const optionsFor = (value: unknown) =>
  typeof value === 'string' && /[\n\r\u0085\u2028\u2029]/.test(value) ? WITH_BREAKS : ONE_LINE;

function written(value: unknown): string {
  return stringify(value, optionsFor(value)).trimEnd();
}

/** A value as it must be written inside brackets. */
export function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value !== 'object' || value === null) {
    return stringify([value], { ...optionsFor(value), collectionStyle: 'flow' })
      .trimEnd()
      .slice(1, -1);
  }
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return `{ ${entries.map(([key, inner]) => `${key}: ${inline(inner)}`).join(', ')} }`;
}
