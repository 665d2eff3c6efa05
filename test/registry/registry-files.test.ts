import { expect, test } from 'vitest';
import { holdsScenariosOnly, registryPaths } from '../../src/registry/registry-files.ts';

test('finds the settings file first and then the others in path order', () => {
  const paths = [
    '.github/signpost/z.yaml',
    '.github/signpost.yaml',
    '.github/signpost/a/b.yml',
    '.github/signpost/read-me.md',
    '.github/signpost.yml',
    'docs/.github/signpost.yml',
    '.github/signpost/.yml',
    'signpost.yml',
  ];
  expect(registryPaths(new Set(paths))).toEqual([
    '.github/signpost.yml',
    '.github/signpost.yaml',
    '.github/signpost/a/b.yml',
    '.github/signpost/z.yaml',
  ]);
  expect(registryPaths([])).toEqual([]);
});

test('holds scenarios only in the folder beside the settings file', () => {
  expect(holdsScenariosOnly('.github/signpost/a.yml')).toBe(true);
  expect(holdsScenariosOnly('/clone/.github/signpost/a.yml')).toBe(true);
  expect(holdsScenariosOnly('.github/signpost.yml')).toBe(false);
  expect(holdsScenariosOnly('x.github/signpost/a.yml')).toBe(false);
});
