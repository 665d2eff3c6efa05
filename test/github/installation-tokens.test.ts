import { Octokit } from '@octokit/rest';
import { afterEach, expect, it, vi } from 'vitest';
import { InstallationTokens } from '../../src/github/installation-client.ts';

afterEach(() => {
  vi.useRealTimers();
});

const quiet = () => undefined;
const SILENT = { debug: quiet, info: quiet, warn: quiet, error: quiet };

/** An Octokit to which GitHub answers with these statuses, then with 200. */
function answered(tokens: InstallationTokens, statuses: number[]): Octokit {
  const fetch = async () => new Response('{}', { status: statuses.shift() ?? 200 });
  return tokens.renewedWhenRefused(new Octokit({ request: { fetch }, log: SILENT }));
}

it('lets go of a token that GitHub refuses and sends the request once more', async () => {
  const tokens = new InstallationTokens();
  tokens.set('1', 'token');
  expect((await answered(tokens, [401]).request('GET /rate_limit')).status).toBe(200);
  expect(tokens.get('1')).toBeUndefined();
});

it('gives up where there was no token to renew, or the new one is refused too', async () => {
  const tokens = new InstallationTokens();
  await expect(answered(tokens, [401]).request('GET /rate_limit')).rejects.toMatchObject({ status: 401 });
  tokens.set('1', 'token');
  await expect(answered(tokens, [401, 401]).request('GET /rate_limit')).rejects.toMatchObject({ status: 401 });
});

it('leaves other refusals alone', async () => {
  const tokens = new InstallationTokens();
  tokens.set('1', 'token');
  await expect(answered(tokens, [403]).request('GET /rate_limit')).rejects.toMatchObject({ status: 403 });
  expect(tokens.get('1')).toBe('token');
});

it('forgets a token before its hour is over', () => {
  vi.useFakeTimers();
  const tokens = new InstallationTokens();
  tokens.set('1', 'token');
  vi.advanceTimersByTime(58 * 60_000);
  expect(tokens.get('1')).toBe('token');
  vi.advanceTimersByTime(2 * 60_000);
  expect(tokens.get('1')).toBeUndefined();
});
