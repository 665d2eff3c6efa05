import { expect, it } from 'vitest';
import { brokeDown, describeFailure, ReadFailure } from '../../src/github/failure.ts';
import { named } from '../../src/github/repository.ts';
import type { Fault } from '../fake-github/faults.ts';
import { setScene } from './signpost-on-github.ts';

const NOW = Date.UTC(2026, 5, 1);

/** The error that a request throws that meets a fault three times. */
async function errorOf(fault: Fault): Promise<unknown> {
  const { fake, context, repo } = setScene();
  fake.faults.add('git/get-tree', fault, { times: 3 });
  return context.github.read.rest.git.getTree({ ...named(repo), tree_sha: 'main' }).then(
    () => null,
    (error: unknown) => error,
  );
}

it.each([
  [{ kind: 'status', status: 503 }, 'outside', 503, true, 'GitHub answered 503.'],
  [
    { kind: 'status', status: 404 },
    'outside',
    404,
    true,
    'GitHub has not, or hides, something that is needed; check that Signpost may read this repository.',
  ],
  [{ kind: 'status', status: 422 }, 'ours', 422, false, 'GitHub could not take what Signpost sent.'],
  [
    { kind: 'secondary-limit', status: 403, retryAfter: 90 },
    'outside',
    403,
    true,
    "GitHub's rate limit for this installation is used up.",
  ],
  [{ kind: 'reset' }, 'outside', null, true, 'GitHub could not be reached: read ECONNRESET.'],
] as const)('tells %o in one sentence', async (fault, kind, status, retries, cause) => {
  const failure = describeFailure(await errorOf(fault), NOW);
  expect(failure).toMatchObject({ kind, status, retries, cause });
  expect(failure.requestId).toEqual(status === null ? null : expect.stringMatching(/^[0-9A-F]+$/));
});

it('says when GitHub asks to come again', async () => {
  expect(describeFailure(await errorOf({ kind: 'secondary-limit', status: 429, retryAfter: 90 }), NOW).retryAfter).toBe(
    90,
  );
  expect(describeFailure(await errorOf({ kind: 'secondary-limit', status: 403 }), NOW).retryAfter).toBe(60);
  const reset = Object.assign(new Error('API rate limit exceeded'), {
    name: 'HttpError',
    status: 403,
    response: { headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW / 1_000 + 120) } },
  });
  expect(describeFailure(reset, NOW).retryAfter).toBe(120);
});

it('tells that credentials are refused', () => {
  const error = Object.assign(new Error('Bad credentials'), { name: 'HttpError', status: 401, response: {} });
  expect(describeFailure(error, NOW)).toMatchObject({
    kind: 'outside',
    status: 401,
    retries: true,
    cause: "GitHub refused Signpost's credentials; check the App's id and private key.",
  });
});

it('names the permission that is lacking', async () => {
  const { context, repo } = setScene(undefined, { permissions: { contents: 'read', pull_requests: 'write' } });
  const error = await context.github.write.rest.checks
    .create({ ...named(repo), name: 'Signpost', head_sha: 'a'.repeat(40) })
    .catch((thrown: unknown) => thrown);
  const failure = describeFailure(error, NOW);
  expect(failure).toMatchObject({ kind: 'outside', status: 403, retries: false });
  expect(failure.cause).toContain('accept the permissions');
});

it.each([
  ['RATE_LIMITED', { kind: 'outside', status: 403, retryAfter: 60 }],
  ['FORBIDDEN', { kind: 'outside', status: 403, retries: false }],
  ['NOT_FOUND', { kind: 'outside', status: 404 }],
  [undefined, { kind: 'outside', status: 502, retries: true }],
])('reads what GraphQL says of type %s', (type, expected) => {
  const error = Object.assign(new Error('Request failed'), {
    name: 'GraphqlResponseError',
    headers: { 'x-github-request-id': 'AB12' },
    errors: [{ type, message: 'Something went wrong' }],
  });
  expect(describeFailure(error, NOW)).toMatchObject({ ...expected, requestId: 'AB12' });
});

it('tells a bug of ours without what it holds', () => {
  const failure = describeFailure(new TypeError('cannot read "secret text of a page"'), NOW);
  expect(failure).toEqual({
    kind: 'ours',
    cause: 'Signpost failed on its own; this is a bug in it.',
    status: null,
    requestId: null,
    retryAfter: null,
    retries: false,
  });
  expect(describeFailure('thrown text', NOW).kind).toBe('ours');
});

it('repeats what reading found, and whether it may pass', () => {
  expect(describeFailure(new ReadFailure('The tree is too large', false), NOW)).toMatchObject({
    kind: 'outside',
    cause: 'The tree is too large.',
    retries: false,
  });
});

it('knows after which errors a request may have been done', async () => {
  expect(brokeDown(await errorOf({ kind: 'response-lost' }))).toBe(true);
  expect(brokeDown(await errorOf({ kind: 'status', status: 502 }))).toBe(true);
  expect(brokeDown(await errorOf({ kind: 'status', status: 422 }))).toBe(false);
  expect(brokeDown(new TypeError('bug'))).toBe(false);
});
