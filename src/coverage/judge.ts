import { nearestAnchor, type Page } from '../docs/site/page.ts';
import { matchesPages } from '../docs/site/page-globs.ts';
import type { Site } from '../docs/site/site.ts';
import type { Registry, Scenario } from '../registry/registry.ts';
import { findCandidates, findConflicts, findDuplicates, isBetter, type Search } from './candidates.ts';
import type { Candidate, Coverage, Gap, ScenarioCoverage, State } from './coverage.ts';
import { expectLinked, requiredLink } from './links.ts';
import { type Before, scenarioPages } from './moves.ts';
import { ScenarioSearch, type SiteSearch } from './page-search.ts';
import { type Reading, readContent } from './reading.ts';

export interface JudgeOptions {
  /** The date that waivers are held against: YYYY-MM-DD, UTC. */
  today: string;
  /** Scenarios waived on the pull request. */
  waived: ReadonlySet<string>;
  /** The site at the merge base: `pages` and `links` of the registry follow its moves. */
  before?: Before;
  /** Also keep candidates that cannot change a state, so that `explain` can show them. */
  inPassingToo?: boolean;
  /** Pages of which such candidates are kept in any case; pages of other sites are ignored. */
  mentionsOn?: ReadonlySet<Page>;
  /** The coverage of a scenario that was judged on a site which says the same of it; null where it has to be judged. */
  settled?: (scenario: Scenario) => ScenarioCoverage | null;
  /** The only pages that can name a scenario, in site order, where that is known. */
  among?: (scenario: Scenario) => readonly Page[];
  /** Finds the pages that may name the judged scenarios; by default a new search does. */
  search?: ScenarioSearch | undefined;
}

/** Judges every scenario of a registry against one snapshot's site. */
export function judge(site: Site, registry: Registry, options: JudgeOptions): Coverage {
  const coverage = new Map<string, ScenarioCoverage>();
  const open = registry.scenarios.filter((scenario) => {
    const settled = options.settled?.(scenario) ?? null;
    // Every scenario gets its place in registry order now, and its coverage below.
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
  expectLinked(scenarios, site);
  const { before = null, inPassingToo = false, search = new ScenarioSearch(registry.scenarios) } = options;
  const pagesOf = scenarioPages(before);
  const all = scenarios.map(
    (scenario): OpenScenario => ({
      site,
      terms: search.termsOf(scenario),
      links: scenario.links.flatMap((url) => requiredLink(url, site, before) ?? []),
      onPages: pagesOf(scenario),
      candidates: [],
      pages: [],
    }),
  );
  const mentionsOn = new Set([...(options.mentionsOn ?? [])].filter((page) => site.pageAt(page.path) === page));
  const wanted = pagesToRead(all, search.on(site), { ...options, mentionsOn });
  site.expect(() => wanted.keys());
  for (const [page, askedFor] of wanted) {
    const reading = readContent(site.read(page));
    const isAsked = inPassingToo || mentionsOn.has(page);
    const silent = [...askedFor].filter((open) => !noteCandidates(open, reading, isAsked));
    // `explain` also asks for pages on which `except` or a negation cancels the words, so these stay.
    if (!inPassingToo) search.ruleOut(page, site, silent.map(scenarioOf));
  }
  return all.map((open) => judgeScenario(open, options));
}

/** A scenario that is being judged. */
interface OpenScenario extends Search {
  /** The candidates that count. */
  candidates: Candidate[];
  /** The pages that name it. */
  pages: Page[];
}

function scenarioOf({ terms }: OpenScenario): Scenario {
  return terms.scenario;
}

/**
 * Keeps the candidates of a page that count. On pages where readers do not look, only complete sections count. A symptom
 * in passing never counts.
 * @param isAsked whether to keep all candidates, so that they can be shown
 * @returns whether the page names the scenario
 */
function noteCandidates(open: OpenScenario, reading: Reading, isAsked: boolean): boolean {
  const candidates = findCandidates(reading, open);
  if (candidates.length === 0) return false;
  open.pages.push(reading.content.page);
  for (const candidate of candidates) {
    const { level, onPages } = candidate;
    if (isAsked || level === 'documents' || (onPages && level !== 'near')) open.candidates.push(candidate);
  }
  return true;
}

/** Finds the pages that may change a state, in site order, each with the scenarios to look for. */
function pagesToRead(
  all: readonly OpenScenario[],
  search: SiteSearch,
  { inPassingToo, mentionsOn, among }: JudgeOptions,
): ReadonlyMap<Page, ReadonlySet<OpenScenario>> {
  const wanted = new Map<Page, Set<OpenScenario>>();
  const want = (page: Page, open: OpenScenario) => wanted.set(page, (wanted.get(page) ?? new Set()).add(open));
  for (const open of all) {
    const scenario = scenarioOf(open);
    const matters = (page: Page) => inPassingToo || open.onPages(page) || search.mayExplain(page, scenario);
    const known = among?.(scenario);
    for (const page of known ?? search.naming(scenario)) if (known || matters(page)) want(page, open);
  }
  const byScenario = new Map(all.map((open) => [scenarioOf(open), open]));
  for (const page of mentionsOn ?? []) {
    for (const scenario of search.namedOn(page)) {
      const open = byScenario.get(scenario);
      if (open) want(page, open);
    }
  }
  return new Map([...wanted].sort(([a], [b]) => (a.path < b.path ? -1 : 1)));
}

function judgeScenario(open: OpenScenario, options: JudgeOptions): ScenarioCoverage {
  const candidates = settle(open);
  const decision = decide(candidates);
  const { state, gaps, evidence } = decision;
  return {
    scenario: scenarioOf(open),
    state: isWaived(open, options, decision) ? 'waived' : state,
    unwaived: { state, gaps },
    gaps,
    evidence: evidence.map((candidate) => candidate.evidence),
    candidates,
    pages: open.pages,
    duplicates: findDuplicates(candidates),
    conflicts: findConflicts(candidates),
    unsureLinks: evidence.flatMap(unsureLinks),
  };
}

/** Completes candidates by the sections that they link to, and puts the best first. */
function settle({ candidates, site }: OpenScenario): Candidate[] {
  const complete = candidates.filter(isComplete);
  for (const candidate of candidates) if (candidate.onPages) followLinks(candidate, complete, site);
  return candidates.sort((a, b) => rank(b) - rank(a) || a.gaps.length - b.gaps.length);
}

function isClean(candidate: Candidate): boolean {
  return !candidate.hidden && candidate.forbidden.length === 0;
}

function isComplete(candidate: Candidate): boolean {
  return candidate.level === 'documents' && isClean(candidate);
}

/** A section that names the failure and links to a complete one by its anchor, or to a page about it, counts too. */
function followLinks(candidate: Candidate, complete: readonly Candidate[], site: Site): void {
  if (candidate.level !== 'mentions' || !isClean(candidate)) return;
  for (const link of candidate.unit.blocks.flatMap((block) => block.links)) {
    const target = site.resolve(link.url, candidate.page);
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
  const documented = named.filter(isComplete);
  if (documented.length > 0) return { state: 'covered', gaps: [], evidence: documented };
  const best = named.reduce<Candidate | null>((a, b) => (a && !isBetter(b, a) ? a : b), null);
  if (best) return { state: 'partial', gaps: best.gaps, evidence: [best, ...named.filter((other) => other !== best)] };
  const elsewhere = candidates.filter(isComplete);
  const gaps = elsewhere.slice(0, 1).map((candidate): Gap => ({ kind: 'elsewhere', detail: candidate.page.path }));
  return { state: elsewhere.length > 0 ? 'partial' : 'missing', gaps, evidence: elsewhere };
}

function unsureLinks({ requirements, evidence }: Candidate): ScenarioCoverage['unsureLinks'] {
  return requirements.filter(({ unsure }) => unsure).map(({ term: url }) => ({ url, evidence }));
}

/** Whether a scenario is waived, on the pull request or by a registry entry that has not run out. */
function isWaived(open: OpenScenario, { today, waived }: JudgeOptions, { state, evidence }: Decision): boolean {
  const { id, waive, pages } = scenarioOf(open);
  if (waived.has(id)) return true;
  // `until` is inclusive; ISO dates compare as text.
  if (waive === null || (waive.until !== null && today > waive.until)) return false;
  // A waiver for some pages waives only what is judged on those pages.
  if (waive.pages.length === 0) return true;
  const isInside = (page: Page) => matchesPages(page, waive.pages);
  if (state !== 'missing') return evidence.every(({ page }) => isInside(page));
  return pages.length > 0 && open.site.pages.filter(open.onPages).every(isInside);
}
