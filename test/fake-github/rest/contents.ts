import type { GitFile, Mode, TreeEntry } from '../git-objects.ts';
import { type Json, website } from '../represent-people.ts';
import { repositoryUrl } from '../represent-repository.ts';
import type { Repository } from '../state.ts';
import { fullName } from '../world.ts';
import { type Call, type Handler, notFound, repositoryOf, unprocessable, wantsRaw } from './call.ts';
import { base64Lines, commitOf } from './git.ts';

const MEGABYTE = 1024 * 1024;
const FOLDER_ENTRIES = 1_000;

/** Reading one file or folder, with GitHub's habits: symlinks are followed, long files come without their content. */
export const getContent: Handler = (call) => {
  const repository = repositoryOf(call);
  const { git } = repository;
  const commit = commitOf(call, repository, call.query.get('ref') ?? repository.defaultBranch);
  const path = (call.params.path ?? '').replace(/^\/+|\/+$/g, '');
  const folder = treeAt(repository, commit.tree, path);
  if (folder)
    return { status: 200, body: folder.slice(0, FOLDER_ENTRIES).map((one) => listed(call, repository, path, one)) };
  const files = git.files(commit.tree);
  const file = files.get(path);
  if (!file) throw notFound();
  if (file.mode === '160000') return { status: 200, body: submodule(call, repository, path, file) };
  const target = file.mode === '120000' ? followed(repository, path, file, files) : file;
  if (!target) return { status: 200, body: symlink(call, repository, path, file) };
  const bytes = git.blobs.get(target.oid) as Buffer;
  if (wantsRaw(call)) return { status: 200, body: bytes };
  if (bytes.length > 100 * MEGABYTE) throw unprocessable('The file is too large');
  const long = bytes.length > MEGABYTE;
  const content = { content: long ? '' : base64Lines(bytes), encoding: long ? 'none' : 'base64' };
  return { status: 200, body: { ...entry(call, repository, path, target, 'file', bytes.length), ...content } };
};

function treeAt({ git }: Repository, root: string, path: string): TreeEntry[] | undefined {
  let oid: string | undefined = root;
  for (const name of path.split('/').filter(Boolean)) {
    const entries: TreeEntry[] = git.trees.get(oid ?? '') ?? [];
    oid = entries.find((one) => one.name === name && one.mode === '040000')?.oid;
  }
  return git.trees.get(oid ?? '');
}

function followed(
  { git }: Repository,
  path: string,
  link: GitFile,
  files: ReadonlyMap<string, GitFile>,
): GitFile | undefined {
  const url = new URL(git.blobs.get(link.oid)?.toString() ?? '', `http://repository/${path}`);
  const target = files.get(decodeURIComponent(url.pathname.slice(1)));
  return target?.mode === '100644' || target?.mode === '100755' ? target : undefined;
}

const KINDS: Partial<Record<Mode, string>> = { '040000': 'dir', '120000': 'symlink' };

function listed(call: Call, repository: Repository, folder: string, one: TreeEntry): Json {
  const path = folder ? `${folder}/${one.name}` : one.name;
  const size = repository.git.blobs.get(one.oid)?.length ?? 0;
  // Submodules are listed as files, "for backwards compatibility".
  return entry(call, repository, path, one, KINDS[one.mode] ?? 'file', size);
}

function entry(call: Call, repository: Repository, path: string, { oid }: GitFile, type: string, size: number): Json {
  const api = repositoryUrl(call.world, repository);
  const url = contentsUrl(call, repository, path);
  const encoded = encodedPath(path);
  const git = `${api}/git/${type === 'dir' ? 'trees' : 'blobs'}/${oid}`;
  const html = `${website}/${fullName(repository)}/blob/${repository.defaultBranch}/${encoded}`;
  const download = type === 'dir' ? null : `https://raw.githubusercontent.com/${fullName(repository)}/${encoded}`;
  const name = path.split('/').at(-1);
  const links = { self: url, git, html };
  return { type, name, path, sha: oid, size, url, git_url: git, html_url: html, download_url: download, _links: links };
}

const encodedPath = (path: string): string => path.split('/').map(encodeURIComponent).join('/');
const contentsUrl = ({ world }: Call, repository: Repository, path: string): string =>
  `${repositoryUrl(world, repository)}/contents/${encodedPath(path)}`;

const symlink = (call: Call, repository: Repository, path: string, file: GitFile): Json => {
  const target = repository.git.blobs.get(file.oid)?.toString() ?? '';
  return { ...entry(call, repository, path, file, 'symlink', target.length), target };
};

const submodule = (call: Call, repository: Repository, path: string, file: GitFile): Json => ({
  ...entry(call, repository, path, file, 'submodule', 0),
  submodule_git_url: `${website}/acme/submodule.git`,
  git_url: null,
  html_url: null,
  download_url: null,
  _links: { self: contentsUrl(call, repository, path), git: null, html: null },
});
