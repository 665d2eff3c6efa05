import { generateKeyPairSync } from 'node:crypto';
import { type FileContent, GitObjects } from './git-objects.ts';
import type { App, Pull, Repository, User, World } from './state.ts';

/** One pair for the process: making it takes a tenth of a second. */
let keys: { privateKey: string; publicKey: string } | undefined;
const testKeys = () => {
  keys ??= generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  return keys;
};

export interface WorldOptions {
  appId: number;
  slug: string;
  webhookSecret: string;
  events: string[];
  now(): number;
}

export function createWorld({ appId, slug, webhookSecret, events, now }: WorldOptions): World {
  let last = 0;
  const next = (): number => {
    last += 1;
    return last;
  };
  const users = new Map<string, User>();
  const world: Omit<World, 'app'> = {
    apiUrl: 'https://api.github.com',
    ...testKeys(),
    webhookSecret,
    apps: new Map(),
    users,
    installations: new Map(),
    repositories: new Map(),
    tokens: new Map(),
    deliveries: [],
    suites: new Map(),
    sizes: { treeEntries: 100_000, graphqlText: 512_000 },
    now,
    next,
  };
  return { ...world, app: makeApp(world, appId, slug, events) };
}

export function makeApp(world: Pick<World, 'users' | 'next'>, id: number, slug: string, events: string[] = []): App {
  const bot = findUser(world, `${slug}[bot]`, 'Bot');
  return { id, slug, name: slug, owner: findUser(world, 'app-owner', 'Organization'), bot, events };
}

/** The user of this name, made when first named. */
export function findUser(world: Pick<World, 'users' | 'next'>, login: string, type: User['type'] = 'User'): User {
  const user = world.users.get(login.toLowerCase()) ?? { id: 9_000_000 + world.next(), login, type };
  world.users.set(login.toLowerCase(), user);
  return user;
}

export function findRepository(world: World, fullName: string): Repository | undefined {
  return world.repositories.get(fullName.toLowerCase());
}

export const fullName = ({ owner, name }: Repository): string => `${owner.login}/${name}`;

export function makeRepository(world: World, name: string, parent?: Repository): Repository {
  const [owner, short] = name.split('/') as [string, string];
  const repository: Repository = {
    id: 700_000_000 + world.next(),
    owner: findUser(world, owner, parent ? 'User' : 'Organization'),
    name: short,
    private: false,
    defaultBranch: parent?.defaultBranch ?? 'main',
    git: parent?.git ?? new GitObjects(),
    refs: new Map(parent && [...parent.refs].filter(([ref]) => ref.startsWith('refs/heads/'))),
    ...(parent && { parent }),
    pulls: new Map(),
    checkRuns: [],
    comments: [],
    mergeQueue: [],
    roles: new Map([[owner.toLowerCase(), 'admin']]),
    nextNumber: 1,
    createdAt: timestamp(world),
  };
  world.repositories.set(name.toLowerCase(), repository);
  return repository;
}

/** ISO 8601 without milliseconds, as GitHub writes it. */
export const timestamp = (world: World): string => isoSeconds(world.now());
export const isoSeconds = (milliseconds: number): string => `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;

/** Commits are dated one second apart from here, so that the same test gives the same hashes. */
const FIRST_COMMIT = Date.UTC(2026, 0, 5, 9) / 1_000;

/** Commits changes on top of a branch (or of `onto`) and moves the branch. */
export function commitTo(
  world: World,
  repository: Repository,
  branch: string,
  changes: Record<string, FileContent>,
  { message = 'Change files', author = 'ann', onto = undefined as string | undefined } = {},
): string {
  const parent = onto ?? repository.refs.get(`refs/heads/${branch}`);
  const { git } = repository;
  const tree = git.writeTree(git.change(parent ? git.filesOf(parent) : new Map(), changes));
  const person = { name: author, email: `${author}@example.com` };
  const time = FIRST_COMMIT + world.next();
  const oid = git.writeCommit({ tree, parents: parent ? [parent] : [], author: person, time, message });
  repository.refs.set(`refs/heads/${branch}`, oid);
  return oid;
}

export function mergeCommit(
  world: World,
  { git }: Repository,
  parents: string[],
  tree: string,
  message: string,
): string {
  const author = { name: 'GitHub', email: 'noreply@github.com' };
  return git.writeCommit({ tree, parents, author, time: FIRST_COMMIT + world.next(), message });
}

/** One suite per app and commit. */
export function suiteId(world: World, repository: Repository, app: App, sha: string): number {
  const key = `${repository.id} ${app.id} ${sha}`;
  const id = world.suites.get(key) ?? 30_000_000_000 + world.next();
  world.suites.set(key, id);
  return id;
}

export function findPull(repository: Repository, number: number): Pull | undefined {
  return repository.pulls.get(number);
}

/** A commit by SHA, full ref, branch, tag or pull ref; `owner:branch` looks into a fork. */
export function resolveCommit(world: World, repository: Repository, name: string): string | undefined {
  const colon = name.lastIndexOf(':');
  if (colon > 0) {
    const [owner, repo = repository.name] = name.slice(0, colon).split(':') as [string, string?];
    const fork = findRepository(world, `${owner}/${repo}`);
    return fork?.git === repository.git ? resolveCommit(world, fork, name.slice(colon + 1)) : undefined;
  }
  if (repository.git.commits.has(name)) return name;
  const refs = [name, `refs/${name}`, `refs/heads/${name}`, `refs/tags/${name}`];
  const found = refs.find((ref) => repository.refs.has(ref));
  if (found) return repository.refs.get(found);
  if (name === 'HEAD') return repository.refs.get(`refs/heads/${repository.defaultBranch}`);
  const short =
    /^[0-9a-f]{7,39}$/.test(name) && [...repository.git.commits.keys()].filter((oid) => oid.startsWith(name));
  return short && short.length === 1 ? short[0] : undefined;
}
