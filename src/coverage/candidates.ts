import { type ContentBlock, nearestAnchor, type Page, type Section } from '../docs/site/page.ts';
import type { Site } from '../docs/site/site.ts';
import type { Candidate, Evidence, Gap, Match, Requirement, SectionPlace } from './coverage.ts';
import { compareLink, type RequiredLink } from './links.ts';
import { matchInBlock, matchInSentence, type Phrase } from './phrase.ts';
import { isProse, type Reading, type Unit, unitOf } from './reading.ts';
import type { ScenarioTerms } from './scenario-terms.ts';
import { codeMatch, findTriggers, matchAt, type Trigger, WHERE } from './triggers.ts';

/** What stays the same while a scenario's candidates are judged. */
export interface Search {
  site: Site;
  terms: ScenarioTerms;
  links: readonly RequiredLink[];
  onPages(page: Page): boolean;
}

/** Judges every section of a page that names the scenario, each once by its best trigger, in reading order. */
export function findCandidates(reading: Reading, search: Search): Candidate[] {
  const best = new Map<Section, Candidate>();
  for (const trigger of findTriggers(reading, search.terms)) {
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

function judgeTrigger(reading: Reading, search: Search, trigger: Trigger): Candidate {
  const { page } = reading.content;
  const unit = unitOf(reading.content, trigger.section, trigger.block);
  const section = trigger.byLabel ? trigger.section : unit.section;
  const requirements = requirementsOf(reading, search, trigger, unit);
  const forbidden = findForbidden(reading, search.terms, unit);
  const onPages = search.onPages(page);
  const level = levelOf(trigger, requirements, search, onPages);
  const gaps: Gap[] =
    level === 'sample' ? [{ kind: 'only-in-sample', detail: trigger.match.term }] : lacks(requirements);
  const inPassing = level !== 'sample' && search.terms.causes.length === 0 && !trigger.byLabel;
  if (inPassing) gaps.unshift({ kind: 'cause', detail: '' });
  for (const { term } of forbidden) gaps.push({ kind: 'forbidden', detail: term });
  if (page.hidden) gaps.push({ kind: 'hidden', detail: '' });
  return {
    page,
    section,
    trigger: trigger.match,
    level,
    requirements,
    forbidden,
    hidden: page.hidden,
    onPages,
    through: null,
    gaps,
    evidence: evidenceOf(section, trigger, requirements),
    unit,
  };
}

function requirementsOf(reading: Reading, search: Search, { match }: Trigger, { blocks }: Unit): Requirement[] {
  const { terms, site, links } = search;
  const { codes } = terms.scenario;
  const code = (): Requirement => ({
    kind: 'code',
    term: codes.join(' or '),
    match: match.field === 'code' ? match : codeIn(reading, terms, blocks),
  });
  return [
    ...(codes.length > 0 ? [code()] : []),
    ...causesIn(blocks, terms, reading),
    ...links.map((link) => linkIn(blocks, link, site, reading.content.page)),
  ];
}

/** A sample satisfies the need for a code; it never names the failure by itself. */
function codeIn(reading: Reading, terms: ScenarioTerms, blocks: readonly ContentBlock[]): Match | null {
  for (const block of blocks) {
    if (block.kind === 'attribute' || block.kind === 'head') continue;
    const [found] = terms.codesIn(reading.index(block));
    if (found) return codeMatch(found.code.source, block, found.span);
  }
  return null;
}

/** A cause stands within one block of prose, never in a sample. */
export function causesIn(blocks: readonly ContentBlock[], { causes }: ScenarioTerms, reading: Reading): Requirement[] {
  return causes.map((cause) => ({ kind: 'cause', term: cause.source, match: causeIn(blocks, cause, reading) }));
}

function causeIn(blocks: readonly ContentBlock[], cause: Phrase, reading: Reading): Match | null {
  for (const block of blocks) {
    const found = isProse(block) ? matchInBlock(cause, reading.index(block)) : null;
    if (found) return matchAt('cause', cause.source, block, found);
  }
  return null;
}

/** Finds a required link in some blocks of a page, and tells whether it leads somewhere. */
export function linkIn(blocks: readonly ContentBlock[], required: RequiredLink, site: Site, from: Page): Requirement {
  const { url: term, state } = required;
  let stale: Match | null = null;
  for (const block of blocks) {
    for (const { url, line } of block.links) {
      const same = compareLink(url, from, required, site);
      if (same === null) continue;
      const match: Match = { field: 'link', term, words: [url], path: block.path, line, where: WHERE[block.kind] };
      if (same === 'same') {
        const requirement: Requirement = { kind: 'link', term, match };
        if (state === 'broken') requirement.broken = true;
        if (state === 'unsure') requirement.unsure = true;
        return requirement;
      }
      stale ??= match;
    }
  }
  return stale ? { kind: 'link', term, match: stale, broken: true } : { kind: 'link', term, match: null };
}

/** Met: it stands there and, if it is a link, leads somewhere. */
export function isMet(requirement: Requirement): boolean {
  return requirement.match !== null && !requirement.broken;
}

function findForbidden(reading: Reading, { never }: ScenarioTerms, { blocks, section }: Unit): Match[] {
  return never.flatMap((phrase) => {
    for (const block of blocks.filter(isProse)) {
      const found = matchInSentence(phrase, reading.index(block), reading.labelsFor({ block, section }));
      if (found) return [matchAt('never', phrase.source, block, found)];
    }
    return [];
  });
}

function levelOf(
  { byLabel, match: { field, where } }: Trigger,
  requirements: Requirement[],
  { terms: { scenario } }: Search,
  onPages: boolean,
): Candidate['level'] {
  if (where === 'sample' || where === 'card') return 'sample';
  const lacksCode = requirements.some(({ kind, match }) => kind === 'code' && !match);
  if (lacksCode && field !== 'claim') return 'near';
  const explains = scenario.causes.length > 0 || byLabel;
  if (explains && requirements.every(isMet)) return 'documents';
  if (field !== 'symptom' || where === 'label' || where === 'row') return 'mentions';
  return scenario.pages.length > 0 && onPages ? 'mentions' : 'near';
}

function lacks(requirements: Requirement[]): Gap[] {
  return requirements.flatMap((requirement): Gap[] => {
    if (isMet(requirement) || requirement.kind === 'code') return [];
    const kind = requirement.broken ? 'broken-link' : requirement.kind;
    return [{ kind, detail: requirement.term }];
  });
}

function evidenceOf(section: Section, { block, match }: Trigger, requirements: Requirement[]): Evidence {
  const isOwnText = section.index === 0 && block !== null && block.kind !== 'label';
  const { path, line, endLine } = isOwnText ? block : section;
  const words = [...match.words, ...requirements.flatMap((requirement) => requirement.match?.words ?? [])];
  return { ...placeOf(section), path, line, endLine, matched: [...new Set(words)] };
}

/** Tells where readers find a section. */
export function placeOf(section: Section): SectionPlace {
  const { path, line, endLine, page, label } = section;
  return { path, line, endLine, anchor: nearestAnchor(section), route: page.url, label: label || page.title };
}

/**
 * Pairs of visible sections of one page that both document a scenario by their own label, neither inside the other,
 * neither a row nor in sibling tabs.
 */
export function findDuplicates(candidates: readonly Candidate[]): [Candidate, Candidate][] {
  const titled = candidates.filter(
    ({ level, hidden, through, trigger, section }) =>
      level === 'documents' && !hidden && !through && trigger.where === 'label' && section.kind !== 'row',
  );
  return titled.flatMap((second, i): [Candidate, Candidate][] => {
    const isPair = (other: Candidate) => other.page === second.page && areApart(other.section, second.section);
    const first = titled.slice(0, i).find(isPair);
    if (!first) return [];
    return [first.section.index < second.section.index ? [first, second] : [second, first]];
  });
}

function areApart(a: Section, b: Section): boolean {
  const [aroundA, aroundB] = [around(a), around(b)];
  const isSibling = (tab: Section, other: Section) => tab !== other && tab.parent === other.parent;
  const areInSiblingTabs = aroundA.some(
    (tab) => tab.kind === 'tab' && aroundB.some((other) => other.kind === 'tab' && isSibling(tab, other)),
  );
  return !aroundA.includes(b) && !aroundB.includes(a) && !areInSiblingTabs;
}

/** A section and all that enclose it. */
function around(section: Section): Section[] {
  return section.parent ? [section, ...around(section.parent)] : [section];
}

/** A section that documents a scenario beside one on its pages that names it and says what must not be said. */
export function findConflicts(candidates: readonly Candidate[]): [Candidate, Candidate][] {
  const documents = candidates.find((candidate) => candidate.level === 'documents' && candidate.forbidden.length === 0);
  if (!documents) return [];
  const saying = candidates.filter(
    (candidate) => candidate.onPages && candidate.level !== 'near' && candidate.forbidden.length > 0,
  );
  return saying.map((candidate) => [documents, candidate]);
}
