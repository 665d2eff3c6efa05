/**
 * Builds and runs what the Dockerfile says, without Docker: COPY takes what .dockerignore lets through, RUN runs with this
 * Node, and what the last stage holds serves a review from a folder that nobody may write to. Run as root it serves as
 * an unprivileged user, as the image does.
 *
 *     npx -y -p node@24 -c 'node --import tsx test/image.ts'
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createFakeGitHub } from './fake-github/fake-github.ts';
import { COVERED_SITE, UNCOVERED } from './github/signpost-on-github.ts';

const root = path.resolve(import.meta.dirname, '..');
const work = mkdtempSync(path.join(tmpdir(), 'signpost-image-'));
const NOBODY = 65_534;

interface Stage {
  from: string;
  /** Where its files are here. */
  dir: string;
  /** The folder of the image that its commands run in. */
  workdir: string;
  env: Record<string, string>;
  /** Instructions that only the running image follows. */
  says: Map<string, string>;
}

/** Instructions that change no file and no command. */
const FOR_DOCKER_ALONE = new Set(['EXPOSE', 'STOPSIGNAL', 'USER', 'HEALTHCHECK', 'CMD']);

function instructions(): [name: string, rest: string][] {
  const text = readFileSync(path.join(root, 'Dockerfile'), 'utf8')
    .replace(/^#.*\n/gm, '')
    .replace(/\\\n\s*/g, '');
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => [line.split(' ', 1)[0]!, line.slice(line.indexOf(' ') + 1)]);
}

/** The build's context: .dockerignore here refuses all, and lets names at the top through. */
function context(): string {
  const [all, ...allowed] = readFileSync(path.join(root, '.dockerignore'), 'utf8').trim().split('\n');
  if (all !== '*' || !allowed.every((line) => /^![\w.-]+$/.test(line)))
    throw new Error('.dockerignore holds more than names that it lets through');
  const dir = path.join(work, 'context');
  mkdirSync(dir);
  for (const name of allowed)
    cpSync(path.join(root, name.slice(1)), path.join(dir, name.slice(1)), { recursive: true });
  return dir;
}

function build(): Stage {
  const given = context();
  const stages = new Map<string, Stage>();
  let stage: Stage | undefined;
  for (const [name, rest] of instructions()) {
    if (name === 'FROM') {
      const [from = '', as = String(stages.size)] = rest.split(/ AS /i);
      stage = { from, dir: path.join(work, `stage-${as}`), workdir: '/', env: {}, says: new Map() };
      mkdirSync(stage.dir);
      stages.set(as, stage);
    } else if (!stage) throw new Error(`${name} before FROM`);
    else if (name === 'WORKDIR') {
      stage.workdir = rest;
      mkdirSync(path.join(stage.dir, rest), { recursive: true });
    } else if (name === 'ENV') for (const [, key, value] of rest.matchAll(/(\w+)=(\S+)/g)) stage.env[key!] = value!;
    else if (name === 'COPY') copy(stage, rest, given, stages);
    else if (name === 'RUN') run(stage, rest);
    else if (FOR_DOCKER_ALONE.has(name)) stage.says.set(name, rest);
    else throw new Error(`this reads no ${name}`);
  }
  if (!stage) throw new Error('the Dockerfile is empty');
  return stage;
}

function copy(stage: Stage, rest: string, given: string, stages: ReadonlyMap<string, Stage>): void {
  const [, from, paths = ''] = /^(?:--from=(\w+) )?(.+)$/.exec(rest) ?? [];
  const source = from === undefined ? given : stages.get(from)!.dir;
  const [target = '', ...sources] = paths.split(' ').reverse();
  for (const one of sources) {
    const to = path.join(stage.dir, path.resolve(stage.workdir, target));
    const into = target.endsWith('/') ? path.join(to, path.basename(one)) : to;
    cpSync(path.join(source, one), into, { recursive: true });
  }
}

/** With nothing of this machine but where programs are, and whichever registry npm is told to use. */
function run({ dir, workdir, env }: Stage, command: string): void {
  console.log(`RUN ${command}`);
  const { PATH, HOME } = process.env;
  const npm = Object.fromEntries(Object.entries(process.env).filter(([key]) => /^npm_config_registry$/i.test(key)));
  const { status } = spawnSync(command, {
    shell: true,
    cwd: path.join(dir, workdir),
    env: { PATH, HOME, ...npm, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) throw new Error(`it ended with ${status}`);
}

function makeReadOnly(dir: string): void {
  for (const { name, parentPath } of readdirSync(dir, { recursive: true, withFileTypes: true }))
    chmodSync(path.join(parentPath, name), 0o555);
  chmodSync(dir, 0o555);
}

/** What CMD and HEALTHCHECK run, as a list. */
function commandOf({ says }: Stage, name: 'CMD' | 'HEALTHCHECK'): string[] {
  return JSON.parse(/\[.*\]$/.exec(says.get(name) ?? '')?.[0] ?? 'null') as string[];
}

/** Starts a command of the image as the image's user would. */
function start(
  { dir, workdir, env }: Stage,
  [program, ...args]: string[],
  more: Record<string, string> = {},
): ChildProcess {
  if (program !== 'node') throw new Error(`the image has no ${program}`);
  const isRoot = process.getuid?.() === 0;
  return spawn(path.join(work, 'node'), args, {
    cwd: path.join(dir, workdir),
    env: { ...env, ...more },
    stdio: ['ignore', 'pipe', 'inherit'],
    ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}),
  });
}

const ended = (child: ChildProcess): Promise<number | string> =>
  new Promise((resolve) => child.on('exit', (code, signal) => resolve(code ?? (signal as string))));

function expectSame(what: string, seen: unknown, expected: unknown): void {
  if (seen !== expected) throw new Error(`${what}: ${String(seen)}, not ${String(expected)}`);
  console.log(`${what}: ${String(seen)}`);
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await holds().catch(() => false)); tries += 1) {
    if (tries > 200) throw new Error('it never came true');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Serves one review from the image, and ends it as `docker stop` does. */
async function serve(image: Stage): Promise<void> {
  const github = createFakeGitHub({ webhookSecret: 'a secret that only this image knows' });
  const docs = github.repository('acme/docs', COVERED_SITE);
  const { appId, privateKey, webhookSecret } = github.credentials;
  const PORT = '3977';
  const server = start(image, commandOf(image, 'CMD'), {
    ...{ APP_ID: String(appId), PRIVATE_KEY: privateKey, WEBHOOK_SECRET: webhookSecret, PORT },
    GITHUB_API_URL: await github.start(),
  });
  const end = ended(server);
  server.stdout!.resume();
  const get = (page: string) => fetch(`http://127.0.0.1:${PORT}/${page}`);
  await until(async () => (await get('readyz')).ok);
  for (const page of ['healthz', 'readyz', 'metrics']) expectSame(`/${page}`, (await get(page)).status, 200);
  const check = commandOf(image, 'HEALTHCHECK');
  expectSame('healthcheck', await ended(start(image, check, { PORT })), 0);
  expectSame('healthcheck of nothing', await ended(start(image, check, { PORT: '3978' })), 1);
  const pull = docs.openPullRequest({ files: { 'docs/troubleshooting.md': UNCOVERED } });
  await github.deliver(pull.event('opened'), `http://127.0.0.1:${PORT}/api/github/webhooks`);
  server.kill(image.says.get('STOPSIGNAL') as NodeJS.Signals);
  expectSame('the server ends with', await end, 0);
  expectSame('the review that ran then', docs.requiredCheck(pull.headSha, 'Signpost'), 'failing');
  expectSame('comments', pull.comments.length, 1);
  await github.stop();
}

try {
  const image = build();
  const [, major] = /^node:(\d+)-slim$/.exec(image.from) ?? [];
  expectSame('Node', process.versions.node.split('.')[0], major);
  expectSame('user', image.says.get('USER'), 'node');
  copyFileSync(process.execPath, path.join(work, 'node'));
  chmodSync(work, 0o755);
  makeReadOnly(image.dir);
  await serve(image);
} finally {
  rmSync(work, { recursive: true, force: true });
}
