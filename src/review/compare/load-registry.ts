import type { PageMemory } from '../../coverage/memory.ts';
import type { Blobs, Store, Tree } from '../../docs/tree.ts';
import { type ParsedRegistry, parseRegistry, type RegistryFile } from '../../registry/parse-registry.ts';
import type { Mistake, Registry } from '../../registry/registry.ts';
import { registryPaths } from '../../registry/registry-files.ts';
import type { Snapshot, Snapshots } from './snapshot.ts';

/** What holds where there is no registry: the settings' defaults and no scenario. */
const NO_REGISTRY: Registry = parseRegistry([{ path: '.github/signpost.yml', text: 'version: 1' }])
  .registry as Registry;

/** Where the registry comes from. */
export interface RegistryInput {
  /** `from-base`: the base branch's own files; else these files replace every other registry. */
  files: 'from-base' | readonly RegistryFile[];
  /** How given files are named in what is said, for instance the path on the command line. */
  source?: string;
  /** Short and equal for the same given files alone; without it their texts stand for them. */
  key?: string;
  /** The owner's registry: its settings are defaults, its scenarios come first. */
  defaults: RegistryFile | null;
}

/** A registry as it was found. */
export interface LoadedRegistry {
  state: 'absent' | 'invalid' | 'valid';
  /** What is sound of it. */
  registry: Registry;
  /** Equal for registries that were read from the same files. */
  key: string;
  mistakes: Mistake[];
  source: string;
  /** The commit it was read from; null for given files. */
  commit: string | null;
}

/**
 * Reads the registry of a snapshot, or the given one in its place.
 * @param memory what is kept of registries that were read before
 */
export function loadRegistry(
  snapshot: Snapshot,
  blobs: Blobs,
  input: RegistryInput,
  memory: Store<ParsedRegistry> | undefined,
): LoadedRegistry {
  if (input.files !== 'from-base') {
    const source = input.source ?? sourceName(input.files);
    return {
      ...parse(input.files, [], input.key ?? JSON.stringify(input.files), { defaults: null, memory }),
      source,
      commit: null,
    };
  }
  const { files, unreadable } = registryFiles(snapshot.tree, blobs);
  // By the files that were read: one whose blob is not loaded yet must not count as known.
  const source = JSON.stringify(files.map(({ path }) => [path, snapshot.tree.get(path)?.blob]));
  const parsed = parse(files, unreadable, source, { ...input, memory });
  const own = sourceName([...files, ...unreadable]);
  if (own === '' && parsed.state !== 'absent')
    return { ...parsed, source: (input.defaults as RegistryFile).path, commit: null };
  return { ...parsed, source: own, commit: snapshot.commit };
}

/** The paths of the registry's files in a tree with their blobs: equal for two trees with the same registry. */
function registryFingerprint(tree: Tree): string {
  return registryPaths(tree.keys())
    .map((path) => `${path}\0${tree.get(path)?.blob}\0${tree.get(path)?.mode}`)
    .join('\n');
}

function registryFiles(tree: Tree, blobs: Blobs): { files: RegistryFile[]; unreadable: Mistake[] } {
  const files: RegistryFile[] = [];
  const unreadable: Mistake[] = [];
  for (const path of registryPaths(tree.keys())) {
    const file = tree.get(path);
    const blob = file && isRegularFile(file.mode) ? blobs.get(file.blob) : undefined;
    if (blob && 'text' in blob) files.push({ path, text: blob.text });
    else unreadable.push(unreadableFile(path, blob ? blob.unreadable : 'no regular file'));
  }
  return { files, unreadable };
}

function isRegularFile(mode: string): boolean {
  return mode.startsWith('100');
}

function unreadableFile(path: string, reason: string): Mistake {
  return {
    kind: 'registry-invalid',
    severity: 'error',
    path,
    line: 1,
    column: 1,
    endLine: 1,
    scenario: null,
    message: `The registry file ${path} cannot be read: ${reason}.`,
    advice: 'Make it a plain UTF-8 text file, or remove it.',
  };
}

function parse(
  files: readonly RegistryFile[],
  unreadable: Mistake[],
  source: string,
  { defaults, memory }: Pick<RegistryInput, 'defaults'> & { memory: Store<ParsedRegistry> | undefined },
): Pick<LoadedRegistry, 'state' | 'registry' | 'key' | 'mistakes'> {
  const key = JSON.stringify([source, defaults]);
  const known = memory?.get(key);
  const parsed = known ?? parseRegistry(files, { defaults });
  if (!known) memory?.set(key, parsed);
  const mistakes = [...unreadable, ...parsed.mistakes];
  const registry = parsed.registry ?? NO_REGISTRY;
  if (mistakes.some(({ kind }) => kind === 'registry-invalid')) return { state: 'invalid', registry, key, mistakes };
  return { state: parsed.registry ? 'valid' : 'absent', registry, key, mistakes };
}

function sourceName(files: readonly { path: string }[]): string {
  const [first, ...rest] = files;
  if (!first) return '';
  if (rest.length === 0) return first.path;
  return `${first.path} and ${rest.length} more ${rest.length === 1 ? 'file' : 'files'}`;
}

/** The registry that judges, and the one that would judge once the pull request is merged. */
export interface Registries {
  base: LoadedRegistry;
  /** Null where the pull request leaves the registry alone, and where the registry was given. */
  head: LoadedRegistry | null;
}

/** Reads the registry of the base branch's tip and, if the pull request changes it, that of the head. */
export function loadRegistries(
  { snapshots, registry, cache }: { snapshots: Snapshots; registry: RegistryInput; cache: PageMemory },
  mergeBase: Snapshot | null,
): Registries {
  const { base, head, blobs } = snapshots;
  const isChanged =
    registry.files === 'from-base' &&
    mergeBase !== null &&
    registryFingerprint(mergeBase.tree) !== registryFingerprint(head.tree);
  return {
    base: loadRegistry(base, blobs, registry, cache.registries),
    head: isChanged ? loadRegistry(head, blobs, registry, cache.registries) : null,
  };
}
