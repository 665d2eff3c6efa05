import type { Candidate, Match, Requirement } from '../coverage/coverage.ts';
import { quoteOf } from '../coverage/quote.ts';
import type { Cancelled } from '../coverage/triggers.ts';
import type { Explanation } from '../review/explanation.ts';
import type { DocsStep } from '../review/suggest/docs-step.ts';
import type { RegistryChange } from '../review/suggest/registry-change.ts';
import type { DocsChange, SmallestChange } from '../review/suggest/smallest-change.ts';
import { evidenceFields, gapFields, nearMissFields, quoteFields, sideFields, VERSION, written } from './json.ts';

/** What `explain` tells, for machines: an unmet cause says what of it stands there, a match the sentence it stands in. */
export function renderExplanationJson({ coverage, partly, nearMisses, cancelled, change }: Explanation): string {
  const { id, title, gravity } = coverage.scenario;
  return written({
    version: VERSION,
    kind: 'explain',
    scenario: { id, title, gravity },
    ...sideFields(coverage),
    candidates: coverage.candidates.map((candidate) => candidateFields(candidate, partly)),
    nearMisses: nearMisses.map(nearMissFields),
    cancelled: cancelled.map(cancelledFields),
    smallestChange: change && changeFields(change),
  });
}

function candidateFields(candidate: Candidate, partly: Explanation['partly']) {
  const { level, hidden, onPages, through } = candidate;
  return {
    ...evidenceFields(candidate.evidence),
    level,
    hidden,
    onPages,
    through: through && { path: through.path, line: through.line, endLine: through.endLine, label: through.label },
    trigger: matchFields(candidate.trigger),
    requirements: candidate.requirements.map((requirement) => requirementFields(requirement, partly)),
    forbidden: candidate.forbidden.map(matchFields),
    gaps: candidate.gaps.map(gapFields),
  };
}

function requirementFields(requirement: Requirement, partly: Explanation['partly']) {
  const { kind, term, match, broken = false } = requirement;
  const there = partly.get(requirement);
  const nearest = there ? { lacks: there.lacks, quote: quoteFields(there.quote) } : null;
  return { kind, term, broken, match: match && matchFields(match), nearest };
}

function matchFields({ field, term, words, path, line, where, found }: Match) {
  return { field, term, words, path, line, where, quote: found ? quoteFields(quoteOf(found)) : null };
}

function cancelledFields({ section, match, by, word }: Cancelled) {
  const { path, line, endLine, label } = section;
  return { path, line, endLine, label, by, word, match: matchFields(match) };
}

function changeFields({ docs, otherwise, registry }: SmallestChange) {
  return {
    docs: docs && docsFields(docs),
    otherwise: otherwise && docsFields(otherwise),
    registry: registry && registryFields(registry),
  };
}

function docsFields({ steps, words }: DocsChange) {
  return { words, steps: steps.map(stepFields) };
}

function stepFields(step: DocsStep) {
  switch (step.kind) {
    case 'say':
      return {
        kind: step.kind,
        path: step.path,
        line: step.line,
        words: step.words,
        within: step.within,
        quote: quoteFields(step.quote),
      };
    case 'take-out':
      return { kind: step.kind, path: step.path, line: step.line, phrase: step.phrase, quote: quoteFields(step.quote) };
    case 'publish':
      return { kind: step.kind, path: step.path, line: step.line, key: step.key };
    case 'paste': {
      const { path, afterLine, shape, purpose, syntax, text } = step.snippet;
      return { kind: step.kind, path, afterLine, shape, purpose, syntax, text };
    }
  }
}

function registryFields({ path, line, field, number, from, to, advice }: RegistryChange): RegistryChange {
  return { path, line, field, number, from, to, advice };
}
