/** The steps of action.yml as a runner would do them, and what a person who sets up the App has to write. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ROOT } from './documents/read-document.ts';
import { readExample } from './read-example.ts';
import { makeRepository, removeTempFolders, type TempRepository } from './temp-repository.ts';

afterAll(removeTempFolders);

interface Step {
  name?: string;
  uses?: string;
  run?: string;
  env?: Record<string, string>;
}

const readYaml = (path: string) => parse(readFileSync(ROOT + path, 'utf8'));
const action = readYaml('action.yml') as { inputs: Record<string, { default: string }>; runs: { steps: Step[] } };
const stepOf = (name: string) => action.runs.steps.find((step) => step.name === name) as Step;

function exampleRepository(): TempRepository {
  const { before, after } = readExample('token-exchange');
  const repository = makeRepository(Object.fromEntries(before));
  repository.git('update-ref', 'refs/remotes/origin/main', 'main');
  repository.branch('topic');
  repository.commit(Object.fromEntries(after));
  return repository;
}

/** The program from its source, at the place where the action would build it. */
function sourceCli(folder: string): string {
  const file = join(folder, 'cli.mjs');
  const [tsx, cli] = ['node_modules/tsx/dist/esm/index.mjs', 'src/cli.ts'].map(
    (path) => pathToFileURL(ROOT + path).href,
  );
  writeFileSync(file, `import ${JSON.stringify(tsx)};\nawait import(${JSON.stringify(cli)});\n`);
  return file;
}

function review(env: Record<string, string>, repository = exampleRepository()) {
  const temp = mkdtempSync(join(tmpdir(), 'signpost-action-'));
  const summary = join(temp, 'summary.md');
  writeFileSync(summary, 'what stood there before\n');
  const { status, stdout } = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', stepOf('Review').run as string], {
    cwd: repository.dir,
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH,
      ...{ HEAD: 'HEAD', BASE: '', REGISTRY: '', GROUP_BASE: '' },
      ...{ SIGNPOST_CLI: sourceCli(temp), RUNNER_TEMP: temp, GITHUB_STEP_SUMMARY: summary },
      ...env,
    },
  });
  return { status, stdout, summary: readFileSync(summary, 'utf8') };
}

describe('the action', () => {
  it('judges what a pull request does to the branch that it goes to', () => {
    const { status, stdout, summary } = review({ GITHUB_BASE_REF: 'main' });
    expect(status).toBe(1);
    expect(stdout).toMatch(/^::(?:error|warning|notice) .*file=src\/content\/docs\/troubleshooting\.mdx/m);
    expect(summary).toMatch(/^what stood there before\n[\s\S]*empty-keys/);
  });

  it('judges a merge group against where it starts from', () => {
    const repository = exampleRepository();
    const { status } = review({ GROUP_BASE: repository.git('rev-parse', 'main').trim() }, repository);
    expect(status).toBe(1);
  });

  it('takes a base, and a registry from the checkout', () => {
    const repository = exampleRepository();
    mkdirSync(join(repository.dir, 'other'));
    writeFileSync(join(repository.dir, 'other/none.yml'), 'version: 1\nscenarios: []\n');
    expect(review({ BASE: 'main', REGISTRY: 'other/none.yml' }, repository).status).toBe(0);
  });

  it('says what is missing where there is nothing to compare with', () => {
    const { status, stdout } = review({});
    expect([status, stdout]).toEqual([2, expect.stringContaining('::error::')]);
  });

  it('runs nothing that a branch or an input is called', () => {
    const repository = exampleRepository();
    const { status, stdout } = review({ BASE: '$(touch hacked)', HEAD: '"; touch hacked; "' }, repository);
    expect(status).toBe(2);
    expect(stdout).not.toContain('hacked:');
    expect(repository.git('status', '--porcelain')).not.toContain('hacked');
    for (const { run = '' } of action.runs.steps) expect(run).not.toContain('${{');
  });

  it('gets a version only by its name', () => {
    const get = (VERSION: string) =>
      spawnSync('/bin/bash', ['-e', '-c', stepOf('Get Signpost').run as string], {
        encoding: 'utf8',
        env: { PATH: '/nowhere', VERSION, RUNNER_TEMP: '/nowhere', GITHUB_ENV: '/dev/null' },
      });
    expect(get('1.0; touch hacked').status).toBe(2);
    expect(get('../../evil').status).toBe(2);
  });

  it('has its inputs in the docs', () => {
    const text = readFileSync(`${ROOT}docs/action.md`, 'utf8');
    for (const name of Object.keys(action.inputs)) expect(text).toContain(`| \`${name}\` |`);
  });
});

describe('the App', () => {
  const manifest = readYaml('app.yml') as {
    hook_attributes: { url: string };
    default_permissions: Record<string, string>;
    default_events: string[];
  };

  it('asks for no more than it needs, and says why for each', () => {
    expect(manifest.default_permissions).toEqual({
      ...{ metadata: 'read', contents: 'read', issues: 'read', merge_queues: 'read' },
      ...{ pull_requests: 'write', checks: 'write' },
    });
    const text = readFileSync(`${ROOT}app.yml`, 'utf8');
    for (const name of Object.keys(manifest.default_permissions))
      expect(text).toMatch(new RegExp(`^  ${name}: .+ # .+`, 'm'));
    for (const name of manifest.default_events) expect(text).toMatch(new RegExp(`^  - ${name} # .+`, 'm'));
  });

  it('names the path of webhooks, not the front page', () => {
    expect(new URL(manifest.hook_attributes.url).pathname).toBe('/api/github/webhooks');
  });

  it('is made by the link of docs/install.md as app.yml says', () => {
    const text = readFileSync(`${ROOT}docs/install.md`, 'utf8');
    const link = new URL(/https:\/\/github\.com\/organizations\/\S+/.exec(text)?.[0] ?? '');
    const { searchParams } = link;
    expect(searchParams.getAll('events[]')).toEqual(manifest.default_events);
    expect(searchParams.get('webhook_url')).toBe(manifest.hook_attributes.url);
    for (const [name, level] of Object.entries(manifest.default_permissions))
      expect(searchParams.get(name)).toBe(level);
  });
});

describe('the environment', () => {
  const source = readFileSync(`${ROOT}src/runtime/environment.ts`, 'utf8');
  const known = [...source.matchAll(/(?:\(of, |of\(|number\()'([A-Z_]+)'/g)];
  const names = [...new Set(known.map(([, name]) => name as string))];
  const own = readFileSync(`${ROOT}docs/self-hosting.md`, 'utf8');

  it.each(names)('%s is explained', (name) => {
    expect(own).toContain(`| \`${name}\` |`);
  });

  it('of .env.example and compose.yml is known', () => {
    const example = readFileSync(`${ROOT}.env.example`, 'utf8');
    const set = [...example.matchAll(/^(?:# )?([A-Z_]+)=/gm)].map(([, name]) => name);
    const { services } = readYaml('compose.yml') as {
      services: Record<string, { environment?: Record<string, string> }>;
    };
    const given = Object.values(services).flatMap(({ environment = {} }) => Object.keys(environment));
    for (const name of [...set, ...given]) expect(names).toContain(name);
  });
});

describe('the image', () => {
  const lines = readFileSync(`${ROOT}Dockerfile`, 'utf8').split('\n');

  it('runs node itself, as nobody in particular, in two stages', () => {
    expect(lines.filter((line) => line.startsWith('FROM node:24-slim'))).toHaveLength(2);
    expect(lines).toContain('USER node');
    expect(lines).toContain('CMD ["node", "dist/server.js"]');
    expect(lines.some((line) => line.startsWith('HEALTHCHECK'))).toBe(true);
  });

  it('takes nothing that is not named', () => {
    const [first, ...rest] = readFileSync(`${ROOT}.dockerignore`, 'utf8').trim().split('\n');
    expect(first).toBe('*');
    const copied = lines
      .filter((line) => /^COPY (?!--from)/.test(line))
      .flatMap((line) => line.split(' ').slice(1, -1));
    for (const file of copied) expect(rest).toContain(`!${file}`);
  });
});
