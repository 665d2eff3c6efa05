import { describe, expect, it } from 'vitest';
import { takeNext } from '../../src/app/handlers.ts';
import type { PushTask } from '../../src/app/tasks.ts';
import { completeCheck, type OpenCheck, startCheck } from '../../src/github/publish-check.ts';
import type { Push } from '../../src/github/pushed.ts';
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
