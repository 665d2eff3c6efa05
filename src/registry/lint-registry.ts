import { symptomWeaknesses } from './lint-symptom.ts';
import { lintText } from './lint-text.ts';
import { privatePattern } from './private-names.ts';
import type { Mistake, Registry, Scenario } from './registry.ts';
import { mistakeIn } from './scenario-mistake.ts';

/**
 * What a sound registry could say better, as far as that can be seen without a site, in registry order.
 * `today` is a UTC date, YYYY-MM-DD; a waiver holds until the end of its day.
 */
export function lintRegistry(registry: Registry, today: string): Mistake[] {
  const { docs, private: names } = registry.settings;
  const privateNames = privatePattern(names);
  const english = docs.every(({ locale }) => locale === null || /^en\b/i.test(locale));
  return registry.scenarios.flatMap((scenario) => [
    ...lintSymptoms(scenario, english),
    ...lintCauses(scenario),
    ...lintWaiver(scenario, today),
    ...lintText(scenario, privateNames),
  ]);
}

function lintSymptoms(scenario: Scenario, english: boolean): Mistake[] {
  return scenario.symptoms.flatMap((symptom, index) =>
    symptomWeaknesses(symptom, english).map((weakness) =>
      mistakeIn(scenario, `symptoms.${index}`, { kind: 'registry-warning', severity: 'warning', ...weakness }),
    ),
  );
}

function lintCauses(scenario: Scenario): Mistake[] {
  if (scenario.causes.length > 0) return [];
  const message = `${scenario.id} has no "causes", so only a label, a table row or a claim can document it`;
  const advice = 'Add at least one phrase for the reason that the docs must name.';
  return [mistakeIn(scenario, 'causes', { kind: 'registry-warning', severity: 'warning', message, advice })];
}

function lintWaiver(scenario: Scenario, today: string): Mistake[] {
  const until = scenario.waive?.until;
  // Dates of this form compare as text.
  if (!until || until >= today) return [];
  const message = `the waiver of ${scenario.id} ended on ${until}`;
  const advice = 'Document the scenario, or renew the waiver with a new date and reason.';
  return [mistakeIn(scenario, 'waive.until', { kind: 'waiver-expired', severity: 'warning', message, advice })];
}
