import { changedFiles } from '../docs/tree.ts';
import type { RegistryFile } from '../registry/parse-registry.ts';
import { registryPaths } from '../registry/registry-files.ts';
import { loadRegistry, type RegistryInput } from '../review/compare/load-registry.ts';
import type { Blobs, BlobText, Snapshots } from '../review/compare/snapshot.ts';
import { neededForReview } from '../review/needed-for-review.ts';
import type { GitHubContext } from './github-context.ts';
import { readBlobs } from './read-blobs.ts';
import { readTreeAnswer, type SizedTree, walkTree } from './read-tree.ts';
import type { RepositoryReader } from './repository-reader.ts';

/** Where a pull request starts from, as full SHAs. */
export interface Origins {
  /** The tip of its base branch now. */
  base: string;
  /** Null where base and head have no common history. */
  mergeBase: string | null;
  /** The name by which GitHub knows the head in this repository. */
  head: string;
}

/**
 * Reads what a review compares: the trees of base, merge base and head, and of their blobs those that matter.
 * @param head its full SHA
 * @param registries by which the snapshots will be judged
 */
export async function loadSnapshots(
  reader: RepositoryReader,
  head: string,
  origins: Origins,
  registries: readonly RegistryInput[],
  context: GitHubContext,
): Promise<Snapshots> {
  const commits = [
    { commit: origins.base },
    { commit: origins.mergeBase ?? origins.base },
    { commit: head, name: origins.head },
  ];
  const trees = await readTrees(reader, commits, registries[0]?.defaults ?? null, context);
  const [base, mergeBase, at] = commits.map(({ commit }, i) => ({ commit, tree: trees[i]! }));
  const blobs = new Map<string, BlobText>();
  const judgedBy = base!.tree;
  const needed: Needed = (tree, known) =>
    registries.flatMap((registry) => neededForReview(tree, known, { judgedBy, registry, memory: context.memory }));
  await loadBlobs(reader, trees, needed, blobs, context);
  return { blobs, base: base!, mergeBase: origins.mergeBase === null ? null : mergeBase!, head: at! };
}

/** The files that a change adds or modifies: lines of others cannot be annotated. */
export function changedPaths({ base, mergeBase, head }: Snapshots): ReadonlySet<string> {
  const { added, modified } = changedFiles((mergeBase ?? base).tree, head.tree);
  return new Set([...added, ...modified]);
}

/** A commit whose tree is needed, and the name by which GitHub knows it here, where that is not its SHA. */
interface CommitName {
  commit: string;
  name?: string;
}

/**
 * The trees of some commits, in their order; those that are remembered take no request. Where GitHub cuts one of them,
 * it is read by folders: the registry's first, then those that the registry names.
 */
async function readTrees(
  reader: RepositoryReader,
  commits: readonly CommitName[],
  defaults: RegistryFile | null,
  context: GitHubContext,
): Promise<SizedTree[]> {
  const distinct = [...new Map(commits.map((each) => [each.commit, each])).values()];
  const whole = await Promise.all(distinct.map((each) => wholeTree(reader, each, context)));
  const trees = new Map(distinct.map(({ commit }, at) => [commit, whole[at] ?? null]));
  const cut = distinct.filter(({ commit }) => !trees.get(commit));
  const folders = cut.length > 0 ? await declaredFolders(reader, cut, defaults, context) : [];
  for (const each of cut) trees.set(each.commit, await foldersOf(reader, each, folders, context));
  return commits.map(({ commit }) => trees.get(commit) as SizedTree);
}

/** Null where GitHub gives a part of it only. */
function wholeTree(
  { github, repo }: RepositoryReader,
  each: CommitName,
  context: GitHubContext,
): Promise<SizedTree | null> {
  return rememberedTree(each.commit, each, context, async (tree) => {
    const { files, truncated } = await readTreeAnswer(github, repo, tree, 'all levels');
    return truncated ? null : files;
  });
}

function foldersOf(
  { github, repo }: RepositoryReader,
  each: CommitName,
  folders: readonly string[],
  context: GitHubContext,
): Promise<SizedTree> {
  const key = [each.commit, ...folders].join('\n');
  return rememberedTree(key, each, context, (tree) => walkTree(github, repo, tree, folders));
}

/** Reads a tree once. One that was read by a reference is not kept, for references move. */
async function rememberedTree<Read extends SizedTree | null>(
  key: string,
  { commit, name = commit }: CommitName,
  { memory: { trees } }: GitHubContext,
  read: (tree: string) => Promise<Read>,
): Promise<SizedTree | Read> {
  const known = trees.get(key);
  if (known) return known;
  const tree = await read(name);
  if (tree !== null && !name.startsWith('refs/')) trees.set(key, tree);
  return tree;
}

const REGISTRY_FOLDER = '.github';

/** The folders that the registries of these commits name; the whole repository where one names none. */
async function declaredFolders(
  reader: RepositoryReader,
  commits: readonly CommitName[],
  defaults: RegistryFile | null,
  context: GitHubContext,
): Promise<string[]> {
  const folders = new Set([REGISTRY_FOLDER]);
  const blobs = new Map<string, BlobText>();
  const needed: Needed = (tree) => registryPaths(tree.keys()).flatMap((path) => tree.get(path)?.blob ?? []);
  for (const each of commits) {
    const tree = await foldersOf(reader, each, [REGISTRY_FOLDER], context);
    await loadBlobs(reader, [tree], needed, blobs, context);
    const { registry } = loadRegistry(
      { commit: each.commit, tree },
      blobs,
      { files: 'from-base', defaults },
      context.memory.registries,
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

/** The ids that a tree still needs, as far as can be told from the blobs read so far. */
type Needed = (tree: SizedTree, blobs: Blobs) => readonly string[];

/** Fills `blobs` with all that the trees need, asking until they need nothing new; what is remembered is not read. */
async function loadBlobs(
  reader: RepositoryReader,
  trees: readonly SizedTree[],
  needed: Needed,
  blobs: Map<string, BlobText>,
  { memory: { texts, shared } }: GitHubContext,
): Promise<void> {
  const keep = (id: string, blob: BlobText) => {
    texts.set(id, blob);
    blobs.set(id, blob);
  };
  let waiting = [...new Set(trees)];
  for (;;) {
    const sizes = new Map<string, number>();
    waiting = waiting.filter((tree) => {
      const absent = needed(tree, blobs).filter((id) => !blobs.has(id));
      const unknown = new Set(absent);
      for (const id of absent) {
        const known = texts.get(id);
        if (known && unknown.delete(id)) blobs.set(id, known);
      }
      for (const id of unknown) sizes.set(id, 0);
      if (unknown.size > 0) for (const { blob, size } of tree.values()) if (unknown.has(blob)) sizes.set(blob, size);
      return absent.length > 0;
    });
    if (waiting.length === 0) return;
    for (const [id, blob] of (await shared?.read([...sizes.keys()])) ?? []) {
      sizes.delete(id);
      keep(id, blob);
    }
    await readBlobs(reader, sizes, (id, blob) => {
      keep(id, blob);
      shared?.write(id, blob);
    });
  }
}
