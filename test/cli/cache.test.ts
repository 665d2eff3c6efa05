import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { makeRepository, removeTempFolders, tempFolder } from '../temp-repository.ts';
import { type Place, type Ran, runCli as runTimed } from './run-cli.ts';
import { ERRORS, FILES, REGISTRY, WITHOUT_CAUSE } from './small-docs.ts';

afterAll(removeTempFolders);

const AUDIT = ['audit', '--format', 'json'];
const REVIEW = ['review', '--base', 'main', '--format', 'json'];

describe('a second run', () => {
  test.each([
    ['audit', AUDIT],
    ['review', REVIEW],
    ['explain', ['explain', 'card-declined', '--format', 'json']],
    ['registry check', ['registry', 'check', '--format', 'json']],
  ])('of %s says what one without a cache says', async (_, argv) => {
    const { cwd, env } = place();
    const plain = await runCli([...argv, '--no-cache'], { cwd, env });
    expect(filesIn(env.XDG_CACHE_HOME)).toEqual([]);
    expect(await runCli(argv, { cwd, env })).toEqual(plain);
    expect(filesIn(env.XDG_CACHE_HOME)).not.toEqual([]);
    expect(await runCli(argv, { cwd, env })).toEqual(plain);
  });

  test('writes nothing where it learned nothing', async () => {
    const { cwd, env } = place();
    await runCli(AUDIT, { cwd, env });
    const stamps = () => filesIn(env.XDG_CACHE_HOME).map((file) => statSync(file).ino);
    const before = stamps();
    await runCli(AUDIT, { cwd, env });
    expect(stamps()).toEqual(before);
  });

  test('sees what changed: the docs, the registry, the work tree', async () => {
    const { cwd, env, repository } = place();
    const states = async (...argv: string[]) => {
      const ran = await runCli([...AUDIT, ...argv], { cwd, env });
      expect(ran.stdout).toBe((await runCli([...AUDIT, ...argv, '--no-cache'], { cwd, env })).stdout);
      return JSON.parse(ran.stdout).scenarios.map(({ state }: { state: string }) => state);
    };
    expect(await states()).toEqual(['partial', 'missing']);
    repository.commit({ 'docs/errors.md': ERRORS });
    expect(await states()).toEqual(['covered', 'missing']);
    repository.commit({ '.github/signpost.yml': REGISTRY.replace('receipt blank|empty', 'receipt lists') });
    expect(await states()).toEqual(['covered', 'partial']);
    repository.write({ 'docs/errors.md': '# Errors\n' });
    expect(await states()).toEqual(['covered', 'partial']);
    expect(await states('--rev', 'WORKTREE')).toEqual(['missing', 'partial']);
  });

  test('of other pull requests to a base that is known says what one without a cache says', async () => {
    const { cwd, env, repository } = place();
    const review = async (...argv: string[]) => {
      const plain = await runCli([...REVIEW, ...argv, '--no-cache'], { cwd, env });
      expect(await runCli([...REVIEW, ...argv], { cwd, env })).toEqual(plain);
      return JSON.parse(plain.stdout).scenarios.map(({ after }: { after: { state: string } }) => after.state);
    };
    expect(await review()).toEqual(['partial', 'missing']);
    repository.branch('mends', 'main');
    repository.commit({ 'docs/receipts.md': '# Receipts\n\n## The receipt is blank\n\nIt has no items.\n' });
    expect(await review()).toEqual(['covered', 'covered']);
    expect(await review('--waive', 'card-declined')).toEqual(['waived', 'covered']);
    repository.branch('moves', 'main');
    repository.commit({ 'docs/test-cards.md': null, 'docs/cards.md': '# Test cards\n' });
    await review();
    repository.branch('bends', 'main');
    repository.commit({ '.github/signpost.yml': REGISTRY.replace('receipt blank|empty', 'receipt lists') });
    await review();
    await review('--registry', '.github/signpost.yml');
  });

  test('speaks of a page that is no text as the first did', async () => {
    const { cwd, env, repository } = place();
    repository.commit({
      'docs/errors.md': Uint8Array.of(0xff, 0xfe, 0x00, 0xd8),
      'docs/broken.mdx': '# card_declined\n\n<A',
    });
    const first = await runCli(AUDIT, { cwd, env });
    expect(first.stdout).toContain('docs/errors.md');
    expect(await runCli(AUDIT, { cwd, env })).toEqual(first);
  });
});

describe('a cache that is no help', () => {
  test.each([
    ['with a byte that changed', (bytes: Buffer) => bytes.fill(0x7b, Math.max(0, bytes.length - 12))],
    ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1)],
    ['empty', () => Buffer.alloc(0)],
    ['of another program', () => Buffer.from('not ours at all')],
  ])('%s is written anew', async (_, damage) => {
    const { cwd, env } = place();
    const whole = await runCli(REVIEW, { cwd, env });
    for (const file of filesIn(env.XDG_CACHE_HOME)) writeFileSync(file, damage(readFileSync(file)));
    expect(await runCli(REVIEW, { cwd, env })).toEqual(whole);
    expect(await runCli(REVIEW, { cwd, env })).toEqual(whole);
  });

  test.each([
    ['goes', (file: string) => rmSync(file)],
    ['is damaged in the middle', (file: string) => writeFileSync(file, damagedAt(readFileSync(file), 0.5))],
    ['is damaged at its beginning', (file: string) => writeFileSync(file, damagedAt(readFileSync(file), 0.02))],
  ])('is right again where one file of it %s', async (_, harm) => {
    const { cwd, env } = place();
    const [review, audit] = [await runCli(REVIEW, { cwd, env }), await runCli(AUDIT, { cwd, env })];
    for (const file of filesIn(env.XDG_CACHE_HOME)) {
      if (existsSync(file)) harm(file);
      expect(await runCli(REVIEW, { cwd, env })).toEqual(review);
      expect(await runCli(AUDIT, { cwd, env })).toEqual(audit);
    }
  });

  test('does no harm where it cannot be written', async () => {
    const { cwd, env } = place();
    const inTheWay = join(tempFolder(), 'file');
    writeFileSync(inTheWay, '');
    const plain = await runCli(AUDIT, { cwd, env });
    expect(await runCli(AUDIT, { cwd, env: { XDG_CACHE_HOME: inTheWay } })).toEqual(plain);
  });

  test('is not there without a home', async () => {
    const { cwd, env } = place();
    expect(await runCli(AUDIT, { cwd, env: {} })).toEqual(await runCli(AUDIT, { cwd, env }));
  });
});

test('two runs at once share a cache', async () => {
  const { cwd, env } = place();
  const [one, other] = await Promise.all([runCli(REVIEW, { cwd, env }), runCli(REVIEW, { cwd, env })]);
  expect(other).toEqual(one);
  expect(await runCli(REVIEW, { cwd, env })).toEqual(one);
  expect(filesIn(env.XDG_CACHE_HOME).filter((file) => file.endsWith('.tmp'))).toEqual([]);
});

function damagedAt(bytes: Buffer, share: number): Buffer {
  const at = Math.floor(bytes.length * share);
  bytes[at] = (bytes[at] as number) ^ 0x55;
  return bytes;
}

/** A repository whose branch `pr` takes the cause away, and a cache of its own. */
function place() {
  const repository = makeRepository(FILES);
  repository.branch('pr');
  repository.commit({ 'docs/errors.md': WITHOUT_CAUSE });
  return { repository, cwd: repository.dir, env: { XDG_CACHE_HOME: tempFolder() } };
}

/** A run without the times that it took. */
async function runCli(argv: readonly string[], at: Place): Promise<Ran> {
  const ran = await runTimed(argv, at);
  return { ...ran, stdout: ran.stdout.replace(/"milliseconds": \{[^}]*\}/, '"milliseconds": {}') };
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
