import type { Page, Section } from '../docs/page.ts';
import type { Site } from '../docs/site.ts';
import { alignSections, type LinkKey, type PageAlignment, type SectionChange, sectionText } from './align-sections.ts';
import type { Changes, PageChange, SiteAt } from './changed-pages.ts';
import { pairSimilar, tellingWords } from './text-similarity.ts';

/** What became of each section; worked out page by page when first asked for. */
export interface SectionChanges {
  /** What a section at head was at the merge base, on its page or on another that it left. */
  changeOf(section: Section): SectionChange;
  /** What a section of the merge base became; null if it is gone. */
  successorOf(section: Section): Section | null;
  /** True if a page, of either snapshot, says something else than before; moves and reformatting say the same. */
  isReworded(page: Page): boolean;
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
      return change !== undefined && saysSomethingElse(change, align(change));
    },
  };
}

function saysSomethingElse(change: PageChange, alignment: PageAlignment): boolean {
  if (!change.before || !change.after || change.before.hidden !== change.after.hidden) return true;
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
  const same = old && before.read(old).sections[section.index];
  return same ? { kind: 'same', before: same } : { kind: 'new', before: null };
}

function unchangedSuccessor(section: Section, after: Site, changes: Changes): Section | null {
  const page = after.pageAt(changes.moves.get(section.page.path) ?? section.page.path);
  return (page && after.read(page).sections[section.index]) ?? null;
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
  const textBefore = gone.map((section) => sectionText(section, linkBefore));
  const textAfter = fresh.map((section) => sectionText(section, linkAfter));
  const pairs = pairSimilar(textBefore.map(enoughWords), textAfter.map(enoughWords), LEAST_ACROSS_PAGES);
  const across: AcrossPages = { origins: new Map(), successors: new Map() };
  for (const pair of pairs) {
    const [old, section] = [gone[pair.from] as Section, fresh[pair.to] as Section];
    const same = textBefore[pair.from] === textAfter[pair.to];
    across.successors.set(keyOf(old), section);
    across.origins.set(keyOf(section), { kind: same ? 'same' : 'reworded', before: old });
  }
  return across;
}

function enoughWords(text: string): Set<string> {
  const words = tellingWords(text);
  return words.size >= LEAST_WORDS ? words : new Set();
}
