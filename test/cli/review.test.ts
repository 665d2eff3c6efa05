import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { makeRepository, removeTempFolders, type TempRepository, tempFolder } from '../temp-repository.ts';
import { runCli } from './run-cli.ts';
import { ERRORS, FILES, REGISTRY, WITHOUT_CAUSE } from './small-docs.ts';

afterAll(removeTempFolders);

/** A repository whose branch `topic` takes the cause out of a section. */
function breakingChange(): TempRepository {
  const repository = makeRepository(FILES);
  repository.branch('topic');
  repository.commit({ 'docs/errors.md': WITHOUT_CAUSE });
  return repository;
}

const json = (stdout: string) => JSON.parse(stdout);

describe('verdict and exit code', () => {
  test('a change that takes the cause out of a section fails with 1', async () => {
    const { dir, git } = breakingChange();
    const ran = await runCli(['review', '--base', 'main', '--head', 'topic', '--format', 'json'], { cwd: dir });
    expect(ran).toMatchObject({ exitCode: 1, stderr: '' });
    expect(json(ran.stdout)).toMatchObject({
      version: 1,
      kind: 'review',
      base: git('rev-parse', 'main'),
      mergeBase: git('rev-parse', 'main'),
      head: git('rev-parse', 'topic'),
      registry: { source: '.github/signpost.yml', commit: git('rev-parse', 'main') },
      verdict: 'fail',
      findings: [{ kind: 'missing-cause', scenario: 'card-declined', blocking: true, path: 'docs/errors.md', line: 3 }],
      counts: { covered: 0, partial: 1, missing: 1, changedPages: 1 },
    });
  });

  test('the same change passes where the scenario is waived', async () => {
    const { dir } = breakingChange();
    const ran = await runCli(['review', '--base', 'main', '--waive', 'card-declined', '--format', 'json'], {
      cwd: dir,
    });
    expect(ran.exitCode).toBe(0);
    expect(json(ran.stdout).scenarios[0].after.state).toBe('waived');
  });

  test('a change that repairs a section passes with 0', async () => {
    const repository = makeRepository({ ...FILES, 'docs/errors.md': WITHOUT_CAUSE });
    repository.branch('topic');
    repository.commit({ 'docs/errors.md': ERRORS });
    const ran = await runCli(['review', '--base', 'main', '--format', 'json'], { cwd: repository.dir });
    expect(ran.exitCode).toBe(0);
    expect(json(ran.stdout).scenarios[0]).toMatchObject({ change: 'improved', scope: null });
  });

  test('a repository without a registry passes and is told how to begin', async () => {
    const { dir } = makeRepository({ 'docs/errors.md': ERRORS });
    const ran = await runCli(['review', '--base', 'HEAD'], { cwd: dir });
    expect(ran.exitCode).toBe(0);
    expect(ran.stdout).toContain('.github/signpost.yml');
  });

  test.each([
    ['an empty registry', { '.github/signpost.yml': '' }],
    ['a registry without scenarios', { '.github/signpost.yml': 'version: 1\n' }],
    ['no docs', { '.github/signpost.yml': REGISTRY, 'main.c': 'int main;' }],
  ])('%s passes', async (_, files) => {
    const repository = makeRepository(files);
    repository.branch('topic');
    repository.commit({ 'readme.txt': 'hello' });
    const ran = await runCli(['review', '--base', 'main'], { cwd: repository.dir });
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test('a change that leaves the registry invalid fails', async () => {
    const repository = makeRepository(FILES);
    repository.branch('topic');
    repository.commit({ '.github/signpost.yml': `${REGISTRY}    symptom: []\n` });
    const ran = await runCli(['review', '--base', 'main', '--format', 'json'], { cwd: repository.dir });
    expect(ran.exitCode).toBe(1);
    expect(json(ran.stdout).findings).toMatchObject([{ kind: 'registry-invalid', blocking: true }]);
  });
});

describe('what is compared', () => {
  test('without revisions, HEAD with the default branch, and says so at a terminal', async () => {
    const { dir } = breakingChange();
    const ran = await runCli(['review'], { cwd: dir, tty: true });
    expect(ran.exitCode).toBe(1);
    expect(ran.stderr).toContain('Comparing with main');
    expect(ran.stderr).toContain('--head WORKTREE');
  });

  test('without a default branch a base must be named', async () => {
    const { dir } = makeRepository(FILES, '--initial-branch=trunk');
    const ran = await runCli(['review'], { cwd: dir });
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ran.stderr).toContain('--base');
  });

  test('uncommitted work with HEAD', async () => {
    const { dir, write } = makeRepository(FILES);
    write({ 'docs/errors.md': WITHOUT_CAUSE });
    const committed = await runCli(['review', '--base', 'HEAD'], { cwd: dir });
    expect(committed.exitCode).toBe(0);
    const uncommitted = await runCli(['review', '--base', 'HEAD', '--head', 'WORKTREE'], { cwd: dir });
    expect(uncommitted.exitCode).toBe(1);
  });

  test('the merge base, or with --direct the base itself', async () => {
    const repository = breakingChange();
    repository.switch('main');
    const tip = repository.commit({ 'docs/receipts.md': '# Receipts\n\nA receipt is empty when it has no items.\n' });
    const review = async (...more: string[]) => {
      const typed = ['review', '--base', 'main', '--head', 'topic', '--format', 'json', ...more];
      return json((await runCli(typed, { cwd: repository.dir })).stdout);
    };
    expect((await review()).mergeBase).toBe(repository.git('merge-base', 'main', 'topic'));
    expect(await review('--direct')).toMatchObject({ base: tip, mergeBase: tip });
  });

  test('by the registry of the tip of the base, also where the branch has none yet', async () => {
    const { '.github/signpost.yml': registry, ...docs } = FILES;
    const repository = makeRepository(docs);
    repository.branch('topic');
    repository.commit({ 'docs/errors.md': WITHOUT_CAUSE });
    repository.switch('main');
    repository.commit({ '.github/signpost.yml': registry! });
    const typed = ['review', '--base', 'main', '--head', 'topic', '--format', 'json'];
    const ran = await runCli(typed, { cwd: repository.dir });
    expect(ran.exitCode).toBe(1);
    expect(json(ran.stdout)).toMatchObject({
      registry: { commit: repository.git('rev-parse', 'main') },
      counts: { pages: 3 },
    });
  });

  test('the branches of a bare repository, named with --repo', async () => {
    const { dir } = breakingChange().clone('--bare');
    const ran = await runCli(['review', '--repo', dir, '--base', 'main', '--head', 'topic'], { cwd: tempFolder() });
    expect(ran.exitCode).toBe(1);
  });

  test('two commits without common history are not judged', async () => {
    const repository = makeRepository(FILES);
    repository.git('switch', '--quiet', '--orphan', 'apart');
    repository.commit(FILES);
    const ran = await runCli(['review', '--base', 'main', '--format', 'json'], { cwd: repository.dir });
    expect(ran.exitCode).toBe(2);
    expect(json(ran.stdout)).toMatchObject({ verdict: 'not-judged', mergeBase: null });
  });
});

describe('where git cannot answer', () => {
  const shallow = () => {
    const origin = breakingChange();
    for (let i = 0; i < 3; i++) origin.commit({ [`docs/page-${i}.md`]: '# Page\n' });
    origin.switch('main');
    origin.commit({ 'docs/other.md': '# Other\n' });
    const clone = origin.clone('--depth=1', '--no-single-branch');
    return clone.dir;
  };

  test('a shallow clone is told what to fetch', async () => {
    const ran = await runCli(['review', '--base', 'origin/main', '--head', 'origin/topic'], { cwd: shallow() });
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ran.stderr.trimEnd().split('\n')).toHaveLength(2);
    expect(ran.stderr).toContain('git fetch --unshallow');
  });

  test('JSON stays JSON', async () => {
    const typed = ['review', '--base', 'origin/main', '--head', 'origin/topic', '--format', 'json'];
    const ran = await runCli(typed, { cwd: shallow() });
    expect(ran).toMatchObject({ exitCode: 2, stderr: '' });
    expect(json(ran.stdout)).toMatchObject({
      kind: 'review',
      base: 'origin/main',
      head: 'origin/topic',
      mergeBase: null,
      verdict: 'not-judged',
      reason: expect.stringContaining('git fetch --unshallow'),
      scenarios: [],
    });
  });

  test.each([
    ['an unknown revision', ['--base', 'mian'], 'mian'],
    ['a folder that is no repository', ['--repo', tempFolder()], 'not in a git repository'],
    ['a folder that does not exist', ['--repo', 'no/such/folder'], '--repo'],
  ])('%s is bad usage', async (_, options, said) => {
    const { dir } = makeRepository(FILES);
    const ran = await runCli(['review', ...options], { cwd: dir });
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ran.stderr).toContain(said);
  });
});

describe('--waive', () => {
  test('an unknown id is bad usage, with the one that was meant', async () => {
    const { dir } = makeRepository(FILES);
    const ran = await runCli(['review', '--base', 'HEAD', '--waive', 'card-decline'], { cwd: dir });
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ran.stderr).toContain('Did you mean "card-declined"?');
  });

  test('an id that is like no other is told those that there are', async () => {
    const { dir } = makeRepository(FILES);
    const ran = await runCli(['review', '--base', 'HEAD', '--waive', 'zzz'], { cwd: dir });
    expect(ran.stderr).toContain('It has card-declined, receipt-empty.');
  });
});

describe('--registry and --defaults', () => {
  const ONE = REGISTRY.slice(0, REGISTRY.indexOf('  - id: receipt-empty'));
  const scenariosOf = (stdout: string) => json(stdout).scenarios.map(({ id }: { id: string }) => id);
  const outside = (files: Record<string, string>) => {
    const folder = tempFolder();
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return folder;
  };
  const review = (cwd: string, ...options: string[]) =>
    runCli(['review', '--base', 'main', '--format', 'json', ...options], { cwd });

  test('a file on disk replaces the registry of the base branch', async () => {
    const { dir } = breakingChange();
    const folder = outside({ 'other.yml': ONE });
    const ran = await review(dir, '--registry', join(folder, 'other.yml'));
    expect(ran.exitCode).toBe(1);
    expect(json(ran.stdout).registry).toEqual({ source: join(folder, 'other.yml'), commit: null });
    expect(scenariosOf(ran.stdout)).toEqual(['card-declined']);
  });

  test('a path is taken from where the person is', async () => {
    const { dir } = breakingChange();
    const ran = await review(join(dir, 'docs'), '--registry', '../.github/signpost.yml');
    expect(json(ran.stdout).registry.source).toBe('../.github/signpost.yml');
  });

  test.each([
    [
      'with the layout of a repository',
      { '.github/signpost.yml': ONE, '.github/signpost/a.yml': more(), 'x.yml': '?' },
      '',
    ],
    [
      'that is a .github',
      { '.github/signpost.yml': ONE, '.github/signpost/a.yml': more(), '.github/x.yml': '?' },
      '.github',
    ],
    ['of YAML files', { 'signpost.yml': ONE, 'a/b.yaml': more(), 'notes.txt': '?' }, ''],
  ])('a folder %s is read', async (_, files, inner) => {
    const { dir } = breakingChange();
    const ran = await review(dir, '--registry', join(outside(files), inner));
    expect(ran.stderr).toBe('');
    expect(scenariosOf(ran.stdout)).toEqual(['card-declined', 'more']);
  });

  function more(): string {
    return 'scenarios:\n  - id: more\n    title: More\n    codes: [more_of_it]\n';
  }

  test('the owner’s defaults come first', async () => {
    const { dir } = breakingChange();
    const folder = outside({ 'owner.yml': more() });
    const ran = await review(dir, '--defaults', join(folder, 'owner.yml'));
    expect(scenariosOf(ran.stdout)).toEqual(['more', 'card-declined', 'receipt-empty']);
  });

  test.each([
    ['--registry', 'none.yml', 'there is no such file'],
    ['--defaults', 'none.yml', 'there is no such file'],
    ['--defaults', '.', 'it is a folder'],
    ['--registry', 'empty', 'holds no registry'],
    ['--registry', 'picture.yml', 'it is binary'],
  ])('%s %s cannot be read', async (option, path, said) => {
    const { dir } = makeRepository(FILES);
    mkdirSync(join(dir, 'empty'));
    writeFileSync(join(dir, 'picture.yml'), Buffer.from([0, 1, 2]));
    const ran = await review(dir, option, path);
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ran.stderr).toContain(path);
    expect(ran.stderr).toContain(said);
  });
});

describe('formats', () => {
  test.each([
    ['terminal', 'docs/errors.md:3'],
    ['markdown', '## ❌'],
    ['sarif', '"ruleId": "missing-cause"'],
    ['github', '::error file=docs/errors.md,line=3'],
  ])('%s', async (format, said) => {
    const { dir } = breakingChange();
    const ran = await runCli(['review', '--base', 'main', '--format', format], { cwd: dir });
    expect(ran).toMatchObject({ exitCode: 1, stderr: '' });
    expect(ran.stdout).toContain(said);
  });

  test('milliseconds are measured', async () => {
    const { dir } = breakingChange();
    const ran = await runCli(['review', '--base', 'main', '--format', 'json'], { cwd: dir });
    const { read, parse, judge, total } = json(ran.stdout).milliseconds;
    expect(read).toBeGreaterThan(0);
    expect(parse).toBeGreaterThanOrEqual(0);
    expect(judge).toBeGreaterThanOrEqual(0);
    expect(total).toBeGreaterThanOrEqual(read);
  });
});
