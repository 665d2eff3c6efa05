import type { Page, Section } from '../../docs/site/page.ts';
import type { Site } from '../../docs/site/site.ts';
import { alignSections, type LinkKey, type PageAlignment, type SectionChange, sectionText } from './align-sections.ts';
import type { Changes, PageChange, SiteAt } from './changes.ts';
import { pairSimilar, tellingWords } from './text-similarity.ts';

/** What became of each section; worked out page by page when first asked for. */
export interface SectionChanges {
  /** What a section at head was at the merge base, on its page or on another that it left. */
  changeOf(section: Section): SectionChange;
  /** What a section of the merge base became; null if it is gone. */
  successorOf(section: Section): Section | null;
  /** Whether a page of either snapshot says something else than in the other; moves and reformatting say the same. */
  isReworded(page: Page): boolean;
  /** The pages of both snapshots that differ in any way. */
  changedPages(): Iterable<Page>;
}

const LEAST_ACROSS_PAGES = 0.5;
/** A text of fewer words may stand anywhere by chance. */
const LEAST_WORDS = 4;

/** Follows sections from the merge base to the head: within their page first, then from page to page. */
export function followSections(before: SiteAt, after: SiteAt, changes: Changes): SectionChanges {
  const byPage = new Map<Page, PageChange>();
  for (const change of changes.pages) {
    if (change.before) byPage.set(change.before, change);
    if (change.after) byPage.set(change.after, change);
  }
  const linkBefore = linkKey(before.site, (path) => changes.moves.get(path) ?? path);
  const linkAfter = linkKey(after.site, (path) => path);
  const sectionsOf = (site: Site, page: Page | null) => (page ? site.read(page).sections : []);
  const aligned = new Map<PageChange, PageAlignment>();
  const align = (change: PageChange): PageAlignment => {
    const known = aligned.get(change);
    if (known) return known;
    const [old, now] = [sectionsOf(before.site, change.before), sectionsOf(after.site, change.after)];
    const alignment = alignSections(old, now, linkBefore, linkAfter);
    aligned.set(change, alignment);
    return alignment;
  };
  const gone = (change: PageChange) =>
    sectionsOf(before.site, change.before).filter(({ index }) => !align(change).successors[index]);
  const fresh = (change: PageChange) =>
    sectionsOf(after.site, change.after).filter(({ index }) => align(change).changes[index]?.kind === 'new');
  let acrossPages: AcrossPages | null = null;
  const across = () => {
    acrossPages ??= pairAcrossPages(
      changes.pages.flatMap(gone),
      changes.pages.flatMap(fresh),
      (section) => sectionText(section, linkBefore),
      (section) => sectionText(section, linkAfter),
    );
    return acrossPages;
  };
  return {
    changeOf(section) {
      const change = byPage.get(section.page);
      if (!change) return unchanged(section, before.site, changes);
      const found = align(change).changes[section.index];
      if (found && found.kind !== 'new') return found;
      return across().origins.get(keyOf(section)) ?? { kind: 'new', before: null };
    },
    successorOf(section) {
      const change = byPage.get(section.page);
      if (!change) return unchangedSuccessor(section, after.site, changes);
      return align(change).successors[section.index] ?? across().successors.get(keyOf(section)) ?? null;
    },
    isReworded(page) {
      const change = byPage.get(page);
      if (!change) return false;
      if (!change.before || !change.after || change.before.hidden !== change.after.hidden) return true;
      const { changes: sections, successors } = align(change);
      return successors.includes(null) || sections.some(({ kind }) => kind !== 'same');
    },
    changedPages: () => byPage.keys(),
  };
}

/** A link's target under its path at head, so that a link rewritten because something moved counts as the same. */
function linkKey(site: Site, pathAtHead: (path: string) => string): LinkKey {
  return (url, section) => {
    const target = site.resolve(url, section.page);
    if (target.kind === 'outside') return `→ ${target.url}`;
    return `→ ${target.kind === 'page' ? pathAtHead(target.page.path) : target.route}#${target.anchor ?? ''}`;
  };
}

function unchanged(section: Section, before: Site, changes: Changes): SectionChange {
  const old = before.pageAt(changes.former.get(section.page.path) ?? section.page.path);
  return old ? { kind: 'same', before: onPage(section, old) } : { kind: 'new', before: null };
}

function unchangedSuccessor(section: Section, after: Site, changes: Changes): Section | null {
  const page = after.pageAt(changes.moves.get(section.page.path) ?? section.page.path);
  if (!page) return null;
  // One page in both snapshots, and none of its partials differ.
  if (page === section.page) return section;
  const wanted = onPage(section, page);
  return after.read(page).sections.find((other) => isSameSection(wanted, other)) ?? null;
}

/** The same section on the page as it is called in the other snapshot. */
function onPage(section: Section, page: Page): Section {
  return { ...section, page, path: section.path === section.page.path ? page.path : section.path };
}

/** Sections are told by their place: those of another snapshot are other objects. */
export function isSameSection(a: Section, b: Section): boolean {
  return (
    a.page.path === b.page.path &&
    a.path === b.path &&
    a.line === b.line &&
    a.kind === b.kind &&
    a.label === b.label &&
    a.shownAt?.line === b.shownAt?.line
  );
}

interface AcrossPages {
  origins: Map<string, SectionChange>;
  successors: Map<string, Section>;
}

/** A site may build a page's sections anew, so they are told apart by their place. */
function keyOf(section: Section): string {
  return `${section.index} ${section.page.path}`;
}

/** Pairs sections that left a page with those that are new on another: by their text, then by similarity. */
function pairAcrossPages(
  gone: readonly Section[],
  fresh: readonly Section[],
  textBefore: (section: Section) => string,
  textAfter: (section: Section) => string,
): AcrossPages {
  const across: AcrossPages = { origins: new Map(), successors: new Map() };
  const pair = (old: Section, section: Section, kind: 'same' | 'reworded') => {
    across.successors.set(keyOf(old), section);
    across.origins.set(keyOf(section), { kind, before: old });
  };
  const byText = new Map(gone.map((section) => [textBefore(section), section]));
  for (const section of fresh) {
    const text = textAfter(section);
    const old = byText.get(text);
    if (!old || !section.label) continue;
    pair(old, section, 'same');
    byText.delete(text);
  }
  const left = gone.filter((section) => !across.successors.has(keyOf(section)));
  const rest = fresh.filter((section) => !across.origins.has(keyOf(section)));
  const pairs = pairSimilar(
    left.map((section) => enoughWords(textBefore(section))),
    rest.map((section) => enoughWords(textAfter(section))),
    LEAST_ACROSS_PAGES,
  );
  for (const { from, to } of pairs) pair(left[from] as Section, rest[to] as Section, 'reworded');
  return across;
}

function enoughWords(text: string): Set<string> {
  const words = tellingWords(text);
  return words.size >= LEAST_WORDS ? words : new Set();
}
