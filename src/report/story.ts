import { GRAVITIES } from '../registry/registry.ts';
import type { FindingKind } from '../review/finding-kinds.ts';
import type { Audit, Finding, Review, ScenarioReview, Scope } from '../review/review.ts';
import { cleanLine } from './clean-text.ts';
import { count, type Noun, SCENARIO } from './sentence.ts';

/** What is worth telling of a review, chosen once for the comment and the terminal. */
export interface Story {
  /** One line with the verdict, without a full stop: "2 scenarios need work, 1 blocks". */
  headline: string;
  /** Scenarios with a blocking finding, a gap that the change introduced or touched, or another state; worst first. */
  relevant: ScenarioReview[];
  /** The relevant ones that have a gap. */
  needWork: ScenarioReview[];
  improved: ScenarioReview[];
  /** Ids of the scenarios that block. */
  blocking: ReadonlySet<string>;
  /** By scenario, the finding that says where its gap is; a blocking one before others. */
  places: ReadonlyMap<string, Finding>;
  /** Mistakes in the registry that block. */
  mistakes: Finding[];
  /** Findings that are neither a scenario's gap nor block. */
  others: Finding[];
  /** How many further scenarios have a gap at head. */
  elsewhere: number;
}

/** The kinds that a scenario's gap makes; the table, not the list of findings, tells of them. */
const GAP_KINDS: ReadonlySet<FindingKind> = new Set([
  'missing-scenario',
  'missing-cause',
  'missing-link',
  'broken-link',
  'only-in-sample',
  'hidden-page',
  'documented-elsewhere',
  'forbidden-phrase',
] satisfies FindingKind[]);

const SCOPES: readonly (Scope | null)[] = ['introduced', 'touched', 'nearby', 'elsewhere', null];

const MISTAKE: Noun = ['registry mistake', 'registry mistakes'];

export function storyOf(review: Review): Story {
  const blockers = review.findings.filter((finding) => finding.blocking);
  const blocking = new Set(blockers.filter(isGap).flatMap((finding) => finding.scenario ?? []));
  const relevant = review.scenarios.filter((scenario) => isRelevant(scenario, blocking)).sort(worstFirst(blocking));
  const needWork = relevant.filter((scenario) => scenario.scope !== null);
  const parts = {
    relevant,
    needWork,
    improved: relevant.filter((scenario) => scenario.change === 'improved'),
    blocking,
    places: placesOf(review.findings),
    mistakes: blockers.filter((finding) => !isGap(finding)),
    others: review.findings.filter((finding) => !finding.blocking && !isGap(finding)),
    elsewhere: review.scenarios.filter((scenario) => scenario.scope !== null).length - needWork.length,
  };
  return { headline: headlineOf(review, parts), ...parts };
}

/** One line with an audit's verdict, without a full stop. */
export function auditHeadline(audit: Audit): string {
  if (audit.verdict === 'not-judged') return notJudged(audit.reason);
  const { covered, partial, missing } = audit.counts;
  const required = covered + partial + missing;
  if (required === 0) return withoutStop(audit.reason);
  return `${covered.toLocaleString('en-US')} of ${count(required, SCENARIO)} covered`;
}

/** Whether a reason adds something to the headline above it. */
export function addsTo(headline: string, reason: string): boolean {
  return withoutStop(reason) !== '' && !headline.includes(withoutStop(reason));
}

function headlineOf(review: Review, story: Omit<Story, 'headline' | 'others' | 'elsewhere'>): string {
  if (review.verdict === 'not-judged') return notJudged(review.reason);
  const { needWork, blocking, mistakes } = story;
  const parts: string[] = [];
  if (needWork.length > 0) {
    const blocks = blocking.size === 0 ? 'none blocks' : verb(blocking.size, 'blocks', 'block');
    parts.push(`${count(needWork.length, SCENARIO)} ${needWork.length === 1 ? 'needs' : 'need'} work, ${blocks}`);
  }
  if (mistakes.length > 0)
    parts.push(`${count(mistakes.length, MISTAKE)} ${mistakes.length === 1 ? 'blocks' : 'block'}`);
  if (review.verdict === 'fail' && blocking.size + mistakes.length === 0) return withoutStop(review.reason);
  return parts.length === 0 ? 'Nothing to do' : parts.join('; ');
}

function verb(n: number, one: string, many: string): string {
  return `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`;
}

function notJudged(reason: string): string {
  return `Not judged: ${withoutStop(reason)}`;
}

function withoutStop(reason: string): string {
  return cleanLine(reason).replace(/\.$/, '');
}

export function isGap(finding: Finding): boolean {
  return GAP_KINDS.has(finding.kind);
}

function placesOf(findings: Finding[]): Map<string, Finding> {
  const places = new Map<string, Finding>();
  for (const finding of findings) {
    if (finding.scenario === null || finding.path === null || !isGap(finding)) continue;
    const known = places.get(finding.scenario);
    if (!known || (finding.blocking && !known.blocking)) places.set(finding.scenario, finding);
  }
  return places;
}

function isRelevant({ scenario, scope, change }: ScenarioReview, blocking: ReadonlySet<string>): boolean {
  return blocking.has(scenario.id) || scope === 'introduced' || scope === 'touched' || change !== 'unchanged';
}

function worstFirst(blocking: ReadonlySet<string>): (a: ScenarioReview, b: ScenarioReview) => number {
  const rank = ({ scenario, scope }: ScenarioReview): number =>
    (blocking.has(scenario.id) ? 0 : 100) + SCOPES.indexOf(scope) * 10 - GRAVITIES.indexOf(scenario.gravity);
  return (a, b) => rank(a) - rank(b);
}
