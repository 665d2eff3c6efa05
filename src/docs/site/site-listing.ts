import type { DocsRoot, SiteRoot } from '../frameworks/framework.ts';
import type { RepoFiles } from '../repo-files.ts';
import { rootsOf } from './docs-roots.ts';
import { type PageFile, pageFilesOf } from './page-files.ts';
import { type ListedPage, listPage } from './page-list.ts';
import { groupBySite, readSiteFiles, type SiteFiles } from './published-site.ts';
import type { Site } from './site.ts';

/** A file at the place of a page: the page that it is, or why it is none. */
export type Entry = { file: PageFile; listed: ListedPage } | { file: PageFile; reason: string };

/** What a site's config files, paths and outlines come to. */
export interface SiteListing {
  roots: SiteRoot[];
  /** Of each published site. */
  sites: SiteFiles[];
  /** In path order. */
  entries: Entry[];
  /** What lies among the pages but cannot be one, by its path alone. */
  notPages: Site['unsupported'];
  /**
   * By path of a page that may show something of other files: these, and its own; of the pages that are not named
   * nothing else is shown. Null where it has to be told from the pages.
   */
  behind: ReadonlyMap<string, ReadonlySet<string>> | null;
}

/** Reads paths, config files and frontmatter alone. @throws where a page's blob is not loaded */
export function listSite(files: RepoFiles, declared: readonly DocsRoot[]): SiteListing {
  const roots = rootsOf(files, declared);
  const sites = groupBySite(roots).map((group) => readSiteFiles(files, group));
  const { files: pageFiles, unsupported } = pageFilesOf(files, roots);
  const entries = pageFiles.map((file) => entryOf(file, files));
  return { roots, sites, entries, notPages: [...unsupported], behind: null };
}

function entryOf(file: PageFile, files: RepoFiles): Entry {
  const blob = files.blob(file.path);
  if (!blob) throw new Error(`The blob of ${file.path} is not loaded`);
  return 'text' in blob ? { file, listed: listPage(file, blob, files.tree) } : { file, reason: blob.unreadable };
}
