import type { PageNames } from './page-names.ts';
import { type Random, randomOf } from './random.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What a scenario of a made site comes to when it is judged. */
export type Outcome = 'covered' | 'partial' | 'missing';

/** A known failure with what the site says of it. */
export interface PlannedScenario {
  id: string;
  title: string;
  codes: string[];
  symptoms: string[];
  causes: string[];
  links: string[];
  pages: string[];
  impact: { customers: number; environment: 'production' | 'development'; recurring: boolean };
  outcome: Outcome;
  /** What a partial one lacks. */
  lacks: 'cause' | 'link' | 'only-in-sample' | null;
  /** The number of the page that speaks of it. */
  home: number;
  /** How the page says it: a sentence that holds a symptom, one for each cause. */
  said: { failure: string; causes: string[] };
}

const FAILURES = ['fails', 'expires', 'rejected', 'refused', 'denied', 'blocked', 'disconnects', 'hangs', 'invalid'];

/** Scenarios that stand on one page. */
const NEIGHBOURS = 4;
const COVERED = 0.6;
const PARTIAL = 0.2;

/** A prime, so that the pages with failures spread over the site. */
const STRIDE = 7919;

/** The first of a larger plan are those of a smaller one with the same seed and pages. */
export function planScenarios(
  count: number,
  seed: number,
  vocabulary: Vocabulary,
  names: PageNames,
): PlannedScenario[] {
  return Array.from({ length: count }, (_, i) => planScenario(i, randomOf(seed, 2, i), vocabulary, names));
}

/** The page that speaks of the scenario of this number. */
export function homeOf(scenario: number, pages: number): number {
  return (Math.floor(scenario / NEIGHBOURS) * STRIDE) % pages;
}

/** The scenarios that each page is the home of. */
export function byHome(scenarios: readonly PlannedScenario[]): Map<number, PlannedScenario[]> {
  const homes = new Map<number, PlannedScenario[]>();
  for (const scenario of scenarios) {
    const there = homes.get(scenario.home);
    if (there) there.push(scenario);
    else homes.set(scenario.home, [scenario]);
  }
  return homes;
}

function planScenario(i: number, random: Random, vocabulary: Vocabulary, names: PageNames): PlannedScenario {
  const thing = vocabulary.ranked(random, 300, 20_000);
  const part = vocabulary.ranked(random, 10, 2_000);
  const failure = random.pick(FAILURES);
  const home = homeOf(i, names.count);
  const hasCode = random.chance(0.6);
  const isLinked = random.chance(0.7);
  const causes = Array.from({ length: random.chance(0.3) ? 2 : 1 }, () => inventCause(random, vocabulary));
  const { outcome, lacks } = decideOutcome(random, hasCode, isLinked);
  return {
    id: `${thing}-${part}-${failure}-${i}`,
    title: `${capital(thing)} ${part} ${failure}`,
    codes: hasCode ? [inventCode(random, thing, part, failure, i)] : [],
    symptoms: hasCode && random.chance(0.5) ? [] : inventSymptoms(random, vocabulary, thing, part, failure),
    causes: causes.map(({ phrase }) => phrase),
    links: isLinked ? [names.route(random.below(names.count)) + (random.chance(0.2) ? '#before-you-start' : '')] : [],
    pages: readersPages(random, names, home),
    impact: {
      customers: 1 + random.below(4),
      environment: random.chance(0.5) ? 'production' : 'development',
      recurring: random.chance(0.3),
    },
    ...{ outcome, lacks, home },
    said: { failure: `the ${thing} ${part} ${failure}`, causes: causes.map(({ sentence }) => sentence) },
  };
}

function decideOutcome(random: Random, hasCode: boolean, isLinked: boolean) {
  const at = random.next();
  if (at < COVERED) return { outcome: 'covered', lacks: null } as const;
  if (at >= COVERED + PARTIAL) return { outcome: 'missing', lacks: null } as const;
  const lacks = random.pick([
    'cause',
    ...(isLinked ? ['link' as const] : []),
    ...(hasCode ? ['only-in-sample' as const] : []),
  ]);
  return { outcome: 'partial', lacks: lacks as 'cause' | 'link' | 'only-in-sample' } as const;
}

function inventCode(random: Random, thing: string, part: string, failure: string, i: number): string {
  if (random.chance(0.6)) return `${thing}_${part}_${failure}`;
  if (random.chance(0.5)) return `ERR_${thing}_${failure}`.toUpperCase();
  return `${thing.slice(0, 4).toUpperCase()}${10_000 + i}`;
}

/** Two to four words; the first one is how the site says it. */
function inventSymptoms(random: Random, vocabulary: Vocabulary, thing: string, part: string, failure: string) {
  const other = random.pick(FAILURES.filter((word) => word !== failure));
  const symptoms = [random.chance(0.5) ? `${thing} ${part} ${failure}` : `${thing} ${failure}|${other}`];
  if (random.chance(0.5)) symptoms.push(`${vocabulary.ranked(random, 10, 3_000)} never|not ${part} ${thing}`);
  return symptoms;
}

function inventCause(random: Random, vocabulary: Vocabulary): { phrase: string; sentence: string } {
  const a = vocabulary.ranked(random, 100, 10_000);
  const b = vocabulary.ranked(random, 10, 1_000);
  return random.chance(0.5)
    ? { phrase: `${a} ${b} not|never set`, sentence: `the ${a} of the ${b} was not set` }
    : { phrase: `${a} ${b} expired|outdated`, sentence: `the ${a} that belongs to the ${b} has expired` };
}

function readersPages(random: Random, names: PageNames, home: number): string[] {
  const at = random.next();
  if (at < 0.6) return [names.name(home)];
  return at < 0.85 ? [`${names.product(home)}/**`] : [];
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
