import { afterEach, expect, it } from 'vitest';
import { UNCOVERED } from '../github/signpost-on-github.ts';
import { BLANK_TOKENS, COVERING, REGISTRY, registry } from '../review/build-snapshots.ts';
import { WEBHOOK_PATH } from '../server/running-service.ts';
import { another, BREAKING, commentsOf, endState, HARMLESS, runsOf, type Scene, setScene } from './scene.ts';

let scene: Scene;
afterEach(() => scene.running.end());

it('judges again by each button, with a new run each time', async () => {
  scene = await setScene();
  const { docs, tell } = scene;
  const pull = docs.openPullRequest({ files: BREAKING });
  await tell(pull.event('opened'));
  const newest = () => runsOf(docs, pull.headSha).at(-1)!;
  await tell(docs.checkRunEvent(newest(), 'rerequested'));
  await tell(docs.checkSuiteEvent(pull.headSha, 'rerequested'));
  await tell(docs.checkRunEvent(newest(), { requested: 'recheck' }));
  expect(runsOf(docs, pull.headSha)).toHaveLength(4);
  expect(endState(docs, pull)).toMatchObject({ gate: 'failing', unfinished: 0 });
  expect(commentsOf(pull)).toHaveLength(1);
});

it('hears check events of other apps, of itself and of every push, and does nothing', async () => {
  scene = await setScene();
  const { docs, calls, tell } = scene;
  const pull = docs.openPullRequest({ files: BREAKING });
  await tell(pull.event('opened'));
  const name = 'Signpost';
  const other = docs.otherAppCheckRun('signs', { name, head_sha: pull.headSha, external_id: 'pr:1' });
  calls();
  await tell(
    docs.checkRunEvent(other, 'created'),
    docs.checkRunEvent(other, 'completed'),
    docs.checkRunEvent(other, 'rerequested'),
    docs.checkRunEvent(runsOf(docs, pull.headSha)[0]!, 'completed'),
    docs.checkSuiteEvent(pull.headSha, 'requested'),
  );
  expect(calls()).toEqual([]);
});

it('judges open pull requests again where the default branch gets another registry', async () => {
  scene = await setScene();
  const { docs, tell } = scene;
  const breaking = docs.openPullRequest({ files: BREAKING });
  const harmless = docs.openPullRequest({ files: HARMLESS });
  await tell(breaking.event('opened'), harmless.event('opened'));
  docs.commit('main', { [REGISTRY]: registry(BLANK_TOKENS, 'gate:\n  block: off\n') });
  await tell(docs.pushEvent('main'));
  for (const pull of [breaking, harmless]) {
    expect(runsOf(docs, pull.headSha)).toHaveLength(2);
    expect(docs.requiredCheck(pull.headSha, 'Signpost')).toBe('passing');
  }
});

it('judges again only those that fail where docs of the default branch change, and none for code or other branches', async () => {
  scene = await setScene();
  const { calls, docs, tell } = scene;
  const breaking = docs.openPullRequest({ files: BREAKING });
  const harmless = docs.openPullRequest({ files: HARMLESS });
  await tell(breaking.event('opened'), harmless.event('opened'));
  docs.commit('main', { 'docs/elsewhere.md': COVERING.replace('Redirect', 'Other') });
  await tell(docs.pushEvent('main'));
  expect([breaking, harmless].map(({ headSha }) => runsOf(docs, headSha).length)).toEqual([2, 1]);
  calls();
  docs.commit('main', { 'src/main.ts': 'export {};\n' });
  await tell(docs.pushEvent('main'));
  docs.commit('next', { 'docs/troubleshooting.md': UNCOVERED });
  await tell(docs.pushEvent('next'));
  expect(calls()).toEqual([]);
});

it('finds at its start what was opened while nobody listened, and has lost webhooks sent again', async () => {
  scene = await setScene();
  const { docs, github, running } = scene;
  const before = docs.openPullRequest({ files: HARMLESS });
  const lost = docs.openPullRequest({ files: BREAKING });
  await github.deliver(lost.event('opened'), running.url + WEBHOOK_PATH, { lost: true });
  const url = running.url;
  await running.service.stop();
  scene = await another(scene);
  await github.settled();
  expect(docs.requiredCheck(before.headSha, 'Signpost')).toBe('passing');
  expect(docs.requiredCheck(lost.headSha, 'Signpost')).toBe('failing');
  expect(commentsOf(lost)).toHaveLength(1);
  expect(github.deliveries.filter(({ redelivery }) => redelivery).map((one) => one.url)).toEqual([url + WEBHOOK_PATH]);
});

it('judges what is open where it is installed', async () => {
  scene = await setScene();
  const { docs, github, tell } = scene;
  const pull = docs.openPullRequest({ files: BREAKING });
  await tell(github.installationEvent(docs, 'created'));
  expect(docs.requiredCheck(pull.headSha, 'Signpost')).toBe('failing');
  const [pulls] = [docs.openPullRequest({ files: HARMLESS })];
  await tell(github.repositoriesAddedEvent(docs));
  expect(docs.requiredCheck(pulls.headSha, 'Signpost')).toBe('passing');
  expect(runsOf(docs, pull.headSha)).toHaveLength(1);
});
