import { readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { parse } from 'yaml';
import { fastImport } from '../site/fast-import.ts';
import { makeMerges } from '../site/make-merges.ts';
import { makeSite } from '../site/make-site.ts';
import { DOCS_ROOT, type PageNames } from '../site/page-names.ts';
import { planScenarios } from '../site/plan-scenarios.ts';
import { MADE_SETTINGS, registryEntry, registryText } from '../site/registry-text.ts';
import { countWords, vocabularyOf } from '../site/vocabulary.ts';
import { nameOfCorpus } from './corpora.ts';
import { type DocsRoot, findRoots } from './docs-roots.ts';
import { git, importStream } from './git.ts';
import { choosePage, MAIN, type PageFile, pullRequests, spreadPages } from './pull-requests.ts';

/** A site ready to be measured, in a folder of its own. */
export interface Workload {
  /** How it is named in results. */
  name: string;
  /** A bare repository; its branches are those of pull-requests.ts. */
  repo: string;
  /** The docs of main as files, for tools that read no commits; not there where none is to read them. */
  files: string;
  /** The folders of pages, from the repository's root. */
  roots: string[];
  pages: number;
  bytes: number;
  /** The page that pull requests change. */
  changed: string;
  /** A registry file with this many scenarios. */
  registry(scenarios: number): string;
}

/** The sizes of registries that every workload has. */
export const REGISTRY_SIZES = [10, 100, 1_000, 10_000] as const;

/** In the repository itself, as an App finds it. */
const COMMITTED_SCENARIOS = 100;

export interface Corpus {
  /** A work tree, a bare repository or a bundle. */
  dir: string;
  rev: string;
  /** A registry file, whose scenarios come first and name the page that is changed; without it all are made. */
  registry: string | null;
}

export interface MadeOptions {
  seed: number;
  pages: number;
  /** Scenarios that the site speaks of, or leaves out on purpose. */
  planned: number;
  /** Whether the site is written as files, too. */
  isForPeers: boolean;
  /** Merges onto the site, on a branch of their own. */
  merges?: number;
}

/** The branch on which merges stand. */
export const HISTORY = 'history';

/** Makes a site. @param folder an empty one */
export async function madeWorkload(folder: string, options: MadeOptions): Promise<Workload> {
  const { seed, pages, planned, isForPeers, merges = 0 } = options;
  const site = makeSite({ seed, pages, scenarios: planned });
  const entries = site.scenarios.map(registryEntry);
  const repo = await bareRepository(folder);
  await importStream(repo, fastImport([{ branch: MAIN, from: null, message: 'A made site', files: site.files() }]));
  if (merges > 0) await importStream(repo, fastImport(makeMerges(site, { seed, merges, branch: HISTORY, from: MAIN })));
  const name = `made-${pages}`;
  const roots = [DOCS_ROOT];
  if (isForPeers) await checkOut(folder, repo, roots);
  return finish({
    folder,
    repo,
    name,
    roots,
    settings: MADE_SETTINGS,
    entries,
    naming: entries.slice(0, COMMITTED_SCENARIOS),
  });
}

/** Takes the docs of a repository as they are at a commit. The repository itself is only read. */
export async function corpusWorkload(folder: string, corpus: Corpus, seed: number): Promise<Workload> {
  const repo = join(folder, 'docs.git');
  await git('.', 'clone', '--quiet', '--bare', corpus.dir, repo);
  const commit = await git(repo, 'rev-parse', '--verify', '--quiet', `${corpus.rev}^{commit}`).catch(() => {
    throw new Error(`${corpus.dir} has no commit ${corpus.rev}; name one with --rev after it`);
  });
  await git(repo, 'update-ref', `refs/heads/${MAIN}`, commit);
  const { scenarios: given = [], ...settings } = await readRegistry(corpus.registry);
  const docs = settings.docs?.map(({ root, route = '/' }) => ({ path: root, route })) ?? (await findRoots(repo, MAIN));
  const roots = docs.map(({ path }) => path);
  for (const root of roots) if ((await listPages(repo, [root])).length === 0) throw withoutPages(corpus, root);
  const site = { folder, repo, name: nameOfCorpus(corpus), roots, settings };
  const files = await checkOut(folder, repo, roots);
  const pages = await listPages(repo, roots);
  const missing = Math.max(0, REGISTRY_SIZES.at(-1)! - given.length);
  const vocabulary = vocabularyOf(countWords(pages.map(({ path }) => readFileSync(join(files, path), 'utf8'))));
  const made = planScenarios(missing, seed, vocabulary, namesOf(pages, docs)).map(registryEntry);
  const naming = given.length > 0 ? given : made.slice(0, COMMITTED_SCENARIOS);
  return finish({ ...site, entries: [...given, ...made], naming });
}

function withoutPages({ dir, registry }: Corpus, root: string): Error {
  return new Error(
    `${dir} has no pages in the docs root ${root}${registry === null ? '' : `, which ${registry} names`}`,
  );
}

interface RegistryDocument {
  version: number;
  docs?: { root: string; route?: string }[];
  scenarios?: Entry[];
}

async function readRegistry(file: string | null): Promise<RegistryDocument> {
  return file === null ? { version: 1 } : parse(await readFile(file, 'utf8'));
}

interface Unfinished {
  folder: string;
  repo: string;
  name: string;
  roots: string[];
  settings: object;
}

type Entry = { pages?: string[] };

/** Adds registries and pull requests. `naming` are the scenarios that decide which page is changed. */
async function finish(site: Unfinished & { entries: Entry[]; naming: Entry[] }): Promise<Workload> {
  const { folder, repo, name, roots, settings, entries, naming } = site;
  const registry = (count: number) => join(folder, `registry-${count}.yml`);
  for (const count of REGISTRY_SIZES.filter((size) => size <= entries.length)) {
    await writeFile(registry(count), registryText(settings, entries.slice(0, count)));
  }
  const own = [['.github/signpost.yml', registryText(settings, entries.slice(0, COMMITTED_SCENARIOS))]] as const;
  const commit = { branch: MAIN, from: await git(repo, 'rev-parse', MAIN), message: 'Add a registry', files: own };
  await importStream(repo, fastImport([commit]));
  const pages = await listPages(repo, roots);
  const named = naming.flatMap(({ pages: of = [] }) => of);
  const changed = spreadPages(pages, choosePage(pages, named, (path) => nameOf(path, roots)).path);
  const texts = new Map<string, string>();
  for (const path of [changed.other, ...changed.many]) texts.set(path, await git(repo, 'show', `${MAIN}:${path}`));
  await importStream(repo, fastImport(pullRequests(changed, (path) => texts.get(path)!)));
  const sizes = { pages: pages.length, bytes: pages.reduce((sum, { bytes }) => sum + bytes, 0) };
  return { name, repo, files: filesIn(folder), roots, ...sizes, changed: changed.one, registry };
}

async function bareRepository(folder: string): Promise<string> {
  const repo = join(folder, 'docs.git');
  await mkdir(repo, { recursive: true });
  await git(repo, 'init', '--quiet', '--bare', `--initial-branch=${MAIN}`);
  return repo;
}

const filesIn = (folder: string): string => join(folder, 'files');

/** Writes the docs of main as files, and gives their folder. */
async function checkOut(folder: string, repo: string, roots: readonly string[]): Promise<string> {
  const files = filesIn(folder);
  await mkdir(files, { recursive: true });
  await git(repo, `--work-tree=${files}`, 'checkout', '--force', MAIN, '--', ...roots);
  return files;
}

/** The pages of main in git's order. */
async function listPages(repo: string, roots: readonly string[]): Promise<PageFile[]> {
  const listed = await git(repo, 'ls-tree', '-r', '-z', '--long', MAIN, '--', ...roots);
  return listed.split('\0').flatMap((line) => {
    const [, bytes, path = ''] = /^100\d+ blob \S+ +(\d+)\t(.+)$/s.exec(line) ?? [];
    return /\.mdx?$/.test(path) ? [{ path, bytes: Number(bytes) }] : [];
  });
}

function nameOf(path: string, roots: readonly string[]): string {
  const root = roots.find((each) => path.startsWith(`${each}/`));
  return path.slice(root === undefined ? 0 : root.length + 1).replace(/(?:\/index)?\.mdx?$/, '');
}

function namesOf(pages: readonly PageFile[], docs: readonly DocsRoot[]): PageNames {
  const path = (page: number) => pages[page]!.path;
  const roots = docs.map((root) => root.path);
  const name = (page: number) => nameOf(path(page), roots);
  const rootOf = (page: number) => docs.find((root) => path(page).startsWith(`${root.path}/`));
  return {
    ...{ count: pages.length, name, path },
    route: (page) => posix.join(rootOf(page)?.route ?? '/', name(page), '/'),
    title: name,
    product: (page) => name(page).split('/')[0]!,
  };
}
