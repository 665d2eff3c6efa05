import { afterEach, expect, it } from 'vitest';
import type { Fault } from '../fake-github/faults.ts';
import { WEBHOOK_PATH } from '../server/running-service.ts';
import { another, BREAKING, commentsOf, endState, type Scene, setScene } from './scene.ts';

const scenes: Scene[] = [];
afterEach(async () => {
  for (const { running } of scenes) await running.service.stop();
  await scenes[0]?.github.stop();
  scenes.length = 0;
});

/** Two services on one GitHub, both of which are told of everything. */
async function startTwo() {
  const first = await setScene();
  const second = await another(first);
  scenes.push(first, second);
  return { ...first, both: [first, second] as const };
}

it('leaves one comment, and the newest check run is right, where two processes judge the same', async () => {
  const { docs, both } = await startTwo();
  const pull = docs.openPullRequest({ files: BREAKING });
  const event = pull.event('opened');
  await Promise.all(both.map(({ tell }) => tell(event)));
  expect(docs.requiredCheck(pull.headSha, 'Signpost')).toBe('failing');
  expect(endState(docs, pull).unfinished).toBe(0);
  expect(commentsOf(pull)).toHaveLength(1);

  pull.push({ 'docs/more.md': '# More\n' });
  const pushed = pull.event('synchronize');
  await Promise.all(both.map(({ tell }) => tell(pushed)));
  expect(commentsOf(pull)).toHaveLength(1);
  expect(docs.requiredCheck(pull.headSha, 'Signpost')).toBe('failing');
  expect(endState(docs, pull).unfinished).toBe(0);
});

it.each([
  ['both had looked before either wrote', { kind: 'delay', milliseconds: 300 }, 2],
  ['and the answer to the first comment is lost', { kind: 'response-lost' }, 1],
] satisfies [string, Fault, number][])('leaves exactly one comment where %s', async (_, fault, times) => {
  const { docs, github, both } = await startTwo();
  const pull = docs.openPullRequest({ files: BREAKING });
  github.faults.add('graphql/add-comment', fault, { times });
  await Promise.all(both.map((one) => one.tell(pull.event('opened'))));
  expect(github.calls('graphql/add-comment')).toHaveLength(2);
  expect(commentsOf(pull)).toHaveLength(1);
  expect(endState(docs, pull)).toMatchObject({ gate: 'failing', unfinished: 0 });
});

it('does no harm where one delivery comes again and again', async () => {
  const { docs, github, running, both } = await startTwo();
  const pull = docs.openPullRequest({ files: BREAKING });
  const delivery = await github.deliver(pull.event('opened'), running.url + WEBHOOK_PATH);
  for (let time = 0; time < 5; time += 1) {
    const { headers, body } = delivery.request;
    const answers = both.map(({ running: one }) => one.get(WEBHOOK_PATH, { method: 'POST', headers, body }));
    for (const { status } of await Promise.all(answers)) expect(status).toBe(200);
  }
  for (const one of both) await one.running.quiet();
  await both[0].tell(docs.checkSuiteEvent(pull.headSha, 'rerequested'));
  expect(endState(docs, pull)).toMatchObject({ gate: 'failing', unfinished: 0 });
  expect(commentsOf(pull)).toHaveLength(1);
});
