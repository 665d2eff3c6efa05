import { describe, expect, it } from 'vitest';
import { asInstallation } from './call-api.ts';
import { createFakeGitHub } from './fake-github.ts';
import type { Fault } from './faults.ts';
import { objectId } from './git-objects.ts';

function scene() {
  const github = createFakeGitHub();
  const repository = github.repository('acme/docs', { 'a.md': 'alpha beta\n', 'b.md': 'b\n' });
  const pull = repository.openPullRequest({ files: { 'a.md': 'gamma\n' } });
  return { github, repository, pull, call: asInstallation(github, repository) };
}
const at = '/repos/acme/docs';
const run = (head_sha: string) => ({ body: { name: 'docs', head_sha } });

describe('faults', () => {
  it('strike the occurrence they were planned for, and no other operation', async () => {
    const { github, call, pull } = scene();
    github.faults.add('pulls/get', { kind: 'status', status: 502 }, { from: 2, times: 2 });
    const statuses: number[] = [];
    for (let n = 0; n < 4; n += 1) statuses.push((await call('GET', `${at}/pulls/1`)).status);
    expect(statuses).toEqual([200, 502, 502, 200]);
    expect((await call('POST', `${at}/check-runs`, run(pull.headSha))).status).toBe(201);
    expect(github.faults.pending).toEqual([]);
  });

  it('tell a secondary limit, with and without the time to wait', async () => {
    const { github, call } = scene();
    github.faults.add('*', { kind: 'secondary-limit', status: 403 });
    github.faults.add('*', { kind: 'secondary-limit', status: 429, retryAfter: 7 });
    const one = await call('GET', at);
    const two = await call('GET', at);
    expect([one.status, one.headers.get('retry-after'), one.json.message]).toEqual([
      403,
      null,
      expect.stringMatching(/secondary rate limit/),
    ]);
    expect([two.status, two.headers.get('retry-after')]).toEqual([429, '7']);
  });

  it('break the connection before or after GitHub acted', async () => {
    const { github, call, pull, repository } = scene();
    github.faults.add('checks/create', { kind: 'reset' });
    github.faults.add('checks/create', { kind: 'response-lost' });
    await expect(call('POST', `${at}/check-runs`, run(pull.headSha))).rejects.toThrow('fetch failed');
    expect(repository.checkRunsFor(pull.headSha)).toHaveLength(0);
    await expect(call('POST', `${at}/check-runs`, run(pull.headSha))).rejects.toThrow('fetch failed');
    expect(repository.checkRunsFor(pull.headSha)).toHaveLength(1);
    expect(github.calls('checks/create').map(({ status, fault }) => [status, fault?.kind])).toEqual([
      [0, 'reset'],
      [201, 'response-lost'],
    ]);
  });

  it('hang until the caller gives up, or only delay', async () => {
    const { github, call } = scene();
    github.faults.add('repos/get', { kind: 'hang' });
    await expect(call('GET', at, { signal: AbortSignal.timeout(20) })).rejects.toThrow(/timeout/);
    github.faults.add('repos/get', { kind: 'delay', milliseconds: 30 });
    expect((await call('GET', at)).status).toBe(200);
    expect(github.calls('repos/get').at(-1)?.milliseconds).toBeGreaterThanOrEqual(25);
  });

  it('hang no longer than the fake lives', async () => {
    const { github, call } = scene();
    github.faults.add('repos/get', { kind: 'hang' });
    const broken = expect(call('GET', at)).rejects.toThrow('fetch failed');
    while (github.calls('repos/get').length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    await github.stop();
    await broken;
  });

  it('cut a tree', async () => {
    const { github, call } = scene();
    github.faults.add('git/get-tree', { kind: 'truncated-tree', keep: 1 });
    expect((await call('GET', `${at}/git/trees/main?recursive=1`)).json).toMatchObject({
      truncated: true,
      tree: [{ path: 'a.md' }],
    });
  });

  it('spoil texts so that their hash tells', async () => {
    const { github, call, repository } = scene();
    const oid = repository.state.git.filesOf(repository.defaultBranchSha).get('a.md')?.oid;
    const query = `{ repository(owner: "acme", name: "docs") { a: object(oid: "${oid}") { ... on Blob { text isTruncated } } } }`;
    const read = async () => (await call('POST', '/graphql', { body: { query } })).json.data.repository.a;
    github.faults.add('graphql', { kind: 'truncated-text' });
    github.faults.add('graphql', { kind: 'wrong-text' });
    expect(await read()).toEqual({ text: 'alpha', isTruncated: true });
    const wrong = await read();
    expect(wrong.isTruncated).toBe(false);
    expect(objectId('blob', Buffer.from(wrong.text))).not.toBe(oid);
    expect(objectId('blob', Buffer.from((await read()).text))).toBe(oid);
    github.faults.add('git/get-blob', { kind: 'wrong-text' });
    const blob = (await call('GET', `${at}/git/blobs/${oid}`)).json;
    expect(objectId('blob', Buffer.from(blob.content, 'base64'))).not.toBe(oid);
  });

  it('leave parts of a GraphQL answer out, with errors', async () => {
    const { github, call } = scene();
    github.faults.add('graphql', { kind: 'graphql-errors', fields: 1 });
    const query = '{ repository(owner: "acme", name: "docs") { name nameWithOwner } }';
    expect((await call('POST', '/graphql', { body: { query } })).json).toMatchObject({
      data: { repository: { name: null, nameWithOwner: 'acme/docs' } },
      errors: [{ path: ['repository', 'name'] }],
    });
  });

  it('refuse a mutation, or spoil what it shows once it is done', async () => {
    const { github, call, pull } = scene();
    const query = '{ repository(owner: "acme", name: "docs") { pullRequest(number: 1) { id } } }';
    const subjectId = (await call('POST', '/graphql', { body: { query } })).json.data.repository.pullRequest.id;
    const add = async (fault: Fault) => {
      github.faults.add('graphql/add-comment', fault);
      const mutation = `mutation($input: AddCommentInput!) { addComment(input: $input) { commentEdge { node { body } }
        subject { ... on PullRequest { comments(last: 9) { nodes { body } } } } } }`;
      const variables = { input: { subjectId, body: fault.kind } };
      const { data, errors } = (await call('POST', '/graphql', { body: { query: mutation, variables } })).json;
      const bodies = data?.addComment.subject?.comments.nodes.map(({ body }: { body: string }) => body);
      return [bodies ?? null, errors?.length ?? 0, pull.comments.length];
    };
    expect(await add({ kind: 'graphql-refusal', type: 'FORBIDDEN', message: 'No' })).toEqual([null, 1, 0]);
    const happens = () => pull.comment('ann', 'between');
    expect(await add({ kind: 'meanwhile', happens })).toEqual([['meanwhile', 'between'], 0, 2]);
    expect(await add({ kind: 'stale-comments' })).toEqual([['meanwhile', 'between'], 0, 3]);
    expect(await add({ kind: 'graphql-errors', fields: 2 })).toEqual([null, 2, 4]);
  });

  it('kill everything after some requests, until cleared', async () => {
    const { github, call, pull, repository } = scene();
    github.killSwitch(1);
    expect((await call('GET', at)).status).toBe(200);
    await expect(call('POST', `${at}/check-runs`, run(pull.headSha))).rejects.toThrow();
    await expect(call('GET', at)).rejects.toThrow();
    expect(repository.checkRunsFor(pull.headSha)).toHaveLength(0);
    github.faults.clear();
    expect((await call('GET', at)).status).toBe(200);
  });
});
