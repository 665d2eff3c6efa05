import { describe, expect, it } from 'vitest';
import { handlers } from './answer-request.ts';
import { asApp, asInstallation } from './call-api.ts';
import { createContract } from './contract.ts';
import { createFakeGitHub } from './fake-github.ts';
import type { WebhookEvent } from './webhook-payloads.ts';

/** A little of everything: pull requests with and without fork, a check run, comments, a delivery. */
async function busyGitHub() {
  const github = createFakeGitHub();
  const repository = github.repository('acme/docs', {
    'README.md': '# Docs\n',
    'docs/a.md': 'one\ntwo\nthree\n',
    'docs/link.md': { symlink: 'a.md' },
    'docs/lost.md': { symlink: 'nowhere.md' },
    'bin/run.sh': { executable: '#!/bin/sh\n' },
    'logo.png': new Uint8Array([137, 80, 78, 71, 0, 1]),
    theme: { submodule: '1'.repeat(40) },
  });
  const pull = repository.openPullRequest({ files: { 'docs/a.md': 'one\n2\nthree\n', 'docs/b.md': 'new\n' } });
  const forked = repository.openPullRequest({
    files: { 'docs/c.md': 'new\n' },
    fork: true,
    author: 'ben',
    draft: true,
  });
  const call = asInstallation(github, repository);
  const run = await call('POST', '/repos/acme/docs/check-runs', {
    body: { name: 'docs', head_sha: pull.headSha, output: { title: 't', summary: 's' } },
  });
  const comment = pull.comment('cleo', 'hello');
  const delivery = await github.deliver(pull.event('opened'), async () => ({ status: 200 }));
  return { github, repository, pull, forked, call, run: run.json.id as number, comment, delivery };
}

describe('every operation of the slice', () => {
  it('has a handler, and every handler an operation', () => {
    const operations = createContract().operations.map(({ id }) => id);
    expect(Object.keys(handlers).toSorted()).toEqual(operations.toSorted());
  });

  it('is answered as its description says', async () => {
    const { github, call, pull, forked, run, comment, delivery, repository } = await busyGitHub();
    const app = asApp(github);
    const installation = github.installationOf(repository).id;
    const blob = repository.state.git.filesOf(pull.headSha).get('docs/a.md')?.oid;
    const at = '/repos/acme/docs';
    const reads = [
      ['', 'branches/main', `check-runs/${run}`, `check-runs/${run}/annotations`, 'collaborators/ann/permission'],
      ['commits/main', `commits/${pull.headSha}/check-runs`, `commits/${pull.headSha}/pulls`],
      [`compare/main...${pull.headSha}`, `compare/${pull.headSha}...main`, 'compare/main...ben:change-2'],
      ['contents/', 'contents/docs', 'contents/docs%2Fa.md', 'contents/docs/link.md', 'contents/docs/lost.md'],
      ['contents/theme', `contents/docs/c.md?ref=refs/pull/${forked.number}/head`, `git/blobs/${blob}`],
      ['git/ref/heads%2Fmain', 'git/matching-refs/heads/', 'git/trees/main', `git/trees/${pull.headSha}?recursive=1`],
      [`issues/comments/${comment.id}`, 'issues/1/comments', 'pulls', 'pulls?state=all&sort=updated&direction=asc'],
      ['pulls/1', 'pulls/2', 'pulls/1/files'],
    ].flat();
    for (const path of reads) {
      const { status, json } = await call('GET', path === '' ? at : `${at}/${path}`);
      expect([path, status, json?.message]).toEqual([path, 200, undefined]);
    }
    expect((await call('GET', `${at}/tarball/main`)).status).toBe(302);
    expect((await call('GET', '/installation/repositories')).json.total_count).toBe(1);
    expect((await call('GET', '/rate_limit')).json.resources.core.limit).toBe(5000);
    const changes: [string, string, unknown, number][] = [
      ['PATCH', `check-runs/${run}`, { status: 'completed', conclusion: 'success' }, 200],
      ['POST', 'issues/1/comments', { body: 'said' }, 201],
      ['PATCH', `issues/comments/${comment.id}`, { body: 'edited' }, 200],
      ['POST', `issues/comments/${comment.id}/reactions`, { content: 'eyes' }, 201],
      ['POST', `issues/comments/${comment.id}/reactions`, { content: 'eyes' }, 200],
      ['DELETE', `issues/comments/${comment.id}`, undefined, 204],
    ];
    for (const [method, path, body, status] of changes) {
      expect([path, (await call(method, `${at}/${path}`, { body })).status]).toEqual([path, status]);
    }
    for (const path of ['/app', '/app/installations', `/app/installations/${installation}`, '/app/hook/deliveries']) {
      expect([path, (await app('GET', path)).status]).toEqual([path, 200]);
    }
    expect((await app('GET', `/app/hook/deliveries/${delivery.id}`)).json.request.payload.action).toBe('opened');
    expect((await app('POST', `/app/hook/deliveries/${delivery.id}/attempts`)).status).toBe(202);
    const token = await app('POST', `/app/installations/${installation}/access_tokens`, {
      body: { repositories: ['docs'], permissions: { checks: 'read' } },
    });
    expect(token.status).toBe(201);
    const called = new Set(github.requests.map(({ operationId }) => operationId));
    expect(Object.keys(handlers).filter((id) => !called.has(id))).toEqual([]);
    await github.stop();
  });
});

describe('every webhook of the slice', () => {
  it('is built as its description says', async () => {
    const { github, repository, pull, forked, comment } = await busyGitHub();
    const mine = repository.checkRunsFor(pull.headSha)[0]!;
    mine.actions = [{ label: 'Check again', description: 'Reads the docs again', identifier: 'recheck' }];
    const others = repository.otherAppCheckRun('linter', {
      name: 'lint',
      head_sha: forked.headSha,
      conclusion: 'success',
    });
    const group = repository.mergeGroup(pull);
    const said = (): WebhookEvent[] => [
      ...(['opened', 'reopened', 'ready_for_review', 'converted_to_draft', 'closed'] as const).map((one) =>
        pull.event(one),
      ),
      forked.event('opened'),
      pull.event('edited'),
      repository.checkRunEvent(others, 'created'),
      repository.checkRunEvent(others, 'completed'),
      repository.checkRunEvent(mine, 'rerequested'),
      repository.checkRunEvent(mine, { requested: 'recheck' }),
      repository.checkSuiteEvent(pull.headSha, 'requested'),
      repository.checkSuiteEvent(forked.headSha, 'rerequested'),
      pull.commentEvent(comment, 'created'),
      pull.commentEvent(comment, { editedFrom: 'before' }),
      pull.commentEvent(comment, 'deleted'),
      group.checksRequested(),
      group.destroy('dequeued'),
      repository.pushEvent('main'),
      github.installationEvent(repository, 'created'),
      github.installationEvent(repository, 'deleted'),
      github.repositoriesAddedEvent(repository),
    ];
    const events = said();
    forked.push({ 'docs/c.md': 'newer\n' });
    events.push(forked.event('synchronize'));
    forked.deleteFork();
    events.push(forked.event('closed'));
    events.push(github.uninstall(repository));
    const contract = createContract();
    for (const { name, payload } of events) expect(contract.checkWebhook(name, payload)).toEqual([]);
    expect(events.at(-2)?.payload.pull_request).toMatchObject({ head: { repo: null } });
  });
});
