import type { PageFolder, SiteRoot } from '../frameworks/framework.ts';
import { rulesOf } from '../frameworks/frameworks.ts';
import { compileGlob, type PathMatcher } from '../glob.ts';
import type { RepoFiles } from '../repo-files.ts';
import { folderOf, isNeverRead, isPageFile, isUnder, pathUnder } from '../repo-path.ts';

/** A file that is a page, by its path alone. */
export interface PageFile {
  path: string;
  root: SiteRoot;
  rootIndex: number;
  folder: PageFolder;
}

interface Owner extends Omit<PageFile, 'path'> {
  include: PathMatcher[];
  exclude: PathMatcher[];
}

const LINK_REASONS = new Map([
  ['120000', 'a symbolic link'],
  ['160000', 'a submodule'],
]);

interface PageFiles {
  files: readonly PageFile[];
  unsupported: readonly { path: string; reason: string }[];
}

/** The pages of all docs roots in path order, and what lies among them but cannot be one. */
export function pageFilesOf(files: RepoFiles, roots: readonly SiteRoot[]): PageFiles {
  const owners = ownersOf(roots);
  const pages: PageFile[] = [];
  const unsupported: PageFiles['unsupported'][number][] = [];
  for (const path of files.paths) {
    const owner = ownerOf(owners, path);
    if (!owner || !isIncluded(owner, path)) continue;
    if (isPageFile(path)) pages.push({ path, root: owner.root, rootIndex: owner.rootIndex, folder: owner.folder });
    else unsupported.push({ path, reason: 'neither Markdown nor MDX' });
  }
  for (const [path, { mode }] of files.tree) {
    const reason = LINK_REASONS.get(mode);
    const owner = reason === undefined || isNeverRead(path) ? undefined : ownerOf(owners, path);
    if (reason && owner && (mode === '160000' || isIncluded(owner, path))) unsupported.push({ path, reason });
  }
  return { files: pages, unsupported };
}

/** By folder; where two roots name the same folder, the first has it. */
function ownersOf(roots: readonly SiteRoot[]): Map<string, Owner> {
  const owners = new Map<string, Owner>();
  for (const [rootIndex, root] of roots.entries()) {
    const include = root.include.map(compileGlob);
    const exclude = root.exclude.map(compileGlob);
    for (const folder of root.folders) {
      if (!owners.has(folder.path)) owners.set(folder.path, { root, rootIndex, folder, include, exclude });
    }
  }
  return owners;
}

/** The innermost folder that holds the file. */
function ownerOf(owners: ReadonlyMap<string, Owner>, path: string): Owner | undefined {
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    const owner = owners.get(folder);
    if (owner || folder === '') return owner;
  }
}

function isIncluded({ root, folder, include, exclude }: Owner, path: string): boolean {
  const inside = pathUnder(path, folder.path);
  if (!include.some((matches) => matches(inside)) || exclude.some((matches) => matches(inside))) return false;
  if (inside.startsWith('.vitepress/') || root.partials.some((partials) => isUnder(path, partials))) return false;
  return !rulesOf(root.framework).isPartial(inside);
}
