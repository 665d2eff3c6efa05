import { type ChangedFile, linePatch } from './git-history.ts';
import type { Commit, TreeEntry } from './git-objects.ts';
import { type Json, nodeId, website } from './represent-people.ts';
import { repositoryUrl } from './represent-repository.ts';
import type { Repository, World } from './state.ts';
import { fullName, isoSeconds } from './world.ts';

export function commitJson(world: World, repository: Repository, commit: Commit): Json {
  const api = repositoryUrl(world, repository);
  const page = `${website}/${fullName(repository)}/commit`;
  const person = { ...commit.author, date: isoSeconds(commit.time * 1_000) };
  return {
    sha: commit.oid,
    node_id: nodeId('Commit', commit.oid),
    url: `${api}/commits/${commit.oid}`,
    html_url: `${page}/${commit.oid}`,
    comments_url: `${api}/commits/${commit.oid}/comments`,
    commit: {
      url: `${api}/git/commits/${commit.oid}`,
      author: person,
      committer: person,
      message: commit.message,
      tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
      comment_count: 0,
      verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
    },
    author: null,
    committer: null,
    parents: commit.parents.map((sha) => ({ sha, url: `${api}/commits/${sha}`, html_url: `${page}/${sha}` })),
  };
}

export function changedFileJson(world: World, repository: Repository, sha: string, file: ChangedFile): Json {
  const { blobs } = repository.git;
  const oid = (file.after ?? file.before)?.oid ?? '';
  const patch = linePatch(blobs.get(file.before?.oid ?? ''), blobs.get(file.after?.oid ?? ''));
  const page = `${website}/${fullName(repository)}`;
  const path = encodeURIComponent(file.path);
  return {
    sha: oid,
    filename: file.path,
    status: file.status,
    additions: patch.additions,
    deletions: patch.deletions,
    changes: patch.additions + patch.deletions,
    blob_url: `${page}/blob/${sha}/${path}`,
    raw_url: `${page}/raw/${sha}/${path}`,
    contents_url: `${repositoryUrl(world, repository)}/contents/${path}?ref=${sha}`,
    ...(patch.patch !== undefined && { patch: patch.patch }),
    ...(file.previousPath !== undefined && { previous_filename: file.previousPath }),
  };
}

const TYPES: Record<string, string> = { '040000': 'tree', '160000': 'commit' };

export function treeEntryJson(
  world: World,
  repository: Repository,
  path: string,
  entry: Omit<TreeEntry, 'name'>,
): Json {
  const type = TYPES[entry.mode] ?? 'blob';
  if (type === 'commit') return { path, mode: entry.mode, type, sha: entry.oid };
  const size = type === 'blob' ? { size: repository.git.blobs.get(entry.oid)?.length } : {};
  const url = `${repositoryUrl(world, repository)}/git/${type}s/${entry.oid}`;
  return { path, mode: entry.mode, type, sha: entry.oid, ...size, url };
}
