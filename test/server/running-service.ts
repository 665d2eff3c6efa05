import { Writable } from 'node:stream';
import { type Service, startService } from '../../src/app/service.ts';
import { type Environment, readEnvironment } from '../../src/runtime/environment.ts';
import { createLog } from '../../src/runtime/log.ts';
import { createFakeGitHub, type FakeGitHub, type FakeGitHubOptions } from '../fake-github/fake-github.ts';
import type { WebhookEvent } from '../fake-github/webhook-payloads.ts';

export const WEBHOOK_SECRET = 'a secret that only tests know';
export const WEBHOOK_PATH = '/api/github/webhooks';

/** The real server on a free port before a fake GitHub on another one. */
export interface RunningService {
  github: FakeGitHub;
  service: Service;
  url: string;
  /** Everything that was logged. */
  logged(): string;
  /** Sends a webhook as GitHub does. @returns the HTTP status of the answer */
  send(event: WebhookEvent): Promise<number>;
  get(path: string, init?: RequestInit): Promise<{ status: number; text: string }>;
  /** Waits until the queue is empty. */
  quiet(): Promise<void>;
  /** Ends both; fails where GitHub would have refused something. */
  end(): Promise<void>;
}

export interface RunningOptions {
  github?: FakeGitHub;
  environment?: Partial<Environment>;
  /** Do not wait until GitHub has accepted the App and the first sweep is done. */
  unready?: boolean;
  /** Milliseconds after which a request to GitHub is given up; 2,000 unless given. */
  timeout?: number;
}

export function fakeGitHub(options: FakeGitHubOptions = {}): FakeGitHub {
  return createFakeGitHub({ webhookSecret: WEBHOOK_SECRET, ...options });
}

export async function runService(options: RunningOptions = {}): Promise<RunningService> {
  const { github = fakeGitHub(), environment = {}, unready = false, timeout = 2_000 } = options;
  const sweeps = () => github.calls('apps/list-webhook-deliveries').length;
  const before = sweeps();
  const { appId, privateKey } = github.credentials;
  const variables = { APP_ID: String(appId), PRIVATE_KEY: privateKey, WEBHOOK_SECRET, PORT: '0', DRAIN_SECONDS: '5' };
  const apiUrl = await github.start();
  const settings = { ...readEnvironment({ ...variables, GITHUB_API_URL: apiUrl }), ...environment };
  let lines = '';
  const destination = new Writable({
    write(chunk, _, done) {
      lines += String(chunk);
      done();
    },
  });
  const log = createLog({ level: settings.logLevel, destination });
  const service = await startService(settings, log, { throttled: false, second: 1, timeout });
  const url = `http://127.0.0.1:${service.port}`;
  const get: RunningService['get'] = async (path, init) => {
    const answer = await fetch(url + path, init);
    return { status: answer.status, text: await answer.text() };
  };
  const quiet = () => until(async () => isQuiet((await get('/metrics')).text));
  if (!unready) {
    await until(async () => (await get('/readyz')).status === 200);
    await until(async () => sweeps() > before);
    await quiet();
  }
  return {
    ...{ github, service, url, get, quiet },
    logged: () => lines,
    send: async (event) => (await github.deliver(event, url + WEBHOOK_PATH)).statusCode,
    end: async () => {
      await service.stop();
      await github.stop();
    },
  };
}

/** Whether the gauge of every state of the queue is at 0. */
function isQuiet(metrics: string): boolean {
  return [...metrics.matchAll(/^signpost_queue_jobs\{.*\} (\d+)$/gm)].every(([, count]) => count === '0');
}

/** Asks again and again, at most ten seconds. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 10_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('it never came true');
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}
