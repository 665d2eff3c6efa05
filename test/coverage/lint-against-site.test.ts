import { describe, expect, it } from 'vitest';
import { judge } from '../../src/coverage/judge.ts';
import { lintAgainstSite, lintBreadth } from '../../src/coverage/lint-against-site.ts';
import { ScenarioSearch } from '../../src/coverage/page-search.ts';
import type { Scenario } from '../../src/registry/registry.ts';
import { docsRoot, registryOf, scenarioOf, siteOf } from '../site-of.ts';

function lint(files: Record<string, string>, ...scenarios: Scenario[]) {
  const site = siteOf(files, { framework: 'starlight' });
  const registry = registryOf(...scenarios);
  const search = new ScenarioSearch(registry.scenarios);
  const coverage = judge(site, registry, { today: '2026-01-01', waived: new Set(), search });
  return [...lintAgainstSite(site, registry, coverage), ...lintBreadth(site, registry, search)];
}

const said = (files: Record<string, string>, ...scenarios: Scenario[]) =>
  lint(files, ...scenarios).map(({ message, advice }) => `${message} | ${advice}`);

const locked = scenarioOf({ id: 'vault', codes: ['vault_locked'], causes: ['master key rotated'] });

describe('lintAgainstSite', () => {
  it('names links whose page or anchor does not exist, with the nearest that does', () => {
    const links = ['/keyes/', '/keys/#rotat', '/keys/#rotate', 'mailto:us@example.com', '/nowhere/at/all/'];
    expect(said({ 'docs/keys.mdx': '## Rotate\n\nText.' }, { ...locked, links })).toEqual([
      'no page is served at "/keyes/" | Did you mean "/keys"?',
      '"docs/keys.mdx" has no anchor "#rotat" | Did you mean "#rotate"?',
      'no page is served at "/nowhere/at/all/" | Name a route that the site serves, or list it in `generated`.',
    ]);
    expect(said({ 'docs/keys.mdx': 'Text.' }, { ...locked, links: ['/keys/#something-else'] })).toEqual([
      '"docs/keys.mdx" has no anchor "#something-else" | See the headings of docs/keys.mdx.',
    ]);
  });

  it('names links to drafts, which are not published', () => {
    const draft = { 'docs/keys.mdx': '---\ndraft: true\n---\n\n## Rotate\n' };
    expect(said(draft, { ...locked, links: ['/keys/#rotate'] })).toEqual([
      '"docs/keys.mdx" is a draft, so "/keys/#rotate" leads nowhere | Publish the page, or name one that readers can find.',
    ]);
    const unindexed = { 'docs/keys.mdx': '---\nnoindex: true\n---\n\n## Rotate\n' };
    expect(said(unindexed, { ...locked, links: ['/keys/#rotate'] })).toEqual([]);
  });

  it('names docs roots of the settings that hold no page', () => {
    const place = { path: '.github/signpost.yml', line: 2, column: 1 };
    const roots = [docsRoot, { ...docsRoot, root: 'dosc' }];
    const settings = { ...registryOf().settings, docs: roots };
    const lintRoots = (files: Record<string, string>, docsPlace?: typeof place) => {
      const registry = { ...registryOf(), settings, ...(docsPlace && { docsPlace }) };
      return lintAgainstSite(siteOf(files), registry, new Map()).map(({ line, message }) => `${line} ${message}`);
    };
    expect(lintRoots({ 'docs/keys.mdx': 'Text.' }, place)).toEqual(['2 "dosc" holds no page']);
    expect(lintRoots({}, place)).toEqual(['2 "docs" holds no page', '2 "dosc" holds no page']);
    expect(lintRoots({})).toEqual([]);
  });

  it('names pages that match nothing', () => {
    const pages = ['keys', 'key', 'far/**', '/keyz', 'entirely-different'];
    expect(said({ 'docs/keys.mdx': 'Text.' }, { ...locked, pages })).toEqual([
      '"key" matches no page | Did you mean "keys"?',
      '"far/**" matches no page | Name a page by its path under the docs root, without extension.',
      '"/keyz" matches no page | Did you mean "/keys"?',
      '"entirely-different" matches no page | Name a page by its path under the docs root, without extension.',
    ]);
  });

  it('counts the sections that a broad symptom matches, with three examples', () => {
    const body = Array.from({ length: 11 }, (_, i) => `## Part ${i}\n\nThe vault stays locked.`).join('\n\n');
    const theme = scenarioOf({ id: 'theme', symptoms: ['vault stays locked'] });
    expect(said({ 'docs/a.mdx': body }, theme)).toEqual([
      '"vault stays locked" matches 11 sections, for example docs/a.mdx:1, docs/a.mdx:5, docs/a.mdx:9' +
        ' | Add a word that only this failure has, or name its `pages`.',
    ]);
    expect(said({ 'docs/a.mdx': body, 'docs/b.mdx': 'Text.' }, { ...theme, pages: ['b'] })).toEqual([]);
  });

  it('counts no samples and no cards', () => {
    const body = Array.from({ length: 11 }, (_, i) => `## Part ${i}\n\n\`\`\`\nvault stays locked\n\`\`\``).join(
      '\n\n',
    );
    expect(said({ 'docs/a.mdx': body }, scenarioOf({ symptoms: ['vault stays locked'] }))).toEqual([]);
  });

  it('tells of scenarios that match the same sections', () => {
    const text = '`vault_locked`: the master key was rotated.';
    expect(said({ 'docs/a.mdx': text }, locked, { ...locked, id: 'again' })).toEqual([
      '"again" matches the same sections as "vault" | Merge the two, or give each its own codes, symptoms or pages.',
    ]);
    expect(said({ 'docs/a.mdx': 'Text.' }, locked, { ...locked, id: 'again' })).toEqual([]);
  });

  it('tells of a waiver that is no longer needed, at its place', () => {
    const waive = { reason: 'Later', by: null, until: null, pages: [] };
    const places = { waive: { path: 'r.yml', line: 9, column: 5 } };
    const text = '`vault_locked`: the master key was rotated.';
    expect(lint({ 'docs/a.mdx': text }, { ...locked, waive, places })).toMatchObject([
      { kind: 'waiver-unneeded', path: 'r.yml', line: 9, column: 5, scenario: 'vault' },
    ]);
    expect(lint({ 'docs/a.mdx': 'Text.' }, { ...locked, waive, places })).toEqual([]);
  });

  it('says nothing where there are no pages to hold it against', () => {
    expect(lint({}, { ...locked, links: ['/gone/'] })).toEqual([]);
  });
});
