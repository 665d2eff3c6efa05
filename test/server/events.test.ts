import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FakePullRequest } from '../fake-github/fake-pull-request.ts';
import type { FakeRepository } from '../fake-github/fake-repository.ts';
import { COVERED_SITE, UNCOVERED } from '../github/signpost-on-github.ts';
import { fakeGitHub, type RunningService, runService, until, WEBHOOK_PATH } from './running-service.ts';

const BREAKS = { files: { 'docs/troubleshooting.md': UNCOVERED } };

let running: RunningService;
let repository: FakeRepository;
beforeEach(async () => {
  const github = fakeGitHub({ permissions: PERMISSIONS });
  repository = github.repository('acme/docs', COVERED_SITE);
  running = await runService({ github });
});
afterEach(() => running.end());

/** Those of app.yml. */
const PERMISSIONS: Record<string, 'read' | 'write'> = {
  ...({ contents: 'read', issues: 'read', merge_queues: 'read' } as const),
  ...({ pull_requests: 'write', checks: 'write' } as const),
};

async function open(what: Parameters<FakeRepository['openPullRequest']>[0] = BREAKS): Promise<FakePullRequest> {
  const pull = repository.openPullRequest(what);
  await running.send(pull.event('opened'));
  await running.quiet();
  return pull;
}

const conclusions = (pull: FakePullRequest) => pull.checkRuns.map(({ conclusion }) => conclusion);

describe('a pull request', () => {
  test('of a fork that is gone is judged', async () => {
    const pull = repository.openPullRequest({ ...BREAKS, fork: true, author: 'ben' });
    pull.deleteFork();
    await running.send(pull.event('opened'));
    await running.quiet();
    expect(conclusions(pull)).toEqual(['failure']);
  });

  test('is judged at its head, also where an older webhook comes after a newer one', async () => {
    const pull = repository.openPullRequest({ files: { 'docs/new.md': '# New\n' } });
    const opened = pull.event('opened');
    pull.push(BREAKS.files);
    running.github.faults.add('git/get-tree', { kind: 'delay', milliseconds: 200 }, { times: 2 });
    await running.send(pull.event('synchronize'));
    await until(async () => running.github.calls('git/get-tree').length > 0);
    await running.send(opened);
    await running.quiet();
    expect(conclusions(pull)).toEqual(['cancelled', 'failure']);
  });

  test('is told its verdict once, also where an older webhook comes after all was forgotten', async () => {
    const pull = repository.openPullRequest({ files: { 'docs/new.md': '# New\n' } });
    const opened = pull.event('opened');
    pull.push(BREAKS.files);
    await running.send(pull.event('synchronize'));
    await running.quiet();
    const { github } = running;
    await running.end();
    running = await runService({ github });
    await running.send(opened);
    await running.quiet();
    expect(repository.checkRunsFor(pull.headSha).map(({ conclusion }) => conclusion)).toEqual(['failure']);
  });

  test('that is a draft gets a comment when it is ready', async () => {
    const pull = await open({ ...BREAKS, draft: true });
    expect([conclusions(pull), pull.comments.length]).toEqual([['failure'], 0]);
    pull.setDraft(false);
    await running.send(pull.event('ready_for_review'));
    await running.quiet();
    expect(pull.comments).toHaveLength(1);
  });

  test('ends with its newest head judged, however fast it is pushed to', async () => {
    const pull = repository.openPullRequest(BREAKS);
    await running.send(pull.event('opened'));
    const shas = [pull.headSha];
    for (let push = 1; push <= 4; push++) {
      shas.push(pull.push({ 'docs/other.md': `# Push ${push}\n` }));
      await running.send(pull.event('synchronize'));
    }
    await running.quiet();
    const runs = shas.flatMap((sha) => repository.checkRunsFor(sha));
    expect(runs.every(({ status }) => status === 'completed')).toBe(true);
    expect(conclusions(pull).at(-1)).toBe('failure');
    expect(pull.comments).toHaveLength(1);
  });

  test('whose webhook comes again while not all was told is told the rest, and no verdict twice', async () => {
    const pull = repository.openPullRequest(BREAKS);
    running.github.faults.add('git/get-tree', { kind: 'delay', milliseconds: 300 }, { times: 2 });
    running.github.faults.add('graphql/add-comment', { kind: 'status', status: 503 });
    await running.send(pull.event('opened'));
    await until(async () => running.github.calls('git/get-tree').length > 0);
    await running.send(pull.event('opened'));
    await running.quiet();
    expect([conclusions(pull), pull.comments.length]).toEqual([['failure'], 1]);
  });

  test('whose webhook comes three times has one comment, and its newest run counts', async () => {
    const pull = repository.openPullRequest(BREAKS);
    const event = pull.event('opened');
    for (let copy = 0; copy < 3; copy++) await running.send(event);
    await running.quiet();
    expect(pull.comments).toHaveLength(1);
    expect(repository.requiredCheck(pull.headSha, 'Signpost')).toBe('failing');
  });
});

describe('re-check', () => {
  test('by the button of the run, of the suite, and of a fork', async () => {
    const pull = await open({ ...BREAKS, fork: true, author: 'ben' });
    await running.send(repository.checkRunEvent(pull.checkRuns[0]!, 'rerequested'));
    await running.quiet();
    expect(conclusions(pull)).toEqual(['failure', 'failure']);
    await running.send(repository.checkSuiteEvent(pull.headSha, 'rerequested'));
    await running.quiet();
    expect(conclusions(pull)).toEqual(['failure', 'failure', 'failure']);
  });

  test('of a commit that has no run yet finds its pull request', async () => {
    const pull = repository.openPullRequest(BREAKS);
    await running.send(repository.checkSuiteEvent(pull.headSha, 'rerequested'));
    await running.quiet();
    expect(conclusions(pull)).toEqual(['failure']);
  });
});

describe('a merge group', () => {
  test('is judged under the same name, again by its button, and by another process', async () => {
    const pull = await open();
    const group = repository.mergeGroup(pull);
    await running.send(group.checksRequested());
    await running.quiet();
    const runs = () => repository.checkRunsFor(group.headSha).map(({ conclusion }) => conclusion);
    expect(runs()).toEqual(['failure']);
    await running.send(repository.checkRunEvent(repository.checkRunsFor(group.headSha)[0]!, 'rerequested'));
    await running.quiet();
    expect(runs()).toEqual(['failure', 'failure']);

    await running.service.stop();
    running = await runService({ github: running.github });
    await running.send(repository.checkRunEvent(repository.checkRunsFor(group.headSha)[0]!, 'rerequested'));
    await running.quiet();
    expect(runs()).toEqual(['failure', 'failure', 'failure']);
  });
});

describe('commands', () => {
  test('of people who may write waive, and stop doing so when the comment is gone', async () => {
    repository.collaborator('ann', 'write');
    const pull = await open();
    const comment = pull.comment('ann', '/signpost waive blank-tokens fixed in the next release');
    await running.send(pull.commentEvent(comment, 'created'));
    await running.quiet();
    expect(comment.reactions.map(({ content }) => content)).toEqual(['+1']);
    expect(conclusions(pull)).toEqual(['failure', 'success']);
    pull.deleteComment(comment);
    await running.send(pull.commentEvent(comment, 'deleted'));
    await running.quiet();
    expect(conclusions(pull)).toEqual(['failure', 'success', 'failure']);
  });

  test('of others change nothing', async () => {
    const pull = await open();
    const comment = pull.comment('mallory', '/signpost waive blank-tokens please');
    await running.send(pull.commentEvent(comment, 'created'));
    await running.send(pull.commentEvent(comment, 'deleted'));
    await running.quiet();
    expect(conclusions(pull)).toEqual(['failure']);
  });
});

describe('a push to the default branch', () => {
  test('that changes the registry makes open pull requests judged again', async () => {
    const [failing, other] = [await open(), await open({ files: { 'docs/new.md': '# New\n' } })];
    expect([conclusions(failing), conclusions(other)]).toEqual([['failure'], ['success']]);
    const registry = String(COVERED_SITE['.github/signpost.yml']);
    repository.commit('main', { '.github/signpost.yml': `${registry}\ngate: { block: off }\n` });
    await running.send(repository.pushEvent('main'));
    await running.quiet();
    expect([conclusions(failing), conclusions(other)]).toEqual([
      ['failure', 'success'],
      ['success', 'success'],
    ]);
  });

  test('that changes docs makes failing ones judged again', async () => {
    const [failing, other] = [await open(), await open({ files: { 'docs/new.md': '# New\n' } })];
    repository.commit('main', { 'docs/unrelated.md': '# Unrelated\n' });
    await running.send(repository.pushEvent('main'));
    await running.quiet();
    expect([conclusions(failing), conclusions(other)]).toEqual([['failure', 'failure'], ['success']]);
  });

  test('that changes the registry is not missed where a job waits that will not judge', async () => {
    const pull = repository.openPullRequest(BREAKS);
    running.github.faults.add('git/get-tree', { kind: 'delay', milliseconds: 400 }, { times: 2 });
    await running.send(pull.event('opened'));
    await until(async () => running.github.calls('git/get-tree').length > 0);
    await running.send(pull.event('opened'));
    const registry = String(COVERED_SITE['.github/signpost.yml']);
    repository.commit('main', { '.github/signpost.yml': `${registry}\ngate: { block: off }\n` });
    await running.send(repository.pushEvent('main'));
    await running.quiet();
    expect(conclusions(pull)).toEqual(['failure', 'success']);
  });

  test('that changes the registry is not missed where a webhook comes again after it', async () => {
    const pull = repository.openPullRequest(BREAKS);
    running.github.faults.add('git/get-tree', { kind: 'delay', milliseconds: 600 }, { times: 2 });
    await running.send(pull.event('opened'));
    await until(async () => running.github.calls('git/get-tree').length > 0);
    const registry = String(COVERED_SITE['.github/signpost.yml']);
    repository.commit('main', { '.github/signpost.yml': `${registry}\ngate: { block: off }\n` });
    const listed = running.github.calls('pulls/list').length;
    await running.send(repository.pushEvent('main'));
    await until(async () => running.github.calls('pulls/list').length > listed);
    await until(async () => (await running.get('/metrics')).text.includes('signpost_queue_jobs{state="waiting"} 1'));
    await running.send(pull.event('opened'));
    await running.quiet();
    expect(conclusions(pull)).toEqual(['failure', 'success']);
  });

  test('that changes neither costs no request', async () => {
    await open();
    repository.commit('main', { 'src/main.ts': 'export {};\n' });
    const before = running.github.requests.length;
    await running.send(repository.pushEvent('main'));
    await running.quiet();
    expect(running.github.requests.length).toBe(before);
  });
});

describe('nothing is lost', () => {
  test('when a webhook never came', async () => {
    const pull = repository.openPullRequest(BREAKS);
    const target = running.url + WEBHOOK_PATH;
    await running.github.deliver(pull.event('opened'), target, { lost: true });
    await running.service.stop();
    running = await runService({ github: running.github });
    await running.quiet();
    expect(conclusions(pull).at(-1)).toBe('failure');
    expect(pull.comments).toHaveLength(1);
  });

  test('when the App is installed where pull requests are open', async () => {
    const pull = repository.openPullRequest(BREAKS);
    await running.send(running.github.repositoriesAddedEvent(repository));
    await running.quiet();
    expect(conclusions(pull)).toEqual(['failure']);
  });

  test('when GitHub fails for a while: the check says so, and mends itself', async () => {
    running.github.faults.add('git/get-tree', { kind: 'status', status: 503 }, { times: 6 });
    const pull = repository.openPullRequest(BREAKS);
    await running.send(pull.event('opened'));
    await until(async () => conclusions(pull).at(-1) === 'failure');
    expect(conclusions(pull)).toEqual(['action_required', 'failure']);
    await running.quiet();
    expect(pull.comments).toHaveLength(1);
    expect((await running.get('/metrics')).text).toContain('signpost_failures_total{kind="outside"} 1');
  });

  test('when not even the check run can be made', async () => {
    running.github.faults.add('checks/create', { kind: 'status', status: 502 }, { times: 3 });
    const pull = repository.openPullRequest(BREAKS);
    await running.send(pull.event('opened'));
    await until(async () => conclusions(pull).at(-1) === 'failure');
    expect(conclusions(pull)).toEqual(['failure']);
  });
});
