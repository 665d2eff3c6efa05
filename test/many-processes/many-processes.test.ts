import { spawnSync } from 'node:child_process';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FakeGitHub } from '../fake-github/fake-github.ts';
import type { FakePullRequest } from '../fake-github/fake-pull-request.ts';
import type { FakeRepository } from '../fake-github/fake-repository.ts';
import { COVERED_SITE, UNCOVERED } from '../github/signpost-on-github.ts';
import { REGISTRY } from '../review/build-snapshots.ts';
import { fakeGitHub } from '../server/running-service.ts';
import { type BuiltServer, buildServer, type ServerProcess, until } from './processes.ts';
import { hasRedis, type RedisServer, startRedis } from './redis-server.ts';

const BREAKS = { files: { 'docs/troubleshooting.md': UNCOVERED } };
const LEASE = 1;

let built: BuiltServer;
let redis: RedisServer;
let github: FakeGitHub;
let docs: FakeRepository;

beforeAll(async () => {
  built = await buildServer();
});
afterAll(() => built.end());
beforeEach(async () => {
  redis = await startRedis();
  github = fakeGitHub();
  docs = github.repository('acme/docs', COVERED_SITE);
});
const running: ServerProcess[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.signal('SIGKILL');
  await redis.end();
  await github.stop();
});

async function start(role: 'web' | 'worker' | 'all', more: Record<string, string> = {}): Promise<ServerProcess> {
  const settings = { REDIS_URL: redis.url, SIGNPOST_ROLE: role, LEASE_SECONDS: String(LEASE), DRAIN_SECONDS: '2' };
  const server = await built.start(github, { ...settings, ...more });
  running.push(server);
  return server;
}

async function startReady(role: 'web' | 'worker' | 'all', more: Record<string, string> = {}): Promise<ServerProcess> {
  const server = await start(role, more);
  await until(`${role} is ready`, 10, async () => (await server.get('readyz')).status === 200);
  return server;
}

const conclusions = (pull: FakePullRequest) => pull.checkRuns.map(({ conclusion }) => conclusion);
const ours = (pull: FakePullRequest) => pull.comments.filter(({ user }) => user.login === 'signpost[bot]').length;
const judged = (pull: FakePullRequest, seconds = 15) =>
  until(`#${pull.number} is judged`, seconds, () => pull.checkRuns.at(-1)?.status === 'completed');

/** Its verdict stands at GitHub, and the worker that told it waits for an answer that does not come. */
async function openAndHangAfterVerdict(web: ServerProcess): Promise<FakePullRequest> {
  const pull = docs.openPullRequest(BREAKS);
  github.faults.add('checks/update', { kind: 'response-lost' });
  github.faults.add('checks/get', { kind: 'hang' });
  await github.deliver(pull.event('opened'), web.hook);
  await until('the verdict stands', 10, () => github.calls('checks/get').length > 0);
  return pull;
}

async function metric(server: ServerProcess, line: string): Promise<number> {
  const { text } = await server.get('metrics');
  return Number(
    text
      .split('\n')
      .find((each) => each.startsWith(`${line} `))
      ?.split(' ')
      .at(-1) ?? 0,
  );
}

describe.skipIf(!hasRedis && !process.env.CI)('many processes over Redis', { timeout: 60_000 }, () => {
  it('share the work of two that take webhooks and two that do it', async () => {
    const [webs, workers] = [
      [await startReady('web'), await startReady('web')],
      [await startReady('worker'), await startReady('worker')],
    ];
    const pulls = Array.from({ length: 12 }, () => docs.openPullRequest(BREAKS));
    for (const [at, pull] of pulls.entries()) {
      const { statusCode } = await github.deliver(pull.event('opened'), webs[at % 2]!.hook);
      expect(statusCode).toBe(200);
    }
    for (const pull of pulls) await judged(pull);
    for (const pull of pulls) expect([conclusions(pull), ours(pull)]).toEqual([['failure'], 1]);
    const shares = () =>
      Promise.all(workers.map((worker) => metric(worker, 'signpost_jobs_total{kind="pull request",outcome="fail"}')));
    // A verdict stands at GitHub a moment before its job is counted.
    await until('all are counted', 10, async () => (await shares()).reduce((sum, share) => sum + share) === 12);
    expect(Math.min(...(await shares()))).toBeGreaterThan(0);
    expect((await webs[0]!.get('metrics')).text).not.toContain('signpost_jobs_total{');
  });

  it('finish what one of them was killed over', async () => {
    const web = await startReady('web');
    const first = await startReady('worker');
    github.faults.add('git/get-tree', { kind: 'hang' });
    const pull = docs.openPullRequest(BREAKS);
    await github.deliver(pull.event('opened'), web.hook);
    await until('the review runs', 10, () => github.calls('git/get-tree').length > 0);
    await first.signal('SIGKILL');
    expect(pull.checkRuns.map(({ status }) => status)).toEqual(['in_progress']);
    await startReady('worker');
    await judged(pull);
    expect([conclusions(pull), ours(pull)]).toEqual([['failure'], 1]);
  });

  it('do not repeat what was told before one of them was killed', async () => {
    const web = await startReady('web');
    const first = await startReady('worker');
    const pull = await openAndHangAfterVerdict(web);
    await first.signal('SIGKILL');
    const second = await startReady('worker');
    await until(
      'the queue is empty',
      15,
      async () => (await metric(second, 'signpost_queue_jobs{state="running"}')) === 0,
    );
    expect([conclusions(pull), ours(pull)]).toEqual([['failure'], 1]);
  });

  it('judge anew what a newer job asks for, where the older one of the same second told its verdict and came to no end', async () => {
    const web = await startReady('web');
    const first = await startReady('worker');
    const pull = await openAndHangAfterVerdict(web);
    // GitHub tells in whole seconds only when a run began; this is as if all that follows came in the same one.
    Object.assign(pull.checkRuns[0]!, { startedAt: new Date(Date.now() + 60_000).toISOString() });
    docs.commit('main', { [REGISTRY]: `${COVERED_SITE[REGISTRY]}\ngate: { block: off }\n` });
    await github.deliver(docs.pushEvent('main'), web.hook);
    const lane = `{signpost}:lane:${github.installationOf(docs).id}:acme/docs ${pull.number}`;
    await until(
      'the newer job waits',
      10,
      () => new Set(redis.command('HMGET', lane, 'seq', 'ranSeq').split('\n')).size > 1,
    );
    // It takes that place, and must not take what was asked for away.
    await github.deliver(pull.event('opened'), web.hook);
    await first.signal('SIGKILL');
    await startReady('worker');
    await until('it is judged by the new registry', 15, () => pull.checkRuns.at(-1)?.conclusion === 'success');
    expect([conclusions(pull), ours(pull)]).toEqual([['failure', 'success'], 1]);
  });

  it('write nothing any more after a pause in which another one took over', async () => {
    const web = await startReady('web');
    const first = await startReady('worker');
    const pull = docs.openPullRequest(BREAKS);
    github.faults.add('git/get-tree', { kind: 'delay', milliseconds: 300 });
    await github.deliver(pull.event('opened'), web.hook);
    await until('the review runs', 10, () => github.calls('git/get-tree').length > 0);
    first.freeze();
    await startReady('worker');
    await judged(pull);
    const before = github.requests.length;
    first.thaw();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const written = github.requests.slice(before).filter(({ method }) => method === 'POST' || method === 'PATCH');
    expect(written.filter(({ operationId }) => operationId?.startsWith('checks/'))).toEqual([]);
    expect([conclusions(pull), ours(pull)]).toEqual([['failure'], 1]);
  });

  it('judge once more where a write of one that was stopped came after those of who took over', async () => {
    const web = await startReady('web');
    const first = await startReady('worker');
    const pull = docs.openPullRequest(BREAKS);
    github.faults.add('checks/update', { kind: 'delay', milliseconds: 5_000 });
    await github.deliver(pull.event('opened'), web.hook);
    await until('the verdict is on its way', 10, () => github.calls('checks/update').length > 0);
    first.freeze();
    docs.commit('main', { [REGISTRY]: `${COVERED_SITE[REGISTRY]}\ngate: { block: off }\n` });
    await startReady('worker');
    await until('another one told its verdict', 5, () => pull.checkRuns.at(-1)?.conclusion === 'success');
    await until('the old one arrives', 10, () => pull.checkRuns.at(-1)?.conclusion === 'failure');
    first.thaw();
    await until('it is put right', 10, () => pull.checkRuns.at(-1)?.conclusion === 'success');
  });

  it('judge the newest head alone where pushes come faster than reviews, whichever process hears of them', async () => {
    const webs = [await startReady('web'), await startReady('web')];
    await startReady('worker');
    await startReady('worker');
    github.faults.add('git/get-tree', { kind: 'delay', milliseconds: 300 }, { times: 50 });
    const pull = docs.openPullRequest(BREAKS);
    await github.deliver(pull.event('opened'), webs[0]!.hook);
    const heads: string[] = [];
    for (let push = 1; push <= 6; push += 1) {
      heads.push(pull.headSha);
      pull.push({ 'docs/other.md': `# Push ${push}\n` });
      await github.deliver(pull.event('synchronize'), webs[push % 2]!.hook);
    }
    await judged(pull);
    await until('nothing runs', 10, async () => (await metric(webs[0]!, 'signpost_queue_jobs{state="running"}')) === 0);
    expect([conclusions(pull), ours(pull)]).toEqual([['failure'], 1]);
    const older = heads.flatMap((sha) => docs.checkRunsFor(sha)).map(({ conclusion }) => conclusion);
    expect(older.filter((conclusion) => conclusion !== 'cancelled').length).toBeLessThanOrEqual(1);
    expect(older.length).toBeLessThan(heads.length);
  });

  it('take a delivery once, whichever of them gets it again', async () => {
    const webs = [await startReady('web'), await startReady('web')];
    const pull = docs.openPullRequest(BREAKS);
    const { request } = await github.deliver(pull.event('opened'), webs[0]!.hook);
    await startReady('worker');
    await judged(pull);
    for (const { hook } of [...webs, ...webs])
      expect((await fetch(hook, { method: 'POST', ...request })).status).toBe(200);
    expect(await metric(webs[1]!, 'signpost_deliveries_total{event="pull_request",outcome="repeated"}')).toBe(2);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(conclusions(pull)).toEqual(['failure']);
  });

  it('let an installation with little to do pass one with much', async () => {
    const web = await startReady('web');
    const small = github.repository('small/docs', COVERED_SITE);
    const many = Array.from({ length: 30 }, () => docs.openPullRequest(BREAKS));
    for (const pull of many) await github.deliver(pull.event('opened'), web.hook);
    const last = small.openPullRequest(BREAKS);
    await github.deliver(last.event('opened'), web.hook);
    github.faults.add('git/get-tree', { kind: 'delay', milliseconds: 150 }, { times: 100 });
    await startReady('worker');
    await judged(last);
    expect(many.filter((pull) => pull.checkRuns.at(-1)?.status === 'completed').length).toBeLessThan(15);
    expect(many.filter((pull) => pull.checkRuns.at(-1)?.status === 'in_progress').length).toBeLessThanOrEqual(3);
    for (const pull of many) await judged(pull, 30);
  });
});

describe.skipIf(!hasRedis && !process.env.CI)('where Redis is away', { timeout: 60_000 }, () => {
  it('at the start, everything waits for it and says so once', async () => {
    await redis.kill();
    const all = await start('all');
    const { status, text } = await all.get('readyz');
    expect([status, text]).toEqual([503, 'Redis cannot be reached: ECONNREFUSED\n']);
    const pull = docs.openPullRequest(BREAKS);
    expect((await github.deliver(pull.event('opened'), all.hook)).statusCode).toBe(503);
    await redis.restart();
    await until('it is ready', 10, async () => (await all.get('readyz')).status === 200);
    // The sweep at the start has the delivery sent again.
    await judged(pull);
    expect([conclusions(pull), ours(pull)]).toEqual([['failure'], 1]);
    expect(all.output().match(/Redis cannot be reached/g)).toHaveLength(1);
  });

  it.each(['killed', 'frozen'] as const)(
    'in the middle (%s), webhooks are refused at once and all goes on after',
    async (how) => {
      const all = await startReady('all');
      github.faults.add('git/get-tree', { kind: 'delay', milliseconds: 700 });
      const pull = docs.openPullRequest(BREAKS);
      await github.deliver(pull.event('opened'), all.hook);
      await until('the review runs', 10, () => github.calls('git/get-tree').length > 0);
      if (how === 'killed') await redis.kill();
      else redis.freeze();
      const other = docs.openPullRequest(BREAKS);
      // It is answered while Redis is still away.
      expect((await github.deliver(other.event('opened'), all.hook)).statusCode).toBe(503);
      expect((await all.get('healthz')).status).toBe(200);
      await until('it says why', 5, async () => (await all.get('readyz')).text.includes('Redis cannot be reached'));
      if (how === 'killed') await redis.restart();
      else redis.thaw();
      await until('it is ready', 10, async () => (await all.get('readyz')).status === 200);
      await judged(pull, 20);
      expect((await github.deliver(other.event('opened'), all.hook)).statusCode).toBe(200);
      await judged(other, 20);
      expect([conclusions(pull).at(-1), ours(pull), conclusions(other), ours(other)]).toEqual([
        'failure',
        1,
        ['failure'],
        1,
      ]);
      expect(all.isAlive()).toBe(true);
    },
  );

  it('and comes back without what it knew, the sweep finds what was lost', async () => {
    const web = await startReady('web');
    const pull = docs.openPullRequest(BREAKS);
    await github.deliver(pull.event('opened'), web.hook);
    await redis.restart({ empty: true });
    await startReady('worker');
    await judged(pull);
    expect([conclusions(pull), ours(pull)]).toEqual([['failure'], 1]);
  });
});

describe.skipIf(!hasRedis && !process.env.CI)('dead letters', { timeout: 60_000 }, () => {
  it('are counted, listed, and put into the queue again', async () => {
    const all = await startReady('all');
    github.faults.add('checks/create', { kind: 'status', status: 422, message: 'no' }, { times: 1 });
    const pull = docs.openPullRequest(BREAKS);
    await github.deliver(pull.event('opened'), all.hook);
    await until('it is set aside', 10, async () => (await metric(all, 'signpost_queue_jobs{state="dead"}')) === 1);
    expect(conclusions(pull)).toEqual([]);
    const command = (...args: string[]) => {
      const node = ['--import', 'tsx', 'src/server.ts', ...args];
      return spawnSync(process.execPath, node, {
        env: { PATH: process.env.PATH, REDIS_URL: redis.url },
        encoding: 'utf8',
      });
    };
    const listed = command('dead-letters');
    const key = `acme/docs ${pull.number}`;
    expect(JSON.parse(listed.stdout)).toMatchObject({
      key,
      kind: 'pull request',
      why: expect.stringContaining('could not take'),
    });
    expect(command('redrive', 'acme/other 1').stdout).toBe('');
    expect(command('redrive').stdout).toBe(`redriven: ${key}\n`);
    await judged(pull);
    expect([conclusions(pull), ours(pull)]).toEqual([['failure'], 1]);
    expect(await metric(all, 'signpost_queue_jobs{state="dead"}')).toBe(0);
    expect(command('dead-letters').stdout).toBe('');
    expect(github.takeViolations()).toEqual([]);
  });
});
