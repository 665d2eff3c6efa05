import { afterEach, expect, it, vi } from 'vitest';
import { describeFailure } from '../../src/github/failure.ts';
import { type ConnectionOptions, connectApp, connectInstallation } from '../../src/github/installation-client.ts';
import { addComment, readConversation } from '../../src/github/publish-comment.ts';
import { named } from '../../src/github/repository.ts';
import type { Fault } from '../fake-github/faults.ts';
import { connect, setScene } from './signpost-on-github.ts';

const TREE = 'git/get-tree';
const ADD = 'graphql/add-comment';

afterEach(() => {
  vi.useRealTimers();
});

/** A conversation that was read, and a connection that has done nothing yet. */
async function toComment(scene: ReturnType<typeof setScene>, options: Partial<ConnectionOptions> = {}) {
  const pull = await scene.pull(scene.docs.openPullRequest({ files: { 'a.md': 'a\n' } }));
  const conversation = await readConversation(pull, scene.context);
  return { github: connect(scene.fake, scene.docs, options), conversation };
}

async function readTree({ context, repo }: ReturnType<typeof setScene>) {
  return context.github.read.rest.git.getTree({ ...named(repo), tree_sha: 'main' });
}

it('names the API version in every request, that for a token too', async () => {
  const scene = setScene();
  await readTree(scene);
  expect(scene.fake.requests.map(({ headers }) => headers['x-github-api-version'])).toEqual([
    '2022-11-28',
    '2022-11-28',
  ]);
});

it('shares one token between reading and writing', async () => {
  const scene = setScene();
  const { read, write } = scene.context.github;
  await Promise.all([read.rest.rateLimit.get(), write.rest.rateLimit.get()]);
  await read.rest.rateLimit.get();
  expect(scene.calls().filter((call) => call === 'apps/create-installation-access-token').length).toBeLessThanOrEqual(
    2,
  );
  await write.rest.rateLimit.get();
  expect(scene.calls()).toEqual(['rate-limit/get']);
});

it('reads again where GitHub or the network failed', async () => {
  const scene = setScene();
  scene.fake.faults.add(TREE, { kind: 'status', status: 502 });
  scene.fake.faults.add(TREE, { kind: 'reset' });
  expect((await readTree(scene)).status).toBe(200);
  expect(scene.fake.calls(TREE)).toHaveLength(3);
});

it('gives up a request that is never answered', async () => {
  const scene = setScene();
  const github = connect(scene.fake, scene.docs, { timeout: 50 });
  scene.fake.faults.add(TREE, { kind: 'hang' }, { times: 3 });
  const reading = github.read.rest.git.getTree({ ...named(scene.repo), tree_sha: 'main' });
  await expect(reading).rejects.toThrow(/timeout/);
});

it.each([{ kind: 'status', status: 502 }, { kind: 'reset' }, { kind: 'response-lost' }] as const)(
  'never sends a mutation twice by itself: $kind',
  async (fault) => {
    const scene = setScene();
    const { github, conversation } = await toComment(scene);
    scene.fake.faults.add(ADD, fault);
    await expect(addComment(github, conversation, 'once')).rejects.toThrow();
    expect(scene.fake.calls(ADD)).toHaveLength(1);
  },
);

it('nor where nothing remains of the limit, and leaves three seconds between two comments', async () => {
  const scene = setScene();
  const { github, conversation } = await toComment(scene, { throttled: true });
  const { limits } = scene.fake.installationOf(scene.docs);
  const reset = scene.fake.world.now() + 5_000;
  const failing = async (remaining: number, fault: Fault) => {
    limits.graphql = { limit: 5_000, remaining, reset };
    scene.fake.faults.add(ADD, fault);
    const error = await addComment(github, conversation, 'once').catch((thrown: unknown) => thrown);
    return describeFailure(error, scene.fake.world.now());
  };
  expect(await failing(0, { kind: 'status', status: 502 })).toMatchObject({ kind: 'outside', status: 502 });
  const limited: Fault = { kind: 'graphql-refusal', type: 'RATE_LIMITED', message: 'API rate limit exceeded' };
  expect(await failing(1, limited)).toMatchObject({ kind: 'outside', status: 403, retryAfter: expect.any(Number) });
  const [first, second, ...more] = scene.fake.calls(ADD);
  expect(more).toEqual([]);
  expect(second!.at - first!.at).toBeGreaterThan(2_900);
});

it('asks for a longer pause before a comment than before other writes, whichever process sends them', async () => {
  const scene = setScene();
  const gaps: [string, number][] = [];
  const pace = async (name: string, gap: number) => {
    gaps.push([name.replace(/^\d+ /, ''), gap]);
  };
  const { conversation } = await toComment(scene);
  const other = scene.fake.repository('umbrella/docs', { 'a.md': 'a\n' });
  const github = connect(scene.fake, other, { throttled: true, pace });
  await expect(addComment(github, conversation, 'once')).rejects.toThrow('Could not resolve to a node');
  expect(gaps.slice(0, 2)).toEqual([
    ['comments', 3_000],
    ['writes', 1_000],
  ]);
});

it('waits as long as a secondary limit asks, and not for an hour', async () => {
  const scene = setScene();
  const github = connect(scene.fake, scene.docs, { throttled: true });
  const reading = () => github.read.rest.git.getTree({ ...named(scene.repo), tree_sha: 'main' });
  scene.fake.faults.add(TREE, { kind: 'secondary-limit', status: 429, retryAfter: 40 });
  await github.read.rest.rateLimit.get();
  expect(await passed(reading)).toBeGreaterThanOrEqual(40);
  vi.useRealTimers();
  expect(scene.fake.calls(TREE)).toHaveLength(2);
  scene.fake.faults.add(TREE, { kind: 'secondary-limit', status: 403, retryAfter: 3_600 });
  await expect(reading()).rejects.toThrow(/secondary/i);
  expect(scene.fake.calls(TREE)).toHaveLength(3);
});

it('spaces the writes of each installation by itself', async () => {
  const scene = setScene();
  const other = scene.fake.repository('umbrella/docs', { 'a.md': 'a\n' });
  const ours = connect(scene.fake, scene.docs, { throttled: true });
  const theirs = connect(scene.fake, other, { throttled: true });
  const write = (github: typeof ours, owner: string, name: string, head_sha: string) =>
    github.write.rest.checks.create({ owner, repo: 'docs', name, head_sha });
  // With their tokens at hand, nothing but the spacing takes time.
  await Promise.all([ours, theirs].map(({ read }) => read.rest.rateLimit.get()));
  const together = () =>
    Promise.all([
      write(ours, 'acme', 'a', scene.docs.defaultBranchSha),
      write(theirs, 'umbrella', 'a', other.defaultBranchSha),
      ours.read.graphql('query { rateLimit { cost } }'),
    ]);
  expect(await passed(together)).toBeLessThan(900);
  expect(await passed(() => write(ours, 'acme', 'b', scene.docs.defaultBranchSha))).toBeGreaterThan(900);
});

it('talks to the address that it is given, for tokens too', async () => {
  const scene = setScene();
  const baseUrl = await scene.fake.start();
  try {
    const { appId, privateKey } = scene.fake.credentials;
    const app = { id: appId, slug: 'signpost' };
    const options = { appId, privateKey, baseUrl, throttled: false };
    const github = connectInstallation(scene.fake.installationOf(scene.docs).id, app, options);
    expect((await github.read.rest.git.getTree({ ...named(scene.repo), tree_sha: 'main' })).status).toBe(200);
    const { data } = await connectApp(options).rest.apps.getAuthenticated();
    expect(data?.slug).toBe('signpost');
  } finally {
    await scene.fake.stop();
  }
});

/** Milliseconds that the work waits, by a clock that only waiting moves. */
async function passed(begin: () => Promise<unknown>): Promise<number> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  const start = Date.now();
  const work = begin();
  let isOver = false;
  void work.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    await vi.advanceTimersByTimeAsync(1);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await work;
  return Date.now() - start;
}
