import { expect, it } from 'vitest';
import { mergeGroupOf, numbersIn } from '../../src/github/merge-queue.ts';
import { reviewMergeGroup } from '../../src/github/review-merge-group.ts';
import type { FakePullRequest } from '../fake-github/fake-pull-request.ts';
import { type Scene, setScene, UNCOVERED } from './signpost-on-github.ts';

const BREAKING = { 'docs/troubleshooting.md': UNCOVERED };

function groupOf(scene: Scene, ...pulls: FakePullRequest[]) {
  const queued = scene.docs.mergeGroup(...pulls);
  const { payload } = queued.checksRequested();
  return { queued, group: mergeGroupOf(payload as unknown as Parameters<typeof mergeGroupOf>[0]) };
}

it('judges a merge group on its own commit, without a comment', async () => {
  const scene = setScene();
  const { queued, group } = groupOf(scene, scene.docs.openPullRequest({ files: BREAKING }));
  expect(await reviewMergeGroup(group, scene.context)).toEqual({ verdict: 'fail', failure: null });
  expect(scene.docs.requiredCheck(queued.headSha, 'Signpost')).toBe('failing');
  expect(scene.docs.checkRunsFor(queued.headSha)).toMatchObject([{ externalId: `mg:${group.headRef}` }]);
  expect(scene.docs.pullRequests.flatMap(({ comments }) => comments)).toEqual([]);
  expect(scene.fake.takeViolations()).toEqual([]);
});

it('takes five calls where the base tree is remembered', async () => {
  const scene = setScene();
  const pull = scene.docs.openPullRequest({
    files: { 'docs/security.md': '---\ntitle: Security\n---\n\nRetrieval.\n' },
  });
  await reviewMergeGroup(groupOf(scene, pull).group, scene.context);
  const { group } = groupOf(scene, scene.docs.openPullRequest({ files: BREAKING }));
  scene.calls();
  await reviewMergeGroup(group, scene.context);
  expect(scene.calls()).toEqual([
    'checks/create',
    'repos/compare-commits-with-basehead',
    'git/get-tree',
    'graphql',
    'checks/update',
  ]);
});

it('counts the waivers of every pull request in the group', async () => {
  const scene = setScene();
  scene.docs.collaborator('jo', 'write');
  const breaking = scene.docs.openPullRequest({ files: BREAKING });
  const other = scene.docs.openPullRequest({ files: { 'README.md': '# Acme docs\n' } });
  breaking.comment('jo', '/signpost waive blank-tokens Gone in 5.0');
  const { group } = groupOf(scene, breaking, other);
  expect(await numbersIn(group, scene.context.github)).toEqual([other.number, breaking.number]);
  expect((await reviewMergeGroup(group, scene.context)).verdict).toBe('pass');
});

it('takes no waiver of a pull request that only a commit of its author names', async () => {
  const scene = setScene();
  scene.docs.collaborator('jo', 'write');
  const waived = scene.docs.openPullRequest({ files: { 'README.md': '# Acme docs\n' } });
  waived.comment('jo', '/signpost waive blank-tokens Gone in 5.0');
  const breaking = scene.docs.openPullRequest({ files: BREAKING, title: `Trust me (#${waived.number})` });
  expect((await reviewMergeGroup(groupOf(scene, breaking).group, scene.context)).verdict).toBe('fail');
});

it('takes no waiver of a pull request to another branch, nor of one that is closed', async () => {
  const scene = setScene();
  scene.docs.collaborator('jo', 'write');
  scene.docs.commit('next', { 'README.md': '# Next\n' });
  const elsewhere = scene.docs.openPullRequest({ files: { 'README.md': '# Other\n' }, base: 'next' });
  elsewhere.comment('jo', '/signpost waive blank-tokens because');
  const { group } = groupOf(scene, scene.docs.openPullRequest({ files: BREAKING }));
  const renamed = { ...group, headRef: `refs/heads/gh-readonly-queue/main/pr-${elsewhere.number}-${group.base}` };
  expect((await reviewMergeGroup(renamed, scene.context)).verdict).toBe('fail');
  elsewhere.close();
  expect((await reviewMergeGroup(renamed, scene.context)).verdict).toBe('fail');
});

it('judges a group in which a commit names what is no pull request', async () => {
  const scene = setScene();
  const base = scene.docs.defaultBranchSha;
  const head = scene.docs.commit('queue', BREAKING, 'Say less (#999)');
  const group = { repo: scene.repo, head, base, headRef: 'refs/heads/queue', baseRef: 'refs/heads/main' };
  expect(await reviewMergeGroup(group, scene.context)).toEqual({ verdict: 'fail', failure: null });
});

it('reads squashed commits, and a branch without a number', async () => {
  const scene = setScene();
  const base = scene.docs.defaultBranchSha;
  scene.docs.commit('queue', { 'a.md': 'a\n' }, 'Add a page (#7)');
  const head = scene.docs.commit('queue', { 'b.md': 'b\n' }, 'Add another (#8)\n\nSee (#9)');
  const group = { repo: scene.repo, head, base, headRef: 'refs/heads/queue', baseRef: 'refs/heads/main' };
  expect((await numbersIn(group, scene.context.github)).sort()).toEqual([7, 8]);
});

it('stops where the group was destroyed', async () => {
  const scene = setScene();
  const { queued, group } = groupOf(scene, scene.docs.openPullRequest({ files: BREAKING }));
  const outcome = await reviewMergeGroup(group, { ...scene.context, signal: AbortSignal.abort() });
  expect(outcome.verdict).toBe('superseded');
  expect(scene.docs.checkRunsFor(queued.headSha)).toMatchObject([
    { conclusion: 'cancelled', output: { title: 'Superseded' } },
  ]);
});
