import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** What the server is told from outside, checked. */
export interface Environment {
  /** The App's numeric id. */
  appId: number;
  /** PKCS #8 in PEM. */
  privateKey: string;
  webhookSecret: string;
  webhookPath: string;
  host: string;
  /** 0 takes any free port. */
  port: number;
  /** The address of GitHub's REST interface where it is not github.com's. */
  apiUrl: string | undefined;
  logLevel: LogLevel;
  /** How many reviews run at the same time. */
  concurrentJobs: number;
  /** Bytes that trees and texts may take in memory. */
  cacheBytes: number;
  /** Seconds that running jobs get to finish when the process is told to stop. */
  drainSeconds: number;
  /** Minutes between two looks for pull requests without a verdict. */
  reconcileMinutes: number;
  /** What this process does: take webhooks, do the work, or both. */
  role: Role;
  /** Where processes share their queue; null for a server that is one process. */
  redis: RedisSettings | null;
}

type Role = (typeof ROLES)[number];
const ROLES = ['all', 'web', 'worker'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/**
 * Reads the server's settings; `.env` files are none of its business, for they must not override what is set for real.
 * An empty variable counts as unset.
 * @throws {EnvironmentMistakes} naming every mistake
 */
export function readEnvironment(variables: Variables): Environment {
  const mistakes: string[] = [];
  const of: Lookup = (name) => variables[name]?.trim() || undefined;
  const read = <Value>(reader: (of: Lookup) => Value): Value | undefined => {
    try {
      return reader(of);
    } catch (error) {
      if (!(error instanceof Mistake)) throw error;
      mistakes.push(error.message);
      return undefined;
    }
  };
  const number = (name: string, bounds: Bounds) => read(() => wholeNumber(of, name, bounds));
  const environment = {
    appId: read(readAppId),
    privateKey: read(readPrivateKey),
    webhookSecret: read(readWebhookSecret),
    webhookPath: read(readWebhookPath),
    host: of('HOST') ?? '127.0.0.1',
    port: number('PORT', { unset: 3000, from: 0, to: 65_535 }),
    apiUrl: read(readApiUrl),
    logLevel: read(() => oneOf(of, 'LOG_LEVEL', LOG_LEVELS, 'info')),
    concurrentJobs: number('CONCURRENT_JOBS', { unset: 4, from: 1, to: 256 }),
    cacheBytes: 1024 * 1024 * (number('CACHE_MEGABYTES', { unset: 128, from: 1, to: 65_536 }) ?? 0),
    drainSeconds: number('DRAIN_SECONDS', { unset: 25, from: 0, to: 3600 }),
    reconcileMinutes: number('RECONCILE_MINUTES', { unset: 10, from: 1, to: 1440 }),
    role: read(readRole),
    redis: read(readRedis),
  };
  if (mistakes.length > 0) throw new EnvironmentMistakes(mistakes);
  return environment as Environment;
}

function readAppId(of: Lookup): number {
  const id = of('APP_ID');
  if (id === undefined) throw new Mistake("APP_ID is missing: the number under “App ID” on the App's settings page.");
  if (/^Iv\d/i.test(id)) {
    throw new Mistake('APP_ID holds a client id; write the number under “App ID” on the same page in its place.');
  }
  if (!/^[1-9]\d{0,14}$/.test(id)) throw new Mistake('APP_ID must be a whole number, as in 123456.');
  return Number(id);
}

function readPrivateKey(of: Lookup): string {
  const [text, path] = [of('PRIVATE_KEY'), of('PRIVATE_KEY_PATH')];
  if (text !== undefined && path !== undefined) {
    throw new Mistake('PRIVATE_KEY and PRIVATE_KEY_PATH are both set; one of them must go.');
  }
  if (text !== undefined) return checkedKey(text, 'PRIVATE_KEY');
  if (path !== undefined) return checkedKey(textOf(path), `PRIVATE_KEY_PATH (${path})`);
  throw new Mistake(
    "PRIVATE_KEY is missing: the text of the .pem file made on the App's settings page, or PRIVATE_KEY_PATH, its path.",
  );
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? 'it is unreadable';
    throw new Mistake(`PRIVATE_KEY_PATH names ${path}, which cannot be read (${why}).`);
  }
}

/** As PEM, with `\n` in the place of line breaks, or in base64: environments differ in what they can hold. */
function checkedKey(text: string, name: string): string {
  const pem = text.includes('-----BEGIN') ? text.replaceAll('\\n', '\n') : Buffer.from(text, 'base64').toString();
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'rsa') return key.export({ type: 'pkcs8', format: 'pem' }) as string;
  } catch {
    // Whatever OpenSSL says of a key that it cannot read helps nobody, and may quote it.
  }
  throw new Mistake(`${name} holds no RSA private key: give the .pem file's text as it is, with \\n, or in base64.`);
}

/** Shorter ones can be tried out: 16 characters are what `openssl rand -hex 8` gives. */
const SHORTEST_SECRET = 16;

function readWebhookSecret(of: Lookup): string {
  const secret = of('WEBHOOK_SECRET');
  const advice = "make one with `openssl rand -hex 32` and write it on the App's settings page as well.";
  if (secret === undefined) throw new Mistake(`WEBHOOK_SECRET is missing: ${advice}`);
  if (secret.toLowerCase() === 'development') {
    throw new Mistake(`WEBHOOK_SECRET is “development”, which everybody knows: ${advice}`);
  }
  if (secret.length < SHORTEST_SECRET) {
    throw new Mistake(`WEBHOOK_SECRET is shorter than ${SHORTEST_SECRET} characters: ${advice}`);
  }
  return secret;
}

/** What the server itself answers. */
export const OWN_PATHS = ['/healthz', '/readyz', '/metrics'];

function readWebhookPath(of: Lookup): string {
  const path = of('WEBHOOK_PATH') ?? '/api/github/webhooks';
  if (!/^\/[\w\-./~]+$/.test(path)) throw new Mistake('WEBHOOK_PATH must be a path, as in /api/github/webhooks.');
  const bare = path.replace(/\/+$/, '');
  if (OWN_PATHS.includes(bare)) throw new Mistake(`WEBHOOK_PATH must not be ${bare}, which the server itself answers.`);
  return bare;
}

function readApiUrl(of: Lookup): string | undefined {
  const [url, host, protocol = 'https'] = [of('GITHUB_API_URL'), of('GHE_HOST'), of('GHE_PROTOCOL')];
  if (url !== undefined && host !== undefined) {
    throw new Mistake('GHE_HOST (for GitHub Enterprise Server) and GITHUB_API_URL are both set; one of them must go.');
  }
  if (url !== undefined) return checkedUrl(url);
  if (host === undefined) return undefined;
  if (protocol !== 'https' && protocol !== 'http') throw new Mistake('GHE_PROTOCOL must be https or http.');
  if (!/^[\w.-]+(?::\d{1,5})?$/.test(host)) {
    throw new Mistake('GHE_HOST must be a host name alone, as in github.example.com.');
  }
  return `${protocol}://${host}/api/v3`;
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

function checkedUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.includes(url.hostname));
  if (!url || !safe || url.username !== '' || url.search !== '' || url.hash !== '') {
    throw new Mistake('GITHUB_API_URL must be an https address, as in https://api.octocorp.ghe.com.');
  }
  return url.href.replace(/\/+$/, '');
}

function oneOf<Value extends string>(of: Lookup, name: string, values: readonly Value[], unset: Value): Value {
  const named = of(name) ?? unset;
  const value = values.find((one) => one === named);
  if (value === undefined) throw new Mistake(`${name} must be one of ${values.join(', ')}.`);
  return value;
}

function readRole(of: Lookup): Role {
  const role = oneOf(of, 'SIGNPOST_ROLE', ROLES, 'all');
  if (role !== 'all' && of('REDIS_URL') === undefined) {
    throw new Mistake(
      `SIGNPOST_ROLE is ${role}, which needs others to share a queue with: set REDIS_URL, or leave it out.`,
    );
  }
  return role;
}

export type Variables = Readonly<Record<string, string | undefined>>;

/** All mistakes at once, one sentence each; none repeats a secret. */
export class EnvironmentMistakes extends Error {
  override readonly name = 'EnvironmentMistakes';
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(`The environment needs ${mistakes.length === 1 ? 'a repair' : 'repairs'}:\n- ${mistakes.join('\n- ')}`);
    this.mistakes = mistakes;
  }
}

/** A variable's text without blanks around it; undefined where it is empty or unset. */
type Lookup = (name: string) => string | undefined;

/** One of them; `readEnvironment` collects all. */
class Mistake extends Error {}

interface Bounds {
  unset: number;
  from: number;
  to: number;
}

function wholeNumber(of: Lookup, name: string, { unset, from, to }: Bounds): number {
  const text = of(name);
  if (text === undefined) return unset;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= from && value <= to)) throw new Mistake(`${name} must be a whole number from ${from} to ${to}.`);
  return value;
}

export interface RedisSettings {
  /** May hold a password. */
  url: string;
  /** Bytes that texts may take in Redis. */
  cacheBytes: number;
  /** Seconds after which the work of a process that does not show itself is another's. */
  leaseSeconds: number;
}

function readRedis(of: Lookup): RedisSettings | null {
  const url = of('REDIS_URL');
  const megabytes = wholeNumber(of, 'SHARED_CACHE_MEGABYTES', { unset: 256, from: 1, to: 65_536 });
  const leaseSeconds = wholeNumber(of, 'LEASE_SECONDS', { unset: 30, from: 1, to: 600 });
  if (url === undefined) return null;
  return { url: checkedRedisUrl(url), cacheBytes: megabytes * 1024 * 1024, leaseSeconds };
}

/** What commands need that only look at the queue. @throws {EnvironmentMistakes} where it is not shared */
export function readRedisUrl(variables: Variables): string {
  const url = variables.REDIS_URL?.trim() || undefined;
  try {
    if (url !== undefined) return checkedRedisUrl(url);
  } catch (error) {
    if (error instanceof Mistake) throw new EnvironmentMistakes([error.message]);
    throw error;
  }
  throw new EnvironmentMistakes(['REDIS_URL is missing: without it each process keeps its queue to itself.']);
}

function checkedRedisUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !['redis:', 'rediss:'].includes(url.protocol) || url.hostname === '') {
    throw new Mistake('REDIS_URL must be an address of Redis, as in redis://127.0.0.1:6379 or rediss://… with TLS.');
  }
  return text;
}
