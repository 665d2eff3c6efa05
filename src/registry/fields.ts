import { SCENARIO_FIELDS } from './scenario-fields.ts';
import { SETTINGS_FIELDS } from './settings-fields.ts';
import type { Fields } from './shapes.ts';

export { SCENARIO_FIELDS, SETTINGS_FIELDS };

/** The whole registry in one table: the validator and the JSON Schema are both derived from it. */
export const REGISTRY_FIELDS = {
  version: { shape: { type: 'version' }, description: 'The version of this format.', default: 1 },
  ...SETTINGS_FIELDS,
  scenarios: {
    shape: {
      type: 'list',
      item: { type: 'map', fields: SCENARIO_FIELDS, oneOf: ['codes', 'symptoms'], placed: true },
    },
    description: 'Known failures that the docs must name, explain and give the fix for.',
    default: [],
  },
} as const satisfies Fields;
