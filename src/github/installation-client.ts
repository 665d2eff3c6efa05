import { createAppAuth } from '@octokit/auth-app';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/rest';
import { statusOf } from './failure.ts';

/** The App as GitHub knows it. */
export interface AppIdentity {
  id: number;
  /** The name in its web address; its comments are by `slug[bot]`. */
  slug: string;
}

export interface ConnectionOptions {
  /** The numeric id: the client id is none. */
  appId: number;
  /** PEM. */
  privateKey: string;
  /** `https://HOST/api/v3` of GitHub Enterprise Server, or another API address; github.com without it. */
  baseUrl?: string | undefined;
  fetch?: typeof fetch | undefined;
  /** Milliseconds after which a request is given up; 30,000 unless given. */
  timeout?: number | undefined;
  /** How many milliseconds pass for a second of waiting before a repetition; less than 1,000 is for tests alone. */
  second?: number | undefined;
  /** Whether requests are spaced as GitHub advises; false is for tests alone. */
  throttled?: boolean | undefined;
  /** Waits until the installation may write again, where several processes write for it. */
  pace?: Pace | undefined;
}

/** @param gap milliseconds between two writes of this name, whichever process sends them */
export type Pace = (name: string, gap: number) => Promise<void>;

/** One installation's two ways to GitHub. They share a token, nothing else: reading never waits behind writing. */
export interface GitHub {
  app: AppIdentity;
  /** For GET and GraphQL queries; tried again where GitHub or the network failed. */
  read: Octokit;
  /** For everything that changes something; never tried again by itself, for a request that failed may have worked. */
  write: Octokit;
}

const TIMEOUT = 30_000;
const READ_RETRIES = 2;
/** Seconds that a job waits for a limit to pass; beyond that it fails and is retried from the queue. */
const LONGEST_WAIT = 60;
/** What no repetition mends, or what the throttle repeats after the time that GitHub asks for. */
const NOT_RETRIED = [400, 401, 403, 404, 405, 409, 410, 413, 422, 429, 451];

const ThrottledOctokit = Octokit.plugin(retry, throttling);

/** Connects to GitHub as an installation. Keep the result: the token and the throttle live in it. */
export function connectInstallation(installationId: number, app: AppIdentity, options: ConnectionOptions): GitHub {
  const cache = new InstallationTokens();
  const connect = (does: 'reading' | 'writing') => {
    const connection = { id: `${installationId} ${does}`, writes: does === 'writing', as: { installationId, cache } };
    return cache.renewedWhenRefused(connected(options, connection));
  };
  const write = connect('writing');
  if (options.pace && options.throttled !== false) keepPace(write, installationId, options.pace);
  return { app, read: connect('reading'), write };
}

/** GitHub asks for a pause of a second between writes; for comments, which notify people, the throttle keeps three. */
const WRITE_GAP = 1_000;
const COMMENT_GAP = 3_000;

function keepPace(write: Octokit, installationId: number, pace: Pace): void {
  write.hook.before('request', async ({ method, url }) => {
    if (method === 'POST' && isComment(url)) await pace(`${installationId} comments`, COMMENT_GAP);
    await pace(`${installationId} writes`, WRITE_GAP);
  });
}

/** Whether a write adds a comment: that is our only mutation. */
function isComment(url: string): boolean {
  return url.endsWith('/graphql');
}

/** Connects as the App itself, for what belongs to no installation: its name, installations and deliveries. */
export function connectApp(options: ConnectionOptions): Octokit {
  return connected(options, { id: 'app', writes: false, as: {} });
}

interface Connection {
  /** Those with the same id share a throttle. */
  id: string;
  writes: boolean;
  /** The installation and its tokens; nothing for the App itself. */
  as: { installationId?: number; cache?: InstallationTokens };
}

function connected(options: ConnectionOptions, { id, writes, as }: Connection): Octokit {
  const { appId, privateKey, baseUrl, throttled = true, second = 1_000, timeout = TIMEOUT } = options;
  return new ThrottledOctokit({
    ...(baseUrl === undefined ? {} : { baseUrl }),
    userAgent: 'signpost',
    authStrategy: createAppAuth,
    auth: { appId, privateKey, log: SILENT, ...as },
    log: SILENT,
    request: { fetch: fetchWholeAnswers(timeout, options.fetch) },
    retry: { enabled: !writes, retries: READ_RETRIES, doNotRetry: NOT_RETRIED, retryAfterBaseValue: second },
    throttle: {
      enabled: throttled,
      id,
      retryAfterBaseValue: second,
      // Once nothing remains of GraphQL's limit, the throttle takes any failure for it, also one of GitHub's own.
      onRateLimit: (after, { url }, _octokit, times) =>
        times < 1 && after <= LONGEST_WAIT && !(writes && isComment(url)),
      onSecondaryRateLimit: (after, _options, _octokit, times) => times < 2 && after <= LONGEST_WAIT,
      ...(writes && { triggersNotification: isComment }),
    },
  });
}

/** Octokit's own log would show requests with what they carry; failures are described in `failure.ts` instead. */
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * Asks GitHub who the App is, which also proves that its id and private key are good.
 * @param app connected as the App itself
 */
export async function findIdentity(app: Octokit): Promise<AppIdentity> {
  const { data } = await app.rest.apps.getAuthenticated();
  if (!data?.slug) throw new Error('GitHub did not tell the name of the App');
  return { id: data.id, slug: data.slug };
}

/** https://docs.github.com/en/rest/about-the-rest-api/api-versions: a request without it drifts when versions retire. */
const API_VERSION = '2022-11-28';

/** Statuses of answers that have no body (Fetch standard, "null body status"). */
const WITHOUT_BODY = new Set([101, 103, 204, 205, 304]);

/**
 * A `fetch` that names the API version, gives up after `timeout` milliseconds, and hands on an answer only when all of
 * it has come: Octokit takes a body that breaks off for an empty one.
 */
function fetchWholeAnswers(timeout: number, inner = fetch): typeof fetch {
  return async (input, init) => {
    const headers = { 'x-github-api-version': API_VERSION, ...(init?.headers as Record<string, string>) };
    const answer = await inner(input, { ...init, headers, signal: AbortSignal.timeout(timeout) });
    const { status, statusText } = answer;
    const body = await answer.arrayBuffer();
    const whole = new Response(WITHOUT_BODY.has(status) ? null : body, { status, statusText, headers: answer.headers });
    // Octokit's paging reads the address, which a response that is made anew does not have.
    return Object.defineProperty(whole, 'url', { value: answer.url || String(input) });
  };
}

/** GitHub's tokens hold an hour. */
const LIFETIME = 59 * 60 * 1_000;

/** The cache in which `@octokit/auth-app` keeps one installation's tokens; it drops a token that GitHub refuses. */
export class InstallationTokens {
  readonly #tokens = new Map<string, { value: string; until: number }>();

  get(key: string): string | undefined {
    const token = this.#tokens.get(key);
    return token && Date.now() < token.until ? token.value : undefined;
  }

  set(key: string, value: string): void {
    this.#tokens.set(key, { value, until: Date.now() + LIFETIME });
  }

  /** Has a request that GitHub refused with 401 sent once more with a new token: GitHub has not carried it out. */
  renewedWhenRefused(octokit: Octokit): Octokit {
    octokit.hook.wrap('request', async (request, options) => {
      try {
        return await request(options);
      } catch (error) {
        if (statusOf(error) !== 401 || this.#tokens.size === 0) throw error;
        this.#tokens.clear();
        return request(options);
      }
    });
    return octokit;
  }
}
