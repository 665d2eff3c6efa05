import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import type { FakeGitHub } from '../fake-github/fake-github.ts';
import { WEBHOOK_PATH, WEBHOOK_SECRET } from '../server/running-service.ts';

/** A server of its own process. */
export interface ServerProcess {
  pid: number;
  /** Where GitHub sends webhooks. */
  hook: string;
  get(page: string): Promise<{ status: number; text: string }>;
  output(): string;
  isAlive(): boolean;
  /** Resolves when it has ended. */
  signal(signal: NodeJS.Signals): Promise<void>;
  freeze(): void;
  thaw(): void;
}

/** The server in one file, which starts in a fraction of the time that its source takes. */
export interface BuiltServer {
  start(github: FakeGitHub, environment: Record<string, string>): Promise<ServerProcess>;
  /** Ends all that it started. */
  end(): Promise<void>;
}

const QUICK = path.join(import.meta.dirname, 'quick-server.ts');
const REQUIRE =
  "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);";

/** @param entry what runs; the server of tests, whose waits are short, unless given */
export async function buildServer(entry: string = QUICK): Promise<BuiltServer> {
  const outdir = mkdtempSync(path.join(tmpdir(), 'signpost-server-'));
  await build({
    ...{ entryPoints: { server: entry }, outdir, outExtension: { '.js': '.mjs' } },
    ...{ bundle: true, splitting: true, format: 'esm', platform: 'node', target: 'node20.19' },
    ...{ banner: { js: REQUIRE }, logLevel: 'error' },
  });
  const started: ServerProcess[] = [];
  return {
    start: async (github, environment) => {
      const server = await start(path.join(outdir, 'server.mjs'), github, environment);
      started.push(server);
      return server;
    },
    end: async () => {
      for (const server of started) if (server.isAlive()) await server.signal('SIGKILL');
      rmSync(outdir, { recursive: true, force: true });
    },
  };
}

async function start(file: string, github: FakeGitHub, more: Record<string, string>): Promise<ServerProcess> {
  const { appId, privateKey } = github.credentials;
  const GITHUB_API_URL = await github.start();
  const credentials = { APP_ID: String(appId), PRIVATE_KEY: privateKey, WEBHOOK_SECRET, GITHUB_API_URL };
  const env = { PATH: process.env.PATH, PORT: '0', ...credentials, ...more };
  const child = spawn(process.execPath, [file], { env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += String(data)));
  const isAlive = () => child.exitCode === null && child.signalCode === null;
  const port = await portOf(child, () => output);
  const url = `http://127.0.0.1:${port}`;
  return {
    ...{ pid: child.pid as number, hook: url + WEBHOOK_PATH, output: () => output, isAlive },
    get: async (page) => {
      const answer = await fetch(`${url}/${page}`);
      return { status: answer.status, text: await answer.text() };
    },
    signal: async (signal) => {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      if (!isAlive()) return;
      child.kill(signal);
      await gone;
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
  };
}

async function portOf(child: ChildProcess, output: () => string): Promise<number> {
  const end = Date.now() + 15_000;
  for (;;) {
    const line = output()
      .split('\n')
      .find((each) => each.includes('"msg":"listening"'));
    if (line !== undefined) return (JSON.parse(line) as { port: number }).port;
    if (child.exitCode !== null || Date.now() > end) throw new Error(`the server did not start:\n${output()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Asks again and again. @param seconds how long at most */
export async function until(what: string, seconds: number, holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + seconds * 1_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`it never came true: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
