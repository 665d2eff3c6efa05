import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SelectOptions } from '@clack/prompts';
import { afterAll, describe, expect, test } from 'vitest';
import { Cancelled, type Prompts } from '../../src/commands/prompts.ts';
import { type Files, makeRepository, removeTempFolders, tempFolder } from '../temp-repository.ts';
import { runCli } from './run-cli.ts';

afterAll(removeTempFolders);

const REGISTRY = '.github/signpost.yml';

const DOCS: Files = {
  'docs/help.md': `# Troubleshooting

## Payment ends with \`card_declined\`

Real cards do not work in test mode. Use a [test card](test-cards.md).

## The receipt is empty

The order has no items.
`,
  'docs/test-cards.md': '# Test cards\n\nThe number 4242 always works.\n',
};

const registryIn = (dir: string): string => readFileSync(join(dir, REGISTRY), 'utf8');

async function check(dir: string): Promise<{ exitCode: number; findings: { message: string }[] }> {
  const { exitCode, stdout } = await runCli(['registry', 'check', '--format', 'json'], { cwd: dir });
  return { exitCode, findings: JSON.parse(stdout).findings };
}

const EXAMPLES = new URL('../examples/frameworks/', import.meta.url).pathname;
const TROUBLE = '# Troubleshooting\n\n## `gate_shut` when you enter\n\nThe keeper locks the gate at night.\n';

function exampleFiles(framework: string): Files {
  const folder = join(EXAMPLES, framework, 'site');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => statSync(join(folder, name)).isFile());
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name))]));
}

describe.each(readdirSync(EXAMPLES))('the example of %s', (framework) => {
  const { roots } = JSON.parse(readFileSync(join(EXAMPLES, framework, 'expected.json'), 'utf8'));
  const { root } = roots[0] as { root: string };

  test('gets a registry that is sound and covered, of its own docs', async () => {
    const files = exampleFiles(framework);
    const { dir } = makeRepository({ ...files, [join(root, 'trouble.md')]: TROUBLE });
    const { exitCode, stdout, stderr } = await runCli(['init'], { cwd: dir });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/Wrote \.github\/signpost\.yml: \d+ scenarios?, \d+ covered\n/);
    expect(stdout).toContain(framework);
    expect(registryIn(dir)).toContain('codes: [gate_shut]');
    expect(await check(dir)).toEqual({ exitCode: 0, findings: [] });
    const { stdout: audit } = await runCli(['audit', '--rev', 'WORKTREE', '--format', 'json'], { cwd: dir });
    expect(JSON.parse(audit)).toMatchObject({ verdict: 'pass', counts: { partial: 0, missing: 0 } });
  });
});

describe('init', () => {
  test('says what it found and what comes next, within 80 columns', async () => {
    const { dir } = makeRepository(DOCS);
    const { stdout } = await runCli(['init'], { cwd: dir });
    expect(stdout).toContain('✔ Wrote .github/signpost.yml: 2 scenarios, 2 covered\n');
    expect(stdout).toContain('docs/help.md:3');
    expect(stdout).toContain('signpost audit --rev WORKTREE');
    expect(stdout).toContain('docs/install.md');
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  test('reads the work tree, before anything is committed', async () => {
    const { dir, write } = makeRepository();
    write(DOCS);
    expect((await runCli(['init'], { cwd: dir })).exitCode).toBe(0);
    expect(registryIn(dir)).toContain('card_declined');
    expect((await check(dir)).exitCode).toBe(0);
  });

  test('works from a folder inside the work tree', async () => {
    const { dir } = makeRepository(DOCS);
    await runCli(['init'], { cwd: join(dir, 'docs') });
    expect(existsSync(join(dir, REGISTRY))).toBe(true);
  });

  test('prints the file and writes nothing with --dry-run', async () => {
    const { dir } = makeRepository(DOCS);
    const { exitCode, stdout } = await runCli(['init', '--dry-run'], { cwd: dir });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^# yaml-language-server: /);
    expect(existsSync(join(dir, '.github'))).toBe(false);
    await runCli(['init'], { cwd: dir });
    expect(registryIn(dir)).toBe(stdout);
  });

  test('takes what flags say over what it found', async () => {
    const { dir } = makeRepository({ ...DOCS, 'pages/a.md': TROUBLE });
    const flags = [
      '--root',
      './pages/',
      '--framework',
      'docusaurus',
      '--site',
      'https://docs.example.com/',
      '--block',
      'off',
    ];
    const preview = 'https://deploy-preview-{number}--lantern.netlify.app';
    await runCli(['init', ...flags, '--preview', preview], { cwd: dir });
    const text = registryIn(dir);
    expect(text).toContain('  - root: pages\n    framework: docusaurus\n    site: https://docs.example.com\n');
    expect(text).toContain(`\npreview: ${preview}\n`);
    expect(text).toContain('block: off');
    expect(text).toContain('gate_shut');
    expect(text).not.toContain('card_declined');
    expect(await check(dir)).toEqual({ exitCode: 0, findings: [] });
  });

  test('takes the whole repository as one folder', async () => {
    const { dir } = makeRepository(DOCS);
    await runCli(['init', '--root', '.'], { cwd: dir });
    expect(registryIn(dir)).toContain('  - root: .\n');
    expect(registryIn(dir)).toContain('pages: [docs/help]');
    expect(await check(dir)).toEqual({ exitCode: 0, findings: [] });
  });

  test('takes the codes of sources and of an API, and counts what the docs have on them', async () => {
    const { dir } = makeRepository({
      ...DOCS,
      'src/errors.go': 'const A = "ERR_LOST"\nconst B = "card_declined"\n',
      'openapi.yaml':
        'openapi: 3.1.0\ncomponents: { schemas: { ErrorCode: { enum: [limit_reached, card_declined] } } }\n',
    });
    const hint = await runCli(['init'], { cwd: dir });
    expect(hint.stdout).toContain('signpost registry import openapi.yaml');
    const codes = ['--codes', 'src/**/*.go:"(\\w+)"', '--openapi', 'openapi.yaml', '--force'];
    const { stdout } = await runCli(['init', ...codes], { cwd: dir });
    expect(stdout).toContain('4 scenarios, 2 covered and 2 missing');
    expect(registryIn(dir)).toMatch(/codes: \[ERR_LOST\]/);
    expect(registryIn(dir).match(/card_declined\]/g)).toHaveLength(1);
    expect((await check(dir)).exitCode).toBe(0);
  });

  test('asks for the first failure where the docs tell of none', async () => {
    const { dir } = makeRepository({ 'docs/a.md': '# A\n\nText.\n' });
    const { exitCode, stdout } = await runCli(['init'], { cwd: dir });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('no scenario yet');
    expect(stdout).toContain('signpost registry add');
    expect(await check(dir)).toEqual({ exitCode: 0, findings: [] });
  });
});

describe('a registry that is there', () => {
  const OWN = 'version: 1\nscenarios: [{ id: mine, title: Mine, codes: [mine_lost] }]\n';

  test.each([REGISTRY, '.github/signpost.yaml', '.github/signpost/team.yml'])('as %s is left alone', async (path) => {
    const { dir } = makeRepository({ ...DOCS, [path]: OWN });
    const { exitCode, stdout, stderr } = await runCli(['init'], { cwd: dir });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(`There is a registry already: ${path}.`);
    expect(stderr).toContain('signpost registry add');
    expect(readFileSync(join(dir, path), 'utf8')).toBe(OWN);
  });

  test('and that git ignores is left alone, too', async () => {
    const { dir, write } = makeRepository({ ...DOCS, '.gitignore': '.github\n' });
    write({ [REGISTRY]: OWN });
    const { exitCode, stderr } = await runCli(['init'], { cwd: dir });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('There is a registry already');
    expect(registryIn(dir)).toBe(OWN);
  });

  test('is replaced with --force, under its own name', async () => {
    const { dir } = makeRepository({ ...DOCS, '.github/signpost.yaml': OWN });
    expect((await runCli(['init', '--force'], { cwd: dir })).exitCode).toBe(0);
    expect(readFileSync(join(dir, '.github/signpost.yaml'), 'utf8')).toContain('card_declined');
    expect(existsSync(join(dir, REGISTRY))).toBe(false);
  });

  test('keeps the files of its teams, whose ids are taken', async () => {
    const { dir } = makeRepository(DOCS);
    await runCli(['init'], { cwd: dir });
    const [id] = /(?<=- id: )\S+/.exec(registryIn(dir)) ?? [];
    mkdirSync(join(dir, '.github/signpost'));
    writeFileSync(join(dir, '.github/signpost/team.yml'), OWN.replace('mine,', `${id},`));
    expect((await runCli(['init', '--force'], { cwd: dir })).exitCode).toBe(0);
    expect(registryIn(dir)).toContain(`- id: ${id}-2`);
    expect((await check(dir)).exitCode).toBe(0);
  });
});

describe('what cannot be done is said, with the way out', () => {
  test.each<[string, string[], string]>([
    ['a folder without pages', ['--root', 'src'], '--root: src holds no Markdown or MDX page.'],
    ['a folder outside', ['--root', '../x'], '--root must be a folder'],
    ['a site that is no URL', ['--site', 'docs.example.com'], '--site must be the URL'],
    ['a preview with a slip', ['--preview', 'https://{numbr}.example.com'], '--preview must be a URL'],
    ['a framework with a slip', ['--framework', 'docusaurs'], 'Did you mean docusaurus?'],
    ['a limit in words', ['--limit', 'some'], '--limit takes a number'],
    ['a pattern without a glob', ['--codes', 'ERR_'], 'is no GLOB:PATTERN'],
    ['sources that are not there', ['--codes', 'lib/*.rs:E\\d+'], 'no file of the work tree matches "lib/*.rs"'],
    ['an API that is none', ['--openapi', 'docs/help.md'], 'docs/help.md:'],
    ['an API that is not there', ['--openapi', 'api.yaml'], 'api.yaml cannot be read'],
  ])('%s', async (_, flags, said) => {
    const { dir } = makeRepository(DOCS);
    const { exitCode, stdout, stderr } = await runCli(['init', ...flags], { cwd: dir });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(said);
    expect(existsSync(join(dir, '.github'))).toBe(false);
  });

  test('a folder that is in no repository', async () => {
    const { exitCode, stderr } = await runCli(['init'], { cwd: tempFolder() });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('is not in a git repository');
  });

  test('a bare repository', async () => {
    const { dir } = makeRepository(DOCS).clone('--bare');
    const { exitCode, stderr } = await runCli(['init'], { cwd: dir });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('bare repository');
  });

  test('a repository without a page', async () => {
    const { exitCode, stderr } = await runCli(['init'], { cwd: makeRepository({ 'a.ts': '' }).dir });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('There is no Markdown or MDX page');
  });
});

/** Answers questions by a word of their message; what is not answered takes what stands there, `cancel` leaves. */
function answering(answers: Record<string, unknown>, asked: string[] = []): Prompts {
  const answer = <T>(message: string, usual: T): Promise<T> => {
    asked.push(message);
    const [, given] = Object.entries(answers).find(([word]) => message.includes(word)) ?? [];
    if (given === 'cancel') return Promise.reject(new Cancelled());
    return Promise.resolve((given === undefined ? usual : given) as T);
  };
  return {
    begin: async () => {},
    show: async () => {},
    text: async ({ message, initialValue = '', validate }) => {
      const typed = await answer(message, initialValue);
      expect(validate?.(typed)).toBeUndefined();
      return typed;
    },
    confirm: ({ message, initialValue = true }) => answer(message, initialValue),
    select: <Value>({ message, options, initialValue }: SelectOptions<Value>) =>
      answer(message, initialValue ?? (options[0]!.value as Value)),
    multiselect: ({ message, initialValues = [] }) => answer(message, [...initialValues]),
  };
}

describe('at a terminal', () => {
  const init = async (dir: string, answers: Record<string, unknown>, ...flags: string[]) => {
    const asked: string[] = [];
    const ran = await runCli(['init', ...flags], { cwd: dir, tty: true, prompts: answering(answers, asked) });
    return { ...ran, asked };
  };

  const WEIR =
    "module.exports = { presets: [['x', { docs: {} }]], plugins: [['content-docs', { id: 'api', path: 'api' }]] }";

  test('asks only where there is a choice', async () => {
    const { dir } = makeRepository({ ...DOCS, 'docusaurus.config.js': 'module.exports = {}' });
    const { exitCode, asked, stdout } = await init(dir, {});
    expect(exitCode).toBe(0);
    expect(asked).toEqual([expect.stringContaining('these failures'), expect.stringContaining('block')]);
    expect(stdout).not.toContain('From what the docs say');
  });

  test('writes what was chosen', async () => {
    const files = { ...DOCS, 'api/a.md': TROUBLE, 'docusaurus.config.js': WEIR, 'vercel.json': '{}' };
    const { dir } = makeRepository(files);
    const { asked } = await init(dir, {
      'the docs?': ['docs'],
      'preview of a pull request': 'https://lantern-git-{branch}-acme.vercel.app',
      'these failures': ['receipt-empty'],
      'may block': 'touched',
    });
    expect(asked).toHaveLength(4);
    const text = registryIn(dir);
    expect(text.match(/- root: \S+/g)).toEqual(['- root: docs']);
    expect(text).toContain('preview: https://lantern-git-{branch}-acme.vercel.app');
    expect(text.match(/- id: \S+/g)).toEqual(['- id: receipt-empty']);
    expect(text).toContain('block: touched');
    expect(await check(dir)).toEqual({ exitCode: 0, findings: [] });
  });

  test('asks where the docs are and what builds them where nothing shows it', async () => {
    const { dir } = makeRepository({ ...DOCS, 'site/pages/a.md': TROUBLE });
    const { asked } = await init(dir, { 'Where are the pages': 'site', 'makes pages': 'docusaurus' });
    expect(asked.slice(0, 2)).toEqual([
      expect.stringContaining('Where are the pages'),
      expect.stringContaining('makes pages'),
    ]);
    expect(registryIn(dir)).toContain('  - root: site\n    framework: docusaurus\n');
    expect(registryIn(dir)).toContain('gate_shut');
  });

  test('does not ask for what flags say', async () => {
    const { dir } = makeRepository({ ...DOCS, 'vercel.json': '{}' });
    const { asked } = await init(dir, {}, '--root', 'docs', '--preview', 'https://{sha}.example.com', '--block', 'all');
    expect(asked).toEqual([expect.stringContaining('these failures')]);
  });

  test.each(['Where are the pages', 'these failures', 'may block'])(
    'leaving at "%s" writes nothing',
    async (question) => {
      const { dir } = makeRepository(DOCS);
      const { exitCode, stdout, stderr } = await init(dir, { [question]: 'cancel' });
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
      expect(stderr).toContain('nothing was written');
      expect(existsSync(join(dir, '.github'))).toBe(false);
    },
  );
});
