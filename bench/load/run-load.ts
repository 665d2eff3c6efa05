import path from 'node:path';
import { createFakeGitHub, type FakeGitHub } from '../../test/fake-github/fake-github.ts';
import type { FakePullRequest } from '../../test/fake-github/fake-pull-request.ts';
import { type BuiltServer, buildServer, type ServerProcess, until } from '../../test/many-processes/processes.ts';
import { startRedis } from '../../test/many-processes/redis-server.ts';
import { WEBHOOK_SECRET } from '../../test/server/running-service.ts';
import { makeSite } from '../site/make-site.ts';
import { type Random, randomOf } from '../site/random.ts';
import { MADE_SETTINGS, registryEntry, registryText } from '../site/registry-text.ts';
import { type Taken, takenBy } from './server-process.ts';

export interface LoadOptions {
  installations: number;
  /** Pull requests of each installation, all opened at once. */
  pullRequests: number;
  /** CONCURRENT_JOBS of each process that works. */
  jobs: number;
  pages: number;
  scenarios: number;
  seed: number;
}

/** 0 workers: one process without a Redis. */
export interface LoadResult extends LoadOptions {
  workers: number;
  /** Seconds from the first webhook to the last completed check. */
  seconds: number;
  /** Milliseconds from a webhook's sending to its answer, and to its completed check. */
  answered: { p50: number; p99: number };
  completed: { p50: number; p99: number };
  callsPerReview: number;
  /** How many requests were refused because of a limit. */
  limited: number;
  /** Of all server processes: seconds of CPU time while under load, and MiB of the largest. */
  cpu: number;
  peak: number;
  redisCpu: number;
}

const SERVER = path.join(import.meta.dirname, '../../src/server.ts');
/** Webhooks under way at the same time. */
const SENDING = 16;
const MOST_SECONDS = 600;

/** The server as it is shipped, with the pace of writing that GitHub asks for. */
export const buildShipped = (): Promise<BuiltServer> => buildServer(SERVER);

export async function runLoad(built: BuiltServer, workers: number, options: LoadOptions): Promise<LoadResult> {
  const github = createFakeGitHub({ webhookSecret: WEBHOOK_SECRET });
  const pulls = openPulls(github, options);
  github.latency = latencyModel(randomOf(options.seed, 7));
  github.limits.enforceSecondary = true;
  const redis = workers === 0 ? null : await startRedis();
  const servers: ServerProcess[] = [];
  const start = async (role: string): Promise<ServerProcess> => {
    const shared: Record<string, string> = redis === null ? {} : { REDIS_URL: redis.url };
    const server = await built.start(github, { SIGNPOST_ROLE: role, CONCURRENT_JOBS: String(options.jobs), ...shared });
    servers.push(server);
    await until('the server is ready', 60, async () => (await server.get('readyz')).status === 200);
    return server;
  };
  try {
    const web = await start(workers === 0 ? 'all' : 'web');
    for (let each = 0; each < workers; each += 1) await start('worker');
    // The first sweep finds nothing: the pull requests come with their webhooks.
    await until('the first sweep is over', 60, () => github.calls('apps/list-webhook-deliveries').length > 0);
    return { ...options, workers, ...(await fire(github, pulls, web, servers, redis?.pid ?? null)) };
  } finally {
    for (const server of servers) await server.signal('SIGKILL');
    await redis?.end();
    await github.stop();
  }
}

interface Prepared {
  open(): FakePullRequest;
}

/** Repositories with a made site each; their pull requests are opened when their webhook is sent. */
function openPulls(
  github: FakeGitHub,
  { installations, pullRequests, pages, scenarios, seed }: LoadOptions,
): Prepared[] {
  const site = makeSite({ seed, pages, scenarios });
  const registry = registryText(MADE_SETTINGS, site.scenarios.map(registryEntry));
  const files = { ...Object.fromEntries(site.files()), '.github/signpost.yml': registry };
  const covered = site.scenarios.filter(({ outcome }) => outcome === 'covered');
  const prepared: Prepared[] = [];
  for (let at = 0; at < installations; at += 1) {
    const repository = github.repository(`owner-${at}/docs`, files);
    for (let pull = 0; pull < pullRequests; pull += 1) {
      const page = site.names.path(covered[pull % covered.length]!.home);
      const changed = { [page]: `---\ntitle: Moved\n---\n\nThis page was moved, says ${at} ${pull}.\n` };
      prepared.push({ open: () => repository.openPullRequest({ files: changed }) });
    }
  }
  // One of each installation after the other.
  return prepared.sort((a, b) => (prepared.indexOf(a) % pullRequests) - (prepared.indexOf(b) % pullRequests));
}

/** Milliseconds: a guess at GitHub's answers, log-normal around 60 for reading, 120 for GraphQL, and 180 for writing. */
function latencyModel(random: Random): (operationId: string) => number {
  const around = (median: number) => {
    const normal = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
    return median * Math.exp(0.4 * normal);
  };
  return (operationId) => {
    if (operationId === 'graphql') return around(120);
    return around(/create|update|delete|add/.test(operationId) ? 180 : 60);
  };
}

interface Sent {
  at: number;
  answered: number;
  completed: number;
  pull: FakePullRequest;
}

type Figures = Omit<LoadResult, keyof LoadOptions | 'workers'>;

async function fire(
  github: FakeGitHub,
  prepared: readonly Prepared[],
  web: ServerProcess,
  servers: readonly ServerProcess[],
  redisPid: number | null,
): Promise<Figures> {
  const before = servers.map(({ pid }) => takenBy(pid));
  const redisBefore = redisPid === null ? 0 : takenBy(redisPid).cpu;
  const requestsBefore = github.requests.length;
  const sent: Sent[] = [];
  const waiting = [...prepared];
  const began = performance.now();
  const send = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const pull = next.open();
      const one: Sent = { at: performance.now(), answered: 0, completed: 0, pull };
      sent.push(one);
      const { statusCode } = await github.deliver(pull.event('opened'), web.hook);
      if (statusCode !== 200) throw new Error(`a webhook was answered with ${statusCode}`);
      one.answered = performance.now() - one.at;
    }
  };
  const sending = Promise.all(Array.from({ length: SENDING }, send));
  await until('all checks are completed', MOST_SECONDS, () => {
    for (const one of sent) {
      if (one.completed === 0 && one.pull.checkRuns.at(-1)?.status === 'completed')
        one.completed = performance.now() - one.at;
    }
    return sent.length === prepared.length && sent.every(({ completed }) => completed > 0);
  });
  await sending;
  const seconds = (performance.now() - began) / 1_000;
  const wrong = sent.filter(({ pull }) => pull.checkRuns.at(-1)?.conclusion !== 'failure');
  if (wrong.length > 0) throw new Error(`${wrong.length} pull requests have another verdict than they should`);
  const after: Taken[] = servers.map(({ pid }) => takenBy(pid));
  const requests = github.requests.slice(requestsBefore);
  return {
    seconds,
    answered: quantiles(sent.map(({ answered }) => answered)),
    completed: quantiles(sent.map(({ completed }) => completed)),
    callsPerReview: requests.length / sent.length,
    limited: requests.filter(({ status }) => status === 403 || status === 429).length,
    cpu: after.reduce((sum, { cpu }, at) => sum + cpu - before[at]!.cpu, 0),
    peak: Math.max(...after.map(({ peak }) => peak)),
    redisCpu: redisPid === null ? 0 : takenBy(redisPid).cpu - redisBefore,
  };
}

function quantiles(values: readonly number[]): { p50: number; p99: number } {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
  return { p50: at(0.5), p99: at(0.99) };
}
