import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createNodeMiddleware, Probot } from 'probot';
import { describeFailure } from '../github/failure.ts';
import type { ConnectionOptions } from '../github/installation-client.ts';
import { listInstallations, redeliverFailed } from '../github/installation-sweep.ts';
import { QueueUnavailable } from '../queue/job-queue.ts';
import type { Environment } from '../runtime/environment.ts';
import { createFront } from '../runtime/http-front.ts';
import type { Logger } from '../runtime/log.ts';
import { createMetrics } from '../runtime/metrics.ts';
import { repeat } from '../runtime/repeat.ts';
import { type Backend, openBackend } from './backend.ts';
import { boundedMemory } from './bounded-memory.ts';
import { Connections } from './connections.ts';
import { TaskRunner } from './task-runner.ts';
import { jobOf } from './tasks.ts';
import { receiveWebhooks } from './webhooks.ts';

export interface Service {
  /** The port that it listens on. */
  port: number;
  /** Takes no more work, finishes what runs, and closes. Safe to call again. @returns how many jobs are left to a sweep */
  stop(): Promise<number>;
}

/** For tests: how requests go out, and how long waiting takes. */
type ServiceOptions = Pick<ConnectionOptions, 'fetch' | 'second' | 'throttled' | 'timeout'>;

/** Milliseconds between two attempts to learn from GitHub who the App is. */
const KNOWN_EVERY = 10_000;
const JITTER = 0.2;
/** The part of the time between two sweeps for which a process claims the sweep: sweeps may start a little early. */
const SWEEP_CLAIM = 0.5;

/** Starts the server: it answers webhooks at once, and is ready as soon as GitHub accepts the App's key. */
export async function startService(
  environment: Environment,
  log: Logger,
  { fetch, ...waiting }: ServiceOptions = {},
): Promise<Service> {
  const { appId, privateKey, apiUrl: baseUrl, webhookSecret, webhookPath, role } = environment;
  const backend = await openBackend(environment, log);
  const { queue, facts, blobs, pace } = backend;
  const metrics = createMetrics(() => queue.counts().catch(() => null));
  const connections = new Connections({ appId, privateKey, baseUrl, fetch: metrics.counted(fetch), pace, ...waiting });
  if (role !== 'web') {
    const memory = { ...boundedMemory(environment.cacheBytes), shared: blobs };
    const { second } = waiting;
    const tasks = new TaskRunner({ connections, memory, queue, facts, metrics, log, now: Date.now, second });
    queue.start((job, turn) => tasks.run(job, turn));
  }

  // Probot verifies and hands out webhooks; its own Octokit, whose limiter all installations share, is never asked.
  const probot = new Probot({ appId, privateKey, secret: webhookSecret, log, ...(baseUrl ? { baseUrl } : {}) });
  const app = receiveWebhooks({ appId, queue, facts, now: Date.now, metrics, log });
  const receive = await createNodeMiddleware(app, { probot, webhooksPath: webhookPath });

  // A process that only takes webhooks needs no connection to GitHub.
  let isKnown = role === 'web';
  let isStopping = false;
  const whyClosed = () => {
    const away = backend.whyAway();
    if (isStopping) return 'shutting down';
    return away === null ? null : `Redis cannot be reached: ${away}`;
  };
  const server = createFront({
    webhookPath: role === 'worker' ? null : webhookPath,
    receive,
    whyNotReady: () => whyClosed() ?? (isKnown ? null : 'GitHub has not accepted the App yet'),
    whyClosed,
    metrics: () => metrics.read(),
    onRefusal: (status) => metrics.refused(status),
  });
  server.listen(environment.port, environment.host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  log.info({ port, host: environment.host, path: webhookPath, role }, 'listening');

  const fails = (task: string) => (error: unknown) => {
    if (error instanceof QueueUnavailable) return;
    const { cause, status, requestId } = describeFailure(error, Date.now());
    log.error({ task, cause, status, requestId }, 'GitHub could not be asked');
  };
  const every = environment.reconcileMinutes * 60_000;
  const sweepAll = sweeper(backend, connections, log);
  const sweep = async (): Promise<void> => {
    if (await backend.mayClaimSweep(every * SWEEP_CLAIM)) await sweepAll();
  };
  let stopSweeping = async (): Promise<void> => {};
  const askUntilKnown = async (signal: AbortSignal): Promise<void> => {
    const { slug } = await connections.identity();
    if (signal.aborted || isKnown) return;
    isKnown = true;
    log.info({ slug }, 'ready');
    stopSweeping = repeat(sweep, { every, jitter: JITTER, onFailure: fails('sweep') });
    backend.onReturn(() => void sweep().catch(fails('sweep')));
  };
  const knowing = { every: KNOWN_EVERY, jitter: JITTER, onFailure: fails('who the App is') };
  const stopAsking = role === 'web' ? async () => {} : repeat(askUntilKnown, knowing);
  if (role === 'web') log.info('ready');

  let stopped: Promise<number> | null = null;
  const stop = async (): Promise<number> => {
    isStopping = true;
    log.info('shutting down');
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    void stopAsking();
    void stopSweeping();
    const undone = await queue.drain(environment.drainSeconds * 1_000);
    backend.close();
    server.closeAllConnections();
    await closed;
    log.info({ count: undone }, undone === 0 ? 'all jobs done' : 'jobs left to others, or to the next sweep');
    return undone;
  };
  return {
    port,
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}

/** GitHub keeps deliveries for three days, and Enterprise Server for seven. */
const DELIVERIES_KEPT = 3 * 24 * 3_600_000;
const REDELIVER_EVERY = 3_600_000;

/** Sweeps all installations; at first and every hour GitHub is asked to send again what did not arrive. */
function sweeper({ queue }: Backend, { app }: Connections, log: Logger): () => Promise<void> {
  let redelivered = Number.NEGATIVE_INFINITY;
  return async () => {
    for (const installation of await listInstallations(app))
      await queue.add(jobOf(installation, { kind: 'sweep', installation }));
    const now = Date.now();
    if (now - redelivered < REDELIVER_EVERY) return;
    redelivered = now;
    const count = await redeliverFailed(app, now - DELIVERIES_KEPT);
    if (count > 0) log.info({ count }, 'asked GitHub to send lost deliveries again');
  };
}
