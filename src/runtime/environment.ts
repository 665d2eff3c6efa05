import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type RedisSettings, readRedis } from './redis-settings.ts';
import { EnvironmentMistakes, type Lookup, Mistake, type Variables, wholeNumber } from './settings.ts';

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
 * @param readFile reads what PRIVATE_KEY_PATH names
 * @throws {EnvironmentMistakes} naming every mistake
 */
export function readEnvironment(
  variables: Variables,
  readFile: (path: string) => string = (path) => readFileSync(path, 'utf8'),
): Environment {
  const mistakes: string[] = [];
  const of = (name: string): string | undefined => variables[name]?.trim() || undefined;
  const read = <Value>(reader: (of: Lookup, readFile: (path: string) => string) => Value): Value | undefined => {
    try {
      return reader(of, readFile);
    } catch (error) {
      if (!(error instanceof Mistake)) throw error;
      mistakes.push(error.message);
      return undefined;
    }
  };
  const environment = {
    appId: read(readAppId),
    privateKey: read(readPrivateKey),
    webhookSecret: read(readWebhookSecret),
    webhookPath: read(readWebhookPath),
    host: of('HOST') ?? '127.0.0.1',
    port: read(() => wholeNumber(of, 'PORT', { unset: 3000, from: 0, to: 65_535 })),
    apiUrl: read(readApiUrl),
    logLevel: read(readLogLevel),
    concurrentJobs: read(() => wholeNumber(of, 'CONCURRENT_JOBS', { unset: 4, from: 1, to: 256 })),
    cacheBytes:
      1024 * 1024 * (read(() => wholeNumber(of, 'CACHE_MEGABYTES', { unset: 128, from: 1, to: 65_536 })) ?? 0),
    drainSeconds: read(() => wholeNumber(of, 'DRAIN_SECONDS', { unset: 25, from: 0, to: 3600 })),
    reconcileMinutes: read(() => wholeNumber(of, 'RECONCILE_MINUTES', { unset: 10, from: 1, to: 1440 })),
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

function readPrivateKey(of: Lookup, readFile: (path: string) => string): string {
  const [text, path] = [of('PRIVATE_KEY'), of('PRIVATE_KEY_PATH')];
  if (text !== undefined && path !== undefined) {
    throw new Mistake('PRIVATE_KEY and PRIVATE_KEY_PATH are both set; one of them must go.');
  }
  if (text !== undefined) return checkedKey(text, 'PRIVATE_KEY');
  if (path !== undefined) return checkedKey(textOf(path, readFile), `PRIVATE_KEY_PATH (${path})`);
  throw new Mistake(
    "PRIVATE_KEY is missing: the text of the .pem file made on the App's settings page, or PRIVATE_KEY_PATH, its path.",
  );
}

function textOf(path: string, readFile: (path: string) => string): string {
  try {
    return readFile(path);
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

function readLogLevel(of: Lookup): LogLevel {
  const named = of('LOG_LEVEL') ?? 'info';
  const level = LOG_LEVELS.find((one) => one === named);
  if (level === undefined) throw new Mistake(`LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}.`);
  return level;
}

function readRole(of: Lookup): Role {
  const named = of('SIGNPOST_ROLE') ?? 'all';
  const role = ROLES.find((one) => one === named);
  if (role === undefined) throw new Mistake(`SIGNPOST_ROLE must be one of ${ROLES.join(', ')}.`);
  if (role !== 'all' && of('REDIS_URL') === undefined) {
    throw new Mistake(
      `SIGNPOST_ROLE is ${role}, which needs others to share a queue with: set REDIS_URL, or leave it out.`,
    );
  }
  return role;
}
