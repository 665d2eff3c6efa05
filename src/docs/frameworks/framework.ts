import { type AnchorMaker, githubAnchors } from '../anchors.ts';
import type { SectionKind } from '../markdown/page-facts.ts';
import type { RepoFiles } from '../repo-files.ts';
import type { Frontmatter } from '../tree.ts';

export type Framework = 'starlight' | 'docusaurus' | 'mintlify' | 'nextra' | 'fumadocs' | 'vitepress' | 'plain';

/** A folder of pages as the registry declares it or as the site's config files show it. */
export interface DocsRoot {
  root: string;
  route: string;
  include: string[];
  exclude: string[];
  partials: string[];
  aliases: Record<string, string>;
  framework: Framework | null;
  site: string | null;
  locale: string | null;
  versions: string[];
  generated: string[];
}

/** A folder whose files become pages, and the route under which they are served. */
export interface PageFolder {
  path: string;
  route: string;
  /** `current` or a version's name where the framework keeps versions in folders. */
  version: string | null;
}

/** A docs root with what only its config files tell. */
export interface SiteRoot extends DocsRoot {
  framework: Framework;
  /** Folder of the config file: where static files, redirects and aliases are. */
  project: string;
  /** The config file that shows the root; null where none does. */
  foundIn: string | null;
  /** Locales kept as folders below the root or as file name endings. */
  locales: string[];
  folders: PageFolder[];
  /** What the served URL of a page ends with. */
  urlEnding: '' | '.html';
  /** Patterns of page paths and what takes their place in the route. */
  rewrites: [string, string][];
  /** False where neither settings nor config files say how files become routes. */
  routeKnown: boolean;
  /** False where number prefixes of file names stay in the route. */
  dropsNumbers: boolean;
}

/** What a config file shows of a docs root; everything else has a default. */
export type FoundRoot = Pick<SiteRoot, 'root' | 'route' | 'framework' | 'project'> & Partial<SiteRoot>;

/** One framework: how it is found, and how it turns files into routes and titles into anchors. */
export interface FrameworkRules {
  find(files: RepoFiles): FoundRoot[];
  /**
   * The route below that of the page folder, from the path there without extension; '' is the folder's own page.
   * With a leading `/` it is the whole route.
   */
  route(path: string, frontmatter: Frontmatter, root: SiteRoot): string;
  /** True for a file that pages show but that is no page; the path is the one under the page folder. */
  isPartial(path: string): boolean;
  isHidden(frontmatter: Frontmatter): boolean;
  makeAnchors(): AnchorMaker;
  /** Kinds of section, headings aside, whose title is an anchor. */
  titledKinds: readonly SectionKind[];
  /** Anchors that every page has. */
  fixedAnchors: readonly string[];
  /** Folders below the project whose files are served as they are. */
  staticFolders(root: SiteRoot): string[];
  /** Folders below the project where a code file's place is its route. */
  routedCode: readonly string[];
  /** True where a page's URL ends with a slash, so that `./x` leads below the page. */
  slashed: boolean;
  /** True where a folder without an index page may get a page made by the framework. */
  folderPages: boolean;
  /** True where the folder of the default locale is part of the route. */
  servesLocale: boolean;
  /** True where `.md` files may hold what MDX holds. */
  markdownIsMdx: boolean;
}

/** What most frameworks do; each file of this folder states the differences. */
export const COMMON_RULES: Omit<FrameworkRules, 'find' | 'route'> = {
  isPartial: (path) => path.split('/').slice(0, -1).includes('partials'),
  isHidden: (frontmatter) => frontmatter.draft || frontmatter.noindex,
  makeAnchors: githubAnchors,
  titledKinds: [],
  fixedAnchors: [],
  staticFolders: () => ['public', 'static'],
  routedCode: [],
  slashed: false,
  folderPages: false,
  servesLocale: true,
  markdownIsMdx: false,
};

/** True where a file or one of its folders begins with an underscore. */
export function hasUnderscore(path: string): boolean {
  return path.startsWith('_') || path.includes('/_');
}

/** A path without its folders in parentheses, which loaders and routers leave out of routes. */
export function withoutGroups(path: string): string {
  return path.replace(/(^|\/)\([^/()]*\)(?=\/)/g, '').replace(/^\//, '');
}

/** Origin and base path as one URL, or null without an origin. */
export function siteUrl(origin: string | null, base: string | null): string | null {
  if (!origin || !/^https?:\/\//i.test(origin)) return null;
  return base ? `${origin.replace(/\/+$/, '')}/${base.replace(/^\/+|\/+$/g, '')}` : origin;
}
