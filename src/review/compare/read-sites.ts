import type { PageMemory } from '../../coverage/memory.ts';
import type { DocsRoot } from '../../docs/frameworks/framework.ts';
import { buildSite } from '../../docs/site/build-site.ts';
import type { Content, Page } from '../../docs/site/page.ts';
import type { Site } from '../../docs/site/site.ts';
import type { Blobs, Tree } from '../../docs/tree.ts';
import { changedFiles } from '../../docs/tree.ts';
import { type Changes, changedPages, type SiteAt } from './changes.ts';
import { findMoves } from './moves.ts';
import type { Snapshot } from './snapshot.ts';

/** The pages of one snapshot, with what of them has been read so far. */
export interface ReadSite extends SiteAt {
  /** The docs roots as they were declared. */
  roots: readonly DocsRoot[];
  parsedPages(): number;
  /** Of the pages that were read, in site order. */
  problems(): Content['problems'];
}

/**
 * Builds a snapshot's site; pages are read when they are first asked for.
 *
 * @param near one with the same docs roots, blobs and cache, of which is taken what is the same
 */
export function readSite(
  snapshot: Snapshot,
  blobs: Blobs,
  roots: readonly DocsRoot[],
  cache: Pick<PageMemory, 'facts' | 'listings'> | undefined,
  near: SiteAt | null = null,
): ReadSite {
  const read = new Map<Page, Content['problems']>();
  const onRead = ({ page, problems }: Content) => void read.set(page, problems);
  const site =
    (near && editedSite(near, snapshot.tree, blobs, onRead)) ??
    buildSite(snapshot.tree, blobs, [...roots], { cache: cache?.facts, listings: cache?.listings, onRead });
  const problems = () => site.pages.flatMap((page) => read.get(page) ?? []);
  return { tree: snapshot.tree, roots, site, parsedPages: () => read.size, problems };
}

function editedSite(near: SiteAt, tree: Tree, blobs: Blobs, onRead: (content: Content) => void): Site | null {
  const { added, deleted, modified } = changedFiles(near.tree, tree);
  const isAlike = modified.every((path) => near.tree.get(path)?.mode === tree.get(path)?.mode);
  return added.length + deleted.length === 0 && isAlike ? near.site.edited(tree, blobs, modified, onRead) : null;
}

/** What differs between two snapshots: files, moves and pages. */
export function findChanges(before: SiteAt, after: SiteAt, blobs: Blobs): Changes {
  const files = changedFiles(before.tree, after.tree);
  const moves = findMoves(before.tree, after.tree, files, blobs);
  const former = new Map([...moves].map(([from, to]) => [to, from]));
  const changes = { files, moves, former };
  return { ...changes, pages: changedPages(before, after, changes) };
}

/** The files of the head whose content is not that of the merge base; a file that only moved is not among them. */
export function changedContent(before: SiteAt, after: SiteAt, { files, former }: Changes): ReadonlySet<string> {
  const added = files.added.filter((path) => {
    const old = former.get(path);
    return old === undefined || before.tree.get(old)?.blob !== after.tree.get(path)?.blob;
  });
  return new Set([...added, ...files.modified]);
}
