import type { DocsRoot } from '../../registry/registry.ts';
import { decoded, encodedPath } from '../words/github-links.ts';
import type { FilePlace } from '../words/sentence.ts';

/** Addresses of a report's places on the web; null where they are not known. */
export interface WebPlaces {
  /** A place in a file of the repository. */
  file(at: FilePlace): string | null;
  /** The commit itself. */
  commit: string | null;
  /** A pull request by its number. */
  pull(number: number): string | null;
  /** A section on the published site. */
  page(at: { route: string; anchor: string | null }): string | null;
}

export interface RemoteFacts {
  /** As git names the remote, or the address of the repository's own page. */
  url: string;
  /** The address of a GitHub server of one's own; null where none is known. */
  githubServer: string | null;
}

interface WebFacts {
  repository: RemoteFacts | null;
  /** Full id of the commit; anything else, such as WORKTREE, has no page. */
  commit: string;
  roots: readonly Pick<DocsRoot, 'route' | 'site'>[];
}

/** The addresses for a repository at one commit, and for its published site. */
export function webPlaces({ repository, commit, roots }: WebFacts): WebPlaces {
  const hosted = repository === null ? null : hostedRepository(repository);
  const isCommit = /^[0-9a-f]{40,64}$/.test(commit);
  return {
    commit: hosted === null || !isCommit ? null : `${hosted.address}/${hosted.host.commits}/${commit}`,
    pull: (number) => (hosted === null ? null : `${hosted.address}/${hosted.host.pulls}/${number}`),
    file: (at) => (hosted === null || !isCommit ? null : hosted.address + filePath(at, commit, hosted.host)),
    page: ({ route, anchor }) => {
      const origin = originOf(route, roots);
      if (origin === null || !URL.canParse(route, origin)) return null;
      const url = new URL(route, origin);
      if (url.origin !== origin) return null;
      if (anchor !== null) url.hash = encodeURIComponent(anchor);
      return url.href;
    },
  };
}

/** Hosts differ in how they name a file's lines at a commit. */
interface Host {
  is: RegExp;
  commits: string;
  pulls: string;
  /** Before the commit in a file's address. */
  blob: string;
  query: string;
  /** Before the first line and before the last one. */
  lines: [from: string, to: string];
}

const GITHUB: Host = {
  is: /^github\.com$/,
  commits: 'commit',
  pulls: 'pull',
  blob: 'blob',
  query: '?plain=1',
  lines: ['#L', '-L'],
};

const HOSTS: readonly Host[] = [
  GITHUB,
  {
    is: /(?:^|\.)gitlab\./,
    commits: '-/commit',
    pulls: '-/merge_requests',
    blob: '-/blob',
    query: '?plain=1',
    lines: ['#L', '-'],
  },
  {
    is: /^bitbucket\.org$/,
    commits: 'commits',
    pulls: 'pull-requests',
    blob: 'src',
    query: '',
    lines: ['#lines-', ':'],
  },
  {
    is: /^codeberg\.org$|(?:^|\.)(?:gitea|forgejo)\./,
    commits: 'commit',
    pulls: 'pulls',
    blob: 'src/commit',
    query: '',
    lines: ['#L', '-L'],
  },
];

function filePath({ path, line, endLine }: FilePlace, commit: string, { blob, query, lines }: Host): string {
  const last = endLine == null || endLine === line ? '' : lines[1] + endLine;
  return `/${blob}/${commit}/${encodedPath(path)}${query}${line === null ? '' : lines[0] + line + last}`;
}

interface HostedRepository {
  address: string;
  /** `owner/name`. */
  name: string;
  host: Host;
}

/** `git@host:owner/name.git`, the short form of an ssh address. */
const SHORT_SSH = /^(?:[\w.-]+@)?([\w.-]{2,}):(?!\/\/)\/?(.+)$/;

/**
 * A repository's page from the address of its remote. Credentials in it are dropped. Null where the host is none whose
 * addresses are known, since a link that leads nowhere is worse than none.
 */
export function hostedRepository({ url: remote, githubServer }: RemoteFacts): HostedRepository | null {
  const url = remote.replace(SHORT_SSH, 'ssh://$1/$2');
  if (!URL.canParse(url)) return null;
  const { protocol, hostname, host, pathname } = new URL(url);
  if (!/^(?:https?|ssh|git|git\+ssh):$/.test(protocol)) return null;
  const isGithub = githubServer !== null && URL.canParse(githubServer) && new URL(githubServer).hostname === hostname;
  const kind = isGithub ? GITHUB : HOSTS.find(({ is }) => is.test(hostname));
  const name = pathname.replace(/^\/+|\/+$/g, '').replace(/\.git$/, '');
  if (!kind || !/^[^/]+(?:\/[^/]+)+$/.test(name)) return null;
  const address = /^https?:$/.test(protocol) ? `${protocol}//${host}` : `https://${hostname}`;
  return { address: `${address}/${encodedPath(decoded(name))}`, name: decoded(name), host: kind };
}

/** `owner/name`; null where it is not known. */
export function repositoryName(repository: RemoteFacts | null | undefined): string | null {
  return repository ? (hostedRepository(repository)?.name ?? null) : null;
}

/** The origin of the docs root that a route lies under, the innermost one; null where two say different things. */
function originOf(route: string, roots: WebFacts['roots']): string | null {
  const around = roots.flatMap(({ site, route: parent }) => {
    if (site === null || !/^https?:/.test(site) || !URL.canParse(site)) return [];
    const { origin, pathname } = new URL(site);
    const prefix = `${pathname.replace(/\/+$/, '')}/${parent.replace(/^\/+|\/+$/g, '')}`.replace(/\/+$/, '');
    return prefix === '' || route === prefix || route.startsWith(`${prefix}/`)
      ? [{ origin, depth: prefix.length }]
      : [];
  });
  const innermost = around.filter(({ depth }) => around.every((other) => other.depth <= depth));
  const origins = new Set(innermost.map(({ origin }) => origin));
  return origins.size === 1 ? (innermost[0]?.origin ?? null) : null;
}
