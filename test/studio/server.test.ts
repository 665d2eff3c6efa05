import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { MOST_BODY_BYTES } from '../../src/studio/doorkeeper.ts';
import type { StudioEvent } from '../../src/studio/protocol.ts';
import { FILES, REGISTRY, WITHOUT_CAUSE } from '../cli/small-docs.ts';
import { makeRepository, removeTempFolders, type TempRepository } from '../temp-repository.ts';
import { type RunningStudio, startStudio } from './running-studio.ts';

const PATH = '.github/signpost.yml';

let studio: RunningStudio | null = null;
afterEach(async () => {
  await studio?.end();
  expect(studio?.bugs ?? []).toEqual([]);
  studio = null;
});
afterAll(removeTempFolders);

async function begin(files = FILES): Promise<{ repository: TempRepository; studio: RunningStudio; file: string }> {
  const repository = makeRepository(files);
  studio = await startStudio(repository);
  return { repository, studio, file: join(repository.dir, PATH) };
}

const checkOf = (text: string, focus: string | null = null) => ({ files: [{ path: PATH, text }], focus });

describe('the door', () => {
  test('lets nobody in without the token, and shows them nothing of the session', async () => {
    const { studio } = await begin();
    const shell = await studio.ask('/', undefined, { headers: { authorization: '' } });
    expect(shell.status).toBe(200);
    expect(shell.text).not.toContain('card-declined');
    for (const [path, body] of [
      ['/api/session'],
      ['/api/docs'],
      ['/api/events'],
      ['/api/check', checkOf(REGISTRY)],
    ] as const) {
      for (const authorization of [
        '',
        'Bearer ',
        `Bearer ${studio.token}x`,
        `Bearer ${studio.token.slice(0, -1)}A`,
        studio.token,
      ]) {
        if (authorization === `Bearer ${studio.token}`) continue;
        const { status, json } = await studio.ask(path, body, { headers: { authorization } });
        expect(status).toBe(401);
        expect(json().error).toContain('signpost studio');
      }
    }
    expect(studio.token).toMatch(/^[\w-]{22}$/);
    expect((await studio.ask('/api/session')).status).toBe(200);
  });

  test('answers to no other name and to no page of another site', async () => {
    const { studio } = await begin();
    const asked = async (headers: Record<string, string>) =>
      (await studio.ask('/api/session', undefined, { headers })).status;
    expect(await asked({ host: `evil.example:${studio.port}` })).toBe(421);
    expect(await asked({ host: '127.0.0.1:1' })).toBe(421);
    expect(await asked({ host: `localhost:${studio.port}` })).toBe(200);
    expect(await asked({ origin: 'https://evil.example' })).toBe(403);
    expect(await asked({ origin: 'null' })).toBe(403);
    expect(await asked({ origin: 'http://127.0.0.1:1' })).toBe(403);
    expect(await asked({ origin: `http://127.0.0.1:${studio.port}` })).toBe(200);
    expect(await asked({ 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await asked({ 'sec-fetch-site': 'same-site' })).toBe(403);
    expect((await studio.ask('/', undefined, { headers: { host: 'evil.example' } })).status).toBe(421);
  });

  test('is on the loopback alone', async () => {
    const { studio } = await begin();
    const others = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
    for (const { address, internal } of others.filter(({ internal, family }) => !internal && family === 'IPv4')) {
      expect(internal).toBe(false);
      await expect(reach(address, studio.port)).rejects.toThrow();
    }
    await expect(reach('127.0.0.1', studio.port)).resolves.toBeUndefined();
  });

  test('sends nothing that may be kept, framed, guessed or run from elsewhere', async () => {
    const { studio } = await begin();
    const { headers, text } = await studio.ask('/');
    const policy = headers['content-security-policy'] as string;
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] as string;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(text).toContain(`content="${nonce}"`);
    expect((await studio.ask('/')).headers['content-security-policy']).not.toBe(policy);
    for (const path of ['/', '/main.js', '/main.css', '/api/session', '/nothing'])
      expect((await studio.ask(path)).headers).toMatchObject({
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'same-origin',
      });
  });

  test('serves no file by its path', async () => {
    const { studio } = await begin();
    for (const path of [
      '/../../etc/passwd',
      '/%2e%2e/package.json',
      `/${PATH}`,
      '/docs/errors.md',
      '/api/__proto__',
      '//main.js',
    ])
      expect((await studio.ask(path)).status).toBe(404);
    expect((await studio.ask('/api/save')).status).toBe(405);
    expect((await studio.ask('/api/session', {})).status).toBe(405);
  });

  test('reads no body that is too long, no JSON, or not what is asked', async () => {
    const { studio } = await begin();
    const status = async (body: unknown, headers = {}) => (await studio.ask('/api/check', body, { headers })).status;
    expect(await status('{')).toBe(400);
    expect(await status({})).toBe(400);
    expect(await status({ files: [{ path: 1, text: '' }], focus: null })).toBe(400);
    expect(await status('null')).toBe(400);
    expect(await status({ files: [], focus: null }, { 'content-type': 'text/plain' })).toBe(415);
    expect(await status(checkOf('x'.repeat(MOST_BODY_BYTES)))).toBe(413);
    expect(await status(checkOf(REGISTRY))).toBe(200);
  });
});

function reach(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: 2000 }, () => {
      socket.destroy();
      resolve();
    });
    socket.on('error', reject);
    socket.on('timeout', () => socket.destroy(new Error('no answer')));
  });
}

describe('a check', () => {
  test('says states, problems at their lines, and everything about the scenario in focus', async () => {
    const { studio } = await begin();
    const answer = (await studio.ask('/api/check', checkOf(REGISTRY, 'card-declined'))).json();
    expect(answer.rows).toMatchObject([
      { id: 'card-declined', state: 'covered', gravity: 'high', lack: '', path: PATH, line: 6 },
      { id: 'receipt-empty', state: 'missing', lack: 'named nowhere', line: 13 },
    ]);
    expect(answer.counts).toEqual({ covered: 1, partial: 0, missing: 1, waived: 0, pages: 3 });
    expect(answer.detail).toMatchObject({
      id: 'card-declined',
      verdict: 'A section names it, says why and links to the fix.',
      sections: [{ place: 'docs/errors.md:3-5', label: 'card_declined', counts: true }],
    });
    const [, text] = answer.detail.sections[0].blocks;
    const [first] = text.marks;
    expect(text.text.slice(first.start, first.end)).toBe('test');
    const mistaken = (await studio.ask('/api/check', checkOf(REGISTRY.replace('symptoms:', 'symptom:')))).json();
    expect(mistaken.problems).toContainEqual(
      expect.objectContaining({ severity: 'error', line: 15, column: 5, message: expect.stringContaining('symptom') }),
    );
    expect(mistaken.rows).toHaveLength(1);
  });

  test('judges the docs that other settings name', async () => {
    const { studio } = await begin({ ...FILES, 'other/errors.md': WITHOUT_CAUSE });
    const text = REGISTRY.replace('root: docs', 'root: other').replace(', pages: [errors]', '');
    expect((await studio.ask('/api/check', checkOf(text))).json().rows[0]).toMatchObject({ state: 'partial' });
    expect((await studio.ask('/api/docs')).json().pages).toEqual([
      { name: 'errors', route: '/errors', title: 'Errors' },
    ]);
  });

  test('tries words by the registry that was checked last', async () => {
    const { studio } = await begin();
    await studio.ask('/api/check', checkOf(REGISTRY.replace('receipt blank|empty', 'invoice vanishes')));
    const words = 'The invoice vanishes.';
    expect((await studio.ask('/api/try', { words, place: 'sentence' })).json().results).toMatchObject([
      { id: 'receipt-empty', names: true, why: 'names it on receipts; elsewhere a sentence is not enough' },
    ]);
    expect((await studio.ask('/api/anchors', { route: '/errors' })).json()).toContain('card_declined');
  });
});

describe('saving', () => {
  const save = (text: string, version: string | null, path = PATH) => ({ path, text, version });

  async function opened(studio: RunningStudio): Promise<{ text: string; version: string }> {
    return (await studio.ask('/api/session')).json().files[0];
  }

  test('writes the text as it was edited, with its mode, and leaves nothing beside it', async () => {
    const { studio, file } = await begin();
    chmodSync(file, 0o640);
    const text = `# why\n${REGISTRY}# the end\n`;
    const { version } = await opened(studio);
    const answer = await studio.ask('/api/save', save(text, version));
    expect(answer.status).toBe(200);
    expect(readFileSync(file, 'utf8')).toBe(text);
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(readdirSync(join(file, '..'))).toEqual(['signpost.yml']);
    expect(answer.json().version).toBe((await opened(studio)).version);
  });

  test('keeps line ends and the byte order mark', async () => {
    const windows = `\uFEFF${REGISTRY.replaceAll('\n', '\r\n')}`;
    const { studio, file } = await begin({ ...FILES, [PATH]: windows });
    const { text, version } = await opened(studio);
    expect(text).toBe(REGISTRY);
    await studio.ask('/api/save', save(`${text}# more\n`, version));
    expect(readFileSync(file, 'utf8')).toBe(`${windows}# more\r\n`);
    const mixed = `# one\r\n${REGISTRY}`;
    writeFileSync(file, mixed);
    const second = await opened(studio);
    expect(second.text).toBe(mixed);
    await studio.ask('/api/save', save(`${mixed}# more\n`, second.version));
    expect(readFileSync(file, 'utf8')).toBe(`${mixed}# more\n`);
  });

  test('overwrites nothing that somebody else wrote meanwhile', async () => {
    const { studio, file } = await begin();
    const { version } = await opened(studio);
    writeFileSync(file, 'version: 1\n');
    const answer = await studio.ask('/api/save', save('mine', version));
    expect(answer.status).toBe(409);
    expect(answer.json()).toMatchObject({ text: 'version: 1\n' });
    expect(readFileSync(file, 'utf8')).toBe('version: 1\n');
    expect((await studio.ask('/api/save', save('version: 1 # mine\n', answer.json().version))).status).toBe(200);
    rmSync(file);
    const gone = await studio.ask('/api/save', save('mine', version));
    expect(gone.json()).toMatchObject({ text: '', version: null });
    expect((await studio.ask('/api/save', save('version: 1\n', null))).status).toBe(200);
    expect(readFileSync(file, 'utf8')).toBe('version: 1\n');
  });

  test('writes no file but those of the registry', async () => {
    const { studio, repository } = await begin();
    const before = repository.git('status', '--porcelain');
    for (const path of [
      'docs/errors.md',
      '../outside.yml',
      '/etc/hosts',
      `./${PATH}`,
      'package.json',
      '__proto__',
      '',
    ]) {
      const { status, json } = await studio.ask('/api/save', save('x', null, path));
      expect(status).toBe(403);
      expect(json().error).toContain('not a registry file');
    }
    expect(repository.git('status', '--porcelain')).toBe(before);
  });

  test('follows no symbolic link that took the place of a file or its folder', async () => {
    const { studio, repository, file } = await begin();
    const { version } = await opened(studio);
    const secret = join(repository.dir, 'secret.txt');
    writeFileSync(secret, REGISTRY);
    rmSync(file);
    symlinkSync(secret, file);
    expect((await studio.ask('/api/save', save('x', version))).status).toBe(403);
    expect(readFileSync(secret, 'utf8')).toBe(REGISTRY);
    rmSync(file);
    const folder = join(file, '..');
    const elsewhere = join(repository.dir, 'elsewhere');
    renameSync(folder, elsewhere);
    writeFileSync(join(elsewhere, 'signpost.yml'), REGISTRY);
    symlinkSync(elsewhere, folder);
    expect((await studio.ask('/api/save', save('x', version))).status).toBe(403);
    expect(readFileSync(join(elsewhere, 'signpost.yml'), 'utf8')).toBe(REGISTRY);
    rmSync(folder);
    renameSync(elsewhere, folder);
  });

  test('opens no registry file behind a symbolic link', async () => {
    const repository = makeRepository(FILES);
    mkdirSync(join(repository.dir, '.github/signpost'));
    writeFileSync(join(repository.dir, 'target.yml'), 'version: 1\n');
    symlinkSync('../../target.yml', join(repository.dir, '.github/signpost/linked.yml'));
    studio = await startStudio(repository);
    const { files, blocked } = (await studio.ask('/api/session')).json();
    expect(files.map(({ path }: { path: string }) => path)).toEqual([PATH]);
    expect(blocked).toEqual([{ path: '.github/signpost/linked.yml', reason: 'it lies behind a symbolic link' }]);
  });
});

describe('what happens on disk', () => {
  async function events(studio: RunningStudio): Promise<StudioEvent[]> {
    const heard: StudioEvent[] = [];
    const response = await fetch(`http://127.0.0.1:${studio.port}/api/events`, {
      headers: { authorization: `Bearer ${studio.token}` },
    });
    void (async () => {
      for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>)
        for (const [, data] of Buffer.from(chunk)
          .toString()
          .matchAll(/^data: (.*)$/gm))
          heard.push(JSON.parse(data as string) as StudioEvent);
    })().catch(() => {});
    return heard;
  }

  const kinds = (heard: StudioEvent[]) => heard.map(({ kind }) => kind).filter((kind) => kind !== 'advice');

  test('is told: a registry file that changed, docs that changed, a file that came', async () => {
    const { studio, repository, file } = await begin();
    const heard = await events(studio);
    writeFileSync(file, `${REGISTRY}# by hand\n`);
    await vi.waitFor(() => expect(kinds(heard)).toEqual(['file']), 5000);
    expect(heard.find(({ kind }) => kind === 'file')).toMatchObject({ file: { text: `${REGISTRY}# by hand\n` } });
    repository.write({ 'docs/errors.md': WITHOUT_CAUSE });
    await vi.waitFor(() => expect(kinds(heard)).toEqual(['file', 'docs']), 5000);
    expect((await studio.ask('/api/check', checkOf(REGISTRY))).json().rows[0]).toMatchObject({ state: 'partial' });
    repository.write({ '.github/signpost/more.yml': 'version: 1\n' });
    await vi.waitFor(() => expect(kinds(heard)).toEqual(['file', 'docs', 'files']), 5000);
  });

  test('is told once of what the studio wrote itself, to every page that is open', async () => {
    const { studio, repository } = await begin();
    const heard = await events(studio);
    const { version } = (await studio.ask('/api/session')).json().files[0];
    await studio.ask('/api/save', { path: PATH, text: `${REGISTRY}#\n`, version });
    repository.write({ 'docs/receipts.md': '# Receipts\n' });
    await vi.waitFor(() => expect(kinds(heard)).toEqual(['file', 'docs']), 5000);
  });
});

test('ends when it is interrupted, even while a page listens', async () => {
  const { studio: running } = await begin();
  const response = await fetch(`http://127.0.0.1:${running.port}/api/events`, {
    headers: { authorization: `Bearer ${running.token}` },
  });
  await running.end();
  studio = null;
  await response.body?.cancel().catch(() => {});
  await expect(reach('127.0.0.1', running.port)).rejects.toThrow();
});
