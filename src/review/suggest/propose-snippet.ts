import type { Candidate, Gap, NearMiss, ScenarioCoverage } from '../../coverage/coverage.ts';
import type { Page } from '../../docs/site/page.ts';
import { isWide, matchesPages } from '../../docs/site/page-globs.ts';
import type { Scenario } from '../../registry/registry.ts';
import { tellingWords } from '../compare/text-similarity.ts';
import { completeSection } from './complete-section.ts';
import { newSection } from './new-section.ts';
import { type Head, pageLines, type Snippet } from './page-lines.ts';
import { type SnippetParts, snippetParts } from './snippet-parts.ts';

const TROUBLESHOOTING = /troubleshoot|errors?\b|faq|common-issues|known-issues|problems/i;

/**
 * Writes what would close a scenario's gap, in the shape that its page has already: lines for a section that names the
 * failure, else a section of its own. Null where no text on a page can close it.
 *
 * @param misses the scenario's near misses, best first: without `pages` a new section goes beside the first
 */
export function proposeSnippet(coverage: ScenarioCoverage, misses: readonly NearMiss[], head: Head): Snippet | null {
  const candidate = coverage.candidates.find((other) => other.evidence === coverage.evidence[0]) ?? null;
  if (coverage.state === 'partial' && !coverage.gaps.some(isClosable)) return null;
  const parts = snippetParts(coverage.scenario, head.site, head.before);
  const page = pageFor(coverage.scenario, candidate, misses, head);
  return (
    completeSection(coverage, candidate, parts, head) ?? (page && addSection(coverage.scenario, page, parts, head))
  );
}

/** Hidden pages, forbidden words and links that lead nowhere are not mended by adding text. */
function isClosable({ kind }: Gap): boolean {
  return kind === 'cause' || kind === 'link' || kind === 'only-in-sample' || kind === 'elsewhere';
}

function addSection(scenario: Scenario, page: Page, parts: SnippetParts, head: Head): Snippet | null {
  const at = pageLines(page.path, head);
  if (!at) return null;
  const words = [scenario.title, ...scenario.codes, ...scenario.symptoms, ...scenario.causes].join(' ');
  const section = newSection(head.site.read(page).sections, tellingWords(words), parts, at);
  const added = { row: 'a table row', item: 'a list item' } as Partial<Record<Snippet['shape'], string>>;
  return { path: at.path, ...section, purpose: `adds ${added[section.shape] ?? 'a section'}`, syntax: at.syntax };
}

/**
 * Where readers look, by the order of `pages`; of many pages, or where the scenario has none, the one that speaks of it
 * or of something like it, else one about failures. Hidden pages help nobody.
 */
function pageFor(
  scenario: Scenario,
  candidate: Candidate | null,
  misses: readonly NearMiss[],
  { site }: Head,
): Page | null {
  const visible = site.pages.filter((page) => !page.hidden);
  for (const glob of scenario.pages.filter((each) => !isWide(each))) {
    const page = visible.find((at) => matchesPages(at, [glob]));
    if (page) return page;
  }
  const pages = scenario.pages.length > 0 ? visible.filter((page) => matchesPages(page, scenario.pages)) : visible;
  const near = [candidate?.page.path, ...misses.map((miss) => miss.path)];
  const found = near.flatMap((path) => pages.find((page) => page.path === path) ?? [])[0];
  const fallback = scenario.pages.length > 0 ? pages[0] : undefined;
  return found ?? pages.find((page) => TROUBLESHOOTING.test(page.name)) ?? fallback ?? null;
}
