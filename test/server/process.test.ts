import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, expect, it } from 'vitest';
import { COVERED_SITE, UNCOVERED } from '../github/signpost-on-github.ts';
import { removeTempFolders, tempFolder } from '../temp-repository.ts';
import { fakeGitHub, until, WEBHOOK_PATH, WEBHOOK_SECRET } from './running-service.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

interface RunningProcess {
  child: ChildProcess;
  output(): string;
  /** Exit code, or the signal that killed it. */
  ended: Promise<number | string>;
}

afterAll(removeTempFolders);

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** The server as `npm start` runs it, from its source. */
function start(env: Record<string, string>): RunningProcess {
  const args = ['--import', 'tsx', 'src/server.ts'];
  const child = spawn(process.execPath, args, { cwd: ROOT, env: { PATH: process.env.PATH, ...env } });
  children.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += String(data)));
  const ended = new Promise<number | string>((resolve) => {
    child.on('exit', (code, signal) => resolve(code ?? (signal as string)));
  });
  return { child, output: () => output, ended };
}

async function startReady(github: ReturnType<typeof fakeGitHub>, more: Record<string, string> = {}) {
  const { appId, privateKey } = github.credentials;
  const GITHUB_API_URL = await github.start();
  const settings = { APP_ID: String(appId), PRIVATE_KEY: privateKey, WEBHOOK_SECRET, PORT: '0', GITHUB_API_URL };
  const running = start({ ...settings, ...more });
  await until(async () => running.output().includes('"msg":"ready"'));
  const { port } = JSON.parse(running.output().split('\n')[0] as string) as { port: number };
  return { ...running, hook: `http://127.0.0.1:${port}${WEBHOOK_PATH}` };
}

it('ends with 2 and says all that is missing', async () => {
  const { ended, output } = start({ WEBHOOK_SECRET: 'development' });
  expect(await ended).toBe(2);
  for (const name of ['APP_ID', 'PRIVATE_KEY', 'WEBHOOK_SECRET']) expect(output()).toContain(`- ${name} is`);
});

it('finishes the running review when it is told to stop, and ends with 0', async () => {
  const github = fakeGitHub();
  const repository = github.repository('acme/docs', COVERED_SITE);
  const { child, ended, hook, output } = await startReady(github);
  const pull = repository.openPullRequest({ files: { 'docs/troubleshooting.md': UNCOVERED } });
  github.faults.add('git/get-tree', { kind: 'delay', milliseconds: 700 });
  expect((await github.deliver(pull.event('opened'), hook)).statusCode).toBe(200);
  await until(async () => pull.checkRuns.length > 0);
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(pull.checkRuns.map(({ status, conclusion }) => [status, conclusion])).toEqual([['completed', 'failure']]);
  expect(output()).toContain('all jobs done');
  await github.stop();
});

it('leaves to the next process what it could not finish, and the end is the same', async () => {
  const github = fakeGitHub();
  const repository = github.repository('acme/docs', COVERED_SITE);
  const first = await startReady(github, { DRAIN_SECONDS: '0' });
  const pull = repository.openPullRequest({ files: { 'docs/troubleshooting.md': UNCOVERED } });
  github.faults.add('git/get-tree', { kind: 'hang' });
  await github.deliver(pull.event('opened'), first.hook);
  await until(async () => github.calls('git/get-tree').length > 0);
  first.child.kill('SIGINT');
  expect(await first.ended).toBe(0);
  expect(pull.checkRuns.map(({ status }) => status)).toEqual(['in_progress']);

  const second = await startReady(github);
  await until(async () => pull.checkRuns[0]?.status === 'completed');
  expect(pull.comments).toHaveLength(1);
  expect(pull.checkRuns.map(({ status, conclusion }) => [status, conclusion])).toEqual([['completed', 'failure']]);
  second.child.kill('SIGTERM');
  expect(await second.ended).toBe(0);
  await github.stop();
});

it('is told to stop by npm as well, which passes a signal on to nobody but its own child', async () => {
  const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
    scripts: { start: string };
  };
  const dir = tempFolder();
  mkdirSync(path.join(dir, 'dist'));
  writeFileSync(path.join(dir, 'package.json'), JSON.stringify({ type: 'module', scripts: { start: scripts.start } }));
  const server = "process.on('SIGTERM', () => process.exit(7)); setInterval(() => {}, 1_000); console.log('up');";
  writeFileSync(path.join(dir, 'dist/server.js'), server);
  const child = spawn('npm', ['start', '--silent'], { cwd: dir });
  children.push(child);
  const ended = new Promise((resolve) => child.on('exit', (code, signal) => resolve(code ?? signal)));
  await new Promise((resolve) => child.stdout.once('data', resolve));
  child.kill('SIGTERM');
  expect(await ended).toBe(7);
});

it('ends with 1 at once when it is told twice', async () => {
  const github = fakeGitHub();
  const repository = github.repository('acme/docs', COVERED_SITE);
  const { child, ended, hook, output } = await startReady(github);
  const pull = repository.openPullRequest({ files: { 'docs/troubleshooting.md': UNCOVERED } });
  github.faults.add('git/get-tree', { kind: 'hang' });
  await github.deliver(pull.event('opened'), hook);
  await until(async () => github.calls('git/get-tree').length > 0);
  child.kill('SIGTERM');
  await until(async () => output().includes('shutting down'));
  child.kill('SIGTERM');
  expect(await ended).toBe(1);
  await github.stop();
});
