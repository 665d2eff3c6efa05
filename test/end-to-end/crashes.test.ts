import { expect, it } from 'vitest';
import type { FakePullRequest } from '../fake-github/fake-pull-request.ts';
import { COVERING, REGISTRY, registry } from '../review/build-snapshots.ts';
import { another, BREAKING, endState, HARMLESS, type Scene, setScene, withoutHashes } from './scene.ts';

/** Reviews a pull request from its opening. */
async function open({ docs, tell }: Scene) {
  const pull = docs.openPullRequest({ files: BREAKING });
  await tell(pull.event('opened'));
  return pull;
}

/** Reviews a push that mends it, which turns the comment into an all clear. */
async function mend({ tell }: Scene, pull: FakePullRequest) {
  pull.push({ 'docs/troubleshooting.md': COVERING });
  await tell(pull.event('synchronize'));
  return pull;
}

/** A merge group that passes for itself, behind one that fails. */
async function queueUp({ docs, tell }: Scene) {
  const first = docs.mergeGroup(docs.openPullRequest({ files: BREAKING }));
  const behind = docs.openPullRequest({ files: HARMLESS });
  docs.collaborator('jo', 'write');
  behind.comment('jo', '/signpost waive nothing-of-the-kind It is read, though');
  await tell(first.checksRequested());
  return { docs, first, behind };
}

async function judgeGroup({ docs, tell }: Scene, { first, behind }: Awaited<ReturnType<typeof queueUp>>) {
  const group = docs.mergeGroupBehind(first, behind);
  await tell(group.checksRequested());
  return { headSha: group.headSha, comments: behind.comments };
}

/** A pull request that fails towards `main`, whose head is to go to a branch as well where it passes. */
async function branchOut(scene: Scene) {
  scene.docs.commit('release', { [REGISTRY]: registry('').replace('scenarios:\n', '') });
  return open(scene);
}

async function openToRelease({ docs, tell }: Scene, failing: FakePullRequest) {
  const pull = docs.openPullRequest({ base: 'release', branch: failing.state.head.ref });
  await tell(pull.event('opened'));
  return pull;
}

/** The same head is free again. */
async function closeTheOther({ tell }: Scene, { failing, passing }: Record<'failing' | 'passing', FakePullRequest>) {
  failing.close();
  await tell(failing.event('closed'));
  return passing;
}

const STORIES = {
  'the first review': { before: async () => undefined, story: open, gate: 'failing' },
  'the review of a push': { before: open, story: mend, gate: 'passing' },
  'the review of a head that another pull request has': { before: branchOut, story: openToRelease, gate: 'failing' },
  'what follows where that one is closed': {
    before: async (scene: Scene) => {
      const failing = await branchOut(scene);
      return { failing, passing: await openToRelease(scene, failing) };
    },
    story: closeTheOther,
    gate: 'passing',
  },
  'the review of a merge group': { before: queueUp, story: judgeGroup, gate: 'passing' },
} as const;

/** Runs a story to its end, or until the process dies after so many calls and another one takes its place. */
async function tellStory(name: keyof typeof STORIES, deathAfter: number | null) {
  const { before, story } = STORIES[name];
  const scene = await setScene();
  const given = await before(scene);
  scene.calls();
  if (deathAfter === null) {
    const pull = await story(scene, given as never);
    const calls = scene.calls();
    await scene.running.end();
    return { state: withoutHashes(endState(scene.docs, pull)), calls };
  }
  scene.github.killSwitch(deathAfter);
  const told = story({ ...scene, tell: async (event) => void (await scene.running.send(event!)) }, given as never);
  const pull = await told;
  while (!scene.github.requests.some(({ fault }) => fault)) await new Promise((resolve) => setTimeout(resolve, 5));
  await scene.running.service.stop();
  scene.github.faults.clear();
  const { running } = await another(scene);
  const state = withoutHashes(endState(scene.docs, pull));
  await running.end();
  return { state, calls: [] };
}

it.each(Object.keys(STORIES) as (keyof typeof STORIES)[])(
  'a crash between any two calls of %s changes nothing in the end',
  async (name) => {
    const undisturbed = await tellStory(name, null);
    expect(undisturbed.state.gate).toBe(STORIES[name].gate);
    const deaths = undisturbed.calls.map((_, at) => at);
    for (const at of deaths) {
      const { state } = await tellStory(name, at);
      expect.soft(state, `after ${at} calls, before ${undisturbed.calls[at]}`).toEqual(undisturbed.state);
    }
  },
);
