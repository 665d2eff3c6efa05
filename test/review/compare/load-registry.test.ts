import { expect, test } from 'vitest';
import type { BlobText } from '../../../src/docs/tree.ts';
import { loadRegistry } from '../../../src/review/compare/load-registry.ts';

const PATH = '.github/signpost.yml';
const snapshot = { commit: 'c', tree: new Map([[PATH, { blob: 'b', mode: '100644' }]]) };
const input = { files: 'from-base' as const, defaults: null };

test('a registry that was asked for before its file was loaded is read once it is', () => {
  const memory = new Map();
  const blobs = new Map<string, BlobText>();
  expect(loadRegistry(snapshot, blobs, input, memory).state).toBe('invalid');
  blobs.set('b', { text: 'version: 1\nscenarios: [{ id: a-b, title: A fails, codes: [err_a] }]\n' });
  const loaded = loadRegistry(snapshot, blobs, input, memory);
  expect(loaded.registry.scenarios.map(({ id }) => id)).toEqual(['a-b']);
  expect(loadRegistry(snapshot, blobs, input, memory).registry).toBe(loaded.registry);
});
