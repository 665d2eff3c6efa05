import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { asApp } from './call-api.ts';
import { createFakeGitHub } from './fake-github.ts';
import type { SignedWebhook } from './webhooks.ts';

function scene() {
  const github = createFakeGitHub({ webhookSecret: 'hush' });
  const repository = github.repository('acme/docs', { 'a.md': 'a\n' });
  const pull = repository.openPullRequest({ files: { 'a.md': 'b\n' } });
  const seen: SignedWebhook[] = [];
  const answering = (status: number) => async (webhook: SignedWebhook) => {
    seen.push(webhook);
    return { status };
  };
  return { github, repository, pull, seen, answering };
}

describe('a delivery', () => {
  it('goes over HTTP, signed over its bytes', async () => {
    const { github, pull } = scene();
    const seen: { headers: NodeJS.Dict<string | string[]>; body: string }[] = [];
    const app = createServer(async (request, response) => {
      const body = (await request.toArray()).join('');
      seen.push({ headers: request.headers, body });
      response.writeHead(202).end();
    });
    await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(app.address() as AddressInfo).port}/hook`;
    const delivery = await github.deliver(pull.event('opened'), url);
    app.close();
    const { headers, body } = seen[0]!;
    expect(headers['x-hub-signature-256']).toBe(`sha256=${createHmac('sha256', 'hush').update(body).digest('hex')}`);
    expect([headers['x-github-event'], headers['x-github-delivery']]).toEqual(['pull_request', delivery.guid]);
    expect(delivery).toMatchObject({ statusCode: 202, status: 'OK', action: 'opened', url });
  });

  it('that failed is listed, and comes again with the same GUID and bytes', async () => {
    const { github, pull, seen, answering } = scene();
    let status = 500;
    const target = (webhook: SignedWebhook) => answering(status)(webhook);
    await github.deliver(pull.event('opened'), target);
    await github.deliver(pull.event('closed'), answering(200));
    const app = asApp(github);
    const failed = (await app('GET', '/app/hook/deliveries?status=failure')).json;
    expect(failed).toMatchObject([{ event: 'pull_request', action: 'opened', status_code: 500, redelivery: false }]);
    status = 200;
    await app('POST', `/app/hook/deliveries/${failed[0].id}/attempts`);
    await github.settled();
    expect(seen[2]).toEqual(seen[0]);
    const all = (await app('GET', '/app/hook/deliveries')).json;
    expect(all).toMatchObject([
      { guid: failed[0].guid, redelivery: true, status_code: 200 },
      { action: 'closed' },
      { status_code: 500 },
    ]);
    expect((await app('POST', '/app/hook/deliveries/1/attempts')).status).toBe(404);
  });

  it('without an answer is in neither list of status', async () => {
    const { github, pull, answering } = scene();
    await github.deliver(pull.event('opened'), answering(200), { lost: true });
    await github.deliver(pull.event('opened'), () => new Promise(() => {}), { timeoutMilliseconds: 10 });
    await github.deliver(pull.event('opened'), 'http://127.0.0.1:1/');
    const app = asApp(github);
    for (const status of ['success', 'failure'])
      expect((await app('GET', `/app/hook/deliveries?status=${status}`)).json).toEqual([]);
    const all = (await app('GET', '/app/hook/deliveries?per_page=2')).json as { status: string }[];
    expect(all.map(({ status }) => status)).toEqual(['failed to connect to host', 'timed out']);
  });

  it('is listed by pages with a cursor', async () => {
    const { github, pull, answering } = scene();
    for (let n = 0; n < 3; n += 1) await github.deliver(pull.event('opened'), answering(200));
    const first = await asApp(github)('GET', '/app/hook/deliveries?per_page=2');
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    const second = await asApp(github)('GET', next.replace(github.world.apiUrl, ''));
    expect(second.json.map(({ id }: { id: number }) => id)).toEqual([github.deliveries[0]?.id]);
    expect(second.headers.get('link')).toBeNull();
  });

  it('is refused where GitHub would send none', async () => {
    const github = createFakeGitHub({ events: ['pull_request'] });
    const repository = github.repository('acme/docs', { 'a.md': 'a\n' });
    const pull = repository.openPullRequest({ files: { 'a.md': 'b\n' } });
    const nowhere = async () => ({ status: 200 });
    await expect(github.deliver(repository.pushEvent('main'), nowhere)).rejects.toThrow('does not subscribe to push');
    const strange = { ...pull.event('opened'), payload: { action: 'opened' } };
    await expect(github.deliver(strange, nowhere)).rejects.toThrow('a wrong webhook');
    const away = github.repository('else/docs', { 'a.md': 'a\n' }, { installed: false });
    const other = away.openPullRequest({ files: { 'a.md': 'b\n' } });
    await expect(github.deliver(other.event('opened'), nowhere)).rejects.toThrow('no installation');
  });
});

describe('payloads', () => {
  it('tell of pushes and changed bases what was before', () => {
    const { pull, repository } = scene();
    const before = pull.headSha;
    const after = pull.push({ 'a.md': 'c\n' });
    expect(pull.event('synchronize').payload).toMatchObject({ before, after, number: 1 });
    repository.commit('next', { 'z.md': 'z\n' });
    pull.retarget('next');
    expect(pull.event('edited').payload).toMatchObject({
      changes: { base: { ref: { from: 'main' } } },
      pull_request: { base: { ref: 'next' } },
    });
  });

  it('name no pull request and no branch for the head of a fork', () => {
    const { repository, pull } = scene();
    const fork = repository.openPullRequest({ files: { 'b.md': 'b\n' }, fork: true, author: 'ben' });
    expect(repository.checkSuiteEvent(fork.headSha, 'rerequested').payload.check_suite).toMatchObject({
      pull_requests: [],
      head_branch: null,
    });
    expect(repository.checkSuiteEvent(pull.headSha, 'rerequested').payload.check_suite).toMatchObject({
      pull_requests: [{ number: 1 }],
      head_branch: 'change-1',
    });
  });

  it('press only buttons that a check run has', () => {
    const { repository, pull } = scene();
    const run = repository.otherAppCheckRun('linter', { name: 'lint', head_sha: pull.headSha });
    expect(() => repository.checkRunEvent(run, { requested: 'recheck' })).toThrow('no button recheck');
  });
});
