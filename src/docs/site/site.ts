import type { DocsRoot, Framework } from '../frameworks/framework.ts';
import type { PageFacts } from '../markdown/page-facts.ts';
import type { Blobs, Store, Tree } from '../tree.ts';
import type { Content, Page } from './page.ts';

/** All pages at one commit, in path order, and how they reach each other. */
export interface Site {
  tree: Tree;
  roots: (DocsRoot & { framework: Framework })[];
  /** The pages that are judged: default locale and version, hidden ones included. */
  pages: readonly Page[];
  /** Files under a docs root that cannot be read as pages. */
  unsupported: { path: string; reason: string }[];
  pageAt(path: string): Page | undefined;
  /** Parses at most once; the facts are remembered by blob id. */
  read(page: Page): Content;
  /** Says which pages will soon be read, and in which order: their texts are then fetched many at once. */
  expect(pages: () => Iterable<Page>): void;
  /** Whether it shows nothing of another file. */
  isAlone(page: Page): boolean;
  /** Its own file and every module and partial that it may show something of, told without parsing it. */
  filesBehind(page: Page): ReadonlySet<string>;
  /** The paths of the Markdown files among them, its own first. */
  textsBehind(page: Page): readonly string[];
  /** A file's text as it stands in the repository; null where it is not loaded or no text. */
  text(path: string): string | null;
  /** Where a link written on a page (by its path) leads; redirects followed, relative ones resolved. */
  resolve(url: string, from: Page): Target;
  /**
   * The site of a tree in which some files have other contents and nothing else differs; null where that may change more
   * than what pages say.
   * @param onRead is told of each page that is read, each time
   */
  edited(tree: Tree, blobs: Blobs, paths: readonly string[], onRead?: (content: Content) => void): Site | null;
  /** The same site, as if only these of its pages were judged. */
  limitedTo(pages: readonly Page[]): Site;
  /** The page served at a comparable route, redirects followed. */
  pageByRoute(route: string): Page | undefined;
}

export type Target =
  | { kind: 'page'; page: Page; route: string; anchor: string | null }
  /** An internal route that no page or redirect has; `expected` when one of our docs roots should serve it. */
  | { kind: 'absent'; route: string; anchor: string | null; expected: boolean }
  /** `mailto:` and other sites, compared literally after normalising. */
  | { kind: 'outside'; url: string };

/** Remembered extraction results by blob id and syntax. */
export type FactsCache = Store<PageFacts>;
