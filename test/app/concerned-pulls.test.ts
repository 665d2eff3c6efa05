import { describe, expect, it } from 'vitest';
import { ConcernedPulls } from '../../src/app/concerned-pulls.ts';
import type { Push } from '../../src/github/pushed.ts';
import { setScene } from '../github/signpost-on-github.ts';

const KEY = 'acme/docs push';

/** So many open pull requests, and a push to the branch that they go to. */
function scene(open: number) {
  const { docs, fake, occasion, repo } = setScene();
  for (let at = 0; at < open; at += 1) docs.openPullRequest({ files: { [`${at}.md`]: '# More\n' } });
  const concerned = new ConcernedPulls({ memory: occasion.memory });
  const judged: number[] = [];
  const taskFor = (touches: Push['touches']) =>
    concerned.taskFor({ repo, branch: 'main', touches }, KEY, ({ number }) => judged.push(number));
  return { fake, judged, occasion, taskFor };
}

describe('the pull requests that a push concerns', () => {
  it('are judged five a minute, those that changed last first', async () => {
    const { fake, judged, occasion, taskFor } = scene(12);
    const task = taskFor('registry');
    const turns: unknown[] = [];
    for (let turn = 0; turn < 3; turn += 1) turns.push([await task?.run(occasion), judged.splice(0).length]);
    expect(turns).toEqual([
      [60_000, 5],
      [60_000, 5],
      [undefined, 2],
    ]);
    expect(fake.calls('pulls/list')).toHaveLength(1);
  });

  it('are those of both pushes where another one comes before they are done', async () => {
    const { judged, occasion, taskFor } = scene(7);
    await taskFor('registry')?.run(occasion);
    judged.length = 0;
    const task = taskFor('docs');
    while ((await task?.run(occasion)) !== undefined);
    expect(judged).toHaveLength(7);
    expect(taskFor(null)).toBeNull();
    await taskFor('docs')?.run(occasion);
    expect(judged).toHaveLength(7);
  });
});
