import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { openBrowser } from '../../src/studio/run-studio.ts';
import { makeRepository, removeTempFolders, tempFolder } from '../temp-repository.ts';
import { runCli } from './run-cli.ts';
import { FILES, REGISTRY } from './small-docs.ts';

afterAll(removeTempFolders);

const ROOT = resolve(import.meta.dirname, '../..');

describe('signpost studio', () => {
  test('prints an address with a key, and ends well when it is interrupted', async () => {
    const { dir } = makeRepository(FILES);
    const ran = await runCli(['studio'], { cwd: dir });
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    expect(ran.stdout).toMatch(
      /^Signpost studio: http:\/\/127\.0\.0\.1:\d+\/#[\w-]{22}\nOnly this address opens it\. /,
    );
  });

  test('opens a registry that lies elsewhere, for the docs of the repository', async () => {
    const { dir } = makeRepository({ 'docs/errors.md': '# Errors\n' });
    const file = join(tempFolder(), 'failures.yml');
    writeFileSync(file, REGISTRY);
    expect(await runCli(['studio', '--repo', dir, '--registry', file])).toMatchObject({ exitCode: 0 });
  });

  test.each([
    [['studio', '--port', '70000'], '70000 is no port.'],
    [['studio', '--registry', 'nothing.yml'], 'nothing.yml cannot be read: there is no such file or folder.'],
  ])('%j cannot be done as typed', async (argv, said) => {
    const { dir } = makeRepository(FILES);
    const ran = await runCli(argv, { cwd: dir });
    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toContain(said);
  });

  test('without a registry says how to begin one', async () => {
    const { dir } = makeRepository({ 'docs/errors.md': '# Errors\n' });
    const ran = await runCli(['studio'], { cwd: dir });
    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toBe(
      'signpost: There is no registry in this work tree.\nRun `signpost init` to begin one, or name a file with `--registry`.\n',
    );
  });

  test('needs a work tree, and a file that can be edited', async () => {
    const bare = makeRepository(FILES).clone('--bare');
    expect((await runCli(['studio'], { cwd: bare.dir })).stderr).toContain(
      'is a bare repository and has no files to edit',
    );
    const { dir } = makeRepository({ ...FILES, '.github/signpost.yml': Buffer.from([0, 1, 2]) });
    const ran = await runCli(['studio'], { cwd: dir });
    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toContain('No registry file can be edited: .github/signpost.yml: it is binary.');
  });

  test('says that a port is in use', async () => {
    const { dir } = makeRepository(FILES);
    const taken = createServer();
    const port = await new Promise<number>((done) =>
      taken.listen(0, '127.0.0.1', () => done((taken.address() as { port: number }).port)),
    );
    const ran = await runCli(['studio', '--port', String(port)], { cwd: dir });
    taken.close();
    expect(ran).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(`Port ${port} is in use.`) });
  });

  test('as a process of its own ends with 0 on Ctrl-C', async () => {
    const { dir } = makeRepository(FILES);
    const tsx = resolve(ROOT, 'node_modules/tsx/dist/cli.mjs');
    const child = spawn(process.execPath, [tsx, 'src/cli.ts', 'studio', '--no-open', '--repo', dir], { cwd: ROOT });
    let said = '';
    child.stderr.on('data', (data) => (said += data));
    const ended = new Promise((done) => child.on('exit', (code, signal) => done({ code, signal })));
    await new Promise<void>((ready) => child.stdout.on('data', (data) => String(data).includes('Ctrl-C') && ready()));
    child.kill('SIGINT');
    expect(await ended).toEqual({ code: 0, signal: null });
    expect(said).toBe('');
  });
});

test('a browser is given a file of this user alone, not the key', async () => {
  const folder = tempFolder();
  const before = process.env.PATH;
  const opener = join(folder, 'xdg-open');
  writeFileSync(
    opener,
    `#!/bin/sh\nprintf %s "$1" > ${folder}/asked.part && mv ${folder}/asked.part ${folder}/asked\n`,
    { mode: 0o755 },
  );
  process.env.PATH = `${folder}:${before}`;
  try {
    const forget = await openBrowser('http://127.0.0.1:4000/#secret-key', 'linux');
    await vi.waitFor(() => expect(existsSync(join(folder, 'asked'))).toBe(true), 5000);
    const asked = readFileSync(join(folder, 'asked'), 'utf8');
    expect(asked).toMatch(/^file:\/\/.*\/open\.html$/);
    expect(asked).not.toContain('secret-key');
    expect(readFileSync(new URL(asked), 'utf8')).toContain('url=http://127.0.0.1:4000/#secret-key');
    await forget();
    expect(() => readFileSync(new URL(asked))).toThrow();
  } finally {
    process.env.PATH = before;
  }
});
