import { causesIn, isMet, linkIn } from '../../coverage/candidates.ts';
import type { Candidate, Evidence, ScenarioCoverage } from '../../coverage/coverage.ts';
import { requiredLink } from '../../coverage/links.ts';
import { scenarioPages } from '../../coverage/moves.ts';
import { matchInSentence } from '../../coverage/phrase.ts';
import { readContent, unitOf, unitOfLabel } from '../../coverage/reading.ts';
import { termsOf } from '../../coverage/scenario-terms.ts';
import { type ContentBlock, nearestAnchor, type Page, type Section } from '../../docs/site/page.ts';
import type { Site } from '../../docs/site/site.ts';
import type { Scenario } from '../../registry/registry.ts';
import { compareCoverage } from './compare-coverage.ts';
import type { Judgement } from './judge-pull-request.ts';
import { isSameSection } from './section-changes.ts';

/** A state that lasts although the registry no longer finds it, with the section that it rests on. */
interface Continued {
  coverage: ScenarioCoverage;
  section: Section;
  /** The registry's words do not match it. */
  reworded: boolean;
  /** It stands on none of the scenario's pages: the one that it left is gone. */
  offPages: boolean;
}

/**
 * Keeps the state of a scenario whose evidence was put into other words: the section that followed it still holds every
 * cause and link that it held. A scenario without causes needs the same anchor or label. Null where it does not last.
 */
export function continueEvidence(
  before: ScenarioCoverage,
  after: ScenarioCoverage,
  judgement: Judgement,
): Continued | null {
  if (compareCoverage(before, after) !== 'worsened') return null;
  for (const candidate of decisive(before)) {
    const section = judgement.sections.successorOf(candidate.section);
    if (section && lastsIn(section, candidate, after.scenario, judgement)) {
      const offPages = candidate.onPages && !isOnPages(section.page, after.scenario, judgement);
      return { coverage: continued(before, after, section), section, reworded: !isComplete(section, after), offPages };
    }
  }
  return null;
}

function isComplete(section: Section, { candidates }: ScenarioCoverage): boolean {
  return candidates.some((other) => other.level === 'documents' && isSameSection(other.section, section));
}

/** The candidates on which the state rested: all that are complete, else the one whose gaps are the scenario's. */
function decisive(before: ScenarioCoverage): Candidate[] {
  const evidence = before.unwaived.state === 'covered' ? before.evidence : before.evidence.slice(0, 1);
  return before.candidates.filter((candidate) => evidence.includes(candidate.evidence));
}

function continued(before: ScenarioCoverage, after: ScenarioCoverage, section: Section): ScenarioCoverage {
  const { state, gaps } = before.unwaived;
  const kept = after.state === 'waived' ? 'waived' : state;
  return { ...after, state: kept, unwaived: { state, gaps }, gaps, evidence: [evidenceAt(section)] };
}

function evidenceAt(section: Section): Evidence {
  const { path, line, endLine, page } = section;
  const label = section.label || page.title;
  return { path, line, endLine, anchor: nearestAnchor(section), route: page.url, label, matched: [] };
}

function lastsIn(section: Section, old: Candidate, scenario: Scenario, judgement: Judgement): boolean {
  const { site } = judgement.after;
  const blocks = blocksLike(old, section, site);
  // Where a page was split or merged into others, its sections are looked for where they went.
  const isGone = site.pageAt(old.page.path) === undefined;
  return (
    !section.page.hidden &&
    (!old.onPages || isGone || isOnPages(section.page, scenario, judgement)) &&
    holdsWhatItHeld(blocks, section, old, scenario, judgement) &&
    (!old.through || stillLinksTo(old.through, blocks, section.page, judgement)) &&
    keepsCode(blocks, old, scenario) &&
    !isRuledOut(blocks, section, scenario, site)
  );
}

/** The blocks of the new section, taken as widely as those in which the old evidence was found. */
function blocksLike(old: Candidate, section: Section, site: Site): readonly ContentBlock[] {
  const content = site.read(section.page);
  if (section.kind === 'row') return unitOf(content, section, section.blocks[0] as ContentBlock).blocks;
  const byLabel = old.trigger.where === 'label' || old.section.kind === 'row';
  return byLabel ? unitOfLabel(section).blocks : unitOf(content, section, null).blocks;
}

function isOnPages(page: Page, scenario: Scenario, { options }: Judgement): boolean {
  return scenarioPages(options.before)(scenario)(page);
}

function holdsWhatItHeld(
  blocks: readonly ContentBlock[],
  section: Section,
  old: Candidate,
  scenario: Scenario,
  { after: { site }, options }: Judgement,
): boolean {
  const links = scenario.links.flatMap((url) => requiredLink(url, site, options.before) ?? []);
  const now = [
    ...causesIn(blocks, termsOf(scenario), readContent(site.read(section.page))),
    ...links.map((link) => linkIn(blocks, link, site, section.page)),
  ].filter(isMet);
  const held = old.requirements.filter((requirement) => requirement.kind !== 'code' && isMet(requirement));
  const lasts = held.every(({ kind, term }) => now.some((other) => other.kind === kind && other.term === term));
  return lasts && (held.some(({ kind }) => kind === 'cause') || hasSameName(section, old.section));
}

function hasSameName(section: Section, old: Section): boolean {
  if (section.anchor !== null && section.anchor === old.anchor) return true;
  return section.label !== '' && section.label.toLowerCase() === old.label.toLowerCase();
}

/** Evidence that was complete through a link to a complete section must still link there. */
function stillLinksTo(
  complete: Section,
  blocks: readonly ContentBlock[],
  page: Page,
  { sections, after: { site } }: Judgement,
): boolean {
  const through = sections.successorOf(complete);
  const targets = blocks.flatMap((block) => block.links.map((link) => site.resolve(link.url, page)));
  return targets.some((target) => {
    if (target.kind !== 'page' || target.page !== through?.page) return false;
    return target.anchor === null || target.anchor === nearestAnchor(through)?.toLowerCase();
  });
}

/**
 * Other words for an identifier do not exist: readers search for it, so one that stood there must go on, and outside
 * samples if it was what named the failure.
 */
function keepsCode(blocks: readonly ContentBlock[], old: Candidate, scenario: Scenario): boolean {
  const code = old.requirements.find((requirement) => requirement.kind === 'code')?.match?.words[0];
  if (code === undefined || /\s/.test(code)) return true;
  const named = old.trigger.field === 'code' && old.trigger.where !== 'sample';
  const where = named ? blocks.filter(({ kind }) => kind !== 'code') : blocks;
  return termsOf(scenario).codes.some(({ find }) => where.some((block) => find(block.text) !== null));
}

/** A label that the registry excepts, or text that it forbids, is not the same in other words. */
function isRuledOut(blocks: readonly ContentBlock[], section: Section, scenario: Scenario, site: Site): boolean {
  const reading = readContent(site.read(section.page));
  const { except, never } = termsOf(scenario);
  const labels = reading.labels(section);
  if (except.some((phrase) => labels.some((label) => matchInSentence(phrase, label, []) !== null))) return true;
  const said = blocks.filter(({ kind }) => kind === 'label' || kind === 'prose' || kind === 'row');
  return never.some((phrase) => said.some((block) => matchInSentence(phrase, reading.index(block), labels) !== null));
}
