import { stringify } from 'yaml';
import { DOCS_ROOT } from './page-names.ts';
import type { PlannedScenario } from './plan-scenarios.ts';
import { PARTIALS_ROOT } from './write-page.ts';

/** The settings of a made site's registry. */
export const MADE_SETTINGS = {
  version: 1,
  docs: [{ root: DOCS_ROOT, route: '/', framework: 'starlight', partials: [PARTIALS_ROOT] }],
};

/** A registry file. @param scenarios entries as they stand in YAML */
export function registryText(settings: object, scenarios: readonly object[]): string {
  return stringify({ ...settings, scenarios }, { lineWidth: 0 });
}

/** The entry of a planned scenario, without what the registry does not say. */
export function registryEntry(scenario: PlannedScenario): object {
  const { id, title, codes, symptoms, causes, links, pages, impact } = scenario;
  const lists = Object.entries({ codes, symptoms, causes, links, pages }).filter(([, list]) => list.length > 0);
  return { id, title, ...Object.fromEntries(lists), impact };
}
