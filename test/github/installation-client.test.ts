import { expect, it } from 'vitest';
import { connectApp, connectInstallation } from '../../src/github/installation-client.ts';
import { named } from '../../src/github/repository.ts';
import { connect, setScene } from './signpost-on-github.ts';

const TREE = 'git/get-tree';

async function readTree({ occasion, repo }: ReturnType<typeof setScene>) {
  return occasion.github.read.rest.git.getTree({ ...named(repo), tree_sha: 'main' });
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
  const { read, write } = scene.occasion.github;
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
  'never sends a POST twice by itself: $kind',
  async (fault) => {
    const scene = setScene();
    const opened = scene.docs.openPullRequest({ files: { 'a.md': 'a\n' } });
    scene.fake.faults.add('issues/create-comment', fault);
    const { write } = scene.occasion.github;
    const posting = write.rest.issues.createComment({
      ...named(scene.repo),
      issue_number: opened.number,
      body: 'once',
    });
    await expect(posting).rejects.toThrow();
    expect(scene.fake.calls('issues/create-comment')).toHaveLength(1);
  },
);

it('waits as long as a secondary limit asks, and not for an hour', async () => {
  const scene = setScene();
  const github = connect(scene.fake, scene.docs, { throttled: true });
  const reading = () => github.read.rest.git.getTree({ ...named(scene.repo), tree_sha: 'main' });
  scene.fake.faults.add(TREE, { kind: 'secondary-limit', status: 429, retryAfter: 40 });
  const start = performance.now();
  expect((await reading()).status).toBe(200);
  expect(performance.now() - start).toBeGreaterThan(35);
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
  const start = performance.now();
  await Promise.all([
    ours.write.rest.checks.create({ owner: 'acme', repo: 'docs', name: 'a', head_sha: scene.docs.defaultBranchSha }),
    theirs.write.rest.checks.create({ owner: 'umbrella', repo: 'docs', name: 'a', head_sha: other.defaultBranchSha }),
    ours.read.graphql('query { rateLimit { cost } }'),
  ]);
  expect(performance.now() - start).toBeLessThan(900);
  await ours.write.rest.checks.create({
    owner: 'acme',
    repo: 'docs',
    name: 'b',
    head_sha: scene.docs.defaultBranchSha,
  });
  expect(performance.now() - start).toBeGreaterThan(950);
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
