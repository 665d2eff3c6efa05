import { createHash } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { RegistryFile } from '../registry/parse-registry.ts';
import { registryPaths } from '../registry/registry-files.ts';
import type { RegistryInput } from '../review/compare/load-registry.ts';
import type { OptionFacts } from './command.ts';
import type { CommandContext } from './command-context.ts';
import { fileProblem, readNamed, unreadable } from './named-files.ts';
import { UsageFailure } from './usage-failure.ts';

/** The options of commands that read a registry. */
export interface RegistryValues {
  registry?: string;
  defaults?: string;
}

export const REGISTRY_OPTIONS: readonly OptionFacts[] = [
  { flags: '--registry <PATH>', description: 'a registry file or folder on disk, in place of every other registry' },
  {
    flags: '--defaults <FILE>',
    description: "the owner's registry: its settings are defaults, its scenarios come first",
  },
];

/** The options of commands that write into a registry. */
export interface TargetValues {
  repo: string;
  file?: string;
  defaults?: string;
  dryRun?: boolean;
}

export const TARGET_OPTIONS: readonly OptionFacts[] = [
  { flags: '--file <PATH>', description: 'the registry file to write into (default: the settings file)' },
  { flags: '--dry-run', description: 'show the change as a diff and write nothing' },
  { flags: '--defaults <FILE>', description: "the owner's registry, for its private names" },
];

/** The registry that a command reads: the named files with their texts, or a request to read those of the commit. */
export async function registryInput(
  { registry, defaults: typed }: RegistryValues,
  context: CommandContext,
): Promise<RegistryInput> {
  const defaults = await readDefaults(typed, context);
  if (registry === undefined) return { files: 'from-base', defaults };
  const files = await readRegistry(registry, context.pathOf(registry));
  const key = createHash('sha256').update(JSON.stringify(files)).digest('hex');
  return { files, source: registry, key, defaults };
}

/** Reads the owner's registry; null where none was named. */
export async function readDefaults(
  typed: string | undefined,
  { pathOf }: CommandContext,
): Promise<RegistryFile | null> {
  return typed === undefined ? null : readNamed(typed, pathOf(typed));
}

/**
 * A registry on disk as it stands: one file; or a folder with the layout of a repository, or its `.github`; or all YAML
 * files of a folder. Files are named as the person typed them.
 */
async function readRegistry(typed: string, path: string): Promise<RegistryFile[]> {
  const stats = await stat(path).catch((error: unknown) => {
    throw unreadable(typed, fileProblem(error));
  });
  if (!stats.isDirectory()) return [await readNamed(typed, path)];
  const found = await registryFilesIn(path);
  if (found.length === 0)
    throw new UsageFailure(`${typed} holds no registry.`, 'Name a YAML file, or a folder with some.');
  return Promise.all(found.map((name) => readNamed(`${typed.replace(/[\\/]+$/, '')}/${name}`, join(path, name))));
}

async function registryFilesIn(folder: string): Promise<string[]> {
  if (basename(folder) === '.github') {
    const laidOut = await registryFilesOf(dirname(folder));
    return laidOut.map((name) => name.slice('.github/'.length));
  }
  const laidOut = await registryFilesOf(folder);
  if (laidOut.length > 0) return laidOut;
  const yaml = (await filesUnder(folder, '.')).filter((name) => /\.ya?ml$/.test(name));
  return yaml.sort((a, b) => Number(isSettings(b)) - Number(isSettings(a)) || (a < b ? -1 : 1));
}

/** The registry's files in a folder with the layout of a repository, as paths from it. */
export async function registryFilesOf(toplevel: string): Promise<string[]> {
  return registryPaths(await filesUnder(toplevel, '.github'));
}

const isSettings = (name: string): boolean => /^signpost\.ya?ml$/.test(name);

/** Paths from the folder, with `/` between; none if there is no such folder. */
async function filesUnder(folder: string, inner: string): Promise<string[]> {
  const entries = await readdir(join(folder, inner), { recursive: true, withFileTypes: true }).catch(
    (): Dirent[] => [],
  );
  const files = entries.filter((entry) => entry.isFile());
  return files.map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
}
