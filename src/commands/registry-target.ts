import { mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { WORKTREE } from '../local-git/repository.ts';
import { addScenarios, UnwritableRegistry } from '../registry/authoring/edit-registry.ts';
import { parseRegistry, type RegistryFile } from '../registry/parse-registry.ts';
import type { Registry } from '../registry/registry.ts';
import { registryPaths } from '../registry/registry-files.ts';
import { checkRegistry } from '../review/check-registry.ts';
import type { ChangedEntry, RegistryAdditions } from '../review/review.ts';
import type { CommandContext } from './command-context.ts';
import { readNamed, writeNamed } from './named-files.ts';
import { readDefaults, registryFilesOf, type TargetValues } from './registry-options.ts';
import { type CachedValues, readRevision, withRepository } from './repository.ts';
import { noRegistry, someOf, UsageFailure, worktreeOf } from './usage-failure.ts';

/** A file on disk, with its name among the registry's files. */
interface TargetPlace {
  /** Absolute path on disk. */
  path: string;
  name: string;
  /** Whether there is such a file yet. */
  isNew: boolean;
}

/** The registry file to write into, and all files of the registry, with this one among them. */
interface RegistryTarget extends TargetPlace {
  text: string;
  files: readonly RegistryFile[];
  registry: Registry;
}

/**
 * Finds the registry file to write into: the one that is named, else the settings file, or the only file with scenarios
 * where the settings file has none.
 * @throws {UsageFailure} if there is no registry, none of several files is named, or the file cannot be read
 */
export async function registryTarget(values: TargetValues, context: CommandContext): Promise<RegistryTarget> {
  const toplevel = await withRepository(values.repo, context, async (repository) =>
    worktreeOf(repository, values.repo),
  );
  const names = await registryFilesOf(toplevel);
  const files = await Promise.all(names.map((name) => readNamed(name, join(toplevel, name))));
  const defaults = await readDefaults(values.defaults, context);
  if (values.file === undefined) {
    const name = mainFile(files);
    return targetIn(files, { name, path: join(toplevel, name), isNew: false }, defaults);
  }
  const { path, isNew } = await placeOf(values.file, toplevel, context);
  const name = relative(toplevel, path).split(sep).join('/');
  if (names.includes(name)) return targetIn(files, { name, path, isNew }, defaults);
  const file = isNew ? { path: name, text: '' } : await readNamed(values.file, path);
  // A file that is no part of the repository's registry is one of its own, such as a draft.
  const isPart = registryPaths([name]).length > 0;
  return targetIn(isPart ? [...files, file] : [file], { name: file.path, path, isNew }, defaults);
}

/** Chooses the file for new scenarios where none was named. */
function mainFile(files: readonly RegistryFile[]): string {
  if (files.length === 0) throw noRegistry('the work tree');
  const holding = files.filter((file) => parseRegistry([file]).registry?.scenarios.length);
  const settings = files.find(({ path }) => /^\.github\/signpost\.ya?ml$/.test(path));
  if (settings && (holding.includes(settings) || holding.length === 0)) return settings.path;
  const candidates = holding.length > 0 ? holding : files;
  if (candidates.length === 1) return candidates[0]!.path;
  const some = someOf(candidates.map(({ path }) => path));
  throw new UsageFailure('Several files hold scenarios.', `Name one with --file: ${some}.`);
}

/** Finds a named file, from the current folder or from the top of the repository. @throws {UsageFailure} */
async function placeOf(typed: string, toplevel: string, { pathOf }: CommandContext) {
  const inRepository = resolve(toplevel, typed);
  const path = (await isThere(pathOf(typed))) || !(await isThere(inRepository)) ? pathOf(typed) : inRepository;
  if (!/\.ya?ml$/.test(path)) throw new UsageFailure(`${typed} is no YAML file.`, 'Name a file that ends in .yml.');
  return { path, isNew: !(await isThere(path)) };
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

function targetIn(files: readonly RegistryFile[], place: TargetPlace, defaults: RegistryFile | null): RegistryTarget {
  const { text } = files.find(({ path }) => path === place.name)!;
  const { registry, mistakes } = parseRegistry(files, { defaults });
  const broken = mistakes.find(({ path, message }) => path === place.name && /^not valid YAML/.test(message));
  if (broken) {
    const message = `${broken.path}:${broken.line} is ${broken.message}.`;
    throw new UsageFailure(message, 'Mend it first: `signpost registry check`.');
  }
  try {
    addScenarios(text, [{ id: 'probe', title: 'probe' }]);
  } catch (error) {
    if (!(error instanceof UnwritableRegistry)) throw error;
    throw new UsageFailure(`${place.name} cannot be added to: ${error.message}.`, 'Name another file with `--file`.');
  }
  return { ...place, text, files, registry: registry! };
}

/**
 * Judges a new text of the file: the mistakes of its new entries, and how the docs of the work tree cover them.
 * `unwritten` of the result says why it must not be written: an entry has an error, or this is a dry run.
 */
export async function judgeChange(
  target: RegistryTarget,
  after: string,
  entries: readonly Omit<ChangedEntry, 'coverage'>[],
  values: TargetValues & CachedValues,
  context: CommandContext,
): Promise<RegistryAdditions> {
  const { name: path, isNew, text: before } = target;
  const files = target.files.map((file) => (file.path === path ? { path, text: after } : file));
  const registry = { files, defaults: null };
  const { pages, ...at } = await readRevision(values, () => WORKTREE, registry, context);
  context.progress.announce('judging the docs…');
  const checked = checkRegistry({ ...at, registry, today: context.today, cache: pages });
  pages.save(context.now());
  const changed = new Set(entries.flatMap(({ action, id }) => (action === 'skipped' || id === null ? [] : [id])));
  const mistakes = checked.mistakes.filter(({ scenario }) => scenario !== null && changed.has(scenario));
  const invalid = mistakes.some(({ severity }) => severity === 'error');
  return {
    path,
    isNew,
    before,
    after,
    unwritten: invalid ? 'invalid' : values.dryRun ? 'dry-run' : null,
    entries: entries.map((entry) => ({ ...entry, coverage: checked.coverage.get(entry.id ?? '') ?? null })),
    mistakes,
  };
}

/** @throws {UsageFailure} */
export function writeTarget({ path, name }: RegistryTarget, text: string): Promise<void> {
  return writeNamed(name, 'Name another file with `--file`.', async () => {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  });
}
