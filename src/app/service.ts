import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createNodeMiddleware, Probot } from 'probot';
import { createApp } from '../app.ts';
import { describeFailure } from '../github/failure.ts';
import type { ConnectionOptions } from '../github/installation-client.ts';
import type { Environment } from '../runtime/environment.ts';
import { createFront, SHUTTING_DOWN } from '../runtime/http-front.ts';
import { LocalQueue, localFacts } from '../runtime/local-queue.ts';
import type { Logger } from '../runtime/log.ts';
import { createMetrics } from '../runtime/metrics.ts';
import { repeat } from '../runtime/repeat.ts';
import { boundedMemory } from './bounded-memory.ts';
import { Connections } from './connections.ts';
import { TaskRunner } from './task-runner.ts';
import type { Task } from './tasks.ts';
import { Work } from './work.ts';

export interface Service {
  /** The port that it listens on. */
  port: number;
  /** Takes no more work, finishes what runs, and closes. Safe to call again. @returns how many jobs are left to a sweep */
  stop(): Promise<number>;
}

/** For tests: how requests go out, and how long waiting takes. */
export type ServiceOptions = Pick<ConnectionOptions, 'fetch' | 'second' | 'throttled' | 'timeout'>;

/** Milliseconds between two attempts to be known by GitHub. */
const KNOWN_EVERY = 10_000;
const JITTER = 0.2;
/** One installation with much to do leaves room for the others. */
const OWNERS_SHARE = 0.75;

/** Starts the server: it answers webhooks at once, and is ready as soon as GitHub accepts the App's key. */
export async function startService(
  environment: Environment,
  log: Logger,
  { fetch, ...waiting }: ServiceOptions = {},
): Promise<Service> {
  const { appId, privateKey, apiUrl: baseUrl, webhookSecret, webhookPath, concurrentJobs } = environment;
  const queue = new LocalQueue<Task>({
    concurrency: concurrentJobs,
    perOwner: Math.ceil(concurrentJobs * OWNERS_SHARE),
    onFailure: (error, { key }) => log.error({ err: error, key }, 'a job broke'),
  });
  const facts = localFacts();
  const metrics = createMetrics(() => queue.counts());
  const connections = new Connections({ appId, privateKey, baseUrl, fetch: metrics.counted(fetch), ...waiting });
  const memory = boundedMemory(environment.cacheBytes);
  const { second } = waiting;
  const tasks = new TaskRunner({ connections, memory, queue, facts, metrics, log, now: Date.now, second });
  queue.start((job, turn) => tasks.run(job, turn));
  const work = new Work({ queue, facts, now: Date.now });

  // Probot verifies and hands out webhooks; its own Octokit, whose limiter all installations share, is never asked.
  const probot = new Probot({ appId, privateKey, secret: webhookSecret, log, ...(baseUrl ? { baseUrl } : {}) });
  const receive = await createNodeMiddleware(createApp({ appId, work, deliveries: facts, metrics, log }), {
    probot,
    webhooksPath: webhookPath,
  });

  let whyNotReady: string | null = 'GitHub has not accepted the App yet';
  const server = createFront({
    webhookPath,
    receive,
    whyNotReady: () => whyNotReady,
    metrics: () => metrics.read(),
    onRefusal: (status) => metrics.refused(status),
  });
  await listen(server, environment);
  const { port } = server.address() as AddressInfo;
  log.info({ port, host: environment.host, path: webhookPath }, 'listening');

  const fails = (task: string) => (error: unknown) => {
    const { cause, status, requestId } = describeFailure(error, Date.now());
    log.error({ task, cause, status, requestId }, 'GitHub could not be asked');
  };
  let stopSweeping = async (): Promise<void> => {};
  const stopAsking = repeat(
    async (signal) => {
      const { slug } = await connections.identity();
      if (signal.aborted || whyNotReady === null) return;
      whyNotReady = null;
      log.info({ slug }, 'ready');
      const every = environment.reconcileMinutes * 60_000;
      stopSweeping = repeat(() => work.sweepAll(connections, log), {
        every,
        jitter: JITTER,
        onFailure: fails('sweep'),
      });
    },
    { every: KNOWN_EVERY, jitter: JITTER, onFailure: fails('who the App is') },
  );

  let stopped: Promise<number> | null = null;
  const stop = async (): Promise<number> => {
    whyNotReady = SHUTTING_DOWN;
    const { running, waiting } = await queue.counts();
    log.info({ running, waiting }, 'shutting down');
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    void stopAsking();
    void stopSweeping();
    const undone = await queue.drain(environment.drainSeconds * 1_000);
    server.closeAllConnections();
    await closed;
    log.info({ count: undone }, undone === 0 ? 'all jobs done' : 'jobs left to the next sweep');
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

function listen(server: Server, { host, port }: Environment): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
