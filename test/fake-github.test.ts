import { describe, expect, it } from 'vitest';
import { asApp, asInstallation } from './fake-github/call-api.ts';
import { createFakeGitHub } from './fake-github/fake-github.ts';

function scene() {
  const github = createFakeGitHub();
  const repository = github.repository('acme/docs', { 'README.md': '# Docs\n', 'docs/a.md': 'a\n' });
  const pull = repository.openPullRequest({ files: { 'docs/a.md': 'b\n' }, author: 'ann' });
  return { github, repository, pull, call: asInstallation(github, repository) };
}
const at = '/repos/acme/docs';

describe('check runs', () => {
  const run = (head_sha: string, more: object = {}) => ({
    body: { name: 'docs', head_sha, external_id: 'pr:1', ...more },
  });
  const annotation = { path: 'docs/a.md', start_line: 1, end_line: 1, annotation_level: 'warning', message: 'm' };

  it('are new with every creation, and the newest counts', async () => {
    const { call, pull, repository } = scene();
    const gate = () => repository.requiredCheck(pull.headSha, 'docs');
    expect(gate()).toBe('expected');
    const first = await call('POST', `${at}/check-runs`, run(pull.headSha));
    expect(gate()).toBe('pending');
    await call('PATCH', `${at}/check-runs/${first.json.id}`, { body: { conclusion: 'failure' } });
    expect(gate()).toBe('failing');
    const second = await call(
      'POST',
      `${at}/check-runs`,
      run(pull.headSha, { status: 'completed', conclusion: 'neutral' }),
    );
    expect(second.json.id).not.toBe(first.json.id);
    expect(gate()).toBe('passing');
    const list = async (query: string) => (await call('GET', `${at}/commits/${pull.headSha}/check-runs${query}`)).json;
    expect((await list('')).check_runs.map(({ id }: { id: number }) => id)).toEqual([second.json.id]);
    expect((await list('?filter=all')).total_count).toBe(2);
    expect((await list('?filter=all&status=queued')).total_count).toBe(0);
    expect((await list('?check_name=other')).total_count).toBe(0);
    expect((await list('?app_id=7')).total_count).toBe(0);
  });

  it('cannot be opened again, but may change their conclusion', async () => {
    const { call, pull } = scene();
    const { id } = (await call('POST', `${at}/check-runs`, run(pull.headSha, { conclusion: 'failure' }))).json;
    const again = await call('PATCH', `${at}/check-runs/${id}`, { body: { status: 'in_progress' } });
    expect([again.status, again.json.message]).toEqual([422, expect.stringContaining('cannot become in_progress')]);
    const changed = await call('PATCH', `${at}/check-runs/${id}`, { body: { conclusion: 'success' } });
    expect(changed.json).toMatchObject({ id, status: 'completed', conclusion: 'success' });
  });

  it('collect the annotations of every update', async () => {
    const { call, pull } = scene();
    const output = { title: 't', summary: 's', annotations: [annotation] };
    const { id } = (await call('POST', `${at}/check-runs`, run(pull.headSha, { output }))).json;
    const more = { summary: 'more', annotations: [annotation, annotation] };
    const updated = await call('PATCH', `${at}/check-runs/${id}`, { body: { output: more } });
    expect(updated.json.output).toMatchObject({ title: 't', summary: 'more', annotations_count: 3 });
    const page = await call('GET', `${at}/check-runs/${id}/annotations?per_page=2`);
    expect(page.json).toHaveLength(2);
    expect(page.headers.get('link')).toContain('page=2>; rel="next"');
  });

  it('need a commit, and belong to the app that made them', async () => {
    const { call, pull, repository } = scene();
    expect((await call('POST', `${at}/check-runs`, run('0'.repeat(40)))).status).toBe(422);
    const other = repository.otherAppCheckRun('linter', {
      name: 'docs',
      head_sha: pull.headSha,
      conclusion: 'success',
    });
    expect((await call('PATCH', `${at}/check-runs/${other.id}`, { body: { conclusion: 'failure' } })).status).toBe(403);
    expect((await call('GET', `${at}/check-runs/1`)).status).toBe(404);
    expect(repository.requiredCheck(pull.headSha, 'docs')).toBe('expected');
  });
});

describe('pull requests', () => {
  it('move with pushes, merges and changes of their base', async () => {
    const { call, pull, repository } = scene();
    const head = pull.push({ 'docs/a.md': 'c\n' });
    repository.commit('main', { 'docs/other.md': 'o\n' });
    const compared = (await call('GET', `${at}/compare/main...${head}?per_page=1`)).json;
    expect(compared).toMatchObject({
      status: 'diverged',
      ahead_by: 2,
      behind_by: 1,
      files: [{ filename: 'docs/a.md' }],
    });
    expect(compared.commits).toHaveLength(1);
    expect(compared.merge_base_commit.sha).toBe(pull.baseSha);
    expect((await call('GET', `${at}/pulls/1`)).json).toMatchObject({ mergeable: true, commits: 2, changed_files: 1 });
    const forced = pull.push({ 'docs/b.md': 'b\n' }, { force: true });
    expect((await call('GET', `${at}/pulls/1/files`)).json).toMatchObject([{ filename: 'docs/b.md', status: 'added' }]);
    expect((await call('GET', `${at}/commits/${forced}/pulls`)).json).toMatchObject([{ number: 1 }]);
    const merge = pull.merge();
    expect((await call('GET', `${at}/pulls/1`)).json).toMatchObject({
      state: 'closed',
      merged: true,
      merge_commit_sha: merge,
    });
    expect((await call('GET', `${at}/pulls`)).json).toEqual([]);
  });

  it('close, reopen, become drafts, and cannot merge over a conflict', async () => {
    const { call, pull, repository } = scene();
    pull.setDraft(true);
    pull.close();
    expect((await call('GET', `${at}/pulls?state=closed`)).json).toMatchObject([{ draft: true, state: 'closed' }]);
    pull.reopen();
    repository.commit('main', { 'docs/a.md': 'elsewhere\n' });
    expect((await call('GET', `${at}/pulls/1`)).json).toMatchObject({ state: 'open', mergeable: false });
    expect(pull.mergeable).toBe(false);
    expect(() => pull.merge()).toThrow('conflict');
  });

  it('outlive their fork', async () => {
    const { call, repository } = scene();
    const fork = repository.openPullRequest({ files: { 'docs/c.md': 'c\n' }, fork: true, author: 'ben' });
    expect((await call('GET', `${at}/pulls/2`)).json.head).toMatchObject({
      label: 'ben:change-2',
      repo: { fork: true },
    });
    fork.deleteFork();
    expect((await call('GET', `${at}/pulls/2`)).json.head).toMatchObject({ sha: fork.headSha, repo: null });
    expect(() => fork.push({})).toThrow('deleted');
    expect((await call('GET', `${at}/git/trees/${fork.headSha}`)).status).toBe(200);
  });

  it('go through the merge queue together', async () => {
    const { call, pull, repository } = scene();
    const other = repository.openPullRequest({ files: { 'docs/z.md': 'z\n' } });
    const group = repository.mergeGroup(pull, other);
    expect(group.state.headRef).toBe(`refs/heads/gh-readonly-queue/main/pr-2-${other.headSha}`);
    const compared = (await call('GET', `${at}/compare/${group.baseSha}...${group.headSha}`)).json;
    expect(compared.files.map(({ filename }: { filename: string }) => filename)).toEqual(['docs/a.md', 'docs/z.md']);
    expect(group.destroy('merged').payload).toMatchObject({ action: 'destroyed', reason: 'merged' });
    expect([repository.defaultBranchSha, other.state.mergedAt !== null]).toEqual([group.headSha, true]);
  });
});

describe('comments', () => {
  it('are listed in the order they were made, edited and deleted by anybody with the permission', async () => {
    const { call, pull } = scene();
    const said = pull.comment('cleo', 'hello');
    const mine = (await call('POST', `${at}/issues/1/comments`, { body: { body: 'hi' } })).json;
    expect(mine).toMatchObject({
      user: { login: 'signpost[bot]', type: 'Bot' },
      performed_via_github_app: { slug: 'signpost' },
    });
    expect((await call('GET', `${at}/issues/1/comments`)).json).toMatchObject([
      { body: 'hello', performed_via_github_app: null },
      { body: 'hi' },
    ]);
    await call('PATCH', `${at}/issues/comments/${said.id}`, { body: { body: 'changed' } });
    expect(pull.comments[0]?.body).toBe('changed');
    await call('DELETE', `${at}/issues/comments/${mine.id}`);
    expect(pull.comments).toHaveLength(1);
    expect((await call('GET', `${at}/issues/comments/${mine.id}`)).status).toBe(404);
    pull.editComment(said, 'again');
    pull.deleteComment(said);
    expect((await call('GET', `${at}/issues/1/comments`)).json).toEqual([]);
  });

  it('need a conversation that is open', async () => {
    const { call, pull } = scene();
    expect((await call('POST', `${at}/issues/9/comments`, { body: { body: 'hi' } })).status).toBe(404);
    pull.lock();
    expect((await call('POST', `${at}/issues/1/comments`, { body: { body: 'hi' } })).status).toBe(403);
  });
});

describe('collaborators', () => {
  it('have the permission of their role', async () => {
    const { github, call, repository, pull } = scene();
    repository.collaborator('mia', 'maintain');
    repository.collaborator('tom', 'triage');
    pull.comment('eve', 'hello');
    const level = async (name: string) => {
      const { status, json } = await call('GET', `${at}/collaborators/${name}/permission`);
      return status === 200 ? [json.permission, json.role_name] : status;
    };
    expect(await level('mia')).toEqual(['write', 'maintain']);
    expect(await level('tom')).toEqual(['read', 'triage']);
    expect(await level('eve')).toEqual(['read', 'read']);
    repository.state.private = true;
    expect(await level('eve')).toEqual(['none', 'none']);
    expect(await level('nobody')).toBe(404);
    await github.stop();
  });
});

describe('content', () => {
  it('comes as trees, blobs and raw bytes', async () => {
    const { github, call, repository } = scene();
    const tree = (await call('GET', `${at}/git/trees/main?recursive=1`)).json;
    const entries: { path: string; type: string; sha: string }[] = tree.tree;
    expect(entries.map(({ path, type }) => `${type} ${path}`)).toEqual([
      'blob README.md',
      'tree docs',
      'blob docs/a.md',
    ]);
    const blob = (await call('GET', `${at}/git/blobs/${entries[2]?.sha}`)).json;
    expect(Buffer.from(blob.content, 'base64').toString()).toBe('a\n');
    const raw = await call('GET', `${at}/contents/docs/a.md`, {
      headers: { accept: 'application/vnd.github.raw+json' },
    });
    expect(raw.bytes.toString()).toBe('a\n');
    github.world.sizes.treeEntries = 2;
    expect((await call('GET', `${at}/git/trees/main?recursive=1`)).json).toMatchObject({ truncated: true });
    expect((await call('GET', `${at}/git/trees/none`)).status).toBe(404);
    expect((await call('GET', `${at}/contents/none.md`)).status).toBe(404);
    expect((await call('GET', `${at}/commits/${'0'.repeat(40)}`)).status).toBe(422);
    const orphan = repository.commitOrphan('orphan', { 'x.md': 'x\n' });
    expect((await call('GET', `${at}/compare/main...${orphan}`)).json.message).toContain('No common ancestor');
    const empty = github.repository('acme/empty');
    const other = asInstallation(github, empty);
    expect((await other('GET', '/repos/acme/empty/git/trees/main')).status).toBe(409);
  });
});

describe('limits', () => {
  it('count calls, but not those that changed nothing', async () => {
    const { github, call, repository } = scene();
    const first = await call('GET', at);
    expect(first.headers.get('x-ratelimit-remaining')).toBe('4999');
    const again = await call('GET', at, { headers: { 'if-none-match': first.headers.get('etag') ?? '' } });
    expect([again.status, again.bytes.length, again.headers.get('x-ratelimit-remaining')]).toEqual([304, 0, '4999']);
    github.installationOf(repository).limits.core.remaining = 0;
    const over = await call('GET', at);
    expect([over.status, over.headers.get('x-ratelimit-remaining'), over.json.message]).toEqual([
      403,
      '0',
      expect.stringContaining('rate limit exceeded'),
    ]);
    expect((await call('GET', '/rate_limit')).json.rate.remaining).toBe(0);
    github.advance(3_600_000);
    expect((await asInstallation(github, repository)('GET', at)).status).toBe(200);
  });

  it('count points, and refuse when told to', async () => {
    const { github, call, repository, pull } = scene();
    await call('GET', at);
    await call('POST', `${at}/issues/1/comments`, { body: { body: 'hi' } });
    const installation = github.installationOf(repository);
    expect(github.limits.points(installation, 'core')).toBe(6);
    github.limits.enforceSecondary = true;
    let last = 0;
    for (let n = 0; n < 179 && last !== 403; n += 1) {
      last = (await call('PATCH', `${at}/issues/comments/${pull.comments[0]?.id}`, { body: { body: `${n}` } })).status;
    }
    expect(last).toBe(403);
    github.advance(60_000);
    expect(github.limits.points(installation, 'core')).toBe(0);
  });

  it('lets an installation create 80 contents a minute and 500 an hour', async () => {
    const { github, call } = scene();
    github.limits.enforceSecondary = true;
    const post = async () => (await call('POST', `${at}/issues/1/comments`, { body: { body: 'hi' } })).status;
    let created = 0;
    for (; (await post()) === 201; created += 1);
    expect(created).toBe(80);
    for (let minute = 1; minute < 10; minute += 1) {
      github.advance(60_000);
      while ((await post()) === 201) created += 1;
    }
    expect(created).toBe(500);
  });
});

describe('the server', () => {
  it('answers over HTTP as it does without, and breaks off what hangs', async () => {
    const { github, repository } = scene();
    const url = await github.start();
    const headers = { authorization: `token ${github.tokenFor(repository)}` };
    const response = await fetch(`${url}${at}/pulls/1`, { headers });
    expect(response.headers.get('x-github-request-id')).toMatch(/^[0-9A-F]+$/);
    expect(await response.json()).toMatchObject({ url: `${url}${at}/pulls/1` });
    github.faults.add('repos/get', { kind: 'reset' });
    await expect(fetch(url + at, { headers })).rejects.toThrow('fetch failed');
    github.faults.add('repos/get', { kind: 'hang' });
    const hanging = fetch(url + at, { headers });
    const broken = expect(hanging).rejects.toThrow('fetch failed');
    while (github.calls('repos/get').length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    await github.stop();
    await broken;
  });

  it('records each request with its operation', async () => {
    const { github, call, repository } = scene();
    await call('GET', `${at}/pulls/1`);
    expect(github.calls('pulls/get')).toMatchObject([
      { method: 'GET', target: `${at}/pulls/1`, status: 200, installationId: github.installationOf(repository).id },
    ]);
  });

  it('ends with an error when a request broke the contract', async () => {
    const { github, call } = scene();
    expect((await call('GET', `${at}/pulls?perpage=5`)).status).toBe(422);
    expect((await call('GET', `${at}/topics`)).status).toBe(404);
    expect((await call('GET', at, { headers: { 'x-github-api-version': '2020-01-01' } })).status).toBe(400);
    await expect(github.stop()).rejects.toThrow(/perpage[\s\S]*topics[\s\S]*2020-01-01/);
    await github.stop();
  });

  it('refuses what is no JSON, and other hosts', async () => {
    const { github, repository } = scene();
    const headers = { authorization: `token ${github.tokenFor(repository)}` };
    const response = await github.fetch(`https://api.github.com${at}/check-runs`, {
      method: 'POST',
      headers,
      body: '{',
    });
    expect(response.status).toBe(400);
    await expect(github.fetch('https://example.com/')).rejects.toThrow('fetch failed');
    expect(github.takeViolations()).toHaveLength(1);
  });
});

describe('lists', () => {
  it('come by pages with links', async () => {
    const { call, pull } = scene();
    for (let n = 0; n < 5; n += 1) pull.comment('cleo', `${n}`);
    const middle = await call('GET', `${at}/issues/1/comments?per_page=2&page=2`);
    expect(middle.json.map(({ body }: { body: string }) => body)).toEqual(['2', '3']);
    const links = [...(middle.headers.get('link') ?? '').matchAll(/[?&]page=(\d)>; rel="(\w+)"/g)].map(
      ([, page, rel]) => `${rel} ${page}`,
    );
    expect(links).toEqual(['prev 1', 'next 3', 'last 3', 'first 1']);
  });

  it('name the installations of the app', async () => {
    const { github } = scene();
    github.repository('other/docs', { 'a.md': 'a\n' });
    const { json } = await asApp(github)('GET', '/app/installations');
    expect(json.map(({ account }: { account: { login: string } }) => account.login)).toEqual(['acme', 'other']);
  });
});
