import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PageCache } from '../cache/page-cache.ts';
import { PageWords } from '../coverage/page-words.ts';
import type { DocsRoot } from '../docs/frameworks/framework.ts';
import { type DiscoveredRoot, discoverDocs } from '../docs/site/discover-docs.ts';
import { type DiscoveredPreview, discoverPreview, previewFiles } from '../docs/site/discover-preview.ts';
import { type Repository, WORKTREE } from '../local-git/repository.ts';
import type { FoundCode } from '../registry/authoring/found-code.ts';
import { type StarterSettings, starterRegistry } from '../registry/authoring/starter-registry.ts';
import { parseRegistry } from '../registry/parse-registry.ts';
import { registryPaths } from '../registry/registry-files.ts';
import { renderSetup, type Setup } from '../report/terminal/terminal-setup.ts';
import { readSite } from '../review/compare/read-sites.ts';
import type { Blobs, Snapshot } from '../review/compare/snapshot.ts';
import { makeStarter } from '../review/suggest/proposals/make-starter.ts';
import { proposeScenarios } from '../review/suggest/proposals/propose-scenarios.ts';
import { starterSettings } from '../review/suggest/proposals/starter-settings.ts';
import type { Occasion, Outcome } from './command.ts';
import type { InitValues } from './init.ts';
import { askPreview, askProposals, askRoots, askScope, begin } from './init-questions.ts';
import { openapiFailures, settingsTold, type Told, toNumber } from './init-values.ts';
import type { Prompts } from './prompts.ts';
import { loadBlobs, withRepository } from './repository.ts';
import { codesInTree, sourcePattern } from './source-codes.ts';
import { fileProblem, UsageFailure } from './usage-failure.ts';

const SETTINGS_FILE = '.github/signpost.yml';

/**
 * Finds the docs of a work tree, proposes scenarios, asks where somebody can be asked, and writes the registry.
 * @throws {UsageFailure | GitFailure} with nothing written
 */
export async function beginRegistry(values: InitValues, occasion: Occasion): Promise<Outcome> {
  const told = settingsTold(values);
  const limit = toNumber('--limit', values.limit);
  const patterns = (values.codes ?? []).map(sourcePattern);
  const described = await openapiFailures(values.openapi ?? [], occasion);
  return withRepository(values.repo, occasion, async (repository) => {
    const toplevel = worktreeOf(repository, values);
    const snapshot = await repository.snapshot(WORKTREE);
    const path = settingsPath(snapshot, values);
    const codes = [...described, ...patterns.flatMap((pattern) => codesInTree(pattern, snapshot.tree, repository))];
    const work = new Work(repository, snapshot, values, occasion);
    const setup = await work.setUp(path, told, limit, codes);
    if (values.dryRun) return { text: setup.starter.text, exitCode: 0 };
    await writeNew(join(toplevel, path), path, setup.starter.text, values.force === true);
    return { text: renderSetup(setup, { ...occasion, isBrief: occasion.prompts !== null }), exitCode: 0 };
  });
}

function worktreeOf({ toplevel }: Repository, { repo }: InitValues): string {
  if (toplevel !== null) return toplevel;
  throw new UsageFailure(`${repo} is a bare repository, and nothing can be written into it.`, 'Use a clone.');
}

function settingsPath({ tree }: Snapshot, { force }: InitValues): string {
  const [there] = registryPaths(tree.keys());
  if (there === undefined) return SETTINGS_FILE;
  if (!force) throw registryThere(there);
  return /^\.github\/signpost\.ya?ml$/.test(there) ? there : SETTINGS_FILE;
}

function registryThere(path: string): UsageFailure {
  return new UsageFailure(
    `There is a registry already: ${path}.`,
    'Add to it with `signpost registry add` or `registry import`, or replace its settings file with --force.',
  );
}

/** Never over a file that is there, not even one that git does not know, unless it is to be replaced. */
async function writeNew(file: string, path: string, text: string, isForced: boolean): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { flag: isForced ? 'w' : 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw registryThere(path);
    throw new UsageFailure(`${path} cannot be written: ${fileProblem(error)}.`, 'Print it with --dry-run instead.');
  }
}

/** One run of `init`, from what is read to what is to be written. */
class Work {
  readonly #repository: Repository;
  readonly #snapshot: Snapshot;
  readonly #values: InitValues;
  readonly #occasion: Occasion;

  constructor(repository: Repository, snapshot: Snapshot, values: InitValues, occasion: Occasion) {
    this.#repository = repository;
    this.#snapshot = snapshot;
    this.#values = values;
    this.#occasion = occasion;
  }

  async setUp(path: string, given: Told, limit: number, codes: readonly FoundCode[]): Promise<Setup> {
    const { prompts, today } = this.#occasion;
    const { told, roots, preview, read } = await this.#findDocs(path, given);
    this.#occasion.progress.announce('reading what the docs say of failures…');
    const settings = starterSettings(roots, preview, told);
    const { site } = readSite(this.#snapshot, read.blobs, docsOf(settings), read.pages);
    const taken = this.#takenIds(path, read.blobs);
    const known = new Set(codes.map(({ code }) => code));
    const words = new PageWords(Number.POSITIVE_INFINITY);
    const proposals = proposeScenarios(site, { settings, limit, known, taken, today, words });
    this.#occasion.progress.clear();
    const chosen = prompts ? await askProposals(prompts, proposals.taken) : proposals.taken;
    const block = prompts && told.block === null ? await askScope(prompts) : told.block;
    const final = starterSettings(roots, preview, { ...told, block });
    const starter = makeStarter(site, final, chosen, codes, { today, taken, words });
    read.pages.save(this.#occasion.now());
    const apis = codes.length > 0 ? [] : apiDescriptions(this.#snapshot.tree.keys());
    return {
      path,
      roots,
      preview,
      told: final.preview ?? null,
      proposals: { ...proposals, taken: chosen },
      starter,
      apis,
    };
  }

  /** The docs roots as they are found, or chosen, with everything read that their pages show. */
  async #findDocs(path: string, given: Told): Promise<FoundDocs> {
    const { prompts } = this.#occasion;
    const first = await this.#rootsOf(declaredBy(given), given);
    const roots = first.roots.map(({ root }) => root);
    const preview = discoverPreview(this.#snapshot.tree, first.read.blobs, roots);
    const told = prompts ? await this.#ask(prompts, path, first.roots, preview, given) : given;
    const chosen = told === given ? first : await this.#rootsOf(declaredBy(told), told);
    if (chosen.roots.every(({ inferred }) => Object.keys(inferred).length === 0)) return { ...chosen, told, preview };
    // What the pages' own imports gave away leads to further files.
    const further = await this.#rootsOf(docsOf(starterSettings(chosen.roots, null, told)), told);
    return { ...further, roots: withInferred(further.roots, chosen.roots), told, preview };
  }

  async #ask(
    prompts: Prompts,
    path: string,
    roots: readonly DiscoveredRoot[],
    preview: DiscoveredPreview | null,
    given: Told,
  ): Promise<Told> {
    this.#occasion.progress.clear();
    await begin(prompts, { path, roots, preview }, this.#occasion);
    return askPreview(prompts, preview, await askRoots(prompts, roots, this.#snapshot.tree, given));
  }

  #read(docs: readonly DocsRoot[]): Promise<{ blobs: Blobs; pages: PageCache }> {
    const text = starterRegistry({ docs }, []);
    const registry = { files: [{ path: SETTINGS_FILE, text }], defaults: null };
    const { tree } = this.#snapshot;
    const also = [...previewFiles(tree), ...registryPaths(tree.keys())];
    return loadBlobs(this.#repository, [this.#snapshot], { registry, also }, this.#values, this.#occasion);
  }

  async #rootsOf(declared: readonly DocsRoot[], told: Told): Promise<Pick<FoundDocs, 'roots' | 'read'>> {
    const read = await this.#read(declared);
    const isKept = ({ root }: DiscoveredRoot) => told.kept === null || told.kept.includes(root.root);
    const roots = discoverDocs(this.#snapshot.tree, read.blobs, declared).filter(isKept);
    const empty = told.roots.length > 0 ? roots.find(({ pages }) => pages === 0) : undefined;
    if (empty) throw withoutPages(`--root: ${empty.root.root} holds no Markdown or MDX page.`);
    if (roots.some(({ pages }) => pages > 0)) return { roots, read };
    throw withoutPages('There is no Markdown or MDX page in this repository.');
  }

  /** Ids of the registry's other files, which stay. */
  #takenIds(path: string, blobs: Blobs): Set<string> {
    const others = registryPaths(this.#snapshot.tree.keys()).filter((other) => other !== path);
    const files = others.flatMap((other) => {
      const blob = blobs.get(this.#snapshot.tree.get(other)?.blob ?? '');
      return blob && 'text' in blob ? [{ path: other, text: blob.text }] : [];
    });
    return new Set(parseRegistry(files).registry?.scenarios.map(({ id }) => id));
  }
}

interface FoundDocs {
  told: Told;
  roots: readonly DiscoveredRoot[];
  preview: DiscoveredPreview | null;
  read: { blobs: Blobs; pages: PageCache };
}

function withoutPages(message: string): UsageFailure {
  return new UsageFailure(message, 'Name a folder from the top of the repository with --root.');
}

function declaredBy({ roots, framework, site }: Told): DocsRoot[] {
  return docsOf({ docs: roots.map((root) => ({ root, framework, site })) });
}

/** Docs roots as the registry reads them. */
function docsOf(settings: StarterSettings): DocsRoot[] {
  const text = starterRegistry(settings, []);
  return parseRegistry([{ path: SETTINGS_FILE, text }]).registry?.settings.docs ?? [];
}

/** Once an alias is declared, it is no longer to be inferred. */
function withInferred(roots: readonly DiscoveredRoot[], before: readonly DiscoveredRoot[]): DiscoveredRoot[] {
  return roots.map((each) => {
    const same = before.find(({ root }) => root.root === each.root.root);
    return { ...each, inferred: { ...same?.inferred, ...each.inferred } };
  });
}

const API_DESCRIPTION = /^(?:[^/]+\/){0,4}(?:openapi|swagger)[\w.-]*\.(?:ya?ml|json)$/i;
const MOST_APIS = 3;

function apiDescriptions(paths: Iterable<string>): string[] {
  return [...paths].filter((path) => API_DESCRIPTION.test(path) && !path.includes('node_modules/')).slice(0, MOST_APIS);
}
