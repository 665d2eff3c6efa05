import { generateKeyPairSync } from 'node:crypto';
import nock from 'nock';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { connectInstallation } from '../../src/github/installation-client.ts';
import { addComment } from '../../src/github/publish-comment.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
const repo = { owner: 'acme', repo: 'docs' };

beforeAll(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());
afterAll(() => {
  nock.enableNetConnect();
  nock.restore();
});

const reset = () => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });

function connected(origin = 'https://api.github.com', prefix = '', timeout = 5_000) {
  const token = {
    token: 'ghs_short',
    expires_at: '2099-01-01T00:00:00Z',
    permissions: {},
    repository_selection: 'all',
  };
  nock(origin).post(`${prefix}/app/installations/7/access_tokens`).reply(201, token).persist();
  const baseUrl = prefix === '' ? undefined : `${origin}${prefix}`;
  const options = { appId: 1, privateKey: pem, baseUrl, timeout, second: 1, throttled: false };
  return { api: nock(origin), github: connectInstallation(7, { id: 1, slug: 'signpost' }, options) };
}

it('asks github.com with the installation’s token and a named API version', async () => {
  const { api, github } = connected();
  api
    .get('/repos/acme/docs/git/trees/main')
    .matchHeader('authorization', /^token ghs_short$/)
    .matchHeader('x-github-api-version', '2022-11-28')
    .reply(200, { sha: 'x', truncated: false, tree: [] });
  const { data } = await github.read.rest.git.getTree({ ...repo, tree_sha: 'main' });
  expect(data.truncated).toBe(false);
});

it('asks the server of an enterprise and never github.com, its token too', async () => {
  const { api, github } = connected('https://ghe.example', '/api/v3');
  api.get('/api/v3/repos/acme/docs/git/trees/main').reply(200, { sha: 'x', truncated: false, tree: [] });
  expect((await github.read.rest.git.getTree({ ...repo, tree_sha: 'main' })).status).toBe(200);
});

it('reads again when the connection is reset, and only so often', async () => {
  const { api, github } = connected();
  const read = () => github.read.rest.git.getTree({ ...repo, tree_sha: 'main' });
  api.get('/repos/acme/docs/git/trees/main').replyWithError(reset());
  api.get('/repos/acme/docs/git/trees/main').reply(200, { sha: 'x', truncated: false, tree: [] });
  expect((await read()).status).toBe(200);
  api.get('/repos/acme/docs/git/trees/main').times(4).replyWithError(reset());
  await expect(read()).rejects.toThrow(/socket hang up/);
  expect(api.pendingMocks()).toHaveLength(1);
});

it('sends a comment once, although the connection is reset after it arrived', async () => {
  const { api, github } = connected();
  const conversation = { nodeId: 'PR_1', head: 'c0ffee', isDraft: false, isOpen: true, base: 'main', comments: [] };
  for (let i = 0; i < 2; i += 1) api.post('/graphql', /once/).replyWithError(reset());
  await expect(addComment(github, conversation, 'once')).rejects.toThrow(/socket hang up/);
  expect(nock.pendingMocks().filter((mock) => mock.startsWith('POST') && mock.includes('/graphql'))).toHaveLength(1);
});

it('gives up an answer that does not come', async () => {
  const { api, github } = connected(undefined, undefined, 50);
  for (let i = 0; i < 3; i += 1) api.get('/repos/acme/docs/git/trees/main').delay(500).reply(200, {});
  await expect(github.read.rest.git.getTree({ ...repo, tree_sha: 'main' })).rejects.toThrow(/timeout/i);
});
