import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { parseOptions } from '../../bench/options.ts';
import { removeTempFolders, tempFolder } from '../temp-repository.ts';

afterAll(removeTempFolders);
afterEach(() => vi.restoreAllMocks());

const corporaOf = (...argv: string[]) => parseOptions(argv).corpora;

/** What is said of bad usage. */
function refused(...argv: string[]): string {
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  expect(() => parseOptions(argv)).toThrow();
  return said.mock.calls.join('');
}

describe('the corpora of a run', () => {
  it('are none unless they are named', () => {
    expect(corporaOf()).toEqual([]);
  });

  it('have each the revision and the registry that follow it', () => {
    expect(corporaOf('--corpus', 'a', '--corpus', 'b', '--rev', 'v2', '--registry', 'b.yml', '--corpus', 'c')).toEqual([
      { dir: 'a', rev: 'HEAD', registry: null },
      { dir: 'b', rev: 'v2', registry: 'b.yml' },
      { dir: 'c', rev: 'HEAD', registry: null },
    ]);
  });

  it.each(['--rev', '--registry'])('%s without one before it is refused', (flag) => {
    expect(refused(flag, 'x', '--corpus', 'a')).toContain('It belongs to the --corpus before it, and there is none.');
  });

  it('are all of a folder, of which one may be named by itself', () => {
    const folder = tempFolder();
    for (const dir of ['bare', 'tree/.git', 'no-docs']) mkdirSync(join(folder, dir), { recursive: true });
    for (const file of ['a.bundle', 'README.md', 'bare/HEAD']) writeFileSync(join(folder, file), '');
    const whole = (name: string) => ({ dir: join(folder, name), rev: 'HEAD', registry: null });
    expect(corporaOf('--corpora', folder)).toEqual([whole('a.bundle'), whole('bare'), whole('tree')]);
    const named = ['--corpus', `${folder}/./tree`, '--rev', 'v2'];
    const expected = [{ dir: `${folder}/./tree`, rev: 'v2', registry: null }, whole('a.bundle'), whole('bare')];
    expect(corporaOf('--corpora', folder, ...named)).toEqual(expected);
    expect(corporaOf(...named, '--corpora', folder)).toEqual(expected);
    expect(() => corporaOf('--corpora', join(folder, 'no-docs'))).toThrow('holds no bundle and no repository');
  });

  it('have names of their own', () => {
    expect(corporaOf('--corpus', 'a/docs.bundle', '--corpus', 'b/docs', '--rev', 'v2')).toHaveLength(2);
    expect(refused('--corpus', 'a/docs.bundle', '--corpus', 'b/docs')).toContain('two corpora are named docs');
  });
});

describe('bad usage', () => {
  it.each([
    [['--write-docs', '--only', 'floor-node'], '--write-docs needs every row'],
    [['--runs', '61'], '--runs goes up to 60'],
    [['--runs', '0'], 'a whole number from 1 is needed'],
  ])('%j is refused', (argv, message) => {
    expect(refused(...argv)).toContain(message);
  });
});
