import { createHash } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { decodeBlob } from '../docs/decode-blob.ts';
import type { RegistryFile } from '../registry/parse-registry.ts';
import { registryPaths } from '../registry/registry-files.ts';
import type { RegistryInput } from '../review/compare/load-registry.ts';
import type { Occasion, OptionFacts } from './command.ts';
import { fileProblem, UsageFailure } from './usage-failure.ts';

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

/** Where a command finds its registry: the files that were named, else those of the commit. */
export async function registryInput(values: RegistryValues, { pathOf }: Occasion): Promise<RegistryInput> {
  const defaults = values.defaults === undefined ? null : await readNamed(values.defaults, pathOf(values.defaults));
  if (values.registry === undefined) return { files: 'from-base', defaults };
  const files = await readRegistry(values.registry, pathOf(values.registry));
  const key = createHash('sha256').update(JSON.stringify(files)).digest('hex');
  return { files, source: values.registry, key, defaults };
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

/** The registry's files in a folder, as paths from it. */
export async function registryFilesIn(folder: string): Promise<string[]> {
  if (basename(folder) === '.github') {
    const laidOut = registryPaths(await filesUnder(dirname(folder), '.github'));
    return laidOut.map((name) => name.slice('.github/'.length));
  }
  const laidOut = registryPaths(await filesUnder(folder, '.github'));
  if (laidOut.length > 0) return laidOut;
  const yaml = (await filesUnder(folder, '.')).filter((name) => /\.ya?ml$/.test(name));
  return yaml.sort((a, b) => Number(isSettings(b)) - Number(isSettings(a)) || (a < b ? -1 : 1));
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

/** Reads a file that is called `typed` in what is said of it. */
export async function readNamed(typed: string, path: string): Promise<RegistryFile> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw unreadable(typed, fileProblem(error));
  });
  const blob = decodeBlob(bytes);
  if ('unreadable' in blob) throw unreadable(typed, `it is ${blob.unreadable}`);
  return { path: typed, text: blob.text };
}

function unreadable(typed: string, problem: string): UsageFailure {
  return new UsageFailure(`${typed} cannot be read: ${problem}.`, 'Name a registry file or folder that can be read.');
}
