import { nearestAnchor, type Page } from '../docs/page.ts';
import type { Site } from '../docs/site.ts';
import type { Registry, Scenario } from '../registry/registry.ts';
import { findCandidates, isBetter, type JudgedCandidate, type Search } from './candidates.ts';
import type { Candidate, Coverage, Gap, ScenarioCoverage, State } from './coverage.ts';
import { findConflicts, findDuplicates } from './duplicates.ts';
import { requiredLink } from './links.ts';
import type { Before } from './moved-target.ts';
import { isWhereReadersLook } from './page-scope.ts';
import { type PageSearch, pageSearch, type WordsCache } from './page-search.ts';
import { readPage } from './reading.ts';
import { isWaived } from './waiver.ts';

export interface JudgeOptions {
  /** The date that waivers are held against: YYYY-MM-DD, UTC. */
  today: string;
  /** Scenarios waived on the pull request. */
  waived: ReadonlySet<string>;
  /** The site at the merge base: `pages` and `links` of the registry follow its moves. */
  before?: Before;
  /** Words of files that were read before. */
  words?: WordsCache | undefined;
}

/** Judges every scenario of a registry against one snapshot's site. */
export function judge(site: Site, registry: Registry, options: JudgeOptions): Coverage {
  const coverage = new Map<string, ScenarioCoverage>();
  const pages = pageSearch(site, registry.scenarios, options.words);
  for (const scenario of registry.scenarios) coverage.set(scenario.id, judgeScenario(site, scenario, pages, options));
  return coverage;
}

function judgeScenario(site: Site, scenario: Scenario, pages: PageSearch, options: JudgeOptions): ScenarioCoverage {
  const search = startSearch(site, scenario, options.before ?? null);
  const candidates = findAllCandidates(search, pages);
  const { state, gaps, evidence } = decide(candidates);
  const waived = isWaived(scenario, options, { state, evidence, site, onPages: search.onPages });
  return {
    scenario,
    state: waived ? 'waived' : state,
    unwaived: { state, gaps },
    gaps,
    evidence: evidence.map((candidate) => candidate.evidence),
    candidates,
    duplicates: findDuplicates(candidates),
    conflicts: findConflicts(candidates),
    unsureLinks: evidence.flatMap(unsureLinks),
  };
}

function startSearch(site: Site, scenario: Scenario, before: Before | null): Search {
  const links = scenario.links.map((url) => requiredLink(url, site, before));
  const onPages = (page: Page) => isWhereReadersLook(page, scenario, before);
  return { site, scenario, links, onPages };
}

function findAllCandidates(search: Search, pages: PageSearch): JudgedCandidate[] {
  const found = pages.naming(search.scenario);
  const candidates = found.flatMap(({ page, places }) => findCandidates(readPage(search.site, page), search, places));
  const visible = candidates.filter((candidate) => candidate.level === 'documents' && isClean(candidate));
  for (const candidate of candidates) followLinks(candidate, visible, search);
  return candidates.sort((a, b) => rank(b) - rank(a) || a.gaps.length - b.gaps.length);
}

function isClean(candidate: Candidate): boolean {
  return !candidate.hidden && candidate.forbidden.length === 0;
}

/** A section that names the failure and links to a complete one by its anchor, or to a page about it, counts too. */
function followLinks(candidate: JudgedCandidate, complete: readonly Candidate[], search: Search): void {
  if (candidate.level !== 'mentions' || !isClean(candidate)) return;
  for (const link of candidate.unit.blocks.flatMap((block) => block.links)) {
    const target = search.site.resolve(link.url, candidate.page);
    if (target.kind !== 'page') continue;
    const through = complete.find((other) => isReachedBy(other, target.page, target.anchor));
    if (!through) continue;
    candidate.through = through.section;
    candidate.level = 'documents';
    candidate.gaps = [];
    return;
  }
}

function isReachedBy(complete: Candidate, page: Page, anchor: string | null): boolean {
  if (complete.page !== page) return false;
  if (anchor) return nearestAnchor(complete.section)?.toLowerCase() === anchor;
  return complete.section.index === 0 && complete.trigger.where === 'label';
}

function rank(candidate: Candidate): number {
  const levels = { documents: 8, mentions: 4, sample: 2, near: -16 };
  return levels[candidate.level] + (candidate.onPages ? 16 : 0) + (isClean(candidate) ? 1 : 0);
}

interface Decision {
  state: Exclude<State, 'waived'>;
  gaps: Gap[];
  evidence: Candidate[];
}

function decide(candidates: readonly Candidate[]): Decision {
  const named = candidates.filter((candidate) => candidate.onPages && candidate.level !== 'near');
  const documented = named.filter((candidate) => candidate.level === 'documents' && isClean(candidate));
  if (documented.length > 0) return { state: 'covered', gaps: [], evidence: documented };
  const best = named.reduce<Candidate | null>((a, b) => (a && !isBetter(b, a) ? a : b), null);
  if (best) return { state: 'partial', gaps: best.gaps, evidence: [best, ...named.filter((other) => other !== best)] };
  const elsewhere = candidates.filter((candidate) => candidate.level === 'documents' && isClean(candidate));
  const gaps = elsewhere.slice(0, 1).map((candidate): Gap => ({ kind: 'elsewhere', detail: candidate.page.path }));
  return { state: elsewhere.length > 0 ? 'partial' : 'missing', gaps, evidence: elsewhere };
}

function unsureLinks(candidate: Candidate): ScenarioCoverage['unsureLinks'] {
  return candidate.requirements
    .filter((requirement) => requirement.unsure)
    .map((requirement) => ({ url: requirement.term, evidence: candidate.evidence }));
}
