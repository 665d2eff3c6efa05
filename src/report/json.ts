import type {
  Candidate,
  Evidence,
  Match,
  NearMiss,
  Quote,
  Requirement,
  ScenarioCoverage,
} from '../coverage/coverage.ts';
import { quoteOf } from '../coverage/quote.ts';
import type { Cancelled } from '../coverage/triggers.ts';
import type { Mistake } from '../registry/registry.ts';
import type { Explanation } from '../review/explain-scenario.ts';
import type { Finding } from '../review/findings/finding.ts';
import type { CoveragePoint, Replay, ReplayedMerge, StateCounts } from '../review/replay/replay.ts';
import type { Audit, Milliseconds, RegistryAdditions, Review, ScenarioReview } from '../review/review.ts';
import type { DocsStep } from '../review/suggest/docs-step.ts';
import type { DocsChange, SmallestChange } from '../review/suggest/smallest-change.ts';
import { countSeverities, findingOf } from './words/finding-words.ts';
import { unifiedDiff } from './words/unified-diff.ts';

/**
 * The versioned machine output. Every object is written out field by field, so that nothing else of the internal
 * ones can leak into what others rely on. A field is only ever added; anything else raises the version.
 */
export const VERSION = 1;

/** A review or an audit as JSON. */
export function renderJson(subject: Review | Audit, milliseconds: Milliseconds): string {
  const isAudit = 'rev' in subject;
  return written(isAudit ? 'audit' : 'review', {
    ...(isAudit ? pick(subject, 'rev') : pick(subject, 'base', 'mergeBase', 'head')),
    registry: pick(subject.registry, 'source', 'commit'),
    ...pick(subject, 'synonyms', 'verdict', 'reason'),
    scenarios: isAudit ? subject.scenarios.map(auditedFields) : subject.scenarios.map(reviewedFields),
    findings: subject.findings.map(findingFields),
    counts: pick(subject.counts, 'covered', 'partial', 'missing', 'waived', 'pages', 'changedPages', 'parsedPages'),
    milliseconds: millisecondFields(milliseconds),
  });
}

/** What `explain` tells: an unmet cause says what of it stands there, a match the sentence it stands in. */
export function renderExplanationJson({ coverage, partly, nearMisses, cancelled, change }: Explanation): string {
  return written('explain', {
    scenario: pick(coverage.scenario, 'id', 'title', 'gravity'),
    ...sideFields(coverage),
    candidates: coverage.candidates.map((candidate) => candidateFields(candidate, partly)),
    nearMisses: nearMisses.map(nearMissFields),
    cancelled: cancelled.map(cancelledFields),
    smallestChange: change && changeFields(change),
  });
}

/** The whole replay. */
export function renderReplayJson(replay: Replay, milliseconds: Milliseconds): string {
  const { range, registry, gate, totals, merges, scenarios, coverage } = replay;
  return written('replay', {
    range: pick(range, 'from', 'to'),
    registry: pick(registry, 'source', 'commit'),
    gate: pick(gate, 'block', 'from'),
    totals: pick(totals, 'merges', 'judged', 'notJudged', 'quiet', 'commented', 'failed', 'findings', 'byKind'),
    merges: merges.map(mergeFields),
    scenarios: scenarios.map((scenario) => ({
      ...pick(scenario, 'id', 'title', 'gravity', 'findings', 'blocked', 'worsened', 'improved'),
      ...pick(scenario, 'firstState', 'lastState'),
    })),
    coverage: coverage.map(pointFields),
    milliseconds: millisecondFields(milliseconds),
  });
}

/** What `registry check` finds. */
export function renderMistakesJson(mistakes: readonly Mistake[]): string {
  return written('registry-check', mistakeFields(mistakes));
}

/** What `registry add` or `registry import` did to the registry, or would do. */
export function renderAdditionsJson(kind: 'registry-add' | 'registry-import', additions: RegistryAdditions): string {
  const { path, isNew, before, after, unwritten, entries, mistakes } = additions;
  return written(kind, {
    file: path,
    isNew,
    written: unwritten === null && before !== after,
    unwritten,
    scenarios: entries.map((entry) => ({
      ...pick(entry, 'action', 'id', 'title', 'source', 'why'),
      ...(entry.coverage && sideFields(entry.coverage)),
    })),
    ...mistakeFields(mistakes),
    diff: unifiedDiff(before, after),
  });
}

/** An object with these fields of another one, in this order. */
function pick<T extends object, K extends keyof T>(from: T, ...names: readonly K[]): Pick<T, K> {
  const picked = {} as Pick<T, K>;
  for (const name of names) picked[name] = from[name];
  return picked;
}

function written(kind: string, fields: object): string {
  return `${JSON.stringify({ version: VERSION, kind, ...fields }, null, 2)}\n`;
}

function reviewedFields({ scenario, before, after, ...judged }: ScenarioReview) {
  return {
    ...pick(scenario, 'id', 'title', 'gravity'),
    ...pick(judged, 'scope', 'change', 'continued'),
    before: sideFields(before),
    after: sideFields(after),
  };
}

function auditedFields({ coverage, nearMisses }: Audit['scenarios'][number]) {
  return {
    ...pick(coverage.scenario, 'id', 'title', 'gravity'),
    ...sideFields(coverage),
    nearMisses: nearMisses.map(nearMissFields),
  };
}

function sideFields({ state, gaps, evidence }: ScenarioCoverage) {
  return { state, gaps: gaps.map((gap) => pick(gap, 'kind', 'detail')), evidence: evidence.map(evidenceFields) };
}

function evidenceFields(evidence: Evidence) {
  return pick(evidence, 'path', 'line', 'endLine', 'anchor', 'route', 'label', 'matched');
}

function nearMissFields(miss: NearMiss) {
  const { quote, edit, widen } = miss;
  return {
    ...pick(miss, 'path', 'line', 'endLine', 'label', 'route', 'anchor', 'lacks'),
    quote: quote && quoteFields(quote),
    edit,
    widen: widen && pick(widen, 'symptom', 'word', 'group', 'add'),
  };
}

function quoteFields(quote: Quote) {
  return { ...pick(quote, 'path', 'line', 'text'), marks: quote.marks.map((mark) => pick(mark, 'start', 'end')) };
}

function findingFields(finding: Finding): Finding {
  return {
    ...pick(finding, 'kind', 'scenario', 'severity', 'blocking', 'path', 'line', 'endLine', 'column'),
    ...pick(finding, 'message', 'advice'),
  };
}

function mistakeFields(mistakes: readonly Mistake[]) {
  const findings = mistakes.map((mistake) => findingFields(findingOf(mistake)));
  return { findings, counts: countSeverities(mistakes) };
}

function millisecondFields(milliseconds: Milliseconds): Milliseconds {
  return pick(milliseconds, 'read', 'parse', 'judge', 'total');
}

function candidateFields(candidate: Candidate, partly: Explanation['partly']) {
  const { evidence, through, trigger, requirements, forbidden, gaps } = candidate;
  return {
    ...evidenceFields(evidence),
    ...pick(candidate, 'level', 'hidden', 'onPages'),
    through: through && pick(through, 'path', 'line', 'endLine', 'label'),
    trigger: matchFields(trigger),
    requirements: requirements.map((requirement) => requirementFields(requirement, partly)),
    forbidden: forbidden.map(matchFields),
    gaps: gaps.map((gap) => pick(gap, 'kind', 'detail')),
  };
}

function requirementFields(requirement: Requirement, partly: Explanation['partly']) {
  const { kind, term, match, broken = false } = requirement;
  const there = partly.get(requirement);
  const nearest = there ? { lacks: there.lacks, quote: quoteFields(there.quote) } : null;
  return { kind, term, broken, match: match && matchFields(match), nearest };
}

function matchFields(match: Match) {
  const quote = match.found ? quoteFields(quoteOf(match.found)) : null;
  return { ...pick(match, 'field', 'term', 'words', 'path', 'line', 'where'), quote };
}

function cancelledFields({ section, match, by, word }: Cancelled) {
  return { ...pick(section, 'path', 'line', 'endLine', 'label'), by, word, match: matchFields(match) };
}

function changeFields({ docs, otherwise, registry }: SmallestChange) {
  return {
    docs: docs && docsFields(docs),
    otherwise: otherwise && docsFields(otherwise),
    registry: registry && pick(registry, 'path', 'line', 'field', 'number', 'from', 'to', 'advice'),
  };
}

function docsFields({ steps, words }: DocsChange) {
  return { words, steps: steps.map(stepFields) };
}

function stepFields(step: DocsStep) {
  switch (step.kind) {
    case 'say':
      return { ...pick(step, 'kind', 'path', 'line', 'words', 'within'), quote: quoteFields(step.quote) };
    case 'take-out':
      return { ...pick(step, 'kind', 'path', 'line', 'phrase'), quote: quoteFields(step.quote) };
    case 'publish':
      return pick(step, 'kind', 'path', 'line', 'key');
    case 'paste':
      return { kind: step.kind, ...pick(step.snippet, 'path', 'afterLine', 'shape', 'purpose', 'syntax', 'text') };
  }
}

function mergeFields(merge: ReplayedMerge) {
  return {
    ...pick(merge, 'commit', 'parent', 'head', 'date', 'title', 'pullRequest', 'verdict', 'reason', 'commented'),
    ...pick(merge, 'changedPages', 'blocking'),
    findings: merge.findings.map(findingFields),
    changes: merge.changes.map((change) => pick(change, 'id', 'change', 'before', 'after')),
  };
}

function pointFields({ commit, date, counts, byGravity }: CoveragePoint) {
  const { high, medium, low } = byGravity;
  const gravities = { high: stateFields(high), medium: stateFields(medium), low: stateFields(low) };
  return { commit, date, counts: stateFields(counts), byGravity: gravities };
}

function stateFields(counts: StateCounts): StateCounts {
  return pick(counts, 'covered', 'partial', 'missing', 'waived');
}
