import { changedFiles, commitsBetween, mergeBase } from '../git-history.ts';
import type { Commit } from '../git-objects.ts';
import { changedFileJson, commitJson, treeEntryJson } from '../represent-git.ts';
import { type Json, nodeId, website } from '../represent-people.ts';
import { repositoryUrl } from '../represent-repository.ts';
import type { Repository } from '../state.ts';
import { fullName, resolveCommit } from '../world.ts';
import { type Call, GitHubError, type Handler, notFound, page, repositoryOf, unprocessable, wantsRaw } from './call.ts';

/** "Up to 300 changed files", on the first page only, in the description of comparing two commits. */
const COMPARED_FILES = 300;
const COMPARED_COMMITS = 250;

const getTree: Handler = (call) => {
  const { world, params, query } = call;
  const repository = repositoryOf(call);
  const { git } = repository;
  if (repository.refs.size === 0) throw new GitHubError(409, 'Git Repository is empty.');
  const name = params.tree_sha ?? '';
  const commit = resolveCommit(world, repository, name);
  const oid = commit ? (git.commits.get(commit) as Commit).tree : name;
  const entries = git.trees.get(oid);
  if (!entries) throw notFound();
  const show = (path: string, entry: { mode: string; oid: string }) =>
    treeEntryJson(world, repository, path, entry as never);
  const all = query.has('recursive')
    ? [...walk(repository, oid, '')].map(([path, entry]) => show(path, entry))
    : entries.map((entry) => show(entry.name, entry));
  const tree = all.slice(0, world.sizes.treeEntries);
  const url = `${repositoryUrl(world, repository)}/git/trees/${oid}`;
  return { status: 200, body: { sha: oid, url, tree, truncated: tree.length < all.length } };
};

function* walk(
  repository: Repository,
  oid: string,
  folder: string,
): Generator<[string, { mode: string; oid: string }]> {
  for (const entry of repository.git.trees.get(oid) ?? []) {
    yield [folder + entry.name, entry];
    if (entry.mode === '040000') yield* walk(repository, entry.oid, `${folder}${entry.name}/`);
  }
}

/** Base64 in lines of 60 letters, as GitHub sends it. */
export const base64Lines = (bytes: Buffer): string => bytes.toString('base64').replace(/.{60}/g, '$&\n');

const getBlob: Handler = (call) => {
  const repository = repositoryOf(call);
  const sha = call.params.file_sha ?? '';
  const bytes = repository.git.blobs.get(sha);
  if (!bytes) throw notFound();
  if (wantsRaw(call)) return { status: 200, body: bytes };
  const url = `${repositoryUrl(call.world, repository)}/git/blobs/${sha}`;
  const content = base64Lines(bytes);
  return {
    status: 200,
    body: { sha, node_id: nodeId('Blob', sha), size: bytes.length, url, content, encoding: 'base64' },
  };
};

function refJson({ world }: Call, repository: Repository, ref: string, sha: string): Json {
  const api = repositoryUrl(world, repository);
  const object = { sha, type: 'commit', url: `${api}/git/commits/${sha}` };
  return { ref, node_id: nodeId('Ref', ref), url: `${api}/git/${ref}`, object };
}

const getRef: Handler = (call) => {
  const repository = repositoryOf(call);
  const ref = `refs/${call.params.ref}`;
  const sha = repository.refs.get(ref);
  if (!sha) throw notFound();
  return { status: 200, body: refJson(call, repository, ref, sha) };
};

/** References that start with a name, `featureA` for `feature` as well. */
const listMatchingRefs: Handler = (call) => {
  const repository = repositoryOf(call);
  if (repository.refs.size === 0) throw new GitHubError(409, 'Git Repository is empty.');
  const found = [...repository.refs].filter(([ref]) => ref.startsWith(`refs/${call.params.ref}`)).sort();
  return { status: 200, body: found.map(([ref, sha]) => refJson(call, repository, ref, sha)) };
};

export function commitOf(call: Call, repository: Repository, name: string): Commit {
  const oid = resolveCommit(call.world, repository, name);
  const commit = oid === undefined ? undefined : repository.git.commits.get(oid);
  if (!commit) throw notFound();
  return commit;
}

const getCommit: Handler = (call) => {
  const repository = repositoryOf(call);
  const name = call.params.ref ?? '';
  const oid = resolveCommit(call.world, repository, name);
  if (!oid) throw unprocessable(`No commit found for SHA: ${name}`);
  const commit = repository.git.commits.get(oid) as Commit;
  if (/vnd\.github\.(?:v3\.)?sha/.test(call.headers.accept ?? ''))
    return { status: 200, body: Buffer.from(commit.oid) };
  const { git } = repository;
  const parent = commit.parents[0];
  const changes = changedFiles(parent ? git.filesOf(parent) : new Map(), git.filesOf(commit.oid));
  const files = changes
    .slice(0, COMPARED_FILES)
    .map((file) => changedFileJson(call.world, repository, commit.oid, file));
  const sum = (key: string): number => files.reduce((total, file) => total + (file[key] as number), 0);
  const stats = { additions: sum('additions'), deletions: sum('deletions'), total: sum('changes') };
  return { status: 200, body: { ...commitJson(call.world, repository, commit), stats, files } };
};

const compare: Handler = (call) => {
  const repository = repositoryOf(call);
  const { git } = repository;
  const basehead = call.params.basehead ?? '';
  const [from, to] = basehead.split('...');
  if (!from || !to) throw notFound();
  const base = commitOf(call, repository, from);
  const head = commitOf(call, repository, to);
  const shared = git.commits.get(mergeBase(git, base.oid, head.oid) ?? '');
  if (!shared) throw new GitHubError(404, `No common ancestor between ${from} and ${to}.`);
  const ahead = commitsBetween(git, base.oid, head.oid);
  const behind = commitsBetween(git, head.oid, base.oid).length;
  const show = (commit: Commit): Json => commitJson(call.world, repository, commit);
  const commits = page(call, ahead, show, COMPARED_COMMITS);
  const changes = changedFiles(git.filesOf(shared.oid), git.filesOf(head.oid)).slice(0, COMPARED_FILES);
  const first = Number(call.query.get('page') ?? 1) === 1;
  const body = {
    ...addresses(call, repository, basehead),
    base_commit: show(base),
    merge_base_commit: show(shared),
    status: ahead.length > 0 ? (behind > 0 ? 'diverged' : 'ahead') : behind > 0 ? 'behind' : 'identical',
    ahead_by: ahead.length,
    behind_by: behind,
    total_commits: ahead.length,
    commits: commits.body,
    files: first ? changes.map((file) => changedFileJson(call.world, repository, head.oid, file)) : [],
  };
  return { ...commits, body };
};

function addresses({ world }: Call, repository: Repository, basehead: string): Json {
  const page = `${website}/${fullName(repository)}/compare/${basehead}`;
  const url = `${repositoryUrl(world, repository)}/compare/${basehead}`;
  return { url, html_url: page, permalink_url: page, diff_url: `${page}.diff`, patch_url: `${page}.patch` };
}

export const gitData: Record<string, Handler> = {
  'git/get-tree': getTree,
  'git/get-blob': getBlob,
  'git/get-ref': getRef,
  'git/list-matching-refs': listMatchingRefs,
  'repos/get-commit': getCommit,
  'repos/compare-commits-with-basehead': compare,
};
