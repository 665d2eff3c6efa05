import { cleanLine, shorten } from '../report/words/clean-text.ts';

/** Why a job did not come to its end, fit for a check run and a log: nothing secret, nothing of a payload. */
export interface Failure {
  /** Outside: GitHub, the network, a limit; waiting may mend it. Ours: a bug, or a request that GitHub cannot take. */
  kind: 'outside' | 'ours';
  /** One sentence. */
  cause: string;
  /** GitHub's HTTP status, where it answered. */
  status: number | null;
  /** `X-GitHub-Request-Id`. */
  requestId: string | null;
  /** Seconds after which GitHub asks to come again, where it does. */
  retryAfter: number | null;
  /** Whether trying again by itself can help. */
  retries: boolean;
}

/** Something outside kept us from reading, beside what GitHub's answers say. `message` is one sentence. */
export class ReadFailure extends Error {
  override readonly name = 'ReadFailure';
  /** Whether the same question may be answered later. */
  readonly passes: boolean;

  constructor(message: string, passes: boolean) {
    super(message);
    this.passes = passes;
  }
}

/** Says what went wrong; `now` is in milliseconds since the epoch. */
export function describeFailure(error: unknown, now: number): Failure {
  if (error instanceof ReadFailure) return outside(error.message, { retries: error.passes });
  const answer = answerOf(error);
  if (answer === null)
    return { ...outside('Signpost failed on its own; this is a bug in it'), kind: 'ours', retries: false };
  const facts = { status: answer.status, requestId: answer.headers['x-github-request-id'] ?? null };
  if (answer.limited)
    return outside("GitHub's rate limit for this installation is used up", {
      ...facts,
      retryAfter: waitOf(answer, now),
    });
  const known = CAUSES[answer.status ?? 0];
  if (known) return { ...outside(known.cause(answer.message), { ...facts, retries: known.retries }), kind: known.kind };
  if (answer.status === null) return outside(`GitHub could not be reached: ${answer.message}`);
  if (answer.status >= 500)
    return outside(`GitHub answered ${answer.status}`, { ...facts, retryAfter: waitOf(answer, now) });
  return outside(`GitHub answered ${answer.status}: ${answer.message}`, { ...facts, retries: false });
}

/** GitHub or the network broke down, so that a request may have been done although nothing says so. */
export function brokeDown(error: unknown): boolean {
  const answer = answerOf(error);
  return answer !== null && (answer.status === null || answer.status >= 500);
}

/** GitHub does not let us ask this: the permission is missing, the thing is hidden, or this GitHub does not know it. */
export function isRefused(error: unknown): boolean {
  const answer = answerOf(error);
  if (answer === null || answer.limited) return false;
  return answer.status === 403 || answer.status === 404 || /^Field '\w+' doesn't exist/.test(answer.message);
}

/** The HTTP status of an error that Octokit threw; null for any other. */
export function statusOf(error: unknown): number | null {
  return answerOf(error)?.status ?? null;
}

/** What GitHub said about the error, in one short line; '' for an error that is none of GitHub's. */
export function messageOf(error: unknown): string {
  return answerOf(error)?.message ?? '';
}

function outside(cause: string, facts: Partial<Failure> = {}): Failure {
  return {
    kind: 'outside',
    cause: `${cause.replace(/\.$/, '')}.`,
    status: null,
    requestId: null,
    retryAfter: null,
    retries: true,
    ...facts,
  };
}

interface Cause {
  kind: Failure['kind'];
  retries: boolean;
  cause: (message: string) => string;
}

const CAUSES: Record<number, Cause> = {
  400: { kind: 'ours', retries: false, cause: () => 'GitHub could not read a request of Signpost' },
  401: {
    kind: 'outside',
    retries: true,
    cause: () => "GitHub refused Signpost's credentials; check the App's id and private key",
  },
  403: {
    kind: 'outside',
    retries: false,
    cause: (message) =>
      `GitHub refused access (${message}); accept the permissions that Signpost asks for in its installation settings`,
  },
  404: {
    kind: 'outside',
    retries: true,
    cause: () => 'GitHub has not, or hides, something that is needed; check that Signpost may read this repository',
  },
  409: { kind: 'outside', retries: true, cause: (message) => `GitHub could not answer yet: ${message}` },
  422: { kind: 'ours', retries: false, cause: () => 'GitHub could not take what Signpost sent' },
};

interface Answer {
  /** Null where no answer came at all. */
  status: number | null;
  headers: Record<string, string | undefined>;
  message: string;
  limited: boolean;
}

/** What an error of Octokit's tells of GitHub's answer; null for an error of another kind. */
function answerOf(error: unknown): Answer | null {
  if (!(error instanceof Error)) return null;
  if (error.name === 'GraphqlResponseError') return graphqlAnswer(error as GraphqlError);
  if (error.name !== 'HttpError') return throttledAnswer(error);
  const { status, response } = error as HttpError;
  if (!response) return { status: null, headers: {}, message: firstLine(error.message), limited: false };
  const headers = response.headers ?? {};
  return {
    status,
    headers,
    message: firstLine(saidBy(response.data)),
    limited: isLimited(status, headers, error.message),
  };
}

/** For GraphQL's limit the throttle throws an error of its own, which holds the whole answer. */
function throttledAnswer(error: Error): Answer | null {
  const { headers, data } = (error as Partial<HttpError>).response ?? {};
  const { errors } = (data ?? {}) as Pick<GraphqlError, 'errors'>;
  return headers && errors ? graphqlAnswer({ ...error, headers, errors }) : null;
}

/** GraphQL answers 200 whatever happened; what went wrong stands in `errors`. */
function graphqlAnswer({ headers, errors = [] }: GraphqlError): Answer {
  const types = errors.map(({ type }) => type);
  const message = firstLine(errors[0]?.message ?? '');
  if (types.includes('RATE_LIMITED') || TOO_QUICK.test(message))
    return { status: 403, headers, message, limited: true };
  if (types.includes('UNPROCESSABLE'))
    return { status: CLOSED.test(message) ? 403 : 422, headers, message, limited: false };
  if (types.includes('FORBIDDEN')) return { status: 403, headers, message, limited: false };
  if (types.includes('NOT_FOUND')) return { status: 404, headers, message, limited: false };
  // "Something went wrong while executing your query", and a query that timed out, are GitHub's own 5xx.
  return { status: 502, headers, message, limited: false };
}

/** GraphQL's words for the limit on new content (cli/cli#4801), and for the secondary one. */
const TOO_QUICK = /\bsubmitted too quickly\b|\bsecondary rate limit\b/i;
/** What REST refuses with 403. */
const CLOSED = /\b(?:locked|archived|read-only|blocked)\b/i;

function isLimited(status: number, headers: Answer['headers'], message: string): boolean {
  if (status !== 403 && status !== 429) return false;
  return (
    status === 429 ||
    headers['x-ratelimit-remaining'] === '0' ||
    headers['retry-after'] !== undefined ||
    /\brate limit\b/i.test(message)
  );
}

/** Secondary limits without a time: "wait for at least one minute" (GitHub's REST best practices). */
const LEAST_WAIT = 60;

function waitOf({ headers, limited }: Answer, now: number): number | null {
  const after = Number(headers['retry-after']);
  if (after > 0) return after;
  const reset = Number(headers['x-ratelimit-reset']);
  if (headers['x-ratelimit-remaining'] === '0' && reset > 0) return Math.max(1, Math.ceil(reset - now / 1_000));
  return limited ? LEAST_WAIT : null;
}

const MESSAGE_CHARACTERS = 160;

/** Without the web address that GitHub adds. */
function firstLine(message: string): string {
  return shorten(cleanLine(message.split('\n')[0] as string).replace(/ - https?:\S+$/, ''), MESSAGE_CHARACTERS);
}

function saidBy(data: unknown): string {
  return typeof data === 'object' && data !== null && 'message' in data ? String(data.message) : '';
}

interface HttpError extends Error {
  status: number;
  response?: { headers?: Answer['headers']; data?: unknown };
}

interface GraphqlError extends Error {
  headers: Answer['headers'];
  errors?: { type?: string; message?: string }[];
}
