import { mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { addScenarios, UnwritableRegistry } from '../registry/authoring/edit-registry.ts';
import { type ParsedRegistry, parseRegistry, type RegistryFile } from '../registry/parse-registry.ts';
import { registryPaths } from '../registry/registry-files.ts';
import type { Occasion } from './command.ts';
import { readNamed, registryFilesIn } from './registry-option.ts';
import { withRepository } from './repository.ts';
import type { TargetValues } from './target-option.ts';
import { fileProblem, noRegistry, UsageFailure } from './usage-failure.ts';

/** The registry file that is written into, and all files that are the registry together with it. */
export interface RegistryTarget {
  /** Absolute path on disk. */
  path: string;
  /** Its name among `files`. */
  name: string;
  /** Whether there is such a file yet. */
  isNew: boolean;
  text: string;
  files: readonly RegistryFile[];
  parsed: ParsedRegistry;
}

/**
 * Finds the registry file to write into: the one that is named, else the settings file, or the only file with scenarios
 * where the settings file has none.
 * @throws {UsageFailure} if there is no registry, none of several files is named, or the file cannot be read
 */
export async function registryTarget(values: TargetValues, occasion: Occasion): Promise<RegistryTarget> {
  const toplevel = await withRepository(values.repo, occasion, async (repository) => repository.toplevel);
  if (toplevel === null) {
    throw new UsageFailure(`${values.repo} is a bare repository, and nothing can be written into it.`, 'Use a clone.');
  }
  const names = registryPaths((await registryFilesIn(toplevel)).filter((name) => name.startsWith('.github/')));
  const files = await Promise.all(names.map((name) => readNamed(name, join(toplevel, name))));
  const defaults =
    values.defaults === undefined ? null : await readNamed(values.defaults, occasion.pathOf(values.defaults));
  if (values.file === undefined) {
    const name = chosen(files);
    return targetIn(files, { name, path: join(toplevel, name), isNew: false }, defaults);
  }
  return named(values.file, toplevel, files, defaults, occasion);
}

function chosen(files: readonly RegistryFile[]): string {
  if (files.length === 0) throw noRegistry('the work tree');
  const holding = files.filter((file) => parseRegistry([file]).registry?.scenarios.length);
  const settings = files.find(({ path }) => /^\.github\/signpost\.ya?ml$/.test(path));
  if (settings && (holding.includes(settings) || holding.length === 0)) return settings.path;
  const candidates = holding.length > 0 ? holding : files;
  if (candidates.length === 1) return candidates[0]!.path;
  const some = candidates.slice(0, 5).map(({ path }) => path);
  const more = candidates.length > 5 ? ` and ${candidates.length - 5} more` : '';
  throw new UsageFailure('Several files hold scenarios.', `Name one with --file: ${some.join(', ')}${more}.`);
}

async function named(
  typed: string,
  toplevel: string,
  files: readonly RegistryFile[],
  defaults: RegistryFile | null,
  { pathOf }: Occasion,
): Promise<RegistryTarget> {
  const inRepository = resolve(toplevel, typed);
  const path = (await isThere(pathOf(typed))) || !(await isThere(inRepository)) ? pathOf(typed) : inRepository;
  if (!/\.ya?ml$/.test(path)) throw new UsageFailure(`${typed} is no YAML file.`, 'Name a file that ends in .yml.');
  const isNew = !(await isThere(path));
  const name = relative(toplevel, path).split(sep).join('/');
  const known = files.find((file) => file.path === name);
  if (known) return targetIn(files, { name, path, isNew }, defaults);
  const file = isNew ? { path: name, text: '' } : await readNamed(typed, path);
  // A file that is no part of the repository's registry is one of its own, such as a draft.
  const isPart = registryPaths([name]).length > 0;
  return targetIn(isPart ? [...files, file] : [file], { name: file.path, path, isNew }, defaults);
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

function targetIn(
  files: readonly RegistryFile[],
  target: Pick<RegistryTarget, 'name' | 'path' | 'isNew'>,
  defaults: RegistryFile | null,
): RegistryTarget {
  const { text } = files.find(({ path }) => path === target.name)!;
  const parsed = parseRegistry(files, { defaults });
  const broken = parsed.mistakes.find(({ path, message }) => path === target.name && /^not valid YAML/.test(message));
  if (broken) {
    throw new UsageFailure(
      `${broken.path}:${broken.line} is ${broken.message}.`,
      'Mend it first: `signpost registry check`.',
    );
  }
  try {
    addScenarios(text, [{ id: 'probe', title: 'probe' }]);
  } catch (error) {
    if (!(error instanceof UnwritableRegistry)) throw error;
    throw new UsageFailure(`${target.name} cannot be added to: ${error.message}.`, 'Name another file with `--file`.');
  }
  return { ...target, text, files, parsed };
}

/** The files with another text in the place of the target's. */
export function withText({ files, name }: RegistryTarget, text: string): RegistryFile[] {
  return files.map((file) => (file.path === name ? { path: name, text } : file));
}

/** @throws {UsageFailure} */
export async function writeTarget({ path, name }: RegistryTarget, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  } catch (error) {
    throw new UsageFailure(`${name} cannot be written: ${fileProblem(error)}.`, 'Name another file with `--file`.');
  }
}
