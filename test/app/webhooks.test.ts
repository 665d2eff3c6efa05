import { randomUUID } from 'node:crypto';
import examples from '@octokit/webhooks-examples';
import { Probot } from 'probot';
import { describe, expect, it } from 'vitest';
import { markShared, type Task } from '../../src/app/tasks.ts';
import { receiveWebhooks, type WebhookOptions } from '../../src/app/webhooks.ts';
import { QueueUnavailable } from '../../src/queue/job-queue.ts';
import { localFacts } from '../../src/queue/local-queue.ts';
import { createLog } from '../../src/runtime/log.ts';
import { createFakeGitHub } from '../fake-github/fake-github.ts';
import type { WebhookEvent } from '../fake-github/webhook-payloads.ts';

const APP = 424_242;
const NOW = 1_700_000_000_000;
const { privateKey } = createFakeGitHub().credentials;

/** What was asked of the queue: a task, or to forget something. */
type Asked = { installation: number; task: Task } | { installation: number; cancelled: string };

/** Hands webhooks to the App and tells what it asked of the queue. */
async function makeApp(broken: Error | null = null, facts = localFacts()) {
  const asked: Asked[] = [];
  const delivered: string[] = [];
  const failures: unknown[] = [];
  const ask = async (owner: string, what: { task: Task } | { cancelled: string }) => {
    if (broken) throw broken;
    asked.push({ installation: Number(owner), ...what });
  };
  const queue: WebhookOptions['queue'] = {
    add: ({ owner, task }) => ask(owner, { task }),
    cancel: (owner, key) => ask(owner, { cancelled: key }),
    cancelOwner: (owner) => ask(owner, { cancelled: 'all' }),
  };
  const metrics = { delivered: (event: string, outcome: string) => void delivered.push(`${event} ${outcome}`) };
  const log = { error: (facts: unknown) => void failures.push(facts) } as unknown as WebhookOptions['log'];
  const probot = new Probot({ appId: APP, privateKey, secret: 'x', log: createLog({ level: 'silent' }) });
  await probot.load(receiveWebhooks({ appId: APP, queue, facts, now: () => NOW, metrics, log }), {
    cwd: '.',
    addHandler: () => {},
  });
  const receive = (name: string, payload: unknown, id: string = randomUUID()) =>
    probot.receive({ id, name, payload } as Parameters<typeof probot.receive>[0]);
  const send = async ({ name, payload }: WebhookEvent) => {
    asked.length = 0;
    await receive(name, payload);
    return asked.map((one) => ('task' in one ? one.task.kind : 'cancel'));
  };
  return { send, receive, asked, delivered, failures };
}

function scene() {
  const github = createFakeGitHub();
  const repository = github.repository('acme/docs', { 'docs/a.md': '# A\n', '.github/signpost.yml': 'version: 1\n' });
  const pull = repository.openPullRequest({ files: { 'docs/a.md': '# B\n' } });
  return { github, repository, pull, installation: github.installationOf(repository).id };
}

describe('pull requests', () => {
  it.each([
    ['opened', true],
    ['reopened', false],
    ['ready_for_review', false],
    ['converted_to_draft', false],
  ] as const)('are judged when %s', async (action, once) => {
    const { pull, installation } = scene();
    const app = await makeApp();
    await app.send(pull.event(action));
    const { number, headSha: sha } = pull;
    const task = { kind: 'pull request', number, pull: { head: { sha } }, once, recovering: false };
    expect(app.asked).toMatchObject([{ installation, task }]);
  });

  it('are judged when their base changes, and not when their title does', async () => {
    const { pull, repository } = scene();
    repository.commit('next', { 'docs/a.md': '# N\n' });
    pull.retarget('next');
    const app = await makeApp();
    const event = pull.event('edited');
    expect(await app.send(event)).toEqual(['pull request']);
    const payload = { ...event.payload, changes: { title: { from: 'x' } } };
    expect(await app.send({ ...event, payload } as WebhookEvent)).toEqual([]);
  });

  it('are judged when pushed to, and leave the head that they had to others where it is known to be shared', async () => {
    const { pull, installation } = scene();
    const { number, headSha: before } = pull;
    const sha = pull.push({ 'docs/a.md': '# C\n' });
    const facts = localFacts();
    const app = await makeApp(null, facts);
    const judged = { installation, task: { kind: 'pull request', number, pull: { head: { sha } }, once: true } };
    await app.send(pull.event('synchronize'));
    expect(app.asked).toMatchObject([judged]);
    await markShared(facts, { owner: 'acme', name: 'docs', url: '' }, before);
    await app.send(pull.event('synchronize'));
    expect(app.asked).toMatchObject([judged, { installation, task: { kind: 'shared head', number, head: before } }]);
  });

  it('leave their head to others when closed', async () => {
    const { pull, installation } = scene();
    pull.close();
    const app = await makeApp();
    await app.send(pull.event('closed'));
    const task = { kind: 'shared head', number: pull.number, head: pull.headSha };
    expect(app.asked).toMatchObject([{ installation, task }]);
  });

  it('are left alone in an archived repository', async () => {
    const { pull } = scene();
    const event = pull.event('opened');
    const repository = { ...(event.payload as { repository: object }).repository, archived: true };
    const app = await makeApp();
    expect(await app.send({ ...event, payload: { ...event.payload, repository } } as WebhookEvent)).toEqual([]);
    expect(app.delivered).toEqual(['pull_request ignored']);
  });
});

it('merge groups are judged, and dropped when they are gone', async () => {
  const { repository, pull } = scene();
  const group = repository.mergeGroup(pull);
  const app = await makeApp();
  expect(await app.send(group.checksRequested())).toEqual(['merge group']);
  const { headSha: head, baseSha: base } = group;
  expect(app.asked).toMatchObject([{ task: { head, group: { head, base }, once: true } }]);
  expect(await app.send(group.destroy('dequeued'))).toEqual(['cancel']);
  expect(app.asked).toMatchObject([
    { cancelled: expect.stringMatching(new RegExp(`^acme/docs refs/heads/.* ${head}$`)) },
  ]);
});

describe('check runs', () => {
  const body = (head_sha: string, external_id: string) => ({ name: 'Signpost', head_sha, external_id });

  it('of ours are judged again', async () => {
    const { github, repository, pull } = scene();
    const run = repository.otherAppCheckRun('other', body(pull.headSha, `pr:${pull.number}`));
    const ours = { ...run, app: github.world.app };
    const app = await makeApp();
    expect(await app.send(repository.checkRunEvent(ours, 'rerequested'))).toEqual(['pull request']);
    expect(app.asked).toMatchObject([{ task: { number: pull.number, pull: null, once: false } }]);
  });

  it('of other Apps are left alone, whatever they say', async () => {
    const { repository, pull } = scene();
    const run = repository.otherAppCheckRun('other', body(pull.headSha, `pr:${pull.number}`));
    const app = await makeApp();
    expect(await app.send(repository.checkRunEvent(run, 'rerequested'))).toEqual([]);
    expect(await app.send(repository.checkRunEvent(run, 'completed'))).toEqual([]);
  });

  it('with an id that we do not give are left alone', async () => {
    const { github, repository, pull } = scene();
    const run = repository.otherAppCheckRun('other', body(pull.headSha, 'pr:x'));
    const ours = { ...run, app: github.world.app };
    expect(await (await makeApp()).send(repository.checkRunEvent(ours, 'rerequested'))).toEqual([]);
  });

  it('are judged again by their button, and by no other', async () => {
    const { github, repository, pull } = scene();
    const run = repository.otherAppCheckRun('other', body(pull.headSha, `pr:${pull.number}`));
    const event = repository.checkRunEvent({ ...run, app: github.world.app }, 'rerequested');
    const pressed = (identifier: string) => {
      const payload = { ...event.payload, action: 'requested_action', requested_action: { identifier } };
      return { ...event, payload } as WebhookEvent;
    };
    const app = await makeApp();
    expect(await app.send(pressed('recheck'))).toEqual(['pull request']);
    expect(await app.send(pressed('something'))).toEqual([]);
  });

  it('are judged again as a suite, which is what Re-run sends', async () => {
    const { github, repository, pull } = scene();
    const app = await makeApp();
    const event = repository.checkSuiteEvent(pull.headSha, 'rerequested');
    expect(await app.send(event)).toEqual(['check suite']);
    expect(await app.send(repository.checkSuiteEvent(pull.headSha, 'requested'))).toEqual([]);
    const suite = (event.payload as unknown as { check_suite: object }).check_suite;
    const others = { ...event.payload, check_suite: { ...suite, app: { id: github.world.app.id + 1 } } };
    expect(await app.send({ ...event, payload: others } as WebhookEvent)).toEqual([]);
  });
});

describe('comments', () => {
  it('with a command are answered, others are not', async () => {
    const { pull } = scene();
    const app = await makeApp();
    const said = async (text: string) => app.send(pull.commentEvent(pull.comment('ann', text), 'created'));
    expect(await said('/signpost recheck')).toEqual(['comment']);
    expect(app.asked).toMatchObject([{ task: { number: pull.number, withdrawn: false } }]);
    expect(await said('I would not type /signpost recheck here')).toEqual([]);
    expect(await said('```\n/signpost recheck\n```')).toEqual([]);
  });

  it('that lose a command are withdrawn', async () => {
    const { pull } = scene();
    const app = await makeApp();
    const comment = pull.comment('ann', '/signpost waive a because');
    expect(await app.send(pull.commentEvent(comment, 'deleted'))).toEqual(['comment']);
    expect(app.asked).toMatchObject([{ task: { number: pull.number, withdrawn: true } }]);
    pull.editComment(comment, 'never mind');
    const edited = pull.commentEvent(comment, { editedFrom: '/signpost waive a because' });
    expect(await app.send(edited)).toEqual(['comment']);
    expect(app.asked).toMatchObject([{ task: { withdrawn: true } }]);
  });

  it('of bots are left alone', async () => {
    const { pull } = scene();
    const event = pull.commentEvent(pull.comment('ann', '/signpost recheck'), 'created');
    const comment = { ...(event.payload as unknown as { comment: { user: object } }).comment };
    comment.user = { ...comment.user, type: 'Bot' };
    const payload = { ...event.payload, comment };
    expect(await (await makeApp()).send({ ...event, payload } as unknown as WebhookEvent)).toEqual([]);
  });

  it('on issues are left alone', async () => {
    const { pull } = scene();
    const event = pull.commentEvent(pull.comment('ann', '/signpost recheck'), 'created');
    const { pull_request: _, ...issue } = (event.payload as unknown as { issue: Record<string, unknown> }).issue;
    const payload = { ...event.payload, issue };
    expect(await (await makeApp()).send({ ...event, payload } as unknown as WebhookEvent)).toEqual([]);
  });
});

describe('pushes', () => {
  const push = async (change: Record<string, unknown>, name = 'acme/docs') => {
    const { github, repository: docs } = scene();
    const repository = name === 'acme/docs' ? docs : github.repository(name, { 'signpost.yml': 'version: 1\n' });
    const event = repository.pushEvent('main');
    const payload = { ...event.payload, forced: false, deleted: false, ...change };
    const app = await makeApp();
    await app.send({ ...event, payload } as unknown as WebhookEvent);
    return app.asked.map((one) => ('task' in one && one.task.kind === 'push' ? one.task.push.touches : one));
  };
  const commits = (...modified: string[]) => ({ commits: [{ added: [], removed: [], modified }] });

  it.each([
    [commits('.github/signpost.yml'), ['registry']],
    [commits('.github/signpost/team.yaml', 'a.md'), ['registry']],
    [commits('docs/a.mdx'), ['docs']],
    [commits('src/main.ts'), []],
    [{ ...commits('src/main.ts'), forced: true }, ['registry']],
    [{ ...commits('.github/signpost.yml'), ref: 'refs/heads/topic' }, []],
    [{ ...commits('.github/signpost.yml'), ref: 'refs/tags/main' }, []],
    [{ ...commits(), deleted: true }, []],
  ])('%j', async (change, started) => {
    expect(await push(change)).toEqual(started);
  });

  it.each([
    [commits('signpost.yml'), ['owner']],
    [{ ...commits('README.md'), forced: true }, ['owner']],
    [commits('.github/signpost.yml'), ['registry']],
    [commits('profile/README.md'), ['docs']],
    [commits('workflows/signpost.yml'), []],
  ])('to the owner’s own repository: %j', async (change, started) => {
    expect(await push(change, 'acme/.github')).toEqual(started);
  });
});

it('installations are swept when they come and forgotten when they go', async () => {
  const { github, repository, installation } = scene();
  const app = await makeApp();
  expect(await app.send(github.installationEvent(repository, 'created'))).toEqual(['sweep']);
  expect(await app.send(github.repositoriesAddedEvent(repository))).toEqual(['sweep']);
  expect(await app.send(github.installationEvent(repository, 'deleted'))).toEqual(['cancel']);
  expect(app.asked).toEqual([{ installation, cancelled: 'all' }]);
});

it('never lets an error of its own reach the answer to GitHub', async () => {
  const { pull } = scene();
  const app = await makeApp(new Error('a bug'));
  await app.send(pull.event('opened'));
  expect(app.delivered).toEqual(['pull_request failed']);
  expect(app.failures).toHaveLength(1);
});

it('has GitHub told when the work could not be kept', async () => {
  const { pull } = scene();
  const app = await makeApp(new QueueUnavailable('Redis cannot be reached'));
  await expect(app.send(pull.event('opened'))).rejects.toThrow('Redis cannot be reached');
  expect(app.delivered).toEqual(['pull_request failed']);
  expect(app.failures).toEqual([]);
});

it('takes a delivery once, however often GitHub sends it, and again where it failed', async () => {
  const { pull } = scene();
  const facts = localFacts();
  const { name, payload } = pull.event('opened');
  const broken = await makeApp(new QueueUnavailable('away'), facts);
  await expect(broken.receive(name, payload, 'the same')).rejects.toThrow('away');
  const app = await makeApp(null, facts);
  for (let time = 0; time < 3; time += 1) await app.receive(name, payload, 'the same');
  expect(app.asked).toHaveLength(1);
  expect(app.delivered).toEqual(['pull_request queued', 'pull_request repeated', 'pull_request repeated']);
});

it('takes every example that GitHub publishes', async () => {
  const app = await makeApp();
  for (const { name, examples: payloads } of examples as unknown as { name: string; examples: unknown[] }[]) {
    for (const payload of payloads) await app.receive(name, payload);
  }
  expect(app.failures).toEqual([]);
  expect(app.asked.map((one) => 'task' in one && one.task.kind)).toContain('pull request');
});
