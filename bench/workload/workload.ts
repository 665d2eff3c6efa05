import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { fastImport } from '../site/fast-import.ts';
import { makeSite } from '../site/make-site.ts';
import { DOCS_ROOT, type PageNames } from '../site/page-names.ts';
import { planScenarios } from '../site/plan-scenarios.ts';
import { MADE_SETTINGS, registryEntry, registryText } from '../site/registry-text.ts';
import { countWords, vocabularyOf } from '../site/vocabulary.ts';
import { git, importStream } from './git.ts';
import { choosePage, MAIN, type PageFile, pullRequests } from './pull-requests.ts';

/** A site ready to be measured, in a folder of its own. */
export interface Workload {
  /** How it is named in results. */
  name: string;
  /** A bare repository; its branches are those of pull-requests.ts. */
  repo: string;
  /** The docs of main as files, for tools that read no commits. */
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
  /** A registry file, whose scenarios come first; without it all are made. */
  registry: string | null;
}

/** Makes a site. @param folder an empty one @param planned scenarios that the site speaks of, or leaves out on purpose */
export async function madeWorkload(
  folder: string,
  { seed, pages, planned }: { seed: number; pages: number; planned: number },
): Promise<Workload> {
  const site = makeSite({ seed, pages, scenarios: planned });
  const entries = site.scenarios.map(registryEntry);
  const repo = await bareRepository(folder);
  await importStream(repo, fastImport([{ branch: MAIN, from: null, message: 'A made site', files: site.files() }]));
  const name = `made site of ${pages.toLocaleString('en')} pages`;
  return finish({ folder, repo, name, roots: [DOCS_ROOT], settings: MADE_SETTINGS, entries });
}

/** Takes the docs of a repository as they are at a commit. The repository itself is only read. */
export async function corpusWorkload(folder: string, corpus: Corpus, seed: number): Promise<Workload> {
  const repo = join(folder, 'docs.git');
  await git('.', 'clone', '--quiet', '--bare', corpus.dir, repo);
  const commit = await git(repo, 'rev-parse', '--verify', '--quiet', `${corpus.rev}^{commit}`).catch(() => {
    throw new Error(`${corpus.dir} has no commit ${corpus.rev}; name one with --rev`);
  });
  await git(repo, 'update-ref', `refs/heads/${MAIN}`, commit);
  const { scenarios: given = [], ...settings } = await readRegistry(corpus.registry);
  const roots = settings.docs?.map(({ root }) => root) ?? ['.'];
  const name = `${corpus.dir.replace(/\/+$/, '').split('/').at(-1)} at ${corpus.rev}`;
  const site = { folder, repo, name, roots, settings };
  const pages = await checkOut(site);
  const missing = Math.max(0, REGISTRY_SIZES.at(-1)! - given.length);
  const vocabulary = vocabularyOf(countWords(pages.map(({ text }) => text)));
  const made = planScenarios(missing, seed, vocabulary, namesOf(pages, roots)).map(registryEntry);
  return finish({ ...site, entries: [...given, ...made] });
}

interface RegistryDocument {
  version: number;
  docs?: { root: string }[];
  scenarios?: { pages?: string[] }[];
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

/** Adds registries, the files and the pull requests. */
async function finish(site: Unfinished & { entries: { pages?: string[] }[] }): Promise<Workload> {
  const { folder, repo, name, roots, settings, entries } = site;
  const registry = (count: number) => join(folder, `registry-${count}.yml`);
  for (const count of REGISTRY_SIZES.filter((size) => size <= entries.length)) {
    await writeFile(registry(count), registryText(settings, entries.slice(0, count)));
  }
  const own = [['.github/signpost.yml', registryText(settings, entries.slice(0, COMMITTED_SCENARIOS))]] as const;
  const commit = { branch: MAIN, from: await git(repo, 'rev-parse', MAIN), message: 'Add a registry', files: own };
  await importStream(repo, fastImport([commit]));
  const pages = await checkOut(site);
  const named = entries.slice(0, COMMITTED_SCENARIOS).flatMap(({ pages: of = [] }) => of);
  const changed = choosePage(pages, named, (path) => nameOf(path, roots));
  await importStream(repo, fastImport(pullRequests(pages, changed)));
  const bytes = pages.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  const sizes = { pages: pages.length, bytes };
  return { name, repo, files: join(folder, 'files'), roots, ...sizes, changed: changed.path, registry };
}

async function bareRepository(folder: string): Promise<string> {
  const repo = join(folder, 'docs.git');
  await mkdir(repo, { recursive: true });
  await git(repo, 'init', '--quiet', '--bare', `--initial-branch=${MAIN}`);
  return repo;
}

/** Writes the docs of main as files, and reads the pages among them. */
async function checkOut({ folder, repo, roots }: Unfinished): Promise<PageFile[]> {
  const files = join(folder, 'files');
  await mkdir(files, { recursive: true });
  await git(repo, `--work-tree=${files}`, 'checkout', '--force', MAIN, '--', ...roots);
  const pages: PageFile[] = [];
  for (const root of roots) {
    for (const path of (await readdir(join(files, root), { recursive: true })).sort()) {
      if (!/\.mdx?$/.test(path)) continue;
      const full = join(root, path);
      pages.push({ path: full, text: await readFile(join(files, full), 'utf8') });
    }
  }
  return pages;
}

function nameOf(path: string, roots: readonly string[]): string {
  const root = roots.find((each) => path.startsWith(`${each}/`));
  return path.slice(root === undefined ? 0 : root.length + 1).replace(/(?:\/index)?\.mdx?$/, '');
}

function namesOf(pages: readonly PageFile[], roots: readonly string[]): PageNames {
  const name = (page: number) => nameOf(pages[page]!.path, roots);
  return {
    ...{ count: pages.length, name },
    path: (page) => pages[page]!.path,
    route: (page) => `/${name(page)}/`,
    title: name,
    product: (page) => name(page).split('/')[0]!,
  };
}
