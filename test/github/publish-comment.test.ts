import { describe, expect, it, vi } from 'vitest';
import { describeFailure } from '../../src/github/failure.ts';
import { publishComment, readConversation } from '../../src/github/publish-comment.ts';
import type { FakePullRequest } from '../fake-github/fake-pull-request.ts';
import type { Fault } from '../fake-github/faults.ts';
import { addComment } from '../fake-github/rest/comments.ts';
import { findUser, makeApp } from '../fake-github/world.ts';
import { type Scene, setScene } from './signpost-on-github.ts';

const BODY = '<!-- signpost:comment -->\n## ❌ 1 scenario needs work\n';

async function publish(
  scene: Scene,
  opened: FakePullRequest,
  body = BODY,
  first: 'worth saying' | 'better unsaid' = 'worth saying',
) {
  const pull = await scene.pull(opened);
  return publishComment(pull, await readConversation(pull, scene.context), { body, first }, scene.context);
}

function open(scene: Scene): FakePullRequest {
  return scene.docs.openPullRequest({ files: { 'a.md': 'a\n' } });
}

/** Writes as our own App, past our code. */
function writeAsUs(scene: Scene, opened: FakePullRequest, body: string) {
  return addComment(
    scene.fake.world,
    scene.docs.state,
    opened.number,
    body,
    scene.fake.world.app.bot,
    scene.fake.world.app,
  );
}

it('creates, leaves alone what says the same, and edits in place', async () => {
  const scene = setScene();
  const opened = open(scene);
  expect((await publish(scene, opened))?.did).toBe('created');
  expect((await publish(scene, opened, BODY.replaceAll('\n', '\r\n').trimEnd()))?.did).toBe('left as it was');
  expect((await publish(scene, opened, `${BODY}more`))?.did).toBe('edited');
  expect(opened.comments.map(({ body }) => body)).toEqual([`${BODY}more`]);
  expect(scene.fake.calls('issues/update-comment')).toHaveLength(1);
});

it('says nothing first that is better unsaid, but keeps what stands up to date', async () => {
  const scene = setScene();
  const opened = open(scene);
  expect(await publish(scene, opened, BODY, 'better unsaid')).toBeNull();
  await publish(scene, opened);
  expect((await publish(scene, opened, `${BODY}all clear`, 'better unsaid'))?.did).toBe('edited');
});

it('finds its comment among any number of others', async () => {
  const scene = setScene();
  const opened = open(scene);
  for (let at = 0; at < 150; at += 1) opened.comment('ann', `comment ${at}`);
  await publish(scene, opened);
  for (let at = 0; at < 120; at += 1) opened.comment('ann', `more ${at}`);
  expect((await publish(scene, opened, `${BODY}edited`))?.did).toBe('edited');
  expect(opened.comments).toHaveLength(271);
});

it('never edits a comment of somebody else, whatever marker it holds', async () => {
  const scene = setScene();
  const opened = open(scene);
  const { world } = scene.fake;
  const person = opened.comment('signpost', BODY);
  const rival = makeApp(world, 900, 'rival');
  const bot = addComment(world, scene.docs.state, opened.number, BODY, rival.bot, rival);
  const quoting = writeAsUs(scene, opened, `I said:\n\n${BODY}`);
  await publish(scene, opened, `${BODY}new`);
  expect([person.body, bot.body, quoting.body]).toEqual([BODY, BODY, `I said:\n\n${BODY}`]);
  expect(opened.comments.at(-1)).toMatchObject({ body: `${BODY}new`, user: findUser(world, 'signpost[bot]') });
});

const ADD = 'graphql/add-comment';

it.each(['response-lost', 'reset'] as const)('never creates twice: %s', async (kind) => {
  const scene = setScene();
  const opened = open(scene);
  scene.fake.faults.add(ADD, { kind });
  const result = await publish(scene, opened).catch(() => 'failed');
  expect(result).toEqual(kind === 'response-lost' ? { url: expect.any(String), did: 'created' } : 'failed');
  expect(scene.fake.calls(ADD)).toHaveLength(1);
  await publish(scene, opened);
  expect(opened.comments).toHaveLength(1);
});

/** Publishes after having read that there is no comment of ours; `before` happens between the two. */
async function publishFirst(scene: Scene, opened: FakePullRequest, before: () => void = () => {}) {
  const pull = await scene.pull(opened);
  const conversation = await readConversation(pull, scene.context);
  before();
  scene.calls();
  return publishComment(pull, conversation, { body: BODY, first: 'worth saying' }, scene.context);
}

describe('where another process makes the first comment at the same moment', () => {
  it('takes its own back where that is the younger one, and keeps the older up to date', async () => {
    const scene = setScene();
    const opened = open(scene);
    const published = await publishFirst(scene, opened, () => writeAsUs(scene, opened, `${BODY}by an older registry`));
    const [comment, ...others] = opened.comments;
    expect([comment?.body, others]).toEqual([BODY, []]);
    expect(published).toEqual({ url: expect.stringContaining(`-${comment?.id}`), did: 'edited' });
    expect(scene.calls()).toEqual([ADD, 'issues/delete-comment', 'issues/update-comment']);
  });

  it('does not edit the older where it says the same, nor mind that its own is gone by then', async () => {
    const scene = setScene();
    const opened = open(scene);
    scene.fake.faults.add('issues/delete-comment', { kind: 'status', status: 404 });
    const published = await publishFirst(scene, opened, () => writeAsUs(scene, opened, BODY));
    expect(published?.did).toBe('left as it was');
  });

  it('takes back a younger one that it sees, for its maker may have looked too early', async () => {
    const scene = setScene();
    const opened = open(scene);
    scene.fake.faults.add(ADD, { kind: 'meanwhile', happens: () => writeAsUs(scene, opened, `${BODY}younger`) });
    const published = await publishFirst(scene, opened);
    expect(opened.comments.map(({ body }) => body)).toEqual([BODY]);
    expect(published).toEqual({ url: expect.stringContaining(`-${opened.comments[0]?.id}`), did: 'created' });
    expect(scene.calls()).toEqual([ADD, 'issues/delete-comment']);
  });

  it('keeps the oldest where the answer to its own was lost', async () => {
    const scene = setScene();
    const opened = open(scene);
    scene.fake.faults.add(ADD, { kind: 'response-lost' });
    await publishFirst(scene, opened, () => writeAsUs(scene, opened, `${BODY}by an older registry`));
    expect(opened.comments.map(({ body }) => body)).toEqual([BODY]);
  });

  it('finds the older one behind any number of comments that came meanwhile', async () => {
    const scene = setScene();
    const opened = open(scene);
    opened.comment('ann', 'read before');
    const published = await publishFirst(scene, opened, () => {
      writeAsUs(scene, opened, BODY);
      for (let at = 0; at < 120; at += 1) opened.comment('ann', `comment ${at}`);
    });
    expect(published?.did).toBe('left as it was');
    expect(scene.calls()).toEqual([ADD, 'graphql', 'graphql', 'issues/delete-comment']);
    expect(opened.comments).toHaveLength(122);
  });

  it.each([
    ['shows comments as they were before it', { kind: 'stale-comments' }],
    ['does not show comments', { kind: 'graphql-errors', fields: 2 }],
    ['does not name the new one', { kind: 'graphql-errors', fields: 1 }],
  ] satisfies [string, Fault][])('looks once more where the answer %s', async (_, fault) => {
    const scene = setScene();
    const opened = open(scene);
    scene.fake.faults.add(ADD, fault);
    await publishFirst(scene, opened, () => writeAsUs(scene, opened, BODY));
    expect(scene.calls()).toEqual([ADD, 'graphql', 'issues/delete-comment']);
    expect(opened.comments).toHaveLength(1);
  });

  it('looks once more where an error leaves out who wrote the older one', async () => {
    const scene = setScene();
    const opened = open(scene);
    const { write } = scene.context.github;
    const real = write.graphql;
    vi.spyOn(write, 'graphql').mockImplementation(async (...given: unknown[]) => {
      const data = await (real as (...given: unknown[]) => Promise<unknown>)(...given);
      const left = JSON.parse(JSON.stringify(data, (key, value) => (key === 'author' ? null : value)));
      throw Object.assign(new Error('hidden'), { name: 'GraphqlResponseError', headers: {}, data: left, errors: [{}] });
    });
    await publishFirst(scene, opened, () => writeAsUs(scene, opened, BODY));
    expect(scene.calls()).toEqual([ADD, 'graphql', 'issues/delete-comment']);
    expect(opened.comments).toHaveLength(1);
  });
});

it('reads the conversation no more, however many comments there were before', async () => {
  const scene = setScene();
  const opened = open(scene);
  for (let at = 0; at < 150; at += 1) opened.comment('ann', `comment ${at}`);
  expect((await publishFirst(scene, opened))?.did).toBe('created');
  expect(scene.calls()).toEqual([ADD]);
});

it.each([
  ['is known', { kind: 'stale-comments' }, 'created'],
  ['is not known', { kind: 'graphql-errors', fields: 2 }, 'failed'],
] satisfies [string, Fault, string][])(
  'lets its comment, which %s, stand where it cannot look again',
  async (_, fault, did) => {
    const scene = setScene();
    const opened = open(scene);
    const published = publishFirst(scene, opened, () => {
      scene.fake.faults.add(ADD, fault);
      scene.fake.faults.add('graphql', { kind: 'status', status: 502 }, { times: 3 });
    });
    const told = await published.catch(() => ({ did: 'failed' }));
    expect([told?.did, opened.comments.length]).toEqual([did, 1]);
    expect((await publish(scene, opened))?.did).toBe('left as it was');
  },
);

it('removes doubles of its own comment and keeps the oldest', async () => {
  const scene = setScene();
  const opened = open(scene);
  const first = writeAsUs(scene, opened, BODY);
  writeAsUs(scene, opened, BODY);
  const gone = writeAsUs(scene, opened, BODY);
  scene.fake.faults.add('issues/delete-comment', { kind: 'status', status: 404 }, { from: 2 });
  await publish(scene, opened);
  expect(opened.comments.map(({ id }) => id)).toEqual([first.id, gone.id]);
});

describe('what GitHub refuses is told by its cause', () => {
  const told = async (scene: Scene, opened: FakePullRequest, body = BODY) => {
    const error = await publish(scene, opened, body).catch((thrown: unknown) => thrown);
    const { kind, status, retries, retryAfter, cause } = describeFailure(error, scene.context.now());
    return { kind, status, retries, retryAfter, cause, sent: scene.fake.calls(ADD).length };
  };

  it('a locked conversation', async () => {
    const scene = setScene();
    const opened = open(scene);
    opened.lock();
    const refused = { kind: 'outside', status: 403, retries: false, sent: 1 };
    expect(await told(scene, opened)).toMatchObject({ ...refused, cause: expect.stringContaining('issue is locked') });
    const message = 'Unable to create comment because issue is locked';
    scene.fake.faults.add(ADD, { kind: 'graphql-refusal', type: 'UNPROCESSABLE', message });
    expect(await told(scene, opened)).toMatchObject({ ...refused, sent: 2 });
  });

  it('a permission that is lacking', async () => {
    const permissions = { contents: 'read', pull_requests: 'read', issues: 'write', checks: 'write' } as const;
    const scene = setScene(undefined, { permissions });
    const cause = expect.stringContaining('accept the permissions');
    expect(await told(scene, open(scene))).toMatchObject({ kind: 'outside', status: 403, retries: false, cause });
  });

  it('a text that is too long', async () => {
    const scene = setScene();
    const failure = await told(scene, open(scene), BODY.padEnd(65_537, 'x'));
    expect(failure).toMatchObject({ kind: 'ours', status: 422, retries: false, sent: 1 });
    expect(scene.fake.takeViolations()).toEqual([expect.stringContaining('65536 characters')]);
  });

  it.each([
    ['UNPROCESSABLE', 'was submitted too quickly'],
    ['RATE_LIMITED', 'API rate limit exceeded'],
    ['FORBIDDEN', 'You have exceeded a secondary rate limit. Please wait.'],
  ])('a limit: %s, %s', async (type, message) => {
    const scene = setScene();
    const opened = open(scene);
    scene.fake.faults.add(ADD, { kind: 'graphql-refusal', type, message });
    expect(await told(scene, opened)).toMatchObject({ kind: 'outside', retries: true, retryAfter: 60, sent: 1 });
    expect(opened.comments).toEqual([]);
  });

  it("a failure of GitHub's own, which may have made it", async () => {
    const scene = setScene();
    const opened = open(scene);
    const message = 'Something went wrong while executing your query.';
    scene.fake.faults.add(ADD, { kind: 'graphql-refusal', type: 'INTERNAL', message });
    expect(await told(scene, opened)).toMatchObject({ kind: 'outside', status: 502, retries: true, sent: 1 });
  });
});
