import type { RegistryFile } from '../registry/parse-registry.ts';
import { registryPaths } from '../registry/registry-files.ts';
import { loadRegistry } from '../review/compare/load-registry.ts';
import type { BlobText } from '../review/compare/snapshot.ts';
import { loadBlobs } from './load-blobs.ts';
import type { Memory } from './memory.ts';
import type { Occasion } from './occasion.ts';
import type { BlobSource } from './read-blobs.ts';
import { readTreeAnswer, type SizedTree, walkTree } from './read-tree.ts';

/** A commit whose tree is needed, and by what name GitHub knows it here where that is not its SHA. */
export interface CommitName {
  commit: string;
  name?: string;
}

/**
 * The trees of some commits, in their order; those that are remembered take no request. Where GitHub cuts one of them,
 * it is read by folders: the registry's first, then those that the registry names.
 */
export async function readTrees(
  source: BlobSource,
  commits: readonly CommitName[],
  defaults: RegistryFile | null,
  occasion: Occasion,
): Promise<SizedTree[]> {
  const distinct = new Map(commits.map((each) => [each.commit, each]));
  const trees = new Map<string, SizedTree | null>();
  await Promise.all(
    [...distinct.values()].map(async (each) => trees.set(each.commit, await wholeTree(source, each, occasion))),
  );
  const cut = [...distinct.values()].filter(({ commit }) => !trees.get(commit));
  if (cut.length > 0) {
    const folders = await declaredFolders(source, cut, defaults, occasion);
    for (const each of cut) trees.set(each.commit, await walkRemembered(source, each, folders, occasion));
  }
  return commits.map(({ commit }) => trees.get(commit) as SizedTree);
}

/** Null where GitHub gives a part of it only. */
async function wholeTree(
  { github, repo }: BlobSource,
  { commit, name }: CommitName,
  { memory }: Occasion,
): Promise<SizedTree | null> {
  const known = memory.trees.get(commit);
  if (known) return known;
  const { files, truncated } = await readTreeAnswer(github, repo, name ?? commit, 'all levels');
  if (truncated) return null;
  remember(memory, commit, name, files);
  return files;
}

async function walkRemembered(
  source: BlobSource,
  { commit, name }: CommitName,
  folders: readonly string[],
  { memory }: Occasion,
): Promise<SizedTree> {
  const key = [commit, ...folders].join('\n');
  const known = memory.trees.get(key);
  if (known) return known;
  const tree = await walkTree(source.github, source.repo, name ?? commit, folders);
  remember(memory, key, name, tree);
  return tree;
}

/** What a reference names may change at any time, so only what a SHA names is kept. */
function remember({ trees }: Memory, key: string, name: string | undefined, tree: SizedTree): void {
  if (name === undefined || !name.startsWith('refs/')) trees.set(key, tree);
}

const REGISTRY_FOLDER = '.github';

/** The folders that the registries of these commits name; the whole repository where one names none. */
async function declaredFolders(
  source: BlobSource,
  commits: readonly CommitName[],
  defaults: RegistryFile | null,
  occasion: Occasion,
): Promise<string[]> {
  const folders = new Set([REGISTRY_FOLDER]);
  const blobs = new Map<string, BlobText>();
  for (const each of commits) {
    const tree = await walkRemembered(source, each, [REGISTRY_FOLDER], occasion);
    await loadBlobs(
      source,
      [tree],
      (of) => registryPaths(of.keys()).flatMap((path) => of.get(path)?.blob ?? []),
      blobs,
      occasion,
    );
    const { registry } = loadRegistry(
      { commit: each.commit, tree },
      blobs,
      { files: 'from-base', defaults },
      undefined,
    );
    const { docs } = registry.settings;
    if (docs.length === 0) return [''];
    for (const { root, partials, aliases } of docs)
      for (const folder of [root, ...partials, ...Object.values(aliases)]) folders.add(trimmed(folder));
  }
  return [...folders].sort();
}

function trimmed(folder: string): string {
  return folder
    .replace(/^(?:\.?\/)+/, '')
    .replace(/\/+$/, '')
    .replace(/^\.$/, '');
}
