import type { Evidence, Gap, NearMiss, Quote, ScenarioCoverage } from '../coverage/coverage.ts';
import type { Mistake } from '../registry/registry.ts';
import type { Finding } from '../review/findings/finding.ts';
import type { Audit, Counts, Milliseconds, RegistryAdditions, Review, ScenarioReview } from '../review/review.ts';
import { findingOf, tally } from './words/mistake-finding.ts';
import { unifiedDiff } from './words/unified-diff.ts';

/**
 * The versioned machine output. Every object is written out field by field, so that nothing else of the internal
 * ones can leak into what others rely on. A field is only ever added; anything else raises the version.
 */
export const VERSION = 1;

export function renderJson(subject: Review | Audit, milliseconds: Milliseconds): string {
  return written('rev' in subject ? auditFields(subject, milliseconds) : reviewFields(subject, milliseconds));
}

export function renderMistakesJson(mistakes: readonly Mistake[]): string {
  const findings = mistakes.map((mistake) => findingFields(findingOf(mistake)));
  return written({ version: VERSION, kind: 'registry-check', findings, counts: tally(mistakes) });
}

export function renderAdditionsJson(
  kind: 'registry-add' | 'registry-import',
  { path, isNew, before, after, unwritten, entries, mistakes }: RegistryAdditions,
): string {
  const scenarios = entries.map(({ action, id, title, source, why, coverage }) => ({
    ...{ action, id, title, source, why },
    ...(coverage && sideFields(coverage)),
  }));
  const findings = mistakes.map((mistake) => findingFields(findingOf(mistake)));
  const written_ = unwritten === null && before !== after;
  return written({
    ...{ version: VERSION, kind, file: path, isNew, written: written_, unwritten },
    ...{ scenarios, findings, counts: tally(mistakes), diff: unifiedDiff(before, after) },
  });
}

function reviewFields(review: Review, milliseconds: Milliseconds) {
  const { base, mergeBase, head, synonyms, verdict, reason } = review;
  return {
    version: VERSION,
    kind: 'review',
    base,
    mergeBase,
    head,
    registry: registryFields(review),
    synonyms,
    verdict,
    reason,
    scenarios: review.scenarios.map(scenarioFields),
    findings: review.findings.map(findingFields),
    counts: countFields(review.counts),
    milliseconds: millisecondFields(milliseconds),
  };
}

function auditFields(audit: Audit, milliseconds: Milliseconds) {
  const { rev, synonyms, verdict, reason } = audit;
  return {
    version: VERSION,
    kind: 'audit',
    rev,
    registry: registryFields(audit),
    synonyms,
    verdict,
    reason,
    scenarios: audit.scenarios.map(({ coverage, nearMisses }) => ({
      id: coverage.scenario.id,
      title: coverage.scenario.title,
      gravity: coverage.scenario.gravity,
      ...sideFields(coverage),
      nearMisses: nearMisses.map(nearMissFields),
    })),
    findings: audit.findings.map(findingFields),
    counts: countFields(audit.counts),
    milliseconds: millisecondFields(milliseconds),
  };
}

function registryFields({ registry: { source, commit } }: Review | Audit) {
  return { source, commit };
}

function scenarioFields({ scenario, scope, change, continued, before, after }: ScenarioReview) {
  const { id, title, gravity } = scenario;
  return { id, title, gravity, scope, change, continued, before: sideFields(before), after: sideFields(after) };
}

export function sideFields({ state, gaps, evidence }: ScenarioCoverage) {
  return { state, gaps: gaps.map(gapFields), evidence: evidence.map(evidenceFields) };
}

export function gapFields({ kind, detail }: Gap): Gap {
  return { kind, detail };
}

export function evidenceFields({ path, line, endLine, anchor, route, label, matched }: Evidence): Evidence {
  return { path, line, endLine, anchor, route, label, matched };
}

export function nearMissFields({ path, line, endLine, label, route, anchor, lacks, quote, edit, widen }: NearMiss) {
  return {
    ...{ path, line, endLine, label, route, anchor, lacks },
    quote: quote && quoteFields(quote),
    edit,
    widen: widen && { symptom: widen.symptom, word: widen.word, group: widen.group, add: widen.add },
  };
}

export function quoteFields({ path, line, text, marks }: Quote): Quote {
  return { path, line, text, marks: marks.map(({ start, end }) => ({ start, end })) };
}

export function findingFields(finding: Finding): Finding {
  const { kind, scenario, severity, blocking, path, line, endLine, column, message, advice } = finding;
  return { kind, scenario, severity, blocking, path, line, endLine, column, message, advice };
}

function countFields({ covered, partial, missing, waived, pages, changedPages, parsedPages }: Counts): Counts {
  return { covered, partial, missing, waived, pages, changedPages, parsedPages };
}

export function millisecondFields({ read, parse, judge, total }: Milliseconds): Milliseconds {
  return { read, parse, judge, total };
}

export function written(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
