import { nearestAnchor, type Page } from '../docs/site/page.ts';
import type { Site } from '../docs/site/site.ts';
import type { Registry, Scenario } from '../registry/registry.ts';
import { findCandidates, isBetter, type JudgedCandidate, type Search } from './candidates.ts';
import type { Candidate, Coverage, Gap, ScenarioCoverage, State } from './coverage.ts';
import { findConflicts, findDuplicates } from './duplicates.ts';
import { expectLinked, requiredLink } from './links.ts';
import type { Before } from './moved-target.ts';
import { isWhereReadersLook } from './page-scope.ts';
import { ScenarioSearch, type SiteSearch } from './page-search.ts';
import { readContent } from './reading.ts';
import { isWaived } from './waiver.ts';

export interface JudgeOptions {
  /** The date that waivers are held against: YYYY-MM-DD, UTC. */
  today: string;
  /** Scenarios waived on the pull request. */
  waived: ReadonlySet<string>;
  /** The site at the merge base: `pages` and `links` of the registry follow its moves. */
  before?: Before;
  /** Also look at what cannot matter for a state, to show what was looked at. */
  inPassingToo?: boolean;
  /** Pages of this site, or of another one, on which that is looked at in any case. */
  mentionsOn?: ReadonlySet<Page>;
  /** What is known of a scenario without judging it: it was judged on a site that says the same of it. */
  settled?: (scenario: Scenario) => ScenarioCoverage | null;
  /** The only pages that can name a scenario, in site order, where that is known. */
  among?: (scenario: Scenario) => readonly Page[];
  /** Leads to the pages that may name the scenarios which are judged; without it a new one does. */
  search?: ScenarioSearch | undefined;
}

/** Judges every scenario of a registry against one snapshot's site. */
export function judge(site: Site, registry: Registry, options: JudgeOptions): Coverage {
  const coverage = new Map<string, ScenarioCoverage>();
  const open = registry.scenarios.filter((scenario) => {
    const settled = options.settled?.(scenario) ?? null;
    // In registry order, settled or not.
    coverage.set(scenario.id, settled as ScenarioCoverage);
    return settled === null;
  });
  for (const judged of judgeSome(open, site, registry, options)) coverage.set(judged.scenario.id, judged);
  return coverage;
}

/** Judges some of a registry's scenarios, in their order. */
export function judgeSome(
  scenarios: readonly Scenario[],
  site: Site,
  registry: Registry,
  options: JudgeOptions,
): ScenarioCoverage[] {
  if (scenarios.length === 0) return [];
  expectLinked(
    scenarios.flatMap(({ links }) => links),
    site,
  );
  const searches = scenarios.map((scenario) => startSearch(site, scenario, options));
  const pages = options.search ?? new ScenarioSearch(registry.scenarios);
  const mentionsOn = new Set([...(options.mentionsOn ?? [])].filter((page) => site.pageAt(page.path) === page));
  const found = new Map(searches.map((each) => [each, new FoundOnPages()]));
  const wanted = pagesToRead(searches, pages.on(site), { ...options, mentionsOn });
  site.expect(() => wanted.keys());
  for (const [page, askedFor] of wanted) {
    const reading = readContent(site.read(page));
    const isAsked = options.inPassingToo === true || mentionsOn.has(page);
    const silent: Scenario[] = [];
    for (const each of askedFor) {
      const isNamed = found.get(each)?.add(page, findCandidates(reading, each), isAsked);
      if (!isNamed) silent.push(each.scenario);
    }
    // Whoever looks at everything also wants the pages on which something keeps the words from naming it.
    if (!options.inPassingToo) pages.ruleOut(page, site, silent);
  }
  return searches.map((each) => judgeScenario(each, found.get(each) as FoundOnPages, options));
}

/** The candidates of one scenario that count, and the pages that name it. */
class FoundOnPages {
  readonly candidates: JudgedCandidate[] = [];
  readonly pages: Page[] = [];

  /**
   * Where readers do not look, only a section counts that is complete by itself; and nowhere a symptom in passing.
   * @param isAsked whether all are kept, to be shown
   * @returns whether the page names the scenario
   */
  add(page: Page, candidates: readonly JudgedCandidate[], isAsked: boolean): boolean {
    if (candidates.length === 0) return false;
    this.pages.push(page);
    for (const candidate of candidates) {
      const { level, onPages } = candidate;
      if (isAsked || level === 'documents' || (onPages && level !== 'near')) this.candidates.push(candidate);
    }
    return true;
  }
}

/** The pages of which something may matter for a scenario's state, in site order, with the scenarios. */
function pagesToRead(
  searches: readonly Search[],
  search: SiteSearch,
  { inPassingToo, mentionsOn, among }: JudgeOptions,
): ReadonlyMap<Page, ReadonlySet<Search>> {
  const wanted = new Map<Page, Set<Search>>();
  const want = (page: Page, each: Search) => {
    const list = wanted.get(page);
    if (list) list.add(each);
    else wanted.set(page, new Set([each]));
  };
  for (const each of searches) {
    const matters = (page: Page) => inPassingToo || each.onPages(page) || search.mayExplain(page, each.scenario);
    const known = among?.(each.scenario);
    for (const page of known ?? search.naming(each.scenario)) if (known || matters(page)) want(page, each);
  }
  const byScenario = new Map(searches.map((each) => [each.scenario, each]));
  for (const page of mentionsOn ?? []) {
    for (const scenario of search.namedOn(page)) {
      const each = byScenario.get(scenario);
      if (each) want(page, each);
    }
  }
  return new Map([...wanted].sort(([a], [b]) => (a.path < b.path ? -1 : 1)));
}

function judgeScenario(search: Search, found: FoundOnPages, options: JudgeOptions): ScenarioCoverage {
  const { site, scenario } = search;
  const candidates = settle(found.candidates, search);
  const { state, gaps, evidence } = decide(candidates);
  const waived = isWaived(scenario, options, { state, evidence, site, onPages: search.onPages });
  return {
    scenario,
    state: waived ? 'waived' : state,
    unwaived: { state, gaps },
    gaps,
    evidence: evidence.map((candidate) => candidate.evidence),
    candidates,
    pages: found.pages,
    duplicates: findDuplicates(candidates),
    conflicts: findConflicts(candidates),
    unsureLinks: evidence.flatMap(unsureLinks),
  };
}

function startSearch(site: Site, scenario: Scenario, options: JudgeOptions): Search {
  const before = options.before ?? null;
  const links = scenario.links.map((url) => requiredLink(url, site, before));
  const onPages = (page: Page) => isWhereReadersLook(page, scenario, before);
  return { site, scenario, links, onPages };
}

/** Completes candidates by the sections that they link to, and puts the best first. */
function settle(candidates: JudgedCandidate[], search: Search): JudgedCandidate[] {
  const visible = candidates.filter((candidate) => candidate.level === 'documents' && isClean(candidate));
  for (const candidate of candidates) if (candidate.onPages) followLinks(candidate, visible, search);
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
