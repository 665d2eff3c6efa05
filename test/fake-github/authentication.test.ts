import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { appJwt, asApp, asInstallation, callWith } from './call-api.ts';
import { createFakeGitHub, type FakeGitHubOptions } from './fake-github.ts';

function scene(options: FakeGitHubOptions = {}) {
  const github = createFakeGitHub(options);
  const repository = github.repository('acme/docs', { 'a.md': 'a\n' });
  return { github, repository, installation: github.installationOf(repository) };
}

describe('the app', () => {
  it('is known by a token that its key signed', async () => {
    const { github } = scene();
    expect((await asApp(github)('GET', '/app')).json.slug).toBe('signpost');
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['another issuer', { iss: 7 }, 'Issuer'],
    ['a token of the future', { iat: 4_000_000_000 }, 'Issued at'],
    ['a token of the past', { exp: 1_000 }, 'must be in the future'],
    ['a token for an hour', { exp: Math.floor(Date.now() / 1_000) + 3_600 }, 'too far in the future'],
  ])('is refused with %s', async (_, claims, said) => {
    const answer = await asApp(scene().github, claims)('GET', '/app');
    expect([answer.status, answer.json.message]).toEqual([401, expect.stringContaining(said)]);
  });

  it('is refused with another key, an installation token, rubbish or nothing', async () => {
    const { github, repository } = scene();
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    const forged = `bearer ${appJwt(github, {}, privateKey)}`;
    for (const header of [forged, `token ${github.tokenFor(repository)}`, 'bearer a.b.c', undefined]) {
      expect((await callWith(github, header)('GET', '/app')).status).toBe(401);
    }
  });
});

describe('an installation', () => {
  it('gets a token for an hour, for its repositories alone', async () => {
    const { github, installation } = scene();
    github.repository('other/docs', { 'a.md': 'a\n' });
    const made = await asApp(github)('POST', `/app/installations/${installation.id}/access_tokens`);
    const call = callWith(github, `token ${made.json.token}`);
    expect((await call('GET', '/repos/acme/docs')).status).toBe(200);
    expect((await call('GET', '/repos/Acme/Docs')).status).toBe(200);
    expect((await call('GET', '/repos/other/docs')).status).toBe(404);
    expect((await call('GET', '/repos/acme/none')).status).toBe(404);
    github.advance(3_600_000);
    expect((await call('GET', '/repos/acme/docs')).status).toBe(401);
  });

  it('may narrow its token, never widen it', async () => {
    const { github, installation, repository } = scene();
    const { id } = github.repository('acme/more', { 'a.md': 'a\n' }).state;
    const ask = (body: unknown) =>
      asApp(github)('POST', `/app/installations/${installation.id}/access_tokens`, { body });
    const narrow = await ask({ repository_ids: [id], permissions: { checks: 'read' } });
    const call = callWith(github, `token ${narrow.json.token}`);
    expect((await call('GET', `/repos/${repository.fullName}`)).status).toBe(404);
    expect((await call('GET', '/repos/acme/more')).status).toBe(200);
    expect((await call('GET', '/repos/acme/more/git/trees/main')).status).toBe(403);
    expect((await ask({ permissions: { contents: 'write' } })).status).toBe(422);
    expect((await ask({ repositories: ['none'] })).status).toBe(422);
    expect((await asApp(github)('POST', '/app/installations/1/access_tokens')).status).toBe(404);
  });

  it('lacks what its permissions lack, in REST and in GraphQL', async () => {
    const { github, repository } = scene({ permissions: { contents: 'read', checks: 'read' } });
    const pull = repository.openPullRequest({ files: { 'a.md': 'b\n' } });
    const call = asInstallation(github, repository);
    const refused = await call('POST', '/repos/acme/docs/check-runs', { body: { name: 'n', head_sha: pull.headSha } });
    expect([refused.status, refused.headers.get('x-accepted-github-permissions')]).toEqual([403, 'checks=write']);
    expect((await call('GET', '/repos/acme/docs/pulls/1')).status).toBe(403);
    const query = '{ repository(owner: "acme", name: "docs") { pullRequest(number: 1) { number } } }';
    expect((await call('POST', '/graphql', { body: { query } })).json.errors).toMatchObject([{ type: 'FORBIDDEN' }]);
  });

  it('loses everything when suspended, revoked or uninstalled', async () => {
    const { github, repository, installation } = scene();
    const call = asInstallation(github, repository);
    installation.suspended = true;
    expect((await call('GET', '/repos/acme/docs')).status).toBe(403);
    expect((await asApp(github)('POST', `/app/installations/${installation.id}/access_tokens`)).status).toBe(403);
    installation.suspended = false;
    github.uninstall(repository);
    expect((await call('GET', '/repos/acme/docs')).status).toBe(404);
    github.revokeTokens();
    expect((await call('GET', '/repos/acme/docs')).status).toBe(401);
    expect((await callWith(github)('GET', '/repos/acme/docs')).status).toBe(401);
  });

  it('cannot read the fork that a pull request comes from, but its commit through the base', async () => {
    const { github, repository } = scene();
    const pull = repository.openPullRequest({ files: { 'a.md': 'b\n' }, fork: true, author: 'ben' });
    const call = asInstallation(github, repository);
    expect((await call('GET', '/repos/ben/docs')).status).toBe(404);
    expect((await call('GET', `/repos/acme/docs/git/trees/${pull.headSha}`)).status).toBe(200);
    expect((await call('GET', '/repos/acme/docs/git/ref/pull/1/head')).json.object.sha).toBe(pull.headSha);
  });
});
