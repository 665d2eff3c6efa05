import { expect, it } from 'vitest';
import { findMergeGroup, listQueueBranches } from '../../src/github/merge-queue.ts';
import type { FakeMergeGroup } from '../fake-github/fake-repository.ts';
import { type Scene, setScene } from './signpost-on-github.ts';

/** Merge groups of so many pull requests each, one behind the other. */
function queue({ docs }: Scene, ...sizes: number[]): FakeMergeGroup[] {
  const groups: FakeMergeGroup[] = [];
  for (const size of sizes) {
    const pulls = Array.from({ length: size }, (_, at) =>
      docs.openPullRequest({ files: { [`${groups.length}-${at}.txt`]: 'more\n' } }),
    );
    const last = groups.at(-1);
    groups.push(last ? docs.mergeGroupBehind(last, ...pulls) : docs.mergeGroup(...pulls));
  }
  return groups;
}

const find = ({ context, repo }: Scene, { headSha: head, state }: FakeMergeGroup) =>
  findMergeGroup(context.github, repo, { head, headRef: state.headRef });

it('lists the branches of a queue and no others', async () => {
  const scene = setScene();
  const groups = queue(scene, 1, 2);
  scene.docs.commit('gh-readonly-queue-notes', { 'a.md': 'a\n' });
  scene.docs.commit('gh-readonly-queue/main/notes', { 'a.md': 'a\n' });
  const listed = await listQueueBranches(scene.context.github, scene.repo);
  expect(listed).toEqual(groups.map(({ headSha: head, state: { headRef } }) => ({ head, headRef })));
  expect(scene.fake.takeViolations()).toEqual([]);
});

it('finds where a group starts: what its webhook would say, alone, behind others and with several pull requests', async () => {
  const scene = setScene();
  for (const group of queue(scene, 1, 3, 2)) {
    const { headSha: head, baseSha: base, state } = group;
    const found = await find(scene, group);
    expect(found).toEqual({ repo: scene.repo, head, base, headRef: state.headRef, baseRef: 'refs/heads/main' });
  }
  expect(scene.fake.takeViolations()).toEqual([]);
});

it('finds a group of a branch whose name has slashes', async () => {
  const scene = setScene();
  scene.docs.commit('release/2.x', { 'a.md': 'a\n' });
  const pull = scene.docs.openPullRequest({ files: { 'b.md': 'b\n' }, base: 'release/2.x' });
  const group = scene.docs.mergeGroup(pull);
  expect(await find(scene, group)).toMatchObject({ base: group.baseSha, baseRef: 'refs/heads/release/2.x' });
});

it.each([
  ['the queue does not list it', ({ docs }: Scene) => docs.state.mergeQueue.splice(0)],
  ['the permission is missing', ({ fake, docs }: Scene) => delete fake.installationOf(docs).permissions.merge_queues],
  [
    'this GitHub knows no queues',
    ({ fake }: Scene) =>
      fake.faults.add('graphql', {
        kind: 'graphql-errors',
        fields: 1,
        type: 'undefinedField',
        message: "Field 'mergeQueue' doesn't exist on type 'Repository'",
      }),
  ],
])('falls back to where its branch left the other one, where %s', async (_, prepare) => {
  const scene = setScene();
  const [first, second] = queue(scene, 1, 1);
  prepare(scene);
  expect(await find(scene, second!)).toMatchObject({ head: second!.headSha, base: first!.baseSha });
});

it('does not fall back where GitHub only failed: the group would be judged together with those before it', async () => {
  const scene = setScene();
  const [, second] = queue(scene, 1, 1);
  scene.fake.faults.add('graphql', { kind: 'status', status: 502 }, { times: 3 });
  await expect(find(scene, second!)).rejects.toMatchObject({ status: 502 });
});

it('takes no other branch for one of a queue', async () => {
  const { context, repo, docs } = setScene();
  const branch = { head: docs.defaultBranchSha, headRef: 'refs/heads/gh-readonly-queue/main/notes' };
  expect(await findMergeGroup(context.github, repo, branch)).toBeNull();
});
