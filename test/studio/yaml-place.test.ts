import { describe, expect, it } from 'vitest';
import { indentAfter, yamlPlaceAt } from '../../src/studio/client/yaml-place.ts';

/** `^` stands where the cursor is. */
function at(text: string) {
  const before = text.slice(0, text.indexOf('^')).split('\n');
  const place = yamlPlaceAt(text.replace('^', '').split('\n'), before.length - 1, (before.at(-1) as string).length);
  return (
    place && { path: place.path.join('.'), writes: place.writes, word: place.word, beside: [...place.siblings].sort() }
  );
}

const TOP = 'version: 1\ndocs:\n  - root: docs\nscenarios:\n  - id: a\n    title: b\n';

describe('the place of a cursor', () => {
  it.each([
    ['^', '', 'key', '', []],
    ['ver^', '', 'key', 'ver', []],
    ['version: 1\nsc^', '', 'key', 'sc', ['version']],
    ['version: ^', 'version', 'value', '', []],
    [`${TOP}    sym^`, 'scenarios.[]', 'key', 'sym', ['id', 'title']],
    [
      `${TOP}    codes: [x]\n    sym^\n    links: []\n  - id: c\n    pages: []`,
      'scenarios.[]',
      'key',
      'sym',
      ['codes', 'id', 'links', 'title'],
    ],
    [`${TOP}  - ^`, 'scenarios.[]', 'key', '', []],
    [`${TOP}  - i^\n    title: x`, 'scenarios.[]', 'key', 'i', ['title']],
    [`${TOP}    pages: [a, gu^`, 'scenarios.[].pages.[]', 'value', 'gu', []],
    [`${TOP}    pages: [a]^`, 'scenarios.[].pages', 'value', '', []],
    [`${TOP}    pages:\n      - gu^`, 'scenarios.[].pages.[]', 'key', 'gu', []],
    [`${TOP}    pages:\n    - gu^`, 'scenarios.[].pages.[]', 'key', 'gu', []],
    [`${TOP}    pages:\n      - a\n      - gu/i^`, 'scenarios.[].pages.[]', 'key', 'gu/i', []],
    [`${TOP}    impact:\n      cust^`, 'scenarios.[].impact', 'key', 'cust', []],
    [`${TOP}    impact:\n      customers: 3\n      re^`, 'scenarios.[].impact', 'key', 're', ['customers']],
    [`${TOP}    gravity: hi^`, 'scenarios.[].gravity', 'value', 'hi', []],
    ['docs:\n  - root: docs\n    fr^', 'docs.[]', 'key', 'fr', ['root']],
    ['docs:\n- root: docs\n  fr^', 'docs.[]', 'key', 'fr', ['root']],
    ['docs:\n  - root: docs\ngate:\n  bl^', 'gate', 'key', 'bl', []],
    ['docs:\n  - root: docs\n\n# why\ng^', '', 'key', 'g', ['docs']],
  ])('%j', (text, path, writes, word, beside) => {
    const found = at(text);
    expect(found).toMatchObject({ path, writes, word });
    if (writes === 'key' && !path.endsWith('pages.[]')) expect(found?.beside).toEqual(beside);
  });

  it('is nowhere in a comment', () => {
    expect(at('version: 1 # wh^')).toBeNull();
    expect(at('# sym^')).toBeNull();
  });
});

describe('the next line', () => {
  it.each([
    ['scenarios:', 2],
    ['  - id: a', 4],
    ['    impact: # why', 6],
    ['    pages: [a]', 4],
    ['      - guides/troubleshooting', 6],
    ['    title: a "b: c"', 4],
    ['version: 1', 0],
    ['   ', null],
    ['# why', null],
  ])('after %j begins at %j', (text, column) => {
    expect(indentAfter(text)).toBe(column);
  });
});
