import type { Page, Section } from '../../docs/site/page.ts';
import type { Site } from '../../docs/site/site.ts';
import { alignSections, type LinkKey, type PageAlignment, type SectionChange, sectionText } from './align-sections.ts';
import type { Changes, PageChange, SiteAt } from './changed-pages.ts';
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
  const alignments = new Map<PageChange, PageAlignment>();
  const byPage = new Map<Page, PageChange>();
  for (const change of changes.pages) {
    if (change.before) byPage.set(change.before, change);
    if (change.after) byPage.set(change.after, change);
  }
  const linkBefore = linkKey(before.site, (path) => changes.moves.get(path) ?? path);
  const linkAfter = linkKey(after.site, (path) => path);
  const align = (change: PageChange) => {
    let alignment = alignments.get(change);
    if (!alignment) {
      const old = change.before ? before.site.read(change.before).sections : [];
      const fresh = change.after ? after.site.read(change.after).sections : [];
      alignment = alignSections(old, fresh, linkBefore, linkAfter);
      alignments.set(change, alignment);
    }
    return alignment;
  };
  let acrossPages: AcrossPages | null = null;
  const across = () => {
    acrossPages ??= pairAcrossPages(changes.pages, align, before.site, after.site, linkBefore, linkAfter);
    return acrossPages;
  };
  const reworded = new Map<PageChange, boolean>();
  return {
    changeOf(section) {
      const change = byPage.get(section.page);
      if (!change) return unchanged(section, before.site, changes);
      const found = align(change).changes[section.index];
      return found && found.kind !== 'new'
        ? found
        : (across().origins.get(keyOf(section)) ?? { kind: 'new', before: null });
    },
    successorOf(section) {
      const change = byPage.get(section.page);
      if (!change) return unchangedSuccessor(section, after.site, changes);
      return align(change).successors[section.index] ?? across().successors.get(keyOf(section)) ?? null;
    },
    isReworded(page) {
      const change = byPage.get(page);
      if (!change) return false;
      const known = reworded.get(change) ?? saysSomethingElse(change, align);
      reworded.set(change, known);
      return known;
    },
    changedPages: () => byPage.keys(),
  };
}

function saysSomethingElse(change: PageChange, align: (change: PageChange) => PageAlignment): boolean {
  if (!change.before || !change.after || change.before.hidden !== change.after.hidden) return true;
  const alignment = align(change);
  return alignment.successors.includes(null) || alignment.changes.some((section) => section.kind !== 'same');
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
  pages: readonly PageChange[],
  align: (change: PageChange) => PageAlignment,
  before: Site,
  after: Site,
  linkBefore: LinkKey,
  linkAfter: LinkKey,
): AcrossPages {
  const gone: Section[] = [];
  const fresh: Section[] = [];
  for (const change of pages) {
    const { changes, successors } = align(change);
    if (change.before) gone.push(...before.read(change.before).sections.filter((s) => !successors[s.index]));
    if (change.after) fresh.push(...after.read(change.after).sections.filter((s) => changes[s.index]?.kind === 'new'));
  }
  const across: AcrossPages = { origins: new Map(), successors: new Map() };
  const pair = (old: Section, section: Section, kind: 'same' | 'reworded') => {
    across.successors.set(keyOf(old), section);
    across.origins.set(keyOf(section), { kind, before: old });
  };
  const textOf = {
    before: (s: Section) => sectionText(s, linkBefore),
    after: (s: Section) => sectionText(s, linkAfter),
  };
  pairSameText(gone, fresh, textOf, pair);
  const left = gone.filter((section) => !across.successors.has(keyOf(section)));
  const rest = fresh.filter((section) => !across.origins.has(keyOf(section)));
  const words = { before: left.map(textOf.before).map(enoughWords), after: rest.map(textOf.after).map(enoughWords) };
  for (const { from, to } of pairSimilar(words.before, words.after, LEAST_ACROSS_PAGES)) {
    pair(left[from] as Section, rest[to] as Section, 'reworded');
  }
  return across;
}

function pairSameText(
  gone: readonly Section[],
  fresh: readonly Section[],
  textOf: Record<'before' | 'after', (section: Section) => string>,
  pair: (old: Section, section: Section, kind: 'same') => void,
): void {
  const byText = new Map(gone.map((section) => [textOf.before(section), section]));
  for (const section of fresh) {
    const text = textOf.after(section);
    const old = byText.get(text);
    if (!old || !section.label) continue;
    pair(old, section, 'same');
    byText.delete(text);
  }
}

function enoughWords(text: string): Set<string> {
  const words = tellingWords(text);
  return words.size >= LEAST_WORDS ? words : new Set();
}
