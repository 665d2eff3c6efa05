import type { Candidate, NearMiss, ScenarioCoverage } from '../../coverage/coverage.ts';
import { nearestBlock } from '../../coverage/near-misses.ts';
import { readContent } from '../../coverage/reading.ts';
import { termsOf } from '../../coverage/scenario-terms.ts';
import type { Scenario } from '../../registry/registry.ts';
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

/** The first small edit of the registry by which a scenario would be covered; null where none is. */
export function registryChange(
  coverage: ScenarioCoverage,
  misses: readonly NearMiss[],
  ground: Ground,
): RegistryChange | null {
  const { scenario, candidates } = coverage;
  const ideas = [
    ...misses.flatMap(({ widen }) => (widen ? widened(scenario, widen) : [])),
    ...candidates.flatMap((candidate) => narrowCause(candidate, scenario, ground)),
    ...candidates.filter(isElsewhere).map((candidate) => furtherPage(candidate, scenario)),
  ];
  const found = ideas.find(({ field, number, to }) => {
    const entries = scenario[field].toSpliced(number - 1, 1, to);
    return tryOut(ground, { ...scenario, [field]: entries }, new Map()).coverage.unwaived.state === 'covered';
  });
  return found ?? null;
}

function widened(scenario: Scenario, { symptom, word, group, add }: NonNullable<NearMiss['widen']>): RegistryChange[] {
  const from = scenario.symptoms[symptom - 1];
  if (!from?.includes(group)) return [];
  const advice = `add \`${add}\` to word ${word} of symptom ${symptom}`;
  return [
    change(
      scenario,
      'symptoms',
      symptom,
      from,
      from.replace(group, () => `${group}|${add}`),
      advice,
    ),
  ];
}

/** A cause of which the section says all words but one, and nothing else lacks. */
function narrowCause(candidate: Candidate, scenario: Scenario, ground: Ground): RegistryChange[] {
  const unmet = candidate.requirements.filter(({ match }) => match === null);
  const [only] = unmet;
  if (unmet.length !== 1 || only?.kind !== 'cause') return [];
  const cause = termsOf(scenario).causes.find(({ source }) => source === only.term);
  const nearest =
    cause && nearestBlock(cause, candidate.unit?.blocks ?? [], readContent(ground.head.site.read(candidate.page)));
  const [lacking] = nearest?.lacking ?? [];
  if (!cause || !nearest || !lacking || nearest.lacking.length > 1 || nearest.spans.length < 2) return [];
  const words = cause.source.split(/\s+/);
  const kept = words.filter((word) => word !== lacking.source);
  if (kept.length === words.length) return [];
  const number = scenario.causes.indexOf(cause.source) + 1;
  const advice = `drop “${lacking.source}” from cause ${number}`;
  return [change(scenario, 'causes', number, cause.source, kept.join(' '), advice)];
}

function isElsewhere({ level, onPages, hidden, forbidden }: Candidate): boolean {
  return level === 'documents' && !onPages && !hidden && forbidden.length === 0;
}

function furtherPage({ page }: Candidate, scenario: Scenario): RegistryChange {
  return change(scenario, 'pages', scenario.pages.length + 1, null, page.name, `add \`${page.name}\` to \`pages\``);
}

function change(
  scenario: Scenario,
  field: RegistryChange['field'],
  number: number,
  from: string | null,
  to: string,
  advice: string,
): RegistryChange {
  const { path, line } = scenario.places[`${field}.${number - 1}`] ?? scenario.places[field] ?? scenario.place;
  return { path, line, field, number, from, to, advice };
}
