import { describe, expect, it } from 'vitest';
import { externalIdOf, pullsIn, subjectsOf } from '../../src/github/check-runs.ts';
import { findUnanswered } from '../../src/github/installation-sweep.ts';
import { startCheck } from '../../src/github/publish-check.ts';
import { reviewPullRequest } from '../../src/github/review-pull-request.ts';
import type { FakePullRequest } from '../fake-github/fake-pull-request.ts';
import { REGISTRY, registry } from '../review/build-snapshots.ts';
import { type Scene, setScene, UNCOVERED } from './signpost-on-github.ts';
import { unboundedMemory } from './unbounded-memory.ts';

const BREAKING = { 'docs/troubleshooting.md': UNCOVERED };

/** One head towards `main`, where it fails, and towards so many branches that require nothing. */
function shared(others = 1) {
  const scene = setScene();
  const failing = scene.docs.openPullRequest({ files: BREAKING });
  const passing = Array.from({ length: others }, (_, at) => {
    const base = `release-${at}`;
    scene.docs.commit(base, { [REGISTRY]: registry('').replace('scenarios:\n', '') });
    return scene.docs.openPullRequest({ base, branch: failing.state.head.ref });
  });
  return { ...scene, failing, passing };
}

const review = async (scene: Scene, opened: FakePullRequest) =>
  reviewPullRequest(await scene.pull(opened), scene.context);
const runs = ({ docs }: Scene, { headSha }: FakePullRequest) => docs.checkRunsFor(headSha);

describe('what a check run is about', () => {
  it.each([[[12]], [[12, 13, 999_999_999]]])('is read back: %j', (pulls) => {
    expect(pullsIn(externalIdOf(pulls))).toEqual(pulls);
  });
  it('is a merge group as well', () => {
    expect(subjectsOf('mg:refs/heads/gh-readonly-queue/main/pr-1-abc')).toEqual([
      { headRef: 'refs/heads/gh-readonly-queue/main/pr-1-abc' },
    ]);
  });
  it.each([null, undefined, '', 'pr:', 'pr:0', 'pr:1,', 'pr:,1', 'pr:1, 2', 'pr:1234567890', 'mg:main', 'x pr:1'])(
    'is nothing in %j',
    (id) => expect(subjectsOf(id)).toEqual([]),
  );
});

describe('a review of a head that several pull requests have', () => {
  it('asks for nothing more where they have none in common, and for each other one what a review reads', async () => {
    const scene = shared();
    const alone = scene.docs.openPullRequest({ files: { 'docs/notes.md': '# Notes\n' } });
    for (const opened of [scene.failing, alone]) await review(scene, opened);
    scene.calls();
    await review(scene, alone);
    expect(scene.calls().filter((call) => call === 'graphql')).toHaveLength(1);
    await review(scene, scene.failing);
    const reading = ['repos/compare-commits-with-basehead', 'graphql'];
    expect(scene.calls()).toEqual(['checks/create', ...reading, ...reading, 'checks/update']);
    expect(scene.fake.takeViolations()).toEqual([]);
  });

  it('finds one whose branch has another name, and one whose commit the default branch holds already', async () => {
    const scene = shared();
    const [passing] = scene.passing;
    passing!.state.head.ref = 'another';
    await review(scene, passing!);
    expect(runs(scene, passing!).at(-1)).toMatchObject({ conclusion: 'failure', externalId: 'pr:2,1' });

    const merged = shared(2);
    merged.failing.merge();
    const [first] = merged.passing;
    await review(merged, first!);
    expect(runs(merged, first!).at(-1)).toMatchObject({ conclusion: 'success', externalId: 'pr:2,3' });
  });

  it('leaves out what is closed or has moved on, also where it was told of it', async () => {
    const scene = shared(2);
    const { failing, context, passing } = scene;
    const [first, second] = passing as [FakePullRequest, FakePullRequest];
    const known = await Promise.all([failing, second].map((each) => scene.pull(each)));
    failing.close();
    second.push({ 'docs/more.md': '# More\n' });
    await reviewPullRequest(await scene.pull(first), context, known);
    expect(runs(scene, first).at(-1)).toMatchObject({ conclusion: 'success', externalId: 'pr:2' });
  });

  it('does not let one that is closed by then hold up the others', async () => {
    const scene = shared();
    const closing = await scene.pull(scene.failing);
    scene.failing.close();
    await reviewPullRequest(closing, scene.context);
    expect(runs(scene, scene.failing).at(-1)).toMatchObject({ conclusion: 'success', externalId: 'pr:2' });
  });

  it('does not pass where another one cannot be read', async () => {
    const scene = shared();
    const pull = await scene.pull(scene.passing[0]!);
    await reviewPullRequest(pull, scene.context);
    scene.fake.faults.add(
      'repos/compare-commits-with-basehead',
      { kind: 'status', status: 503 },
      { from: 2, times: 3 },
    );
    const { verdict, failure } = await reviewPullRequest(pull, scene.context);
    expect([verdict, failure?.retries]).toEqual(['not-judged', true]);
    expect(runs(scene, scene.failing).at(-1)).toMatchObject({ conclusion: 'action_required' });
  });

  it('judges no more than eight together, and says so', async () => {
    const scene = shared(8);
    expect(await review(scene, scene.failing)).toMatchObject({ verdict: 'not-judged', failure: { retries: false } });
    const { output, conclusion } = runs(scene, scene.failing).at(-1)!;
    expect(conclusion).toBe('action_required');
    expect(output.summary).toContain('9 open pull requests have this commit as their head');
    scene.passing[0]!.close();
    await review(scene, scene.failing);
    expect(runs(scene, scene.failing).at(-1)).toMatchObject({
      conclusion: 'failure',
      externalId: 'pr:1,3,4,5,6,7,8,9',
    });
  });
});

describe('the sweep', () => {
  it('counts pull requests with one head as answered together or not at all', async () => {
    const scene = shared();
    const { docs, failing, context, passing, repo } = scene;
    const found = async () =>
      (await findUnanswered({ ...context, memory: unboundedMemory() }, repo)).map(({ pull }) => pull.number);
    expect(await found()).toEqual([2, 1]);
    await review(scene, failing);
    expect(await found()).toEqual([]);
    // As an earlier version wrote it.
    docs.checkRunsFor(failing.headSha).at(-1)!.externalId = 'pr:1';
    expect(await found()).toEqual([2, 1]);
    await review(scene, passing[0]!);
    expect(await found()).toEqual([]);
    await startCheck({ repo, head: failing.headSha, externalId: 'pr:1', detailsUrl: null }, context);
    await review(scene, passing[0]!);
    expect(await found()).toEqual([1]);
    failing.close();
    expect(await found()).toEqual([2]);
  });
});
