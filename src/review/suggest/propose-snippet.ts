import type { Candidate, Gap, NearMiss, ScenarioCoverage } from '../../coverage/coverage.ts';
import type { Before } from '../../coverage/moves.ts';
import type { Page, Section } from '../../docs/site/page.ts';
import { isWide, matchesPages } from '../../docs/site/page-globs.ts';
import type { Blobs } from '../../docs/tree.ts';
import type { Scenario } from '../../registry/registry.ts';
import type { SiteAt } from '../compare/changed-pages.ts';
import { pageLines } from '../compare/page-lines.ts';
import { tellingWords } from '../compare/text-similarity.ts';
import { plainPhrase, quoted } from '../findings/wording.ts';
import { completion } from './snippet-completion.ts';
import { bestGroup } from './snippet-groups.ts';
import { type SnippetParts, snippetParts } from './snippet-parts.ts';
import type { Piece } from './snippet-pieces.ts';
import type { Snippet } from './snippet-shapes.ts';
import { causeSentence, headingAtEnd, linkSentence, newSection } from './snippet-shapes.ts';

/** The head, from which a snippet takes the page's own shape. */
export interface Head extends SiteAt {
  blobs: Blobs;
  before: Before | null;
}

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
  return completeSection(coverage, candidate, parts, head) ?? addSection(coverage, candidate, misses, parts, head);
}

/** Hidden pages, forbidden words and links that lead nowhere are not mended by adding text. */
function isClosable({ kind }: Gap): boolean {
  return kind === 'cause' || kind === 'link' || kind === 'only-in-sample' || kind === 'elsewhere';
}

function completeSection(
  { gaps, scenario }: ScenarioCoverage,
  candidate: Candidate | null,
  parts: SnippetParts,
  head: Head,
): Snippet | null {
  if (candidate?.level !== 'mentions' || !candidate.onPages) return null;
  const paragraphs = lackingParagraphs(gaps, scenario, candidate, parts);
  const path = candidate.trigger.where === 'prose' ? candidate.trigger.path : candidate.section.path;
  const at = pageLines(path, head.tree, head.blobs);
  const lines = at && paragraphs ? completion(candidate, paragraphs, at) : null;
  if (!at || !lines) return null;
  const purpose = `completes ${quoted(candidate.evidence.label)}`;
  return { path: at.path, ...lines, shape: 'lines', purpose, syntax: at.syntax };
}

/** What the section lacks; null where it names the failure only in passing and so needs a section of its own. */
function lackingParagraphs(
  gaps: readonly Gap[],
  scenario: Scenario,
  candidate: Candidate,
  parts: SnippetParts,
): Piece[][] | null {
  const lacks = (kind: Gap['kind'], detail: string) => gaps.some((gap) => gap.kind === kind && gap.detail === detail);
  if (lacks('cause', '')) return null;
  const causes = parts.causes.filter((_, i) => lacks('cause', scenario.causes[i] as string));
  const links = parts.links.filter(({ url }) => lacks('link', url));
  const which = candidate.section.kind === 'row' ? namePieces(scenario) : null;
  const why = which
    ? [{ text: 'For ' }, ...which, ...causeSentence(causes, ', this happens when: ')]
    : causeSentence(causes);
  const fix = which ? [{ text: 'To fix ' }, ...which, ...linkSentence(links, ', see ')] : linkSentence(links);
  return [...(causes.length > 0 ? [why] : []), ...(links.length > 0 ? [fix] : [])];
}

function namePieces(scenario: Scenario): Piece[] {
  const [code] = scenario.codes;
  return code === undefined ? [{ text: plainPhrase(scenario.symptoms[0] as string) }] : [{ code }];
}

function addSection(
  coverage: ScenarioCoverage,
  candidate: Candidate | null,
  misses: readonly NearMiss[],
  parts: SnippetParts,
  head: Head,
): Snippet | null {
  const page = pageFor(coverage.scenario, candidate, misses, head);
  const at = page && pageLines(page.path, head.tree, head.blobs);
  if (!page || !at) return null;
  const { sections } = head.site.read(page);
  const group = bestGroup(sections, tellingWords(wordsOf(coverage.scenario)), at);
  const section = group ? newSection(group, parts, at) : headingAtEnd(topDepth(sections), parts, at);
  return { path: at.path, ...section, purpose: purposeOf(section.shape), syntax: at.syntax };
}

/** The depth of the page's main headings; a heading of depth 1 is the page's title. */
function topDepth(sections: readonly Section[]): number {
  const depths = sections.map(({ depth }) => depth).filter((depth) => depth > 1);
  return depths.length > 0 ? Math.min(...depths) : 2;
}

function wordsOf(scenario: Scenario): string {
  return [scenario.title, ...scenario.codes, ...scenario.symptoms, ...scenario.causes].join(' ');
}

function purposeOf(shape: Snippet['shape']): string {
  return shape === 'row' ? 'adds a table row' : shape === 'item' ? 'adds a list item' : 'adds a section';
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
