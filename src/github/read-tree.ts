import type { TreeFile } from '../review/compare/snapshot.ts';
import { ReadFailure } from './failure.ts';
import type { GitHub } from './installation-client.ts';
import { named, type Repository } from './repository.ts';

/** One file with the bytes of its blob. */
interface SizedFile extends TreeFile {
  size: number;
}

/** All files of one commit, or all below some of its folders. */
export type SizedTree = ReadonlyMap<string, SizedFile>;

type Depth = 'one level' | 'all levels';

/**
 * Reads one git tree.
 * @param tree a commit, a tree or a full name of a reference
 * @returns its files; the ids of its folders by path, where they were not followed; and whether that is a part of it only,
 * for GitHub stops at 100,000 entries or 7 MB
 * @throws where GitHub has it not
 */
export async function readTreeAnswer({ read }: GitHub, repo: Repository, tree: string, depth: Depth) {
  // Whatever value `recursive` has makes it recursive.
  const how = depth === 'all levels' ? { recursive: '1' } : {};
  const { data } = await read.rest.git.getTree({ ...named(repo), tree_sha: tree, ...how });
  const files = new Map<string, SizedFile>();
  const folders = new Map<string, string>();
  if (!Array.isArray(data.tree)) throw new ReadFailure('GitHub sent a tree that cannot be read', true);
  for (const { path, mode, type, sha, size = 0 } of data.tree) {
    if (type === 'tree') folders.set(path, sha);
    else files.set(path, { blob: sha, mode, size });
  }
  return { files, folders, truncated: data.truncated };
}

/** Requests after which a tree counts as too large. */
const MOST_REQUESTS = 200;

/**
 * Reads a tree of which GitHub gives only a part at once: everything below `folders`, and the files in the folders above
 * them, where the config files of a site are.
 * @param folders without a slash at their ends; '' for the whole repository
 * @throws {ReadFailure} where that takes more than 200 requests
 */
export async function walkTree(
  github: GitHub,
  repo: Repository,
  tree: string,
  folders: readonly string[],
): Promise<SizedTree> {
  const found = new Map<string, SizedFile>();
  const waiting: [path: string, tree: string, depth: Depth][] = [['', tree, 'one level']];
  for (let requests = 1; waiting.length > 0; requests += 1) {
    if (requests > MOST_REQUESTS) throw new ReadFailure(TOO_LARGE, false);
    const [folder, id, depth] = waiting.shift() as (typeof waiting)[number];
    const answer = await readTreeAnswer(github, repo, id, depth);
    const cut = depth === 'all levels' && answer.truncated;
    if (answer.truncated && !cut) throw new ReadFailure(TOO_LARGE, false);
    if (cut) waiting.unshift([folder, id, 'one level']);
    if (!cut) for (const [path, file] of answer.files) found.set(below(folder, path), file);
    if (depth === 'all levels') continue;
    for (const [path, child] of answer.folders) {
      const next = depthOf(below(folder, path), folders);
      if (next) waiting.push([below(folder, path), child, next]);
    }
  }
  return found;
}

const TOO_LARGE =
  'The repository has more files than GitHub lists; name the folders of the docs under `docs` in the registry';

function depthOf(path: string, folders: readonly string[]): Depth | null {
  if (folders.some((folder) => folder === '' || path === folder || path.startsWith(`${folder}/`))) return 'all levels';
  return folders.some((folder) => folder.startsWith(`${path}/`)) ? 'one level' : null;
}

function below(folder: string, path: string): string {
  return folder === '' ? path : `${folder}/${path}`;
}
