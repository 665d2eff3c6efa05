import { authorize } from './authentication.ts';
import { ancestors } from './git-history.ts';
import { nodeId, website } from './represent-people.ts';
import { association, pullUrl } from './represent-pull.ts';
import type { Call, GitHubError } from './rest/call.ts';
import type { Comment, Pull, QueueEntry, Repository, User } from './state.ts';
import { findRepository, fullName, isoSeconds, resolveCommit } from './world.ts';

/** GraphQL objects: a field is a value, or a function of its arguments that may throw FieldError. */
export type Source = { __typename: string } & Record<string, unknown>;
export type Arguments = Record<string, unknown>;

/** One field becomes null, and `errors` says why. */
export class FieldError extends Error {
  readonly type: string;
  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

export function queryObject(call: Call): Source {
  return {
    __typename: 'Query',
    repository: ({ owner, name }: Arguments) => {
      const full = `${String(owner)}/${String(name)}`;
      const found = findRepository(call.world, full);
      if (!found || call.viewer.kind !== 'installation' || !call.viewer.token.repositories.has(found)) {
        throw new FieldError('NOT_FOUND', `Could not resolve to a Repository with the name '${full}'.`);
      }
      return repositoryObject(call, found);
    },
    rateLimit: () => rateLimitObject(call),
  };
}

export function permitted(call: Call, operationId: string): void {
  try {
    authorize(call.viewer, operationId);
  } catch (error) {
    throw new FieldError('FORBIDDEN', (error as GitHubError).message);
  }
}

function repositoryObject(call: Call, repository: Repository): Source {
  const { id, name, defaultBranch, refs } = repository;
  const tip = refs.get(`refs/heads/${defaultBranch}`);
  return {
    __typename: 'Repository',
    id: nodeId('Repository', id),
    databaseId: id,
    name,
    nameWithOwner: fullName(repository),
    isPrivate: repository.private,
    isFork: repository.parent !== undefined,
    defaultBranchRef: () =>
      tip === undefined ? null : { __typename: 'Ref', name: defaultBranch, target: gitObject(call, repository, tip) },
    object: ({ oid, expression }: Arguments) => {
      permitted(call, 'git/get-blob');
      return gitObject(call, repository, String(oid ?? resolveExpression(call, repository, String(expression))));
    },
    pullRequest: ({ number }: Arguments) => {
      permitted(call, 'pulls/get');
      const pull = repository.pulls.get(Number(number));
      if (!pull)
        throw new FieldError('NOT_FOUND', `Could not resolve to a PullRequest with the number of ${String(number)}.`);
      return pullObject(call, pull);
    },
    pullRequests: ({ states, headRefName, baseRefName, ...args }: Arguments) => {
      permitted(call, 'pulls/list');
      const wanted = states === undefined ? null : [states].flat();
      const found = [...repository.pulls.values()].filter(
        (pull) =>
          (wanted?.includes(stateOf(pull)) ?? true) &&
          (headRefName === undefined || pull.head.ref === headRefName) &&
          (baseRefName === undefined || pull.base.ref === baseRefName),
      );
      return connection('PullRequest', found, args, (pull) => pullObject(call, pull));
    },
    mergeQueue: ({ branch = defaultBranch }: Arguments) => {
      if (call.viewer.kind === 'app' || !call.viewer.token.permissions.merge_queues)
        throw new FieldError('FORBIDDEN', 'Resource not accessible by integration');
      return queueObject(call, repository, String(branch));
    },
  };
}

/** Null where the branch has no queue; here it has one while something is in it. */
function queueObject(call: Call, repository: Repository, branch: string): Source | null {
  const entries = repository.mergeQueue.filter(({ pull }) => pull.base.ref === branch);
  if (entries.length === 0) return null;
  const show = ({ id, pull, base, head }: QueueEntry): Source => ({
    __typename: 'MergeQueueEntry',
    id: nodeId('MergeQueueEntry', id),
    position: entries.findIndex((one) => one.id === id) + 1,
    baseCommit: () => gitObject(call, repository, base),
    headCommit: () => gitObject(call, repository, head),
    pullRequest: () => pullObject(call, pull),
  });
  const id = nodeId('MergeQueue', repository.id);
  return {
    __typename: 'MergeQueue',
    id,
    entries: (args: Arguments) => connection('MergeQueueEntry', entries, args, show),
  };
}

/**
 * As GitHub says: the pull request that brought a commit, and open ones only while the default branch does not hold it.
 * Of forks it says nothing there, so the fake leaves them out.
 */
function associatedPulls({ defaultBranch, git, pulls, refs }: Repository, oid: string): Pull[] {
  const tip = refs.get(`refs/heads/${defaultBranch}`);
  const isMerged = tip !== undefined && ancestors(git, tip).has(oid);
  return [...pulls.values()].filter(
    ({ state, mergedAt, head, base }) =>
      head.repository === base.repository &&
      (mergedAt !== null || (state === 'open' && !isMerged)) &&
      ancestors(git, head.sha).has(oid) &&
      !ancestors(git, base.sha).has(oid),
  );
}

/** `main`, `main:docs/a.md` or `HEAD:`. */
function resolveExpression(call: Call, repository: Repository, expression: string): string | undefined {
  const colon = expression.indexOf(':');
  const commit = resolveCommit(call.world, repository, colon < 0 ? expression : expression.slice(0, colon));
  if (commit === undefined || colon < 0) return commit;
  const { git } = repository;
  const path = expression.slice(colon + 1);
  let oid = git.commits.get(commit)?.tree;
  for (const part of path.split('/').filter(Boolean)) {
    oid = git.trees.get(oid ?? '')?.find((entry) => entry.name === part)?.oid;
  }
  return oid;
}

function gitObject(call: Call, repository: Repository, oid: string): Source | null {
  const { git } = repository;
  const shared = (kind: string) => ({ __typename: kind, id: nodeId(kind, oid), oid, abbreviatedOid: oid.slice(0, 7) });
  const bytes = git.blobs.get(oid);
  if (bytes) return { ...shared('Blob'), ...blobText(bytes, call.world.sizes.graphqlText), byteSize: bytes.length };
  const commit = git.commits.get(oid);
  if (commit) {
    const said = { message: commit.message, messageHeadline: commit.message.split('\n', 1)[0] };
    const committedDate = isoSeconds(commit.time * 1_000);
    const associatedPullRequests = (args: Arguments): Source => {
      permitted(call, 'pulls/list');
      return connection('PullRequest', associatedPulls(repository, oid), args, (pull) => pullObject(call, pull));
    };
    const tree = (): Source | null => gitObject(call, repository, commit.tree);
    return { ...shared('Commit'), ...said, committedDate, tree, associatedPullRequests };
  }
  return git.trees.has(oid) ? { ...shared('Tree'), entries: () => treeEntries(call, repository, oid) } : null;
}

function treeEntries(call: Call, repository: Repository, tree: string): Source[] {
  return (repository.git.trees.get(tree) ?? []).map(({ name, mode, oid }) => ({
    __typename: 'TreeEntry',
    name,
    path: name,
    mode: Number.parseInt(mode, 8),
    type: mode === '040000' ? 'tree' : mode === '160000' ? 'commit' : 'blob',
    oid,
    size: repository.git.blobs.get(oid)?.length ?? 0,
    object: () => gitObject(call, repository, oid),
  }));
}

/** A binary has no text; other encodings are read as Latin-1, so that their text no longer has the hash of the blob. */
function blobText(bytes: Buffer, limit: number) {
  if (bytes.subarray(0, 8_000).includes(0)) return { text: null, isBinary: true, isTruncated: false };
  const isTruncated = bytes.length > limit;
  const kept = bytes.subarray(0, limit);
  const utf8 = kept.toString('utf8');
  const text =
    !isTruncated && utf8.includes('\uFFFD') && !Buffer.from(utf8).equals(kept) ? kept.toString('latin1') : utf8;
  return { text, isBinary: false, isTruncated };
}

export function pullObject(call: Call, pull: Pull): Source {
  const { repository } = pull.base;
  return {
    __typename: 'PullRequest',
    id: nodeId('PullRequest', pull.id),
    databaseId: int32(pull.id),
    number: pull.number,
    title: pull.title,
    body: pull.body ?? '',
    state: stateOf(pull),
    merged: pull.mergedAt !== null,
    url: pullUrl(pull),
    isDraft: pull.draft,
    isCrossRepository: pull.head.repository !== repository,
    headRefOid: pull.head.sha,
    headRefName: pull.head.ref,
    baseRefOid: pull.base.sha,
    baseRefName: pull.base.ref,
    author: actor(pull.author),
    baseRepository: () => repositoryObject(call, repository),
    comments: (args: Arguments) =>
      connection(
        'IssueComment',
        repository.comments.filter((comment) => comment.issue === pull.number),
        args,
        (comment) => commentObject(call, pull, comment),
      ),
  };
}

function stateOf({ mergedAt, state }: Pull): string {
  return mergedAt === null ? state.toUpperCase() : 'MERGED';
}

/** `databaseId` is a 32-bit Int, too small for today's ids; `fullDatabaseId` is the one to use. */
const int32 = (id: number): number | null => (id < 2 ** 31 ? id : null);

/** GraphQL names a bot without the `[bot]` that REST adds, and a deleted account, REST's `ghost`, not at all. */
function actor({ id, login, type }: User): Source | null {
  if (login === 'ghost') return null;
  const name = login.replace(/\[bot\]$/, '');
  const url = `${website}/${type === 'Bot' ? 'apps/' : ''}${name}`;
  return { __typename: type === 'Bot' ? 'Bot' : 'User', login: name, url, databaseId: id };
}

export function commentObject(call: Call, pull: Pull, comment: Comment): Source {
  return {
    __typename: 'IssueComment',
    id: nodeId('IssueComment', comment.id),
    databaseId: int32(comment.id),
    fullDatabaseId: String(comment.id),
    body: comment.body,
    author: actor(comment.user),
    authorAssociation: association(pull.base.repository, comment.user),
    viewerDidAuthor: comment.user === call.world.app.bot,
    createdAt: comment.createdAt,
    updatedAt: comment.updatedAt,
    isMinimized: comment.minimized,
    url: `${pullUrl(pull)}#issuecomment-${comment.id}`,
  };
}

function connection<Item extends { id: number }>(
  of: string,
  items: Item[],
  args: Arguments,
  show: (item: Item) => Source,
): Source {
  const { first, last, after, before } = args as { first?: number; last?: number; after?: string; before?: string };
  const size = first ?? last;
  if (size == null) throw new FieldError('MISSING_PAGINATION_BOUNDARIES', 'You must provide a `first` or `last` value');
  if (size < 1 || size > 100) throw new FieldError('EXCESSIVE_PAGINATION', `Requesting ${size} records exceeds 100`);
  const position = (cursor: string): number => items.findIndex((item) => cursorOf(item) === cursor);
  const from = after == null ? 0 : position(after) + 1;
  const to = before == null ? items.length : position(before);
  const start = first == null ? Math.max(from, to - size) : from;
  const end = first == null ? to : Math.min(from + size, to);
  const shown = items.slice(start, end);
  const pageInfo = {
    __typename: 'PageInfo',
    startCursor: shown[0] ? cursorOf(shown[0]) : null,
    endCursor: shown.length > 0 ? cursorOf(shown.at(-1) as Item) : null,
    hasNextPage: end < items.length,
    hasPreviousPage: start > 0,
  };
  const edge = (item: Item): Source => ({
    __typename: `${of}Edge`,
    cursor: cursorOf(item),
    node: () => show(item),
  });
  const lists = { nodes: () => shown.map(show), edges: () => shown.map(edge) };
  return { __typename: `${of}Connection`, totalCount: items.length, pageInfo, ...lists };
}

const cursorOf = ({ id }: { id: number }): string => nodeId('cursor', id);

function rateLimitObject({ viewer }: Call): Source | null {
  if (viewer.kind !== 'installation') return null;
  const { limit, remaining, reset } = viewer.token.installation.limits.graphql;
  const counts = { limit, remaining, used: limit - remaining, cost: 1, nodeCount: 0 };
  return { __typename: 'RateLimit', ...counts, resetAt: isoSeconds(reset) };
}
