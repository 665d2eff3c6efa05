import type { Section } from '../docs/site/page.ts';
import { matchesPages, pageMatcher } from '../docs/site/page-globs.ts';
import type { Site } from '../docs/site/site.ts';
import type { Mistake, Position, Registry, Scenario } from '../registry/registry.ts';
import { suggest } from '../registry/suggest.ts';
import type { Coverage, ScenarioCoverage } from './coverage.ts';
import { isDraft, type RequiredLink, requiredLink } from './links.ts';
import type { ScenarioSearch, SiteSearch } from './page-search.ts';
import { matchInSentence, type Phrase } from './phrase.ts';
import { isProse, readContent } from './reading.ts';
import { type ScenarioTerms, termsOf } from './scenario-terms.ts';

/** A symptom that matches more sections than this is too broad. */
const BROAD = 10;

/**
 * What is doubtful in a registry given the site it is for: docs roots without a page, links and pages that lead nowhere,
 * symptoms that match many sections, scenarios that match the same ones, waivers that are no longer needed.
 */
export function lintAgainstSite(site: Site, registry: Registry, coverage: Coverage): Mistake[] {
  const each = registry.scenarios.flatMap((scenario) => lintScenario(site, scenario, coverage.get(scenario.id)));
  return [...lintRoots(site, registry), ...each, ...lintTwins(site, registry, coverage)];
}

/** What is doubtful in one scenario, whatever the others say. */
export function lintScenario(site: Site, scenario: Scenario, judged: ScenarioCoverage | undefined): Mistake[] {
  if (site.pages.length === 0) return [];
  return [...lintLinks(site, scenario), ...lintPages(site, scenario), ...lintWaiver(scenario, judged)];
}

/** A root without pages is most often a slip of the pen, and everything would pass. */
export function lintRoots(site: Site, { settings, docsPlace }: Registry): Mistake[] {
  if (!docsPlace) return [];
  const held = new Set(site.pages.map((page) => page.root));
  const advice = 'Name a folder of Markdown or MDX files, and look at "include" and "exclude".';
  return settings.docs.flatMap(({ root }, i) =>
    held.has(i) ? [] : [warningAt(docsPlace, null, `"${root}" holds no page`, advice)],
  );
}

function warn(scenario: Scenario, field: string, message: string, advice: string): Mistake {
  return warningAt(scenario.places[field] ?? scenario.place, scenario.id, message, advice);
}

function warningAt(at: Position, scenario: string | null, message: string, advice: string): Mistake {
  const { path, line, column } = at;
  const kind = 'registry-warning';
  return { kind, severity: 'warning', path, line, column, endLine: line, scenario, message, advice };
}

function lintLinks(site: Site, scenario: Scenario): Mistake[] {
  return scenario.links.flatMap((url, i) => {
    const link = requiredLink(url, site, null);
    return link?.state === 'broken' ? [warn(scenario, `links.${i}`, ...whyBroken(link, site))] : [];
  });
}

function whyBroken({ url, target }: RequiredLink, site: Site): [message: string, advice: string] {
  if (target.kind !== 'page') {
    const near = suggest(
      target.kind === 'absent' ? target.route : url,
      site.pages.map((page) => page.route),
    );
    const advice = didYouMean(near) ?? 'Name a route that the site serves, or list it in `generated`.';
    return [`no page is served at "${url}"`, advice];
  }
  const { path } = target.page;
  if (isDraft(target.page)) {
    return [`"${path}" is a draft, so "${url}" leads nowhere`, 'Publish the page, or name one that readers can find.'];
  }
  const near = suggest(target.anchor ?? '', [...site.read(target.page).anchors]);
  const advice = didYouMean(near && `#${near}`) ?? `See the headings of ${path}.`;
  return [`"${path}" has no anchor "#${target.anchor}"`, advice];
}

function didYouMean(name: string | null): string | null {
  return name ? `Did you mean "${name}"?` : null;
}

function lintPages(site: Site, scenario: Scenario): Mistake[] {
  return scenario.pages.flatMap((glob, i) => {
    if (site.pages.some(pageMatcher(glob))) return [];
    const names = site.pages.map(({ route, name }) => (glob.startsWith('/') ? route : name));
    const otherwise = 'Name a page by its path under the docs root, without extension.';
    const advice = didYouMean(suggest(glob, names)) ?? otherwise;
    return [warn(scenario, `pages.${i}`, `"${glob}" matches no page`, advice)];
  });
}

/** Finds symptoms that match many sections. This reads many pages, so reviews of docs leave it out. */
export function lintBreadth(site: Site, { scenarios }: Registry, search: ScenarioSearch): Mistake[] {
  return scenarios.flatMap((scenario) => lintSymptoms(site, scenario, search.on(site)));
}

/** Symptoms of one scenario that match many sections. */
export function lintSymptoms(site: Site, scenario: Scenario, search: SiteSearch): Mistake[] {
  const terms = termsOf(scenario);
  return terms.symptoms.flatMap((symptom) => {
    const sections = sectionsNaming(site, symptom, terms, search);
    if (sections.length <= BROAD) return [];
    const examples = sections.slice(0, 3).map((section) => `${section.path}:${section.line}`);
    const message = `"${symptom.source}" matches ${sections.length} sections, for example ${examples.join(', ')}`;
    const field = `symptoms.${scenario.symptoms.indexOf(symptom.source)}`;
    return [warn(scenario, field, message, 'Add a word that only this failure has, or name its `pages`.')];
  });
}

function sectionsNaming(site: Site, symptom: Phrase, terms: ScenarioTerms, search: SiteSearch): Section[] {
  const { scenario } = terms;
  const found = new Set<Section>();
  for (const page of search.naming(scenario)) {
    if (scenario.pages.length > 0 && !matchesPages(page, scenario.pages)) continue;
    const reading = readContent(site.read(page));
    for (const place of reading.blocks.filter(({ block }) => isProse(block))) {
      const index = reading.index(place.block);
      const labels = reading.labelsFor(place);
      const hit = matchInSentence(symptom, index, labels)?.inText[0];
      if (hit && !terms.exceptionTo(index, labels, hit)) found.add(place.section);
    }
  }
  return [...found];
}

function lintWaiver(scenario: Scenario, judged: ScenarioCoverage | undefined): Mistake[] {
  if (!scenario.waive || judged?.state !== 'waived' || judged.unwaived.state !== 'covered') return [];
  const message = `${scenario.id} is covered: its waiver is no longer needed`;
  return [{ ...warn(scenario, 'waive', message, 'Remove `waive`.'), kind: 'waiver-unneeded' }];
}

/** Scenarios that match the same sections. */
export function lintTwins(site: Site, registry: Registry, coverage: Coverage): Mistake[] {
  if (site.pages.length === 0) return [];
  const first = new Map<string, string>();
  return registry.scenarios.flatMap((scenario) => {
    const key = namedSections(coverage.get(scenario.id));
    const twin = first.get(key);
    if (key === '' || twin === undefined) {
      first.set(key, scenario.id);
      return [];
    }
    const message = `"${scenario.id}" matches the same sections as "${twin}"`;
    return [warn(scenario, 'id', message, 'Merge the two, or give each its own codes, symptoms or pages.')];
  });
}

function namedSections(judged: ScenarioCoverage | undefined): string {
  const named = judged?.candidates.filter(({ onPages, level }) => onPages && level === 'documents') ?? [];
  const places = named.map(({ evidence }) => `${evidence.path}:${evidence.line}`);
  return places.sort().join('\n');
}
