import { nearestAnchor, type Page, type Section } from '../docs/site/page.ts';
import type { Site } from '../docs/site/site.ts';
import type { Scenario } from '../registry/registry.ts';
import type { Candidate, Evidence, Gap, Match, Requirement } from './coverage.ts';
import type { RequiredLink } from './links.ts';
import { matchInSentence } from './match-phrase.ts';
import type { Reading } from './reading.ts';
import { causesIn, isMet, linksIn, matchAt } from './requirements.ts';
import { termsOf } from './scenario-terms.ts';
import { findTriggers, type Trigger } from './triggers.ts';
import { type Unit, unitOf } from './unit.ts';

/** What stays the same while a scenario's candidates are judged. */
export interface Search {
  site: Site;
  scenario: Scenario;
  links: readonly (RequiredLink | null)[];
  onPages(page: Page): boolean;
}

/** A candidate with the text that it was judged by. */
export interface JudgedCandidate extends Candidate {
  unit: Unit;
}

/** Every section of a page that names the scenario, each judged once by its best trigger, in reading order. */
export function findCandidates(reading: Reading, search: Search): JudgedCandidate[] {
  const best = new Map<Section, JudgedCandidate>();
  for (const trigger of findTriggers(reading, search.scenario)) {
    const candidate = judgeTrigger(reading, search, trigger);
    const rival = best.get(candidate.section);
    if (!rival || isBetter(candidate, rival)) best.set(candidate.section, candidate);
  }
  return [...best.values()];
}

const LEVELS = ['near', 'sample', 'mentions', 'documents'] as const;

/** Complete before incomplete, then fewer gaps; the earlier trigger wins a tie. */
export function isBetter(a: Candidate, b: Candidate): boolean {
  const level = LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level);
  return level !== 0 ? level > 0 : a.gaps.length < b.gaps.length;
}

function judgeTrigger(reading: Reading, search: Search, trigger: Trigger): JudgedCandidate {
  const unit = unitOf(reading.content, trigger.section, trigger.block);
  const requirements = requirementsOf(reading, search, trigger, unit);
  const forbidden = findForbidden(reading, search.scenario, unit);
  const level = levelOf(trigger, requirements, search, reading.page);
  const hidden = reading.page.hidden;
  const section = trigger.byLabel ? trigger.section : unit.section;
  return {
    page: reading.page,
    section,
    trigger: trigger.match,
    level,
    requirements,
    forbidden,
    hidden,
    onPages: search.onPages(reading.page),
    through: null,
    gaps: gapsOf(level, requirements, forbidden, hidden, search.scenario, trigger),
    evidence: evidenceOf(reading.page, section, trigger, requirements),
    unit,
  };
}

function requirementsOf(reading: Reading, search: Search, trigger: Trigger, unit: Unit): Requirement[] {
  const { scenario, site, links } = search;
  const code = scenario.codes.length > 0 ? [codeIn(reading, scenario, trigger, unit)] : [];
  return [
    ...code,
    ...causesIn(unit.blocks, scenario, reading),
    ...linksIn(unit.blocks, scenario, links, site, reading.page),
  ];
}

/** A sample satisfies the need for a code; it never names the failure by itself. */
function codeIn(reading: Reading, scenario: Scenario, trigger: Trigger, unit: Unit): Requirement {
  const term = scenario.codes.join(' or ');
  if (trigger.match.field === 'code') return { kind: 'code', term, match: trigger.match };
  const terms = termsOf(scenario);
  for (const block of unit.blocks) {
    if (block.kind === 'attribute' || block.kind === 'head') continue;
    for (const [i, code] of terms.codes.entries()) {
      if (!terms.codeStems[i]?.every((word) => reading.index(block).positions.has(word))) continue;
      const found = code.find(block.text);
      const words = found ? [block.text.slice(found.start, found.end)] : [];
      if (found) return { kind: 'code', term, match: matchAt('code', code.source, block, { words, inText: [found] }) };
    }
  }
  return { kind: 'code', term, match: null };
}

function findForbidden(reading: Reading, scenario: Scenario, unit: Unit): Match[] {
  return termsOf(scenario).never.flatMap((phrase) => {
    for (const block of unit.blocks) {
      if (block.kind === 'code' || block.kind === 'attribute' || block.kind === 'head') continue;
      const labels = block.kind === 'label' ? [] : reading.labels(unit.section);
      const found = matchInSentence(phrase, reading.index(block), labels);
      if (found) return [matchAt('never', phrase.source, block, found)];
    }
    return [];
  });
}

function levelOf(trigger: Trigger, requirements: Requirement[], search: Search, page: Page): Candidate['level'] {
  const { scenario } = search;
  const { field, where } = trigger.match;
  if (where === 'sample' || where === 'card') return 'sample';
  const lacksCode = requirements.some((requirement) => requirement.kind === 'code' && !requirement.match);
  if (lacksCode && field !== 'claim') return 'near';
  const explains = scenario.causes.length > 0 || trigger.byLabel;
  if (explains && requirements.every(isMet)) return 'documents';
  if (field !== 'symptom' || where === 'label' || where === 'row') return 'mentions';
  return scenario.pages.length > 0 && search.onPages(page) ? 'mentions' : 'near';
}

function gapsOf(
  level: Candidate['level'],
  requirements: Requirement[],
  forbidden: Match[],
  hidden: boolean,
  scenario: Scenario,
  trigger: Trigger,
): Gap[] {
  const gaps: Gap[] =
    level === 'sample' ? [{ kind: 'only-in-sample', detail: trigger.match.term }] : lacks(requirements);
  const inPassing = level !== 'sample' && scenario.causes.length === 0 && !trigger.byLabel;
  if (inPassing) gaps.unshift({ kind: 'cause', detail: '' });
  for (const match of forbidden) gaps.push({ kind: 'forbidden', detail: match.term });
  if (hidden) gaps.push({ kind: 'hidden', detail: '' });
  return gaps;
}

function lacks(requirements: Requirement[]): Gap[] {
  return requirements.flatMap((requirement): Gap[] => {
    if (isMet(requirement) || requirement.kind === 'code') return [];
    const kind = requirement.broken ? 'broken-link' : requirement.kind;
    return [{ kind, detail: requirement.term }];
  });
}

function evidenceOf(page: Page, section: Section, trigger: Trigger, requirements: Requirement[]): Evidence {
  const { block } = trigger;
  const whole = section.index === 0 && block !== null && block.kind !== 'label';
  const at = whole ? block : section;
  const met = requirements.flatMap((requirement) => requirement.match?.words ?? []);
  return {
    path: at.path,
    line: at.line,
    endLine: at.endLine,
    anchor: nearestAnchor(section),
    route: page.url,
    label: section.label || page.title,
    matched: [...new Set([...trigger.match.words, ...met])],
  };
}
