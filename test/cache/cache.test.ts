import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { codeDigest } from '../../build.ts';
import { Cache } from '../../src/cache/cache.ts';
import type { PageFacts } from '../../src/docs/markdown/page-facts.ts';
import { parsePage } from '../../src/docs/markdown/parse-page.ts';
import type { Tree } from '../../src/docs/tree.ts';
import { scenarioOf } from '../site-of.ts';
import { removeTempFolders, tempFolder } from '../temp-repository.ts';

afterAll(removeTempFolders);

const SCENARIO = scenarioOf({ codes: ['vault_sealed'] });
const TREE: Tree = new Map();
const STATES = [{ state: 'missing', unwaived: 'missing', gaps: [], pages: [] }] as const;
const HITS = { named: [0], explained: [], near: null, size: 3 };
const MIB = 1024 * 1024;

test('keeps facts, hits and states from one run to the next', () => {
  const root = tempFolder();
  const facts = parsePage('# Vault sealed\n\nThe key rotated.\n', 'md');
  const run = () => new Cache(root, () => 'commit');
  const first = run();
  first.facts.set('md:blob', facts);
  first.hits([SCENARIO]).set('page', HITS);
  first.states.set('today and registry', TREE, [...STATES] as never);
  first.save(0);
  const second = run();
  expect(second.facts.get('md:blob')).toEqual(facts);
  expect(second.hits([SCENARIO]).get('page')).toEqual(HITS);
  expect(second.hits([scenarioOf({ codes: ['other'] })]).get('page')).toBeUndefined();
  expect(second.states.get('today and registry', TREE)).toEqual(STATES);
  expect(second.states.get('another day', TREE)).toBeUndefined();
  expect(new Cache(root, () => 'another commit').states.get('today and registry', TREE)).toBeUndefined();
});

test('keeps nothing of a tree without a name', () => {
  const root = tempFolder();
  const cache = new Cache(root, () => null);
  cache.states.set('key', TREE, [...STATES] as never);
  expect(readdirSync(root)).toEqual([]);
  expect(cache.states.get('key', TREE)).toBeUndefined();
});

test('without a folder lasts as long as the run', () => {
  const cache = new Cache(null, () => 'commit');
  const facts = parsePage('# A\n', 'md');
  cache.facts.set('md:blob', facts);
  cache.save(0);
  expect(cache.facts.get('md:blob')).toBe(facts);
});

test('all that lies on disk stays below its limit, whoever wrote it', () => {
  const root = tempFolder();
  const write = (key: string) => {
    const cache = new Cache(root, () => null);
    cache.facts.set(key, { filler: key.repeat(MIB) } as unknown as PageFacts);
    cache.save(Date.now());
  };
  write('a');
  // As if other runs had written nearly all that there may be.
  writeFileSync(join(root, 'size'), String(512 * MIB - 1));
  write('b');
  expect(Number(readFileSync(join(root, 'size'), 'utf8'))).toBeLessThan(3 * MIB);
  writeFileSync(join(root, 'size'), 'no number');
  write('c');
  expect(Number(readFileSync(join(root, 'size'), 'utf8'))).toBeGreaterThan(3 * MIB);
});

test('the version of the code changes with every file that reads and judges, and with the packages', () => {
  const project = new URL('../..', import.meta.url).pathname;
  expect(codeDigest(project)).toMatch(/^[0-9a-f]{16}$/);
  const seen = new Set<string>();
  const made = madeProject();
  for (const file of [
    'src/registry/a.ts',
    'src/docs/site/a.ts',
    'src/coverage/a.ts',
    'src/review/a.ts',
    'package-lock.json',
  ]) {
    seen.add(codeDigest(made));
    writeFileSync(join(made, file), 'changed');
  }
  seen.add(codeDigest(made));
  expect(seen.size).toBe(6);
  writeFileSync(join(made, 'src/report/a.ts'), 'changed');
  expect(seen).toContain(codeDigest(made));
});

function madeProject(): string {
  const folder = tempFolder();
  for (const file of ['registry/a.ts', 'docs/site/a.ts', 'coverage/a.ts', 'review/a.ts', 'report/a.ts']) {
    mkdirSync(dirname(join(folder, 'src', file)), { recursive: true });
    writeFileSync(join(folder, 'src', file), file);
  }
  writeFileSync(join(folder, 'package-lock.json'), '{}');
  return folder;
}
