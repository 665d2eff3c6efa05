import type { RegistryFile } from '../registry/parse-registry.ts';
import { registryPaths } from '../registry/registry-files.ts';
import { changedFiles } from '../review/compare/changed-files.ts';
import { loadRegistry, type RegistryInput } from '../review/compare/load-registry.ts';
import type { Blobs, BlobText, Snapshots } from '../review/compare/snapshot.ts';
import { neededForReview } from '../review/needed-for-review.ts';
import type { GitHubContext } from './github-context.ts';
import type { Memory } from './memory.ts';
import { type BlobSource, readBlobs } from './read-blobs.ts';
import type { Origins } from './read-pull-request.ts';
import { readTreeAnswer, type SizedTree, walkTree } from './read-tree.ts';

/**
 * Reads what a review compares: the trees of base, merge base and head, and of their blobs those that matter.
 * @param head its full SHA
 * @param registries by which the snapshots will be judged
 */
export async function loadSnapshots(
  source: BlobSource,
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
  const trees = await readTrees(source, commits, registries[0]?.defaults ?? null, context);
  const [base, mergeBase, at] = commits.map(({ commit }, i) => ({ commit, tree: trees[i]! }));
  const blobs = new Map<string, BlobText>();
  const judgedBy = base!.tree;
  await loadBlobs(
    source,
    trees,
    (tree, known) => registries.flatMap((registry) => neededForReview(tree, known, { judgedBy, registry })),
    blobs,
    context,
  );
  return { blobs, base: base!, mergeBase: origins.mergeBase === null ? null : mergeBase!, head: at! };
}

/** The files that a change adds or modifies: lines of others cannot be annotated. */
export function changedPaths({ base, mergeBase, head }: Snapshots): ReadonlySet<string> {
  const { added, modified } = changedFiles((mergeBase ?? base).tree, head.tree);
  return new Set([...added, ...modified]);
}

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
  context: GitHubContext,
): Promise<SizedTree[]> {
  const distinct = new Map(commits.map((each) => [each.commit, each]));
  const trees = new Map<string, SizedTree | null>();
  await Promise.all(
    [...distinct.values()].map(async (each) => trees.set(each.commit, await wholeTree(source, each, context))),
  );
  const cut = [...distinct.values()].filter(({ commit }) => !trees.get(commit));
  if (cut.length > 0) {
    const folders = await declaredFolders(source, cut, defaults, context);
    for (const each of cut) trees.set(each.commit, await walkRemembered(source, each, folders, context));
  }
  return commits.map(({ commit }) => trees.get(commit) as SizedTree);
}

/** Null where GitHub gives a part of it only. */
async function wholeTree(
  { github, repo }: BlobSource,
  { commit, name }: CommitName,
  { memory }: GitHubContext,
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
  { memory }: GitHubContext,
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
  context: GitHubContext,
): Promise<string[]> {
  const folders = new Set([REGISTRY_FOLDER]);
  const blobs = new Map<string, BlobText>();
  for (const each of commits) {
    const tree = await walkRemembered(source, each, [REGISTRY_FOLDER], context);
    await loadBlobs(
      source,
      [tree],
      (of) => registryPaths(of.keys()).flatMap((path) => of.get(path)?.blob ?? []),
      blobs,
      context,
    );
    const { registry } = loadRegistry({ commit: each.commit, tree }, blobs, { files: 'from-base', defaults });
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
export type Needed = (tree: SizedTree, blobs: Blobs) => readonly string[];

/** Fills `blobs` with all that the trees need, asking until they need nothing new; what is remembered is not read. */
export async function loadBlobs(
  source: BlobSource,
  trees: readonly SizedTree[],
  needed: Needed,
  blobs: Map<string, BlobText>,
  { memory }: GitHubContext,
): Promise<void> {
  let waiting = [...new Set(trees)];
  for (;;) {
    const sizes = new Map<string, number>();
    waiting = waiting.filter((tree) => {
      const absent = needed(tree, blobs).filter((id) => !blobs.has(id));
      const unknown = absent.filter((id) => !recall(id));
      for (const [id, size] of sizesOf(unknown, tree)) sizes.set(id, size);
      return absent.length > 0;
    });
    if (waiting.length === 0) return;
    for (const [id, blob] of (await memory.shared?.read([...sizes.keys()])) ?? []) {
      sizes.delete(id);
      keep(id, blob);
    }
    await readBlobs(source, sizes, (id, blob) => {
      keep(id, blob);
      memory.shared?.write(id, blob);
    });
  }

  function keep(id: string, blob: BlobText): void {
    memory.texts.set(id, blob);
    blobs.set(id, blob);
  }

  function recall(id: string): boolean {
    const known = memory.texts.get(id);
    if (known) blobs.set(id, known);
    return known !== undefined;
  }
}

function sizesOf(ids: readonly string[], tree: SizedTree): Map<string, number> {
  const sizes = new Map(ids.map((id) => [id, 0]));
  if (ids.length > 0) for (const { blob, size } of tree.values()) if (sizes.has(blob)) sizes.set(blob, size);
  return sizes;
}
