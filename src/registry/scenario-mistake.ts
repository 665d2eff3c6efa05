import type { Mistake, Scenario } from './registry.ts';

/** A mistake at a field or list item of a scenario (`links.0`), or at its start where the path is unknown. */
export function mistakeIn(
  scenario: Scenario,
  path: string,
  said: Pick<Mistake, 'kind' | 'severity' | 'message' | 'advice'>,
): Mistake {
  const place = scenario.places[path] ?? scenario.place;
  return { ...place, endLine: place.line, scenario: scenario.id, ...said };
}
