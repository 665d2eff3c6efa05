import type { ScenarioCoverage, State } from '../coverage/coverage.ts';
import type { Judgement } from './compare/judge-pull-request.ts';
import type { LoadedRegistry, Registries } from './compare/load-registry.ts';
import type { ReadSite } from './compare/read-sites.ts';
import type { Finding } from './findings/finding.ts';
import { counted, listed } from './findings/wording.ts';
import type { ScenarioReview, Verdict } from './review.ts';

/** Counts scenarios by state. */
export function countStates(scenarios: readonly ScenarioCoverage[]): Record<State, number> {
  const states: Record<State, number> = { covered: 0, partial: 0, missing: 0, waived: 0 };
  for (const { state } of scenarios) states[state] += 1;
  return states;
}

/**
 * Whether a scenario is worth telling the author of: it blocks, it has a gap that the change introduced or touched, or
 * it is in another state than before.
 *
 * @param blocking ids of the scenarios that block
 */
export function isRelevant({ scenario, scope, change }: ScenarioReview, blocking: ReadonlySet<string>): boolean {
  return blocking.has(scenario.id) || scope === 'introduced' || scope === 'touched' || change !== 'unchanged';
}

/** A verdict with its reason in one sentence. */
export interface Decision {
  verdict: Verdict;
  reason: string;
}

/** Said where there is nothing to compare with. */
export const NO_COMMON_HISTORY: Decision = {
  verdict: 'not-judged',
  reason: 'Base and head have no common history, so there is nothing to compare.',
};

/** How to begin, said wherever there is no registry. */
const HOW_TO_BEGIN =
  'No registry yet: run `signpost init` to begin, or list the first known failures in .github/signpost.yml.';

const NO_DOCS = 'There are no docs pages to judge.';
const REPAIRED = 'The registry on the base branch is invalid, and this change repairs it.';

/**
 * Decides whether the pull request may pass, and says why in one sentence.
 *
 * @param judgement null where the base branch has no valid registry
 */
export function decideVerdict(
  registries: Registries,
  judgement: Judgement | null,
  scenarios: readonly ScenarioReview[],
  findings: readonly Finding[],
): Decision {
  const { base, head } = registries;
  if (head?.state === 'invalid') return fail(invalid('This change leaves the registry invalid', head));
  if (judgement) {
    const blocking = findings.filter((finding) => finding.blocking);
    return blocking.length > 0 ? fail(whatBlocks(blocking)) : pass(whyItPasses(judgement, scenarios));
  }
  if (base.state === 'absent') return pass(HOW_TO_BEGIN);
  return head?.state === 'valid' ? pass(REPAIRED) : fail(invalid('The registry is invalid', base));
}

const pass = (reason: string): Decision => ({ verdict: 'pass', reason });
const fail = (reason: string): Decision => ({ verdict: 'fail', reason });

function invalid(what: string, { mistakes }: LoadedRegistry): string {
  const errors = mistakes.filter((mistake) => mistake.kind === 'registry-invalid');
  const [first] = errors;
  return `${what}: ${counted(errors.length, 'mistake')}, the first at ${first?.path}:${first?.line}.`;
}

function whatBlocks(blocking: readonly Finding[]): string {
  const ids = [...new Set(blocking.flatMap((finding) => (isGap(finding) ? (finding.scenario as string) : [])))];
  const mistakes = blocking.filter((finding) => !isGap(finding)).length;
  const scenarios = `${counted(ids.length, 'scenario')} ${ids.length === 1 ? 'blocks' : 'block'}: ${listed(ids)}`;
  if (mistakes === 0) return `${scenarios}.`;
  const registry = `${counted(mistakes, 'registry mistake')} ${mistakes === 1 ? 'blocks' : 'block'}`;
  return ids.length === 0 ? `${registry}.` : `${scenarios}; ${registry}.`;
}

/** Only scenario gaps and registry mistakes block. */
function isGap({ kind }: Finding): boolean {
  return kind !== 'registry-invalid' && kind !== 'unscrubbed-text';
}

function whyItPasses({ free, registry }: Judgement, scenarios: readonly ScenarioReview[]): string {
  if (free === 'nothing to review') return 'There is nothing to review: the head is part of the base branch already.';
  if (free === 'no docs') return NO_DOCS;
  const open = scenarios.filter(
    ({ scope, after }) => scope !== null && scope !== 'elsewhere' && after.state !== 'waived',
  );
  if (open.length === 0) return 'Nothing to do: the docs explain every known failure as well as before.';
  const off = registry.settings.gate.block === 'off' ? 'The gate is off' : 'Nothing blocks';
  const need = open.length === 1 ? 'scenario near this change needs' : 'scenarios near this change need';
  return `${off}; ${open.length} ${need} work: ${listed(open.map(({ scenario }) => scenario.id))}.`;
}

/** An audit fails for an invalid registry, or for a gap as grave as was asked for. */
export function decideAudit(
  registry: LoadedRegistry,
  at: ReadSite,
  scenarios: readonly ScenarioCoverage[],
  findings: readonly Finding[],
): Decision {
  if (registry.state === 'invalid') return fail(invalid('The registry is invalid', registry));
  if (registry.state === 'absent') return pass(HOW_TO_BEGIN);
  const grave = new Set(findings.flatMap(({ blocking, scenario }) => (blocking ? [scenario as string] : [])));
  const are = grave.size === 1 ? 'is' : 'are';
  if (grave.size > 0)
    return fail(`${counted(grave.size, 'scenario')} ${are} as grave as must not be: ${listed([...grave])}.`);
  if (at.site.pages.length === 0) return pass(NO_DOCS);
  const { partial, missing } = countStates(scenarios);
  const open = partial + missing;
  if (open === 0) return pass('Nothing to do: every known failure is covered.');
  return pass(`${open} of ${counted(scenarios.length, 'scenario')} ${open === 1 ? 'needs' : 'need'} work.`);
}
