import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { makeRepository, removeTempFolders } from '../temp-repository.ts';
import { runCli } from './run-cli.ts';
import { FILES, REGISTRY } from './small-docs.ts';

afterAll(removeTempFolders);

const SLIP = REGISTRY.replace('symptoms:', 'symptom:');
const DOUBT = REGISTRY.replace('/test-cards/', '/test-card/');

describe('registry check', () => {
  const check = async (cwd: string, ...options: string[]) => {
    const { exitCode, stdout } = await runCli(['registry', 'check', '--format', 'json', ...options], { cwd });
    return { exitCode, kinds: JSON.parse(stdout).findings.map(({ kind }: { kind: string }) => kind) };
  };

  test('a sound registry ends with 0', async () => {
    const { dir } = makeRepository(FILES);
    expect(await check(dir)).toEqual({ exitCode: 0, kinds: [] });
  });

  test('a mistake ends with 1, a doubt with 0', async () => {
    const { dir, write } = makeRepository(FILES);
    write({ '.github/signpost.yml': SLIP });
    const slip = await check(dir);
    expect(slip.exitCode).toBe(1);
    expect(slip.kinds).toContain('registry-invalid');
    write({ '.github/signpost.yml': DOUBT });
    expect(await check(dir)).toEqual({ exitCode: 0, kinds: ['registry-warning'] });
  });

  test('reads the work tree, or the commit that is named, or the file that is named', async () => {
    const { dir, write } = makeRepository(FILES);
    write({ '.github/signpost.yml': SLIP });
    expect((await check(dir)).exitCode).toBe(1);
    expect((await check(dir, '--rev', 'HEAD')).exitCode).toBe(0);
    writeFileSync(join(dir, 'draft.yml'), DOUBT);
    expect(await check(dir, '--registry', 'draft.yml')).toEqual({ exitCode: 0, kinds: ['registry-warning'] });
  });

  test('reads HEAD of a bare repository', async () => {
    const { dir } = makeRepository(FILES).clone('--bare');
    expect((await check(dir)).exitCode).toBe(0);
  });

  test('says at file, line and column what is wrong and what was meant', async () => {
    const { dir } = makeRepository({ ...FILES, '.github/signpost.yml': SLIP });
    const { stdout } = await runCli(['registry', 'check'], { cwd: dir });
    expect(stdout).toContain('.github/signpost.yml:15:5');
    expect(stdout).toMatch(/did you mean\s+"symptoms"/);
  });

  test.each(['sarif', 'github'])('has the format %s', async (format) => {
    const { dir } = makeRepository({ ...FILES, '.github/signpost.yml': SLIP });
    const { exitCode, stdout } = await runCli(['registry', 'check', '--format', format], { cwd: dir });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('.github/signpost.yml');
  });

  test('without a registry there is nothing to check', async () => {
    const ran = await runCli(['registry', 'check'], { cwd: makeRepository({ 'a.md': '# A\n' }).dir });
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ran.stderr).toContain('.github/signpost.yml');
  });
});

test('registry schema prints a JSON Schema and needs no repository', async () => {
  const ran = await runCli(['registry', 'schema'], { cwd: '/' });
  expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
  const schema = JSON.parse(ran.stdout);
  expect(schema.$schema).toContain('json-schema.org');
  expect(Object.keys(schema.properties)).toContain('scenarios');
});
