import { expect, it } from 'vitest';
import { connectApp } from '../../src/github/installation-client.ts';
import {
  findUnanswered,
  findUnansweredGroups,
  listInstallations,
  listRepositories,
  redeliverFailed,
} from '../../src/github/installation-sweep.ts';
import { mergeGroupOf } from '../../src/github/merge-queue.ts';
import { startCheck } from '../../src/github/publish-check.ts';
import { reviewMergeGroup } from '../../src/github/review-merge-group.ts';
import { reviewPullRequest } from '../../src/github/review-pull-request.ts';
import { type Scene, setScene, UNCOVERED } from './signpost-on-github.ts';

function appOf({ fake }: Scene) {
  const { appId, privateKey } = fake.credentials;
  return connectApp({ appId, privateKey, fetch: fake.fetch, throttled: false, second: 1 });
}

it('lists installations and the repositories that each may read', async () => {
  const scene = setScene();
  scene.fake.install(scene.fake.repository('acme/handbook', { 'a.md': 'a\n' }));
  expect(await listInstallations(appOf(scene))).toEqual([scene.fake.installationOf(scene.docs).id]);
  expect((await listRepositories(scene.context.github)).map(({ owner, name }) => `${owner}/${name}`)).toEqual([
    'acme/docs',
    'acme/handbook',
  ]);
});

it('finds open pull requests without a lasting answer', async () => {
  const scene = setScene();
  const open = (text: string) => scene.docs.openPullRequest({ files: { 'docs/troubleshooting.md': text } });
  const never = open('# Never\n');
  const answered = open(UNCOVERED);
  const crashed = open('# Crashed\n');
  const unjudged = open('# Not judged\n');
  const closed = open('# Closed\n');
  closed.close();
  await reviewPullRequest(await scene.pull(answered), scene.context);
  const left = await scene.pull(crashed);
  await startCheck(
    { repo: scene.repo, head: left.head.sha, externalId: `pr:${crashed.number}`, detailsUrl: null },
    scene.context,
  );
  const pull = await scene.pull(unjudged);
  scene.fake.faults.add('git/get-tree', { kind: 'status', status: 503 }, { times: 3 });
  await reviewPullRequest(pull, scene.context);
  scene.docs.otherAppCheckRun('rival', {
    name: 'Signpost',
    head_sha: never.headSha,
    external_id: `pr:${never.number}`,
    status: 'completed',
    conclusion: 'success',
  });
  const found = await findUnanswered(scene.context, scene.repo);
  expect(found.map(({ pull }) => pull.number).sort()).toEqual([never.number, crashed.number, unjudged.number]);
  for (const { pull } of found) await reviewPullRequest(pull, { ...scene.context, recovering: true });
  expect(await findUnanswered(scene.context, scene.repo)).toEqual([]);
  expect(crashed.checkRuns).toHaveLength(1);
});

it('asks about an answered head once an hour, and at once where another pull request has it', async () => {
  const scene = setScene();
  const { docs, context, repo } = scene;
  const opened = docs.openPullRequest({ files: { 'docs/troubleshooting.md': UNCOVERED } });
  await reviewPullRequest(await scene.pull(opened), context);
  const asked = async (later = 0) => {
    scene.calls();
    const found = await findUnanswered({ ...context, now: () => context.now() + later }, repo);
    return [found.length, scene.calls().filter((call) => call === 'checks/list-for-ref').length];
  };
  expect([await asked(), await asked()]).toEqual([
    [0, 1],
    [0, 0],
  ]);
  docs.commit('release', { 'README.md': '# Release\n' });
  const other = docs.openPullRequest({ base: 'release', branch: opened.state.head.ref });
  expect(await asked()).toEqual([2, 1]);
  other.close();
  expect([await asked(), await asked(3_600_000)]).toEqual([
    [0, 0],
    [0, 1],
  ]);
});

it('finds merge groups without a lasting answer, and none that are gone', async () => {
  const scene = setScene();
  const { docs, context, repo } = scene;
  const queued = () => docs.mergeGroup(docs.openPullRequest({ files: { 'docs/troubleshooting.md': UNCOVERED } }));
  const [never, answered, crashed, gone] = [queued(), queued(), queued(), queued()];
  gone.destroy('dequeued');
  const { payload } = answered.checksRequested();
  await reviewMergeGroup(mergeGroupOf(payload as unknown as Parameters<typeof mergeGroupOf>[0]), context);
  const externalId = `mg:${crashed.state.headRef}`;
  await startCheck({ repo, head: crashed.headSha, externalId, detailsUrl: null }, context);
  const found = await findUnansweredGroups(context.github, repo);
  expect(found.map(({ head }) => head).sort()).toEqual([never.headSha, crashed.headSha].sort());
});

it('asks again for deliveries that never arrived, and only once for each', async () => {
  const scene = setScene();
  const opened = scene.docs.openPullRequest({ files: { 'a.md': 'a\n' } });
  const heard: number[] = [];
  let up = false;
  const target = async () => {
    heard.push(1);
    return { status: up ? 202 : 503 };
  };
  await scene.fake.deliver(opened.event('opened'), target);
  await scene.fake.deliver(opened.event('synchronize'), target, { lost: true });
  up = true;
  await scene.fake.deliver(opened.event('reopened'), target);
  heard.length = 0;
  const since = scene.fake.world.now() - 60_000;
  expect(await redeliverFailed(appOf(scene), since)).toBe(2);
  await scene.fake.settled();
  expect(heard).toHaveLength(2);
  expect(await redeliverFailed(appOf(scene), since)).toBe(0);
});

it('leaves deliveries alone that are older than was asked for', async () => {
  const scene = setScene();
  const opened = scene.docs.openPullRequest({ files: { 'a.md': 'a\n' } });
  await scene.fake.deliver(opened.event('opened'), async () => ({ status: 500 }));
  expect(await redeliverFailed(appOf(scene), scene.fake.world.now() + 60_000)).toBe(0);
});
