import { afterEach, expect, it } from 'vitest';
import type { FakeRepository } from '../fake-github/fake-repository.ts';
import { COVERED_SITE } from '../github/signpost-on-github.ts';
import { COVERING, REGISTRY, SECURITY } from '../review/build-snapshots.ts';
import { BREAKING, commentsOf, HARMLESS, runsOf, type Scene, setScene } from './scene.ts';

let scene: Scene;
afterEach(() => scene.running.end());

it('answers a fork, whose webhooks of checks name neither branch nor pull request, and one that is deleted', async () => {
  scene = await setScene();
  const { docs, tell } = scene;
  const pull = docs.openPullRequest({ files: BREAKING, fork: true, author: 'ben' });
  await tell(pull.event('opened'));
  expect(docs.requiredCheck(pull.headSha, 'Signpost')).toBe('failing');
  expect(commentsOf(pull)).toHaveLength(1);
  await tell(docs.checkSuiteEvent(pull.headSha, 'rerequested'));
  expect(runsOf(docs, pull.headSha).map(({ conclusion }) => conclusion)).toEqual(['failure', 'failure']);

  pull.deleteFork();
  const reopened = pull.event('reopened');
  expect(reopened.payload).toMatchObject({ pull_request: { head: { repo: null } } });
  await tell(reopened);
  expect(runsOf(docs, pull.headSha)).toHaveLength(3);
  expect(docs.requiredCheck(pull.headSha, 'Signpost')).toBe('failing');
  expect(commentsOf(pull)).toHaveLength(1);
});

it('judges a draft but is silent in the conversation until it is ready', async () => {
  scene = await setScene();
  const { docs, tell } = scene;
  const pull = docs.openPullRequest({ files: BREAKING, draft: true });
  await tell(pull.event('opened'));
  expect(docs.requiredCheck(pull.headSha, 'Signpost')).toBe('failing');
  expect(commentsOf(pull)).toEqual([]);
  pull.setDraft(false);
  await tell(pull.event('ready_for_review'));
  expect(commentsOf(pull)).toHaveLength(1);
  pull.setDraft(true);
  pull.push({ 'docs/troubleshooting.md': COVERING });
  await tell(pull.event('converted_to_draft'), pull.event('synchronize'));
  expect(commentsOf(pull).map(({ body }) => body.includes('Nothing to do'))).toEqual([true]);
});

it('passes a page that moves together with its links, and fails one that leaves its links behind', async () => {
  scene = await setScene();
  const { docs, tell } = scene;
  const moved = docs.openPullRequest({
    files: { 'docs/troubleshooting.md': null, 'docs/help/troubleshooting.md': COVERING },
  });
  await tell(moved.event('opened'));
  expect(docs.requiredCheck(moved.headSha, 'Signpost')).toBe('passing');
  const left = docs.openPullRequest({ files: { 'docs/security.md': null, 'docs/safety.md': SECURITY } });
  await tell(left.event('opened'));
  expect(docs.requiredCheck(left.headSha, 'Signpost')).toBe('failing');
});

it('answers a pull request without docs, and a repository without a registry', async () => {
  let bare: FakeRepository | undefined;
  scene = await setScene(COVERED_SITE, (github) => {
    bare = github.repository('acme/bare', { 'README.md': '# Bare\n' });
  });
  const { docs, tell } = scene;
  const code = docs.openPullRequest({
    files: { 'src/main.ts': 'export {};\n', 'docs/logo.png': Buffer.from([0, 255]) },
  });
  const pull = bare!.openPullRequest({ files: { 'README.md': '# Bare and more\n' } });
  await tell(code.event('opened'), pull.event('opened'));
  const answers = [docs.checkRunsFor(code.headSha), bare!.checkRunsFor(pull.headSha)];
  for (const runs of answers) expect(runs).toMatchObject([{ name: 'Signpost', conclusion: 'success' }]);
  expect([...code.comments, ...pull.comments]).toEqual([]);
  expect(answers[1]?.[0]?.output.summary).toContain('No registry yet');
});

it('judges by the branch that a pull request goes to, and again by another one', async () => {
  scene = await setScene();
  const { docs, tell } = scene;
  docs.commit('next', { [REGISTRY]: 'version: 1\n' });
  const pull = docs.openPullRequest({ files: BREAKING, base: 'next', from: 'main' });
  await tell(pull.event('opened'));
  expect(docs.requiredCheck(pull.headSha, 'Signpost')).toBe('passing');
  pull.retarget('main');
  await tell(pull.event('edited'));
  expect(docs.requiredCheck(pull.headSha, 'Signpost')).toBe('failing');
});

it('asks GitHub nothing where only a title was edited, nor for an archived repository', async () => {
  scene = await setScene();
  const { docs, tell, calls } = scene;
  const pull = docs.openPullRequest({ files: HARMLESS });
  calls();
  await tell(pull.event('edited'));
  const archived = pull.event('opened');
  Object.assign(archived.payload.repository as object, { archived: true });
  await tell(archived);
  expect(calls()).toEqual([]);
});

it('reviews a warm pull request in six calls, and writes none that is unchanged', async () => {
  scene = await setScene();
  const { docs, tell, calls } = scene;
  const first = docs.openPullRequest({ files: HARMLESS });
  const pull = docs.openPullRequest({ files: BREAKING });
  await tell(first.event('opened'));
  calls();
  await tell(pull.event('opened'));
  const reading = ['checks/create', 'repos/compare-commits-with-basehead', 'git/get-tree', 'graphql'];
  expect(calls()).toEqual([...reading, 'graphql/add-comment', 'checks/update']);

  pull.push({ 'docs/troubleshooting.md': COVERING });
  await tell(pull.event('synchronize'));
  expect(calls()).toEqual([...reading, 'issues/update-comment', 'checks/update']);

  const before = commentsOf(pull).map(({ body }) => body);
  await tell(docs.checkRunEvent(runsOf(docs, pull.headSha)[0]!, 'rerequested'));
  const again = calls();
  expect(again.filter((call) => call.startsWith('issues/'))).toEqual([]);
  expect(again.length).toBeLessThanOrEqual(6);
  expect(commentsOf(pull).map(({ body }) => body)).toEqual(before);
});

it('does not let a later head wait behind one that is superseded', async () => {
  scene = await setScene(COVERED_SITE);
  const { docs, github, running, tell } = scene;
  const pull = docs.openPullRequest({ files: BREAKING });
  const old = pull.headSha;
  github.faults.add('git/get-tree', { kind: 'delay', milliseconds: 400 }, { times: 2 });
  await running.send(pull.event('opened'));
  pull.push({ 'docs/troubleshooting.md': COVERING });
  await tell(pull.event('synchronize'));
  expect(runsOf(docs, old)).toMatchObject([{ status: 'completed', conclusion: 'cancelled' }]);
  expect(docs.requiredCheck(pull.headSha, 'Signpost')).toBe('passing');
  expect(runsOf(docs, pull.headSha)).toHaveLength(1);
  expect(commentsOf(pull)).toEqual([]);
});
