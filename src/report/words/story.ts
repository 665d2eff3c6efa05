import type { State } from '../../coverage/coverage.ts';
import { GRAVITIES } from '../../registry/registry.ts';
import type { Scope } from '../../review/compare/scope.ts';
import type { Finding } from '../../review/findings/finding.ts';
import type { Audit, Review, ScenarioReview } from '../../review/review.ts';
import { isRelevant } from '../../review/verdict.ts';
import { cleanLine } from './clean-text.ts';
import { isGap } from './finding-words.ts';
import { asSentence, capitalised, count, grouped, SCENARIO } from './sentence.ts';
import { isOpen, required } from './state-counts.ts';

/** How a review, an audit or a scenario stands: nothing to do, something to look at, or blocked. */
export type Result = 'good' | 'mixed' | 'bad';

/** What is worth telling of a review, chosen once for the comment and the terminal. */
export interface Story {
  result: Result;
  /** One line with the verdict, without a full stop: "2 scenarios need work, 1 blocks". */
  headline: string;
  /** Scenarios with a blocking finding, a gap that the change introduced or touched, or another state; worst first. */
  relevant: ScenarioReview[];
  /** The relevant ones that have a gap. */
  needWork: ScenarioReview[];
  /** Better than before, and nothing lacks any more. */
  improved: ScenarioReview[];
  /** Waived; without that they would need work. */
  waived: ScenarioReview[];
  /** The scenario to look at first: one that blocks, else one that needs work. */
  first: string | undefined;
  /** Ids of the scenarios that block. */
  blocking: ReadonlySet<string>;
  /** By scenario, the finding that says where its gap is; a blocking one before others. */
  places: ReadonlyMap<string, Finding>;
  /** A sentence for below the headline where the story has no scenario, waived or not, and no mistake; else empty. */
  reason: string;
  /** Mistakes in the registry that block. */
  mistakes: Finding[];
  /** Findings that are neither a scenario's gap nor block. */
  others: Finding[];
  /** What the docs cannot mend, with the scenarios' ids. */
  followUps: { id: string; text: string }[];
  /** How many scenarios have a gap that nothing else here tells of, except those that the reason names. */
  elsewhere: number;
}

const SCOPES: readonly (Scope | null)[] = ['introduced', 'touched', 'nearby', 'elsewhere', null];

/** Chooses what is worth telling of a review. */
export function storyOf(review: Review): Story {
  const blockers = review.findings.filter((finding) => finding.blocking);
  const blocking = new Set(blockers.filter(isGap).flatMap((finding) => finding.scenario ?? []));
  const told = review.scenarios.filter((scenario) => isRelevant(scenario, blocking)).sort(worstFirst(blocking));
  const relevant = told.filter((scenario) => !isWaived(scenario));
  const needWork = relevant.filter((scenario) => scenario.scope !== null);
  const mistakes = blockers.filter((finding) => !isGap(finding));
  const isQuiet = told.length + mistakes.length === 0;
  const counted = review.scenarios.filter(({ scope, after }) => {
    return after.state !== 'waived' && (scope === 'elsewhere' || (scope === 'nearby' && !isQuiet));
  });
  const parts = {
    relevant,
    needWork,
    improved: relevant.filter((scenario) => scenario.change === 'improved' && scenario.scope === null),
    waived: told.filter(isWaived),
    first: [...blocking, ...needWork.map(({ scenario }) => scenario.id)][0],
    blocking,
    places: placesOf(review.findings),
    mistakes,
    others: review.findings.filter((finding) => !finding.blocking && !isGap(finding)),
    followUps: relevant.flatMap(({ scenario: { id, followUps } }) => followUps.map((text) => ({ id, text }))),
    elsewhere: counted.filter((scenario) => !needWork.includes(scenario)).length,
  };
  const headline = headlineOf(review, parts);
  const result = resultOf(review, needWork.length === 0);
  return { result, headline, reason: isQuiet ? reasonBelow(headline, review) : '', ...parts };
}

function resultOf({ verdict }: Review | Audit, isDone: boolean): Result {
  if (verdict === 'fail') return 'bad';
  return verdict === 'pass' && isDone ? 'good' : 'mixed';
}

/** How one scenario of a story stands. */
export function scenarioResult({ scenario, scope }: ScenarioReview, { blocking }: Story): Result {
  if (blocking.has(scenario.id)) return 'bad';
  return scope === null ? 'good' : 'mixed';
}

/** How an audit stands. */
export function auditResult(audit: Audit): Result {
  return resultOf(audit, audit.counts.partial + audit.counts.missing === 0);
}

/** One line with an audit's verdict, without a full stop. */
export function auditHeadline(audit: Audit): string {
  if (audit.verdict === 'not-judged') return notJudged(audit.reason);
  const all = required(audit.counts);
  if (all === 0) return withoutStop(audit.reason);
  return `${grouped(audit.counts.covered)} of ${count(all, SCENARIO)} covered`;
}

/** What a reason adds to the headline above it, as a sentence; empty where it only repeats it. */
export function addedBy(reason: string, headline: string): string {
  const text = withoutStop(reason);
  if (text === '' || headline.includes(text)) return '';
  const rest = text.startsWith(headline) ? text.slice(headline.length).replace(/^[:;,]\s*/, '') : text;
  return asSentence(capitalised(rest));
}

function reasonBelow(headline: string, { verdict, reason, scenarios }: Review): string {
  const isIdle = verdict === 'pass' && scenarios.length > 0 && reason.startsWith('Nothing to do');
  return addedBy(reason, isIdle ? 'Nothing to do' : headline);
}

type Parts = Pick<Story, 'needWork' | 'improved' | 'blocking' | 'mistakes'>;

function headlineOf(review: Review, story: Parts): string {
  if (review.verdict === 'not-judged') return notJudged(review.reason);
  const { needWork, blocking, mistakes } = story;
  const parts: string[] = [];
  if (needWork.length > 0) {
    const blocks = blocking.size === 0 ? 'none blocks' : count(blocking.size, ['blocks', 'block']);
    parts.push(`${count(needWork.length, ['scenario needs work', 'scenarios need work'])}, ${blocks}`);
  }
  if (mistakes.length > 0) parts.push(count(mistakes.length, ['registry mistake blocks', 'registry mistakes block']));
  if (review.verdict === 'fail' && blocking.size + mistakes.length === 0) return withoutStop(review.reason);
  return parts.length === 0 ? goodNews(review, story) : parts.join('; ');
}

function goodNews({ scenarios }: Review, { improved }: Parts): string {
  if (improved.length === 0)
    return scenarios.some(({ scope }) => scope === 'nearby') ? 'Nothing blocks' : 'Nothing to do';
  if (scenarios.every(({ after }) => after.state === 'covered'))
    return `All known failures are covered; ${grouped(improved.length)} improved`;
  return `Nothing to do; ${count(improved.length, SCENARIO)} improved`;
}

function notJudged(reason: string): string {
  return `Not judged: ${withoutStop(reason)}`;
}

function withoutStop(reason: string): string {
  return cleanLine(reason).replace(/\.$/, '');
}

/** By scenario the first of its gaps that blocks, else the first that has a place. */
function placesOf(findings: readonly Finding[]): Map<string, Finding> {
  const placed = findings.filter((finding) => finding.path !== null && isGap(finding));
  const lastWins = placed.toSorted((a, b) => Number(b.blocking) - Number(a.blocking)).reverse();
  return new Map(lastWins.flatMap((finding) => (finding.scenario === null ? [] : [[finding.scenario, finding]])));
}

function isWaived({ after }: ScenarioReview): boolean {
  return after.state === 'waived';
}

function worstFirst(blocking: ReadonlySet<string>): (a: ScenarioReview, b: ScenarioReview) => number {
  const rank = ({ scenario, scope }: ScenarioReview): number =>
    (blocking.has(scenario.id) ? 0 : 100) + SCOPES.indexOf(scope) * 10 - GRAVITIES.indexOf(scenario.gravity);
  return (a, b) => rank(a) - rank(b);
}

/** Whether a review is worth a first comment. Otherwise only the check run tells of it. */
export function isWorthComment(review: Review): boolean {
  const { relevant, mistakes } = storyOf(review);
  return relevant.length + mistakes.length > 0;
}

const WORST_STATES: readonly State[] = ['missing', 'partial', 'waived', 'covered'];

/** An audit's scenarios: gaps before the rest, the gravest first; then by state. */
export function gravestFirst({ scenarios }: Audit): Audit['scenarios'] {
  return scenarios.toSorted((a, b) => graveness(a) - graveness(b));
}

function graveness({ coverage: { scenario, state } }: Audit['scenarios'][number]): number {
  return (
    (isOpen(state) ? 0 : 100) +
    (GRAVITIES.length - GRAVITIES.indexOf(scenario.gravity)) * 10 +
    WORST_STATES.indexOf(state)
  );
}
