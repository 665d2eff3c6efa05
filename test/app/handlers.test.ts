import { describe, expect, it } from 'vitest';
import { handle, takeNext } from '../../src/app/handlers.ts';
import { type PullRequestTask, type PushTask, pullRequestTask, type Task } from '../../src/app/tasks.ts';
import { completeCheck, type OpenCheck, startCheck } from '../../src/github/publish-check.ts';
import type { Push } from '../../src/github/pushed.ts';
import type { JobQueue } from '../../src/queue/job-queue.ts';
import { localFacts } from '../../src/queue/local-queue.ts';
import { renderSuperseded } from '../../src/report/comment/check-run.ts';
import { setScene } from '../github/signpost-on-github.ts';

/** So many open pull requests, and a push to the branch that they go to. */
function scene(open: number) {
  const { docs, fake, context, repo } = setScene();
  for (let at = 0; at < open; at += 1) docs.openPullRequest({ files: { [`${at}.md`]: '# More\n' } });
  const facts = localFacts();
  const taskFor = (touches: Push['touches']): PushTask => {
    return { kind: 'push', push: { repo, branch: 'main', touches }, at: 0, left: null };
  };
  /** How many are taken turn by turn; between turns the task is kept as JSON. */
  const turns = async (touches: Push['touches']) => {
    const counts: number[] = [];
    for (let task = taskFor(touches); ; ) {
      const { pulls, left } = await takeNext(task, context, facts);
      counts.push(pulls.length);
      if (pulls.length < 5) return counts;
      task = JSON.parse(JSON.stringify({ ...task, left })) as PushTask;
    }
  };
  return { docs, fake, facts, context, repo, taskFor, turns };
}

describe('the pull requests that a push concerns', () => {
  it('are taken five at a time, and asked for once', async () => {
    const { fake, turns } = scene(12);
    expect(await turns('registry')).toEqual([5, 5, 2]);
    expect(fake.calls('pulls/list')).toHaveLength(1);
  });

  it('are, for docs, those that fail', async () => {
    const { turns } = scene(3);
    expect(await turns('docs')).toEqual([0]);
  });

  it('are, for docs, also those that are being judged, by what was there before', async () => {
    const { docs, context, repo, turns } = scene(3);
    const [first, second] = docs.pullRequests;
    const target = (pull: typeof first) => ({
      repo,
      head: pull!.headSha,
      externalId: `pr:${pull!.number}`,
      detailsUrl: null,
    });
    await startCheck(target(first), context);
    const check = (await startCheck(target(second), context)) as OpenCheck;
    await completeCheck(check, renderSuperseded(null), context);
    expect(await turns('docs')).toEqual([1]);
  });

  it('are the same for another attempt at a turn', async () => {
    const { facts, context, taskFor } = scene(7);
    const first = await takeNext(taskFor('registry'), context, facts);
    const task = { ...taskFor('registry'), left: first.left };
    const [once, twice] = [await takeNext(task, context, facts), await takeNext(task, context, facts)];
    expect(once.pulls.map(({ number }) => number)).toEqual(twice.pulls.map(({ number }) => number));
    expect(once.pulls).toHaveLength(2);
  });
});

/** A pull request, and a queue that tells what was added to it. */
function pullRequestScene({ state = null as 'runs' | 'waits' | null, anew = false } = {}) {
  const scene = setScene();
  const opened = scene.docs.openPullRequest({ files: { 'docs/more.md': '# More\n' } });
  const added: Task[] = [];
  const queue = {
    add: async ({ task }: { task: Task }) => void added.push(task),
    stateOf: async () => state,
  } as unknown as JobQueue<Task>;
  const judge = (facts: Partial<PullRequestTask>, signal?: AbortSignal) =>
    handle(
      pullRequestTask({ repo: scene.repo, number: opened.number }, facts),
      { ...scene.context, signal },
      { installation: 1, queue, facts: localFacts(), anew },
    );
  return { ...scene, opened, added, judge };
}

describe('a pull request', () => {
  it('that is closed by now is not judged, whatever told of it', async () => {
    const { docs, judge, opened, pull } = pullRequestScene();
    opened.close();
    expect(await judge({})).toBeUndefined();
    expect(await judge({ pull: await pull(opened), once: true })).toBeUndefined();
    expect(docs.checkRunsFor(opened.headSha)).toEqual([]);
    expect(opened.comments).toEqual([]);
  });

  it.each([
    [false, true],
    [true, false],
  ])('whose head is another one by now is judged as it is (asked anew: %j)', async (anew, once) => {
    const { added, judge, opened, pull } = pullRequestScene({ anew });
    const before = await pull(opened);
    opened.push({ 'docs/more.md': '# Even more\n' });
    expect(await judge({ pull: before })).toMatchObject({ verdict: 'superseded' });
    expect(added).toEqual([pullRequestTask(before, { once })]);
  });

  it('whose head is another one by now is left to a job that comes after this one, or to whoever aborted it', async () => {
    const waiting = pullRequestScene({ state: 'waits' });
    const aborted = pullRequestScene();
    for (const { added, judge, opened, pull } of [waiting, aborted]) {
      const before = await pull(opened);
      opened.push({ 'docs/more.md': '# Even more\n' });
      const signal = added === aborted.added ? AbortSignal.abort(opened.headSha) : undefined;
      expect(await judge({ pull: before }, signal)).toMatchObject({ verdict: 'superseded' });
      expect(added).toEqual([]);
    }
  });
});
