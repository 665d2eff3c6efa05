import { describe, expect, it, vi } from 'vitest';
import { publishComment, readConversation } from '../../src/github/publish-comment.ts';
import type { FakePullRequest } from '../fake-github/fake-pull-request.ts';
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
  return publishComment(pull, await readConversation(pull, scene.occasion), { body, first }, scene.occasion);
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

it.each(['response-lost', 'reset'] as const)('never creates twice: %s', async (kind) => {
  const scene = setScene();
  const opened = open(scene);
  scene.fake.faults.add('issues/create-comment', { kind });
  const result = await publish(scene, opened).catch(() => 'failed');
  expect(result).toEqual(kind === 'response-lost' ? { url: expect.any(String), did: 'created' } : 'failed');
  expect(scene.fake.calls('issues/create-comment')).toHaveLength(1);
  await publish(scene, opened);
  expect(opened.comments).toHaveLength(1);
});

describe('where another process makes the first comment at the same moment', () => {
  /** Publishes after both have read that there is none; the other one writes first, or after us. */
  async function race(scene: Scene, opened: FakePullRequest, other: 'first' | 'second', theirs = BODY) {
    const pull = await scene.pull(opened);
    const conversation = await readConversation(pull, scene.occasion);
    const write = () => writeAsUs(scene, opened, theirs);
    if (other === 'first') write();
    else {
      const { issues } = scene.occasion.github.write.rest;
      const create = issues.createComment;
      vi.spyOn(issues, 'createComment').mockImplementation(async (...given: unknown[]) => {
        const answer = await create(...(given as Parameters<typeof create>));
        write();
        return answer;
      });
    }
    scene.calls();
    return publishComment(pull, conversation, { body: BODY, first: 'worth saying' }, scene.occasion);
  }

  it('takes its own back where that is the younger one, and keeps the older up to date', async () => {
    const scene = setScene();
    const opened = open(scene);
    const published = await race(scene, opened, 'first', `${BODY}by an older registry`);
    const [comment, ...others] = opened.comments;
    expect([comment?.body, others]).toEqual([BODY, []]);
    expect(published).toEqual({ url: expect.stringContaining(`-${comment?.id}`), did: 'edited' });
    expect(scene.calls()).toEqual([
      'issues/create-comment',
      'graphql',
      'issues/delete-comment',
      'issues/update-comment',
    ]);
  });

  it('does not edit the older where it says the same, nor mind that its own is gone by then', async () => {
    const scene = setScene();
    const opened = open(scene);
    scene.fake.faults.add('issues/delete-comment', { kind: 'status', status: 404 });
    expect((await race(scene, opened, 'first'))?.did).toBe('left as it was');
  });

  it('leaves a younger one to whoever made it', async () => {
    const scene = setScene();
    const opened = open(scene);
    expect((await race(scene, opened, 'second'))?.did).toBe('created');
    expect(opened.comments).toHaveLength(2);
    expect(scene.calls()).toEqual(['issues/create-comment', 'graphql']);
  });

  it('keeps the oldest where the answer to its own was lost', async () => {
    const scene = setScene();
    const opened = open(scene);
    scene.fake.faults.add('issues/create-comment', { kind: 'response-lost' });
    await race(scene, opened, 'first', `${BODY}by an older registry`);
    expect(opened.comments.map(({ body }) => body)).toEqual([BODY]);
  });

  it('lets its comment stand where it cannot look again', async () => {
    const scene = setScene();
    const opened = open(scene);
    const pull = await scene.pull(opened);
    const conversation = await readConversation(pull, scene.occasion);
    scene.fake.faults.add('graphql', { kind: 'status', status: 502 }, { times: 3 });
    const published = await publishComment(pull, conversation, { body: BODY, first: 'worth saying' }, scene.occasion);
    expect([published?.did, opened.comments.length]).toEqual(['created', 1]);
  });
});

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

it('passes on that GitHub refuses: a locked conversation', async () => {
  const scene = setScene();
  const opened = open(scene);
  opened.lock();
  await expect(publish(scene, opened)).rejects.toMatchObject({ status: 403 });
});
