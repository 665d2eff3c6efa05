import { afterEach, expect, it } from 'vitest';
import type { FakeMergeGroup } from '../fake-github/fake-repository.ts';
import { UNCOVERED } from '../github/signpost-on-github.ts';
import { until } from '../server/running-service.ts';
import { BREAKING, HARMLESS, runsOf, type Scene, setScene } from './scene.ts';

let scene: Scene;
afterEach(() => scene.running.end());

it('answers a merge group under the name that is required, on its own head and without a comment', async () => {
  scene = await setScene();
  const { docs, tell } = scene;
  const harmless = docs.openPullRequest({ files: HARMLESS });
  const breaking = docs.openPullRequest({ files: BREAKING });
  const good = docs.mergeGroup(harmless);
  const bad = docs.mergeGroup(harmless, breaking);
  await tell(good.checksRequested(), bad.checksRequested());
  expect(docs.requiredCheck(good.headSha, 'Signpost')).toBe('passing');
  expect(docs.requiredCheck(bad.headSha, 'Signpost')).toBe('failing');
  expect(runsOf(docs, bad.headSha)).toMatchObject([{ name: 'Signpost', externalId: `mg:${bad.state.headRef}` }]);
  expect([...harmless.comments, ...breaking.comments]).toEqual([]);
});

it('counts the waivers of every pull request in the group', async () => {
  scene = await setScene();
  const { docs, tell } = scene;
  docs.collaborator('jo', 'write');
  const breaking = docs.openPullRequest({ files: BREAKING });
  const last = docs.openPullRequest({ files: HARMLESS });
  breaking.comment('jo', '/signpost waive blank-tokens The product logs it since 4.2');
  const group = docs.mergeGroup(breaking, last);
  await tell(group.checksRequested());
  expect(docs.requiredCheck(group.headSha, 'Signpost')).toBe('passing');
  expect(runsOf(docs, group.headSha)[0]?.output.summary).toContain('1 waived');
});

it('compares with the commit that the group starts from', async () => {
  scene = await setScene();
  const { docs, tell } = scene;
  const harmless = docs.openPullRequest({ files: HARMLESS });
  docs.commit('main', { 'docs/troubleshooting.md': UNCOVERED });
  const group = docs.mergeGroup(harmless);
  await tell(group.checksRequested());
  expect(docs.requiredCheck(group.headSha, 'Signpost')).toBe('passing');
});

it('stops for a group that is gone and judges it again where a button asks', async () => {
  scene = await setScene();
  const { docs, github, running, tell } = scene;
  const breaking = docs.openPullRequest({ files: BREAKING });
  const group = docs.mergeGroup(breaking);
  github.faults.add('git/get-tree', { kind: 'delay', milliseconds: 400 }, { times: 2 });
  await running.send(group.checksRequested());
  await tell(group.destroy('dequeued'));
  expect(runsOf(docs, group.headSha)).toMatchObject([{ status: 'completed', conclusion: 'cancelled' }]);

  const again = docs.mergeGroup(breaking);
  await tell(again.checksRequested());
  await tell(docs.checkRunEvent(runsOf(docs, again.headSha).at(-1)!, 'rerequested'));
  await tell(docs.checkSuiteEvent(again.headSha, 'rerequested'));
  expect(
    runsOf(docs, again.headSha)
      .slice(-3)
      .map(({ conclusion }) => conclusion),
  ).toEqual(Array(3).fill('failure'));
});

it('judges a group that was built anew, whatever comes late of the one before with the same branch', async () => {
  scene = await setScene();
  const { docs, github, running, tell } = scene;
  const breaking = docs.openPullRequest({ files: BREAKING });
  const before = docs.mergeGroup(breaking);
  const requested = before.checksRequested();
  const destroyed = before.destroy('invalidated');
  const anew = docs.mergeGroup(breaking);
  expect([anew.state.headRef, anew.headSha === before.headSha]).toEqual([before.state.headRef, false]);
  github.faults.add('git/get-tree', { kind: 'delay', milliseconds: 300 }, { times: 4 });
  await running.send(anew.checksRequested());
  await until(async () => github.calls('git/get-tree').length > 0);
  await tell(requested, destroyed);
  expect(runsOf(docs, anew.headSha).map(({ conclusion }) => conclusion)).toEqual(['failure']);
});

it('tells a group once where its webhook comes after the sweep has found it', async () => {
  const held: FakeMergeGroup[] = [];
  scene = await setScene(undefined, (_, repository) => {
    held.push(repository.mergeGroup(repository.openPullRequest({ files: BREAKING })));
  });
  const { docs, running, tell } = scene;
  const [group] = held as [FakeMergeGroup];
  await running.quiet();
  await tell(group.checksRequested());
  expect(runsOf(docs, group.headSha).map(({ conclusion }) => conclusion)).toEqual(['failure']);
});
