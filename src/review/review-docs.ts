import { rememberPages } from '../coverage/memory.ts';
import { SYNONYMS_VERSION } from '../coverage/synonyms.ts';
import type { DocsRoot } from '../docs/frameworks/framework.ts';
import { judgeByOwnRegistry, previewRegistry, previewRemoval, registryFindings } from './changed-registry.ts';
import { type JudgeInput, type Judgement, judgePullRequest } from './compare/judge-pull-request.ts';
import type { RegistryInput } from './compare/load-registry.ts';
import { loadRegistries, type Registries } from './compare/load-registry.ts';
import { type Explanation, explainScenario } from './explain-scenario.ts';
import type { Counts, Review, ScenarioReview } from './review.ts';
import { headOf, reviewScenarios } from './review-scenarios.ts';
import { countStates, decideVerdict, NO_COMMON_HISTORY } from './verdict.ts';

export interface ReviewInput extends JudgeInput {
  registry: RegistryInput;
  /** Compare with the base itself instead of the merge base. */
  direct: boolean;
  /** Ids of scenarios of which everything is to be told. */
  explain?: readonly string[];
}

/** Reviews what a pull request does to the signs in the docs: judges both snapshots, compares them, decides. */
export function reviewDocs(given: ReviewInput): Review {
  const input = { ...given, cache: given.cache ?? rememberPages() };
  const { base, head } = input.snapshots;
  const mergeBase = input.direct ? base : input.snapshots.mergeBase;
  const registries = loadRegistries(input, mergeBase);
  const { source, commit, registry, state } = registries.base;
  const review = {
    base: base.commit,
    mergeBase: mergeBase?.commit ?? null,
    head: head.commit,
    registry: { source, commit },
    settings: registry.settings,
    synonyms: SYNONYMS_VERSION,
  };
  if (!mergeBase) return { ...review, ...NO_COMMON_HISTORY, ...NOTHING_JUDGED };

  const judgement =
    state === 'valid' ? judgePullRequest(input, mergeBase, registries.base, ownRoots(registries)) : null;
  const own =
    registries.head?.state === 'valid' ? judgeByOwnRegistry(registries.head.registry, judgement, input) : null;
  const { scenarios, findings: said } = judgement ? reviewScenarios(judgement) : { scenarios: [], findings: [] };
  const findings = [...registryFindings(registries, judgement, own, input.today), ...said];
  const preview = own ? previewRegistry(own, judgement) : previewRemoval(registries);
  const decision = decideVerdict(registries, judgement, scenarios, findings);
  const counts = countReview(scenarios, judgement);
  const explanations = judgement ? explanationsOf(input, judgement, scenarios) : [];
  return { ...review, ...decision, scenarios, findings, counts, preview, explanations };
}

function countReview(scenarios: readonly ScenarioReview[], judgement: Judgement | null): Counts {
  return {
    ...countStates(scenarios.map(({ after }) => after)),
    pages: judgement?.after.site.pages.length ?? 0,
    changedPages: judgement?.changes.pages.length ?? 0,
    parsedPages: judgement?.after.parsedPages() ?? 0,
  };
}

const NOTHING_JUDGED = {
  scenarios: [],
  findings: [],
  counts: countReview([], null),
  preview: null,
  explanations: [],
};

function explanationsOf(
  { explain = [], cache }: ReviewInput,
  judgement: Judgement,
  scenarios: readonly ScenarioReview[],
): Explanation[] {
  const { registry, options, after } = judgement;
  const asked = scenarios.filter(({ scenario }) => explain.includes(scenario.id));
  const input = { head: headOf(judgement), roots: after.roots, registry, options, cache };
  return asked.map((review) => explainScenario(input, review.scenario, review.continued ? review.after : undefined));
}

function ownRoots({ head }: Registries): readonly DocsRoot[] {
  return head?.state === 'valid' ? head.registry.settings.docs : [];
}
