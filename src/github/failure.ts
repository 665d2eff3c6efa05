import { cleanLine, shorten } from '../report/words/clean-text.ts';

/** Why a job failed, fit for a check run and a log: it holds no secret and nothing of a payload. */
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

/** Something outside of Signpost kept it from reading, which no answer of GitHub's tells. `message` is one sentence. */
export class ReadFailure extends Error {
  override readonly name = 'ReadFailure';
  /** Whether the same request may succeed later. */
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
    return outside('Signpost failed on its own; this is a bug in it', { kind: 'ours', retries: false });
  const { status, headers, message, limited } = answer;
  const facts = { status, requestId: headers['x-github-request-id'] ?? null };
  if (limited) {
    const cause = "GitHub's rate limit for this installation is used up";
    return outside(cause, { ...facts, retryAfter: waitOf(answer, now) });
  }
  const known = knownCause(status, message);
  if (known) {
    const { cause, ...more } = known;
    return outside(cause, { ...facts, ...more });
  }
  if (status === null) return outside(`GitHub could not be reached: ${message}`);
  if (status >= 500) return outside(`GitHub answered ${status}`, { ...facts, retryAfter: waitOf(answer, now) });
  return outside(`GitHub answered ${status}: ${message}`, { ...facts, retries: false });
}

/** Whether GitHub or the network broke down, so that a request may have been carried out without an answer. */
export function brokeDown(error: unknown): boolean {
  const answer = answerOf(error);
  return answer !== null && (answer.status === null || answer.status >= 500);
}

/** Whether GitHub refused: a permission is missing, the thing is hidden, or this GitHub does not know such a thing. */
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

function outside(cause: string, facts: Omit<Partial<Failure>, 'cause'> = {}): Failure {
  const unknown = { status: null, requestId: null, retryAfter: null };
  return { kind: 'outside', cause: `${cause.replace(/\.$/, '')}.`, ...unknown, retries: true, ...facts };
}

/** What a status means, where nothing else of the answer explains it. */
function knownCause(status: number | null, message: string): (Partial<Failure> & { cause: string }) | null {
  switch (status) {
    case 400:
      return { kind: 'ours', retries: false, cause: 'GitHub could not read a request of Signpost' };
    case 401:
      return { cause: "GitHub refused Signpost's credentials; check the App's id and private key" };
    case 403: {
      const advice = 'accept the permissions that Signpost asks for in its installation settings';
      return { retries: false, cause: `GitHub refused access (${message}); ${advice}` };
    }
    case 404: {
      const advice = 'check that Signpost may read this repository';
      return { cause: `GitHub has not, or hides, something that is needed; ${advice}` };
    }
    case 409:
      return { cause: `GitHub could not answer yet: ${message}` };
    case 422:
      return { kind: 'ours', retries: false, cause: 'GitHub could not take what Signpost sent' };
    default:
      return null;
  }
}

interface Answer {
  /** Null where no answer came at all. */
  status: number | null;
  headers: Record<string, string | undefined>;
  message: string;
  limited: boolean;
}

/** Reads GitHub's answer from an error that Octokit threw; null for any other error. */
function answerOf(error: unknown): Answer | null {
  if (!(error instanceof Error)) return null;
  if (error.name === 'GraphqlResponseError') return graphqlAnswer(error as GraphqlError);
  if (error.name !== 'HttpError') return throttledAnswer(error);
  const { status, response } = error as HttpError;
  if (!response) return { status: null, headers: {}, message: firstLine(error.message), limited: false };
  const { headers = {}, data } = response;
  return { status, headers, message: firstLine(saidBy(data)), limited: isLimited(status, headers, error.message) };
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
  const as = (status: number, limited = false): Answer => ({ status, headers, message, limited });
  if (types.includes('RATE_LIMITED') || TOO_QUICK.test(message)) return as(403, true);
  if (types.includes('UNPROCESSABLE')) return as(CLOSED.test(message) ? 403 : 422);
  if (types.includes('FORBIDDEN')) return as(403);
  if (types.includes('NOT_FOUND')) return as(404);
  // "Something went wrong while executing your query", and a query that timed out, are GitHub's own 5xx.
  return as(502);
}

/** GraphQL's words for the limit on new content (cli/cli#4801), and for the secondary one. */
const TOO_QUICK = /\bsubmitted too quickly\b|\bsecondary rate limit\b/i;
/** Words of refusals for which REST answers 403. */
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

/** The first line, without the web address that GitHub adds. */
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
