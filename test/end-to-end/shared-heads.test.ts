import { afterEach, describe, expect, it } from 'vitest';
import type { FakePullRequest } from '../fake-github/fake-pull-request.ts';
import { COVERING, REGISTRY, registry } from '../review/build-snapshots.ts';
import { another, BREAKING, commentsOf, endState, runsOf, type Scene, setScene } from './scene.ts';

const scenes: Scene[] = [];
afterEach(async () => {
  for (const { running } of scenes) await running.service.stop();
  await scenes[0]?.github.stop();
  scenes.length = 0;
});

/** `main` requires what `release` does not, and one commit is the head of a pull request to each. */
async function start() {
  const scene = await setScene();
  scenes.push(scene);
  const { docs } = scene;
  docs.commit('release', { [REGISTRY]: registry('').replace('scenarios:\n', '') });
  const failing = docs.openPullRequest({ files: BREAKING });
  const passing = docs.openPullRequest({ branch: failing.state.head.ref, base: 'release' });
  return { ...scene, failing, passing };
}

const gate = ({ docs }: Pick<Scene, 'docs'>, { headSha }: FakePullRequest) => docs.requiredCheck(headSha, 'Signpost');
const newest = ({ docs }: Pick<Scene, 'docs'>, { headSha }: FakePullRequest) => runsOf(docs, headSha).at(-1)!;

describe('two pull requests with one head', () => {
  it.each([
    ['the failing one first', true],
    ['the passing one first', false],
  ])('share the worst of their verdicts, %s, until the failing one is closed', async (_, failingFirst) => {
    const scene = await start();
    const { docs, tell, failing, passing } = scene;
    expect(failing.headSha).toBe(passing.headSha);
    const order = failingFirst ? [failing, passing] : [passing, failing];
    await tell(...order.map((pull) => pull.event('opened')));
    expect(gate(scene, passing)).toBe('failing');
    const { output, externalId } = newest(scene, passing);
    expect(externalId).toMatch(/^pr:(?:1,2|2,1)$/);
    expect(output.title).toMatch(/^#1 towards main: 1 scenario needs work, 1 blocks; #2 towards release: /);
    expect(output.summary).toContain('| ❌ | [#1](https://github.com/acme/docs/pull/1) | `main` |');
    expect(output.summary).toContain('| ✅ | [#2](https://github.com/acme/docs/pull/2) | `release` |');
    expect([commentsOf(failing).length, commentsOf(passing).length]).toEqual([1, 0]);

    failing.close();
    await tell(failing.event('closed'));
    expect(gate(scene, passing)).toBe('passing');
    expect(newest(scene, passing)).toMatchObject({ externalId: 'pr:2', annotations: [] });

    failing.reopen();
    await tell(failing.event('reopened'));
    expect(gate(scene, passing)).toBe('failing');
    expect(endState(docs, passing).unfinished).toBe(0);
  });

  it('are free of each other once one goes to another branch', async () => {
    const scene = await start();
    const { tell, failing, passing } = scene;
    await tell(failing.event('opened'), passing.event('opened'));
    failing.retarget('release');
    await tell(failing.event('edited'));
    expect(gate(scene, passing)).toBe('passing');
    expect(newest(scene, passing).output.title).toContain('#1 towards release');
    failing.retarget('main');
    await tell(failing.event('edited'));
    expect(gate(scene, passing)).toBe('failing');
  });

  it('are waived each for itself, and judged again together by a button', async () => {
    const scene = await start();
    const { docs, tell, failing, passing } = scene;
    docs.collaborator('jo', 'write');
    await tell(failing.event('opened'), passing.event('opened'));
    const elsewhere = passing.comment('jo', '/signpost waive blank-tokens It is not in this release');
    await tell(passing.commentEvent(elsewhere, 'created'));
    expect(gate(scene, passing)).toBe('failing');
    const here = failing.comment('jo', '/signpost waive blank-tokens It is logged by now');
    await tell(failing.commentEvent(here, 'created'));
    expect(gate(scene, passing)).toBe('passing');
    await tell(docs.checkRunEvent(newest(scene, passing), 'rerequested'));
    expect([gate(scene, passing), newest(scene, passing).externalId]).toEqual(['passing', expect.stringMatching(/,/)]);
  });

  it('move together where they are one branch', async () => {
    const scene = await start();
    const { docs, tell, failing, passing } = scene;
    await tell(failing.event('opened'), passing.event('opened'));
    failing.push({ 'docs/troubleshooting.md': COVERING });
    passing.state.head.sha = failing.headSha;
    await tell(failing.event('synchronize'), passing.event('synchronize'));
    expect([gate(scene, failing), newest(scene, failing).externalId]).toEqual([
      'passing',
      expect.stringMatching(/^pr:(?:1,2|2,1)$/),
    ]);
    expect(endState(docs, failing).unfinished).toBe(0);
  });

  it('part where they are two branches, and one of them moves on', async () => {
    const scene = await start();
    const { tell, failing, passing } = scene;
    passing.state.head.ref = 'another-branch';
    await tell(failing.event('opened'), passing.event('opened'));
    expect(gate(scene, passing)).toBe('failing');
    failing.push({ 'docs/more.md': '# More\n' });
    await tell(failing.event('synchronize'));
    expect([gate(scene, failing), gate(scene, passing)]).toEqual(['failing', 'passing']);
    expect(newest(scene, passing).externalId).toBe('pr:2');
  });

  it('come to the same end in three processes that hear of everything again and again', async () => {
    const scene = await start();
    const { docs, failing, passing } = scene;
    const all = [scene, await another(scene), await another(scene)];
    scenes.push(...all.slice(1));
    const events = [failing.event('opened'), passing.event('opened'), failing.event('opened')];
    await Promise.all(all.map(({ tell }) => tell(...events)));
    expect(gate(scene, passing)).toBe('failing');
    expect([commentsOf(failing).length, commentsOf(passing).length]).toEqual([1, 0]);
    failing.close();
    await Promise.all(all.map(({ tell }) => tell(failing.event('closed'), failing.event('closed'))));
    expect([gate(scene, passing), endState(docs, passing).unfinished]).toEqual(['passing', 0]);
  });
});

describe('after a restart the sweep', () => {
  it('judges those that were opened meanwhile together with those that have their head', async () => {
    const scene = await start();
    const { docs, tell, failing, passing } = scene;
    await tell(passing.event('opened'));
    await scene.running.service.stop();
    // A fork's branch of another name, of which GitHub does not tell when it is asked about the commit.
    const hidden = docs.openPullRequest({ files: BREAKING, fork: true, author: 'ben', branch: 'patch' });
    hidden.state.head.sha = passing.headSha;
    const runs = runsOf(docs, passing.headSha).length;
    scenes.push(await another(scene));
    expect(runsOf(docs, passing.headSha).length).toBeGreaterThan(runs);
    const numbers = newest(scene, passing).externalId.slice(3).split(',').sort();
    expect(numbers).toEqual([failing, passing, hidden].map(({ number }) => String(number)));
    expect(gate(scene, passing)).toBe('failing');
  });

  it('frees one from another that was closed meanwhile, and leaves alone what is answered', async () => {
    const scene = await start();
    const { docs, tell, failing, passing } = scene;
    await tell(failing.event('opened'), passing.event('opened'));
    await scene.running.service.stop();
    failing.close();
    scenes.push(await another(scene));
    expect([gate(scene, passing), newest(scene, passing).externalId]).toEqual(['passing', 'pr:2']);
    await scenes.at(-1)!.running.service.stop();
    const runs = runsOf(docs, passing.headSha).length;
    scenes.push(await another(scene));
    expect(runsOf(docs, passing.headSha)).toHaveLength(runs);
  });
});
