import type { Delivery, Repository, Token, World } from '../state.ts';
import { findRepository } from '../world.ts';

export type Viewer = { kind: 'app' } | { kind: 'installation'; token: Token };

/** One request that has passed the contract, the authentication and the limits. */
export interface Call {
  world: World;
  viewer: Viewer;
  params: Record<string, string>;
  query: URLSearchParams;
  body: unknown;
  headers: Record<string, string>;
  /** Path and query as sent. */
  target: string;
  redeliver(delivery: Delivery): void;
  /** Happens once a mutation has changed something, before its payload is read. */
  afterwards?: (() => void) | undefined;
}

export interface Answer {
  status: number;
  headers?: Record<string, string>;
  /** JSON, or bytes where a raw media type was asked for. */
  body?: unknown;
}

export type Handler = (call: Call) => Answer;

/** An error as GitHub answers it. */
export class GitHubError extends Error {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly errors: unknown[] | undefined;

  constructor(
    status: number,
    message: string,
    { headers = {}, errors }: { headers?: Record<string, string>; errors?: unknown[] } = {},
  ) {
    super(message);
    this.status = status;
    this.headers = headers;
    this.errors = errors;
  }
}

export const notFound = (): GitHubError => new GitHubError(404, 'Not Found');
export const unprocessable = (...problems: string[]): GitHubError =>
  new GitHubError(422, `Validation Failed: ${problems.join('; ')}`, {
    errors: problems.map((message) => ({ code: 'custom', message })),
  });

/** The repository of the path; 404 hides what the token may not see. */
export function repositoryOf({ world, viewer, params }: Call): Repository {
  const repository = findRepository(world, `${params.owner}/${params.repo}`);
  if (!repository || viewer.kind !== 'installation' || !viewer.token.repositories.has(repository)) throw notFound();
  return repository;
}

/** Whether a raw media type was asked for, such as `application/vnd.github.raw+json`. */
export const wantsRaw = ({ headers }: Call): boolean => /vnd\.github\.(?:v3\.)?raw/.test(headers.accept ?? '');

/** One page with GitHub's Link header; `show` runs for the items of the page only. */
export function page<Item>(
  call: Call,
  items: readonly Item[],
  show: (item: Item) => unknown,
  usual = 30,
): Answer & { body: unknown[] } {
  const size = Number(call.query.get('per_page') ?? usual);
  const number = Number(call.query.get('page') ?? 1);
  const last = Math.max(1, Math.ceil(items.length / size));
  const links: [string, number][] = [];
  if (number > 1) links.push(['prev', Math.min(number - 1, last)]);
  if (number < last) links.push(['next', number + 1], ['last', last]);
  if (number > 1) links.push(['first', 1]);
  const link = links.map(([rel, at]) => `<${withQuery(call, { page: String(at) })}>; rel="${rel}"`).join(', ');
  const body = items.slice((number - 1) * size, number * size).map(show);
  return { status: 200, body, ...(link && { headers: { link } }) };
}

export function withQuery({ world, target }: Call, changes: Record<string, string>): string {
  const url = new URL(world.apiUrl + target);
  for (const [key, value] of Object.entries(changes)) url.searchParams.set(key, value);
  return url.href;
}
