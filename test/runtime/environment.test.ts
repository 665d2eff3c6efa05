import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { EnvironmentMistakes, readEnvironment, readRedisUrl, type Variables } from '../../src/runtime/environment.ts';
import { removeTempFolders, tempFolder } from '../temp-repository.ts';

afterAll(removeTempFolders);

const { privateKey: PKCS1 } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
});
const { privateKey: PKCS8 } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const { privateKey: ELLIPTIC } = generateKeyPairSync('ec', {
  namedCurve: 'P-256',
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const SECRET = '0123456789abcdef';
const COMPLETE: Variables = { APP_ID: '123456', PRIVATE_KEY: PKCS1, WEBHOOK_SECRET: SECRET };

function mistakesOf(variables: Variables): readonly string[] {
  try {
    readEnvironment(variables);
  } catch (error) {
    if (error instanceof EnvironmentMistakes) return error.mistakes;
    throw error;
  }
  return [];
}

const mistakesWith = (variables: Variables) => mistakesOf({ ...COMPLETE, ...variables });

it('needs three variables, and has a default for every other', () => {
  const { privateKey, ...environment } = readEnvironment(COMPLETE);
  expect(privateKey).toMatch(/^-----BEGIN PRIVATE KEY-----/);
  expect(environment).toEqual({
    appId: 123456,
    webhookSecret: SECRET,
    webhookPath: '/api/github/webhooks',
    host: '127.0.0.1',
    port: 3000,
    apiUrl: undefined,
    logLevel: 'info',
    concurrentJobs: 4,
    cacheBytes: 128 * 1024 * 1024,
    drainSeconds: 25,
    reconcileMinutes: 10,
    role: 'all',
    redis: null,
  });
});

it('names all that is missing at once', () => {
  const mistakes = mistakesOf({ APP_ID: ' ', PORT: 'many' });
  expect(mistakes.map((mistake) => mistake.split(' ')[0])).toEqual(['APP_ID', 'PRIVATE_KEY', 'WEBHOOK_SECRET', 'PORT']);
  expect(new EnvironmentMistakes(mistakes).message.split('\n')).toHaveLength(5);
});

it('takes an empty variable for one that is not set', () => {
  expect(readEnvironment({ ...COMPLETE, PORT: '', GHE_HOST: '  ', REDIS_URL: '' }).port).toBe(3000);
});

describe('APP_ID', () => {
  it.each(['Iv1.8a61f9b3a7aba766', 'Iv23liAbCdEf012345'])('is not a client id such as %s', (id) => {
    expect(mistakesWith({ APP_ID: id })[0]).toContain('client id');
  });

  it.each(['12a', '-1', '0', '1.5', '1e3', '1'.repeat(16)])('is a whole number and not %s', (id) => {
    expect(mistakesWith({ APP_ID: id })).toEqual(['APP_ID must be a whole number, as in 123456.']);
  });
});

describe('PRIVATE_KEY', () => {
  it.each([
    ['as it is', PKCS1],
    ['in PKCS #8', PKCS8],
    ['with \\n for line breaks', PKCS1.replaceAll('\n', '\\n')],
    ['in base64', Buffer.from(PKCS1).toString('base64')],
  ])('is taken %s', (_, key) => {
    expect(readEnvironment({ ...COMPLETE, PRIVATE_KEY: key }).privateKey).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
  });

  it.each([
    ['text', 'not a key'],
    ['a key that was cut', PKCS1.slice(0, 300)],
    ['a key of another kind', ELLIPTIC],
  ])('is refused as %s, without a word of it', (_, key) => {
    const [mistake = ''] = mistakesWith({ PRIVATE_KEY: key });
    expect(mistake).toContain('PRIVATE_KEY holds no RSA private key');
    expect(mistake).not.toContain(key.slice(0, 20));
  });

  it('may stand in a file', () => {
    const path = join(tempFolder(), 'app.pem');
    writeFileSync(path, PKCS1);
    const { PRIVATE_KEY: _, ...rest } = COMPLETE;
    expect(readEnvironment({ ...rest, PRIVATE_KEY_PATH: path }).privateKey).toContain('BEGIN PRIVATE KEY');
    expect(mistakesOf({ ...rest, PRIVATE_KEY_PATH: `${path}.gone` })[0]).toContain('cannot be read (ENOENT)');
    expect(mistakesOf({ ...COMPLETE, PRIVATE_KEY_PATH: path })[0]).toContain('both set');
  });
});

describe('WEBHOOK_SECRET', () => {
  it.each([
    [undefined, 'missing'],
    ['development', 'everybody knows'],
    ['Development', 'everybody knows'],
    ['0123456789abcde', 'shorter than 16'],
  ])('is refused as %s', (secret, why) => {
    expect(mistakesWith({ WEBHOOK_SECRET: secret })[0]).toContain(why);
  });
});

describe('WEBHOOK_PATH', () => {
  it('loses a slash at its end', () => {
    expect(readEnvironment({ ...COMPLETE, WEBHOOK_PATH: '/hooks/' }).webhookPath).toBe('/hooks');
  });

  it.each(['hooks', '/', '/a?b', '/a b', '/healthz', '/metrics/'])('is refused as %s', (path) => {
    expect(mistakesWith({ WEBHOOK_PATH: path })[0]).toMatch(/^WEBHOOK_PATH must/);
  });
});

describe("GitHub's address", () => {
  it.each([
    [{ GHE_HOST: 'github.example.com' }, 'https://github.example.com/api/v3'],
    [{ GHE_HOST: 'github.example.com:8443', GHE_PROTOCOL: 'http' }, 'http://github.example.com:8443/api/v3'],
    [{ GITHUB_API_URL: 'https://api.octocorp.ghe.com/' }, 'https://api.octocorp.ghe.com'],
    [{ GITHUB_API_URL: 'http://127.0.0.1:4000' }, 'http://127.0.0.1:4000'],
  ])('follows %j', (variables, url) => {
    expect(readEnvironment({ ...COMPLETE, ...variables }).apiUrl).toBe(url);
  });

  it.each([
    [{ GHE_HOST: 'https://github.example.com' }, 'host name alone'],
    [{ GHE_HOST: 'a', GHE_PROTOCOL: 'ftp' }, 'GHE_PROTOCOL'],
    [{ GHE_HOST: 'a', GITHUB_API_URL: 'https://b' }, 'both set'],
    [{ GITHUB_API_URL: 'http://api.example.com' }, 'https address'],
    [{ GITHUB_API_URL: 'https://user@api.example.com' }, 'https address'],
    [{ GITHUB_API_URL: 'api.example.com' }, 'https address'],
  ])('is refused as %j', (variables, why) => {
    expect(mistakesWith(variables)[0]).toContain(why);
  });
});

it.each([
  [{ PORT: '65536' }, 'PORT'],
  [{ CONCURRENT_JOBS: '0' }, 'CONCURRENT_JOBS'],
  [{ CACHE_MEGABYTES: '-1' }, 'CACHE_MEGABYTES'],
  [{ DRAIN_SECONDS: '1.5' }, 'DRAIN_SECONDS'],
  [{ RECONCILE_MINUTES: '0' }, 'RECONCILE_MINUTES'],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
])('refuses %j', (variables, name) => {
  expect(mistakesWith(variables)).toEqual([expect.stringContaining(`${name} must be`)]);
});

describe('several processes', () => {
  it('share what REDIS_URL names', () => {
    const { role, redis } = readEnvironment({
      ...COMPLETE,
      REDIS_URL: 'redis://:pass@127.0.0.1:7000',
      SIGNPOST_ROLE: 'web',
    });
    const MB = 1024 * 1024;
    expect([role, redis]).toEqual([
      'web',
      { url: 'redis://:pass@127.0.0.1:7000', cacheBytes: 256 * MB, leaseSeconds: 30 },
    ]);
  });

  it.each([
    [{ SIGNPOST_ROLE: 'worker' }, 'set REDIS_URL'],
    [{ SIGNPOST_ROLE: 'both' }, 'one of all, web, worker'],
    [{ REDIS_URL: 'http://127.0.0.1' }, 'must be an address of Redis'],
    [{ REDIS_URL: '127.0.0.1:6379' }, 'must be an address of Redis'],
    [{ LEASE_SECONDS: '0' }, 'LEASE_SECONDS must be'],
    [{ SHARED_CACHE_MEGABYTES: 'x' }, 'SHARED_CACHE_MEGABYTES must be'],
  ])('is refused as %j', (variables, why) => {
    expect(mistakesWith(variables)[0]).toContain(why);
  });

  it('never repeats a password', () => {
    expect(mistakesWith({ REDIS_URL: 'http://:hunter2@127.0.0.1' }).join()).not.toContain('hunter2');
    expect(() => readRedisUrl({ REDIS_URL: 'http://:hunter2@x' })).toThrow(/^(?!.*hunter2)/);
  });

  it('are needed for the commands that look at the queue', () => {
    expect(readRedisUrl({ REDIS_URL: 'redis://h' })).toBe('redis://h');
    expect(() => readRedisUrl({})).toThrow('REDIS_URL is missing');
  });
});
