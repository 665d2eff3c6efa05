import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PageWords } from '../coverage/page-words.ts';
import type { DocsRoot } from '../docs/frameworks/framework.ts';
import { type DiscoveredRoot, discoverDocs } from '../docs/site/discover-docs.ts';
import { type DiscoveredPreview, discoverPreview, previewFiles } from '../docs/site/discover-preview.ts';
import { type Repository, WORKTREE } from '../local-git/repository.ts';
import type { FoundCode } from '../registry/authoring/found-code.ts';
import { NotOpenapi, openapiCodes } from '../registry/authoring/openapi-codes.ts';
import { type StarterSettings, starterRegistry } from '../registry/authoring/starter-registry.ts';
import { parseRegistry } from '../registry/parse-registry.ts';
import { registryPaths } from '../registry/registry-files.ts';
import { FORMATS, type TextFormat } from '../registry/text-formats.ts';
import { renderSetup, type Setup } from '../report/terminal/terminal-setup.ts';
import { readSite } from '../review/compare/read-sites.ts';
import type { Blobs, Snapshot } from '../review/compare/snapshot.ts';
import { makeStarter, starterSettings } from '../review/suggest/proposals/make-starter.ts';
import { proposeScenarios } from '../review/suggest/proposals/propose-scenarios.ts';
import { codesInTree, sourcePattern } from './codes-option.ts';
import type { Outcome } from './command.ts';
import type { CommandContext } from './command-context.ts';
import type { InitValues } from './init.ts';
import { askProposals, askScope, askSettings, formatProblem, type Told } from './init-questions.ts';
import { readInput, writeNamed } from './named-files.ts';
import { loadBlobs, withRepository } from './repository.ts';
import { numberOf, UsageFailure, worktreeOf } from './usage-failure.ts';

const SETTINGS_FILE = '.github/signpost.yml';

/**
 * Finds the docs of a work tree, proposes scenarios, asks the person if there is one, and writes the registry.
 * @throws {UsageFailure | GitFailure} before anything is written
 */
export async function writeFirstRegistry(values: InitValues, context: CommandContext): Promise<Outcome> {
  const told = settingsTold(values);
  const limit = numberOf('--limit', values.limit, 4);
  const patterns = (values.codes ?? []).map(sourcePattern);
  const described = await openapiFailures(values.openapi ?? [], context);
  return withRepository(values.repo, context, async (repository) => {
    const toplevel = worktreeOf(repository, values.repo);
    const snapshot = await repository.snapshot(WORKTREE);
    const path = settingsPath(snapshot, values);
    const codes = [...described, ...patterns.flatMap((pattern) => codesInTree(pattern, snapshot.tree, repository))];
    const setup = await setUp({ repository, snapshot, path, values, context }, told, limit, codes);
    const { text } = setup.starter;
    if (values.dryRun) return { text, exitCode: 0 };
    await writeNew(join(toplevel, path), path, text, values.force === true);
    return { text: renderSetup(setup, { ...context, isBrief: context.prompts !== null }), exitCode: 0 };
  });
}

/** Reads the flags about the site. @throws {UsageFailure} for a value that the registry would refuse */
function settingsTold({ root = [], framework, site, preview, block }: InitValues): Told {
  return {
    roots: root.map((folder) => fitting('--root', folder, FORMATS.folder) || '.'),
    framework: framework ?? null,
    site: site === undefined ? null : fitting('--site', site, FORMATS.site),
    preview: preview === undefined ? null : fitting('--preview', preview, FORMATS.preview),
    block: block ?? null,
    kept: null,
  };
}

function fitting(flag: string, value: string, format: TextFormat): string {
  const problem = formatProblem(value, format);
  if (problem === null) return format.normalise?.(value) ?? value;
  throw new UsageFailure(`${flag} ${problem}.`, format.advice);
}

/** Finds the error codes of API descriptions. @throws {UsageFailure} */
async function openapiFailures(files: readonly string[], context: CommandContext): Promise<FoundCode[]> {
  const found: FoundCode[] = [];
  for (const file of files) {
    const input = await readInput(file, context);
    try {
      found.push(...openapiCodes(input));
    } catch (error) {
      if (!(error instanceof NotOpenapi)) throw error;
      const message = `${input.path}:${error.line}: ${error.message}.`;
      throw new UsageFailure(message, 'Name an OpenAPI description in YAML or JSON.');
    }
  }
  return found;
}

/** The name of the file to write. @throws {UsageFailure} if there is a registry, and no --force */
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

/** Writes the file, but not over one that exists unless that is forced. Git may ignore the existing one. */
function writeNew(file: string, path: string, text: string, isForced: boolean): Promise<void> {
  return writeNamed(path, 'Print it with --dry-run instead.', async () => {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { flag: isForced ? 'w' : 'wx' }).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'EEXIST' ? registryThere(path) : error;
    });
  });
}

type Read = Awaited<ReturnType<typeof loadBlobs>>;

/** The docs roots that were found or chosen, with all files read that their pages show. */
interface FoundDocs {
  told: Told;
  roots: readonly DiscoveredRoot[];
  preview: DiscoveredPreview | null;
  read: Read;
}

/** One run of `init`. */
interface Run {
  repository: Repository;
  snapshot: Snapshot;
  /** The name of the file that is written. */
  path: string;
  values: InitValues;
  context: CommandContext;
}

async function setUp(run: Run, given: Told, limit: number, codes: readonly FoundCode[]): Promise<Setup> {
  const { snapshot, path, context } = run;
  const { prompts, today, progress } = context;
  const { told, roots, preview, read } = await findDocs(run, given);
  progress.announce('reading what the docs say of failures…');
  const settings = starterSettings(roots, preview, told);
  const { site } = readSite(snapshot, read.blobs, docsOf(settings), read.pages);
  const taken = takenIds(run, read.blobs);
  const known = new Set(codes.map(({ code }) => code));
  const words = new PageWords(Number.POSITIVE_INFINITY);
  const proposals = proposeScenarios(site, { settings, limit, known, taken, today, words });
  progress.clear();
  const chosen = prompts ? await askProposals(prompts, proposals.taken) : proposals.taken;
  const block = prompts && told.block === null ? await askScope(prompts) : told.block;
  const final = starterSettings(roots, preview, { ...told, block });
  const starter = makeStarter(site, final, chosen, codes, { today, taken, words });
  read.pages.save(context.now());
  return {
    path,
    roots,
    preview,
    told: final.preview ?? null,
    proposals: { ...proposals, taken: chosen },
    starter,
    apis: codes.length > 0 ? [] : apiDescriptions(snapshot.tree.keys()),
  };
}

async function findDocs(run: Run, given: Told): Promise<FoundDocs> {
  const { path, snapshot, context } = run;
  const { prompts, progress } = context;
  const first = await rootsOf(run, declaredBy(given), given);
  const preview = discoverPreview(
    snapshot.tree,
    first.read.blobs,
    first.roots.map(({ root }) => root),
  );
  progress.clear();
  const found = { path, roots: first.roots, preview };
  const told = prompts ? await askSettings(prompts, found, snapshot.tree, given, context) : given;
  const chosen = told === given ? first : await rootsOf(run, declaredBy(told), told);
  if (chosen.roots.every(({ inferred }) => Object.keys(inferred).length === 0)) return { ...chosen, told, preview };
  // What the pages' own imports gave away leads to further files.
  const further = await rootsOf(run, docsOf(starterSettings(chosen.roots, null, told)), told);
  return { ...further, roots: withInferred(further.roots, chosen.roots), told, preview };
}

async function rootsOf(
  run: Run,
  declared: readonly DocsRoot[],
  told: Told,
): Promise<Pick<FoundDocs, 'roots' | 'read'>> {
  const read = await readDocs(run, declared);
  const isKept = ({ root }: DiscoveredRoot) => told.kept === null || told.kept.includes(root.root);
  const roots = discoverDocs(run.snapshot.tree, read.blobs, declared).filter(isKept);
  const empty = told.roots.length > 0 ? roots.find(({ pages }) => pages === 0) : undefined;
  if (empty) throw withoutPages(`--root: ${empty.root.root} holds no Markdown or MDX page.`);
  if (roots.some(({ pages }) => pages > 0)) return { roots, read };
  throw withoutPages('There is no Markdown or MDX page in this repository.');
}

function readDocs({ repository, snapshot, values, context }: Run, docs: readonly DocsRoot[]): Promise<Read> {
  const text = starterRegistry({ docs }, []);
  const registry = { files: [{ path: SETTINGS_FILE, text }], defaults: null };
  const { tree } = snapshot;
  const also = [...previewFiles(tree), ...registryPaths(tree.keys())];
  return loadBlobs(repository, [snapshot], { registry, also }, values, context);
}

/** The ids in the registry's other files, which are kept. */
function takenIds({ snapshot: { tree }, path: own }: Run, blobs: Blobs): Set<string> {
  const files = registryPaths(tree.keys()).flatMap((path) => {
    const blob = path === own ? undefined : blobs.get(tree.get(path)?.blob ?? '');
    return blob && 'text' in blob ? [{ path, text: blob.text }] : [];
  });
  return new Set(parseRegistry(files).registry?.scenarios.map(({ id }) => id));
}

function withoutPages(message: string): UsageFailure {
  return new UsageFailure(message, 'Name a folder from the top of the repository with --root.');
}

function declaredBy({ roots, framework, site }: Told): DocsRoot[] {
  return docsOf({ docs: roots.map((root) => ({ root, framework, site })) });
}

/** The docs roots as a registry with these settings has them. */
function docsOf(settings: StarterSettings): DocsRoot[] {
  const text = starterRegistry(settings, []);
  return parseRegistry([{ path: SETTINGS_FILE, text }]).registry?.settings.docs ?? [];
}

/** Adds the aliases that were inferred before: a root that declares them infers them no more. */
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
