import type { Candidate, NearMiss, ScenarioCoverage } from '../../coverage/coverage.ts';
import type { Scenario } from '../../registry/registry.ts';
import { nearestCause } from './docs-step.ts';
import { type Ground, tryOut } from './trial.ts';

/** One edit of the registry that takes the docs as they stand. */
export interface RegistryChange {
  path: string;
  line: number;
  field: 'symptoms' | 'causes' | 'pages';
  /** Which of the field's entries, from 1; for `pages` the new one. */
  number: number;
  /** The entry before; null for a new one. */
  from: string | null;
  to: string;
  /** "add `vanish` to word 2 of symptom 1". */
  advice: string;
}

type Idea = Omit<RegistryChange, 'path' | 'line'>;

/** The first small edit of the registry by which a scenario would be covered; null where none is. */
export function registryChange(
  { scenario, candidates }: ScenarioCoverage,
  misses: readonly NearMiss[],
  ground: Ground,
): RegistryChange | null {
  const ideas = [
    ...misses.flatMap((miss) => widened(scenario, miss)),
    ...candidates.flatMap((candidate) => narrowCause(candidate, scenario, ground)),
    ...candidates.filter(isElsewhere).map((candidate) => furtherPage(candidate, scenario)),
  ];
  const found = ideas.find(({ field, number, to }) => {
    const entries = scenario[field].toSpliced(number - 1, 1, to);
    return tryOut(ground, { ...scenario, [field]: entries }, new Map()).coverage.unwaived.state === 'covered';
  });
  if (!found) return null;
  const { places, place } = scenario;
  const { path, line } = places[`${found.field}.${found.number - 1}`] ?? places[found.field] ?? place;
  return { path, line, ...found };
}

function widened(scenario: Scenario, { widen }: NearMiss): Idea[] {
  if (!widen) return [];
  const { symptom: number, word, group, add } = widen;
  const from = scenario.symptoms[number - 1];
  if (!from?.includes(group)) return [];
  const to = from.replace(group, () => `${group}|${add}`);
  return [{ field: 'symptoms', number, from, to, advice: `add \`${add}\` to word ${word} of symptom ${number}` }];
}

/** A cause of which the section says all words but one, and nothing else lacks. */
function narrowCause(candidate: Candidate, scenario: Scenario, { head }: Ground): Idea[] {
  const [only, ...others] = candidate.requirements.filter(({ match }) => match === null);
  if (only?.kind !== 'cause' || others.length > 0) return [];
  const from = only.term;
  const nearest = nearestCause(scenario, candidate, from, head);
  const [lacking, ...further] = nearest?.lacking ?? [];
  if (!nearest || !lacking || further.length > 0 || nearest.spans.length < 2) return [];
  const words = from.split(/\s+/);
  const kept = words.filter((word) => word !== lacking.source);
  if (kept.length === words.length) return [];
  const number = scenario.causes.indexOf(from) + 1;
  const advice = `drop “${lacking.source}” from cause ${number}`;
  return [{ field: 'causes', number, from, to: kept.join(' '), advice }];
}

function isElsewhere({ level, onPages, hidden, forbidden }: Candidate): boolean {
  return level === 'documents' && !onPages && !hidden && forbidden.length === 0;
}

function furtherPage({ page: { name } }: Candidate, { pages }: Scenario): Idea {
  return { field: 'pages', number: pages.length + 1, from: null, to: name, advice: `add \`${name}\` to \`pages\`` };
}
