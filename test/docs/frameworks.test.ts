import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeLink, siteOf } from './repository.ts';

const EXAMPLES = new URL('../examples/frameworks/', import.meta.url).pathname;

interface Expected {
  roots: { root: string; route: string; framework: string }[];
  pages: { path: string; anchors: string[] }[];
  links: [from: string, url: string, target: string][];
}

function filesIn(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
  return Object.fromEntries(
    names.map((name) => [relative('', name).split(sep).join('/'), readFileSync(join(folder, name), 'utf8')]),
  );
}

describe.each(readdirSync(EXAMPLES))('the example of %s', (framework) => {
  const site = siteOf(filesIn(join(EXAMPLES, framework, 'site')));
  const expected: Expected = JSON.parse(readFileSync(join(EXAMPLES, framework, 'expected.json'), 'utf8'));

  test('is found from its config files', () => {
    expect(site.roots.map(({ root, route, framework }) => ({ root, route, framework }))).toEqual(expected.roots);
  });

  test('has its pages with route, title, visibility and anchors', () => {
    const pages = site.pages.map((page) => {
      const { path, name, route, url, title, hidden } = page;
      return { path, name, route, url, title, hidden, anchors: [...site.read(page).anchors].sort() };
    });
    expect(pages).toEqual(expected.pages);
    expect(site.unsupported).toEqual([]);
  });

  test.each(expected.links)('%s: %s leads to %s', (from, url, target) => {
    expect(describeLink(site, from, url)).toBe(target);
  });
});
