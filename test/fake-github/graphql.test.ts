import { describe, expect, it } from 'vitest';
import { asInstallation } from './call-api.ts';
import { createFakeGitHub } from './fake-github.ts';

function scene() {
  const github = createFakeGitHub();
  const repository = github.repository('acme/docs', {
    'a.md': '\uFEFFalpha\r\n',
    'b.png': new Uint8Array([0, 1]),
    'latin.md': new Uint8Array([0x63, 0x61, 0x66, 0xe9]),
    'long.md': 'x'.repeat(600_000),
  });
  const pull = repository.openPullRequest({ files: { 'c/d.md': 'd\n' }, fork: true, author: 'ben', draft: true });
  const call = asInstallation(github, repository);
  const ask = async (query: string, variables?: object) =>
    (await call('POST', '/graphql', { body: { query, variables } })).json;
  const oid = (path: string) => repository.state.git.filesOf(pull.headSha).get(path)?.oid ?? '';
  return { github, repository, pull, ask, oid, call };
}

describe('a query', () => {
  it('reads many blobs by aliases, null where there is none', async () => {
    const { ask, oid } = scene();
    const paths = ['a.md', 'b.png', 'latin.md', 'long.md'];
    const fields = paths.map((path, at) => `b${at}: object(oid: "${oid(path)}") { ...blob }`).join(' ');
    const query = `query Read($owner: String!, $name: String!) {
      # comments and commas, are skipped
      repository(owner: $owner, name: $name) { ${fields} none: object(oid: "${'0'.repeat(40)}") { oid } }
      rateLimit { cost remaining }
    }
    fragment blob on Blob { __typename oid text isTruncated isBinary byteSize }`;
    const { data, errors } = await ask(query, { owner: 'acme', name: 'docs' });
    expect(errors).toBeUndefined();
    const { b0, b1, b2, b3, none } = data.repository;
    expect(b0).toEqual({
      __typename: 'Blob',
      oid: oid('a.md'),
      text: '\uFEFFalpha\r\n',
      isTruncated: false,
      isBinary: false,
      byteSize: 10,
    });
    expect(b1).toMatchObject({ text: null, isBinary: true });
    expect(b2).toMatchObject({ text: 'café', byteSize: 4 });
    expect([b3.text.length, b3.isTruncated, b3.byteSize]).toEqual([512_000, true, 600_000]);
    expect([none, data.rateLimit]).toEqual([null, { cost: 1, remaining: 4_999 }]);
  });

  it('reads a pull request and its comments by pages', async () => {
    const { ask, pull, call } = scene();
    for (const text of ['one', 'two', 'three']) pull.comment('cleo', text);
    pull.comment('ghost', 'gone');
    pull.hideComment(pull.comments[0]!);
    await call('POST', '/repos/acme/docs/issues/1/comments', { body: { body: 'mine' } });
    const query = `query($after: String) { repository(owner: "acme", name: "docs") { pullRequest(number: 1) {
      headRefOid isDraft state isCrossRepository author { __typename login }
      comments(first: 3, after: $after) {
        totalCount pageInfo { hasNextPage endCursor }
        nodes { fullDatabaseId databaseId body isMinimized viewerDidAuthor author { login ... on Bot { databaseId } } }
      } } } }`;
    const first = (await ask(query)).data.repository.pullRequest;
    expect(first).toMatchObject({
      headRefOid: pull.headSha,
      ...{ isDraft: true, state: 'OPEN', isCrossRepository: true, author: { __typename: 'User', login: 'ben' } },
      comments: {
        totalCount: 5,
        pageInfo: { hasNextPage: true },
        nodes: [{ body: 'one', isMinimized: true, databaseId: null }, {}, {}],
      },
    });
    const rest = (await ask(query, { after: first.comments.pageInfo.endCursor })).data.repository.pullRequest.comments;
    expect(rest.nodes).toMatchObject([
      { body: 'gone', author: null },
      {
        body: 'mine',
        author: { login: 'signpost' },
        viewerDidAuthor: true,
        fullDatabaseId: String(pull.comments.at(-1)?.id),
      },
    ]);
    expect(rest.pageInfo.hasNextPage).toBe(false);
    const last =
      'query { repository(owner: "acme", name: "docs") { pullRequest(number: 1) { comments(last: 1) { edges { cursor node { body } } } } } }';
    expect((await ask(last)).data.repository.pullRequest.comments.edges).toMatchObject([{ node: { body: 'mine' } }]);
  });

  it('reads a merge queue, entry by entry, where the app may', async () => {
    const { ask, github, repository } = scene();
    const [a, b, c] = ['a', 'b', 'c'].map((name) => repository.openPullRequest({ files: { [`${name}.txt`]: name } }));
    const first = repository.mergeGroup(a!, b!);
    const second = repository.mergeGroupBehind(first, c!);
    const query = `{ repository(owner: "acme", name: "docs") { mergeQueue(branch: "main") { entries(first: 5) {
      nodes { position headCommit { oid } baseCommit { oid } pullRequest { number } } } } } }`;
    const { nodes } = (await ask(query)).data.repository.mergeQueue.entries;
    expect(nodes).toMatchObject([
      { position: 1, baseCommit: { oid: first.baseSha }, pullRequest: { number: a!.number } },
      { position: 2, headCommit: { oid: first.headSha }, pullRequest: { number: b!.number } },
      { position: 3, baseCommit: { oid: first.headSha }, headCommit: { oid: second.headSha } },
    ]);
    second.destroy('dequeued');
    first.destroy('merged');
    expect((await ask(query)).data.repository.mergeQueue).toBeNull();
    delete github.installationOf(repository).permissions.merge_queues;
    expect((await ask(query)).errors[0].type).toBe('FORBIDDEN');
  });

  it('finds pull requests by the name of their branch, or by a commit that no branch has yet', async () => {
    const { ask, pull, repository } = scene();
    const here = repository.openPullRequest({ files: { 'e.md': 'e\n' }, branch: 'same' });
    repository.commit('next', { 'next.md': 'n\n' });
    const closed = repository.openPullRequest({ files: { 'f.md': 'f\n' }, branch: 'same' });
    closed.close();
    const numbers = async (field: string) => {
      const { data } = await ask(`{ repository(owner: "acme", name: "docs") { ${field} } }`);
      const { pullRequests, object } = data.repository;
      return (pullRequests ?? object.associatedPullRequests).nodes.map(({ number }: { number: number }) => number);
    };
    const nodes = 'nodes { number url baseRepository { nameWithOwner } }';
    expect(await numbers(`pullRequests(headRefName: "same", states: OPEN, last: 9) { ${nodes} }`)).toEqual([
      here.number,
    ]);
    expect(await numbers(`pullRequests(first: 9) { ${nodes} }`)).toEqual([pull.number, here.number, closed.number]);
    const holding = (oid: string) =>
      numbers(`object(oid: "${oid}") { ... on Commit { associatedPullRequests(first: 9) { ${nodes} } } }`);
    expect([await holding(here.headSha), await holding(pull.headSha)]).toEqual([[here.number], []]);
    here.merge();
    expect(await holding(here.headSha)).toEqual([here.number]);
  });

  it('walks trees, commits and expressions', async () => {
    const { ask, pull, oid } = scene();
    const query = `{ repository(owner: "acme", name: "docs") {
      defaultBranchRef { name target { oid } }
      file: object(expression: "${pull.headSha}:c/d.md") { oid }
      commit: object(oid: "${pull.headSha}") { ... on Commit { messageHeadline tree { entries { path type object { oid } } } } }
    } }`;
    const { repository } = (await ask(query)).data;
    expect(repository.file.oid).toBe(oid('c/d.md'));
    expect(repository.defaultBranchRef.name).toBe('main');
    expect(
      repository.commit.tree.entries.map((entry: { path: string; type: string }) => `${entry.type} ${entry.path}`),
    ).toEqual([...['blob a.md', 'blob b.png', 'tree c', 'blob latin.md', 'blob long.md']]);
  });

  it('answers what it cannot find or may not page with an error beside null', async () => {
    const { ask, github } = scene();
    const type = async (inner: string) => {
      const { data, errors } = await ask(inner);
      return [errors?.[0]?.type, JSON.stringify(data)];
    };
    const within = (inner: string) => `{ repository(owner: "acme", name: "docs") { ${inner} } }`;
    expect(await type('{ repository(owner: "acme", name: "none") { id } }')).toEqual([
      'NOT_FOUND',
      '{"repository":null}',
    ]);
    expect(await type(within('pullRequest(number: 9) { id }'))).toEqual([
      'NOT_FOUND',
      '{"repository":{"pullRequest":null}}',
    ]);
    const comments = (args: string) => within(`pullRequest(number: 1) { comments${args} { totalCount } }`);
    expect((await type(comments('')))[0]).toBe('MISSING_PAGINATION_BOUNDARIES');
    expect((await type(comments('(first: 101)')))[0]).toBe('EXCESSIVE_PAGINATION');
    expect(github.takeViolations()).toEqual([]);
  });

  it.each<[string, string, object?]>([
    [
      "Field 'txt' doesn't exist on type 'Blob'",
      '{ repository(owner: "a", name: "b") { object(oid: "$sha") { ... on Blob { txt } } } }',
    ],
    [
      "Field 'text' doesn't exist on type 'GitObject'",
      '{ repository(owner: "a", name: "b") { object(oid: "$sha") { text } } }',
    ],
    ['missing required arguments: name', '{ repository(owner: "a") { id } }'],
    ["doesn't accept argument 'user'", '{ repository(owner: "a", name: "b", user: "c") { id } }'],
    ['must have selections', '{ repository(owner: "a", name: "b") }'],
    ["can't be made on scalars", '{ repository(owner: "a", name: "b") { id { x } } }'],
    ["Expected type 'Int!'", '{ repository(owner: "a", name: "b") { pullRequest(number: "1") { id } } }'],
    ["Expected type 'GitObjectID'", '{ repository(owner: "a", name: "b") { object(oid: "abc") { oid } } }'],
    [
      "Argument 'states' on 'Repository.pullRequests'",
      '{ repository(owner: "a", name: "b") { pullRequests(states: OPENED, first: 1) { totalCount } } }',
    ],
    [
      "Argument 'states' on 'Repository.pullRequests'",
      '{ repository(owner: "a", name: "b") { pullRequests(states: "OPEN", first: 1) { totalCount } } }',
    ],
    ["can't be spread inside", '{ repository(owner: "a", name: "b") { ... on Blob { oid } } }'],
    ['used, but not defined', '{ repository(owner: "a", name: "b") { ...nothing } }'],
    ['used but not declared', '{ repository(owner: $owner, name: "b") { id } }'],
    ['declared but not used', 'query($x: Int) { rateLimit { cost } }'],
    ['Type mismatch', 'query($n: String) { repository(owner: "a", name: $n) { id } }', { n: 'b' }],
    ['was provided invalid value', 'query($n: String!) { repository(owner: "a", name: $n) { id } }'],
    ['was provided invalid value', 'query($n: String!) { repository(owner: "a", name: $n) { id } }', { n: 7 }],
    ["Field 'rateLimit' doesn't exist on type 'Mutation'", 'mutation { rateLimit { cost } }'],
    ['Parse error', 'subscription { rateLimit { cost } }'],
    ['Parse error', '{ rateLimit @include(if: true) { cost } }'],
    ['Parse error', '{ rateLimit { cost }'],
    ['Parse error', '{ rateLimit { } }'],
    ['Parse error', '{ a: ~ }'],
    ['Parse error', '{ rateLimit { cost } } { rateLimit { cost } }'],
    ['Parse error', 'fragment x on Blob { oid }'],
  ])('is refused: %s', async (said, query, variables) => {
    const { ask, github } = scene();
    const { data, errors } = await ask(query.replace('$sha', '0'.repeat(40)), variables);
    expect(data).toBeUndefined();
    expect(errors[0].message).toContain(said);
    expect(github.takeViolations()[0]).toContain(said);
  });
});

describe('a mutation', () => {
  const ADD = `mutation($input: AddCommentInput!) { addComment(input: $input) {
    commentEdge { node { fullDatabaseId url body author { __typename login } } }
    subject { __typename id ... on PullRequest { number comments(last: 2) { nodes { body } pageInfo { hasPreviousPage } } } }
  } }`;
  const idOf = async ({ ask }: ReturnType<typeof scene>) =>
    (await ask('{ repository(owner: "acme", name: "docs") { pullRequest(number: 1) { id } } }')).data.repository
      .pullRequest.id as string;

  it('adds a comment as the app, and shows the conversation with it', async () => {
    const made = scene();
    for (const text of ['one', 'two']) made.pull.comment('cleo', text);
    const subjectId = await idOf(made);
    const { data, errors } = await made.ask(ADD, { input: { subjectId, body: 'mine' } });
    expect(errors).toBeUndefined();
    const comment = made.pull.comments.at(-1)!;
    expect(data.addComment).toEqual({
      commentEdge: {
        node: {
          fullDatabaseId: String(comment.id),
          url: `https://github.com/acme/docs/pull/1#issuecomment-${comment.id}`,
          body: 'mine',
          author: { __typename: 'Bot', login: 'signpost' },
        },
      },
      subject: {
        __typename: 'PullRequest',
        id: subjectId,
        number: 1,
        comments: { nodes: [{ body: 'two' }, { body: 'mine' }], pageInfo: { hasPreviousPage: true } },
      },
    });
    expect(comment.user.login).toBe('signpost[bot]');
    expect(made.github.requests.map(({ operationId }) => operationId).slice(-2)).toEqual([
      'graphql',
      'graphql/add-comment',
    ]);
    expect(made.github.limits.points(made.github.installationOf(made.repository), 'graphql')).toBe(6);
    expect(made.github.takeViolations()).toEqual([]);
  });

  it.each<[string, string, (made: ReturnType<typeof scene>) => void, object?]>([
    ['FORBIDDEN', 'issue is locked', ({ pull }) => pull.lock()],
    [
      'FORBIDDEN',
      'Resource not accessible by integration',
      ({ github, repository }) => {
        github.installationOf(repository).permissions.pull_requests = 'read';
      },
    ],
    ['NOT_FOUND', "global id of 'PR_none'", () => {}, { subjectId: 'PR_none' }],
    ['UNPROCESSABLE', '65536 characters', () => {}, { body: 'x'.repeat(65_537) }],
    ['UNPROCESSABLE', 'is blank', () => {}, { body: ' ' }],
  ])('does nothing where it is refused: %s, %s', async (type, message, prepare, change) => {
    const made = scene();
    const subjectId = await idOf(made);
    prepare(made);
    const { data, errors } = await made.ask(ADD, { input: { subjectId, body: 'mine', ...change } });
    expect(data).toEqual({ addComment: null });
    expect(errors).toMatchObject([{ type, path: ['addComment'], message: expect.stringContaining(message) }]);
    expect(made.pull.comments).toEqual([]);
    expect(made.github.takeViolations()).toHaveLength(type === 'UNPROCESSABLE' ? 1 : 0);
  });

  it.each([
    ['lacks a text', { subjectId: 'PR_1' }],
    ['has a field too many', { subjectId: 'PR_1', body: 'mine', id: '1' }],
    ['is of another type', 'mine'],
  ])('is refused where its input %s', async (_, input) => {
    const { ask, github, pull } = scene();
    const { errors } = await ask(ADD, { input });
    expect(errors[0].message).toContain('Variable $input of type AddCommentInput! was provided invalid value');
    expect(github.takeViolations()).toHaveLength(1);
    expect(pull.comments).toEqual([]);
  });
});
