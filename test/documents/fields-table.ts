import { REGISTRY_FIELDS, SCENARIO_FIELDS, SETTINGS_FIELDS } from '../../src/registry/fields.ts';
import type { Field, Fields, Shape } from '../../src/registry/shapes.ts';

/** The tables of docs/writing-a-registry.md by the name in their comment. */
export const FIELD_TABLES: Readonly<Record<string, Fields>> = {
  file: REGISTRY_FIELDS,
  docs: fieldsOf(SETTINGS_FIELDS.docs.shape.item),
  gate: fieldsOf(SETTINGS_FIELDS.gate.shape),
  scenario: SCENARIO_FIELDS,
  impact: fieldsOf(SCENARIO_FIELDS.impact.shape),
  waive: fieldsOf(SCENARIO_FIELDS.waive.shape),
};

function fieldsOf({ fields }: { fields: Fields }): Fields {
  return fields;
}

/** The fields as a table of Markdown: name, type, default, description. */
export function fieldsTable(fields: Fields): string {
  const rows = Object.entries(fields).map(([name, field]) => {
    const value = field.required ? '**required**' : defaultOf(field);
    return `| \`${name}\` | ${typeOf(field.shape)} | ${value} | ${field.description.replaceAll('|', '\\|')} |\n`;
  });
  return `| field | type | default | what it says |\n|---|---|---|---|\n${rows.join('')}`;
}

function typeOf(shape: Shape): string {
  switch (shape.type) {
    case 'list':
      return `list of ${shape.item.type === 'map' ? 'entries' : `${typeOf(shape.item)}s`}`;
    case 'choice':
      return shape.of.map((choice) => `\`${choice}\``).join(', ');
    case 'dictionary':
      return 'map of texts';
    case 'count':
      return 'whole number';
    case 'flag':
      return '`true` or `false`';
    case 'version':
      return '`1`';
    case 'text':
      return shape.format.format ?? 'text';
    case 'map':
      return 'map';
  }
}

function defaultOf({ default: value }: Field): string {
  if (value === undefined || (typeof value === 'object' && Object.keys(value as object).length === 0)) return '–';
  return `\`${Array.isArray(value) ? JSON.stringify(value) : value}\``;
}
