import { describe, expect, it } from 'vitest';
import { hostedRepository, webPlaces } from '../../../src/report/html/web-places.ts';
import { HEAD } from '../build-review.ts';

const place = { path: 'docs/a b#1.md', line: 3, endLine: 9 };

const placesOf = (url: string | null, over = {}) =>
  webPlaces({ repository: url === null ? null : { url, githubServer: null }, commit: HEAD, roots: [], ...over });

describe('a file', () => {
  it.each([
    ['git@github.com:acme/docs.git', `https://github.com/acme/docs/blob/${HEAD}/docs/a%20b%231.md?plain=1#L3-L9`],
    ['https://github.com/acme/docs', `https://github.com/acme/docs/blob/${HEAD}/docs/a%20b%231.md?plain=1#L3-L9`],
    [
      'https://robin:token@github.com/acme/docs.git',
      `https://github.com/acme/docs/blob/${HEAD}/docs/a%20b%231.md?plain=1#L3-L9`,
    ],
    [
      'ssh://git@github.com:22/acme/docs.git',
      `https://github.com/acme/docs/blob/${HEAD}/docs/a%20b%231.md?plain=1#L3-L9`,
    ],
    [
      'git@gitlab.com:acme/web/docs.git',
      `https://gitlab.com/acme/web/docs/-/blob/${HEAD}/docs/a%20b%231.md?plain=1#L3-9`,
    ],
    [
      'https://gitlab.acme.example:8443/acme/docs',
      `https://gitlab.acme.example:8443/acme/docs/-/blob/${HEAD}/docs/a%20b%231.md?plain=1#L3-9`,
    ],
    ['git@bitbucket.org:acme/docs.git', `https://bitbucket.org/acme/docs/src/${HEAD}/docs/a%20b%231.md#lines-3:9`],
    ['https://codeberg.org/acme/docs.git', `https://codeberg.org/acme/docs/src/commit/${HEAD}/docs/a%20b%231.md#L3-L9`],
  ])('cloned from %s is shown at its lines', (remote, url) => {
    expect(placesOf(remote).file(place)).toBe(url);
  });

  it.each([
    ['/srv/git/docs.git'],
    ['../docs'],
    ['file:///srv/docs'],
    ['C:\\docs'],
    ['https://git.acme.example/acme/docs'],
    ['https://github.com/acme'],
    ['javascript:alert(1)'],
    ['git@evil.example:gitlab.com/acme/docs'],
    [''],
    [null],
  ])('cloned from %s is shown nowhere', (remote) => {
    const places = placesOf(remote);
    expect([places.file(place), places.commit, places.pull(7)]).toEqual([null, null, null]);
  });

  it('of the work tree is shown nowhere', () => {
    expect(placesOf('git@github.com:acme/docs.git', { commit: 'WORKTREE' }).file(place)).toBeNull();
  });

  it('is found on the GitHub server on which it runs', () => {
    const repository = { url: 'git@git.acme.example:acme/docs.git', githubServer: 'https://git.acme.example' };
    expect(placesOf(null, { repository }).file({ path: 'a.md', line: null })).toBe(
      `https://git.acme.example/acme/docs/blob/${HEAD}/a.md?plain=1`,
    );
  });

  it('has one line where it needs no more', () => {
    expect(placesOf('git@github.com:a/b.git').file({ path: 'a.md', line: 3, endLine: 3 })).toMatch(
      /a\.md\?plain=1#L3$/,
    );
  });
});

it.each([
  ['git@github.com:a/b.git', 'https://github.com/a/b/commit/', 'https://github.com/a/b/pull/7'],
  ['git@gitlab.com:a/b.git', 'https://gitlab.com/a/b/-/commit/', 'https://gitlab.com/a/b/-/merge_requests/7'],
  ['git@bitbucket.org:a/b.git', 'https://bitbucket.org/a/b/commits/', 'https://bitbucket.org/a/b/pull-requests/7'],
  ['git@codeberg.org:a/b.git', 'https://codeberg.org/a/b/commit/', 'https://codeberg.org/a/b/pulls/7'],
])('commits and pull requests of %s', (remote, commit, pull) => {
  const places = placesOf(remote);
  expect([places.commit, places.pull(7)]).toEqual([commit + HEAD, pull]);
});

it('knows a repository by its name', () => {
  expect(hostedRepository({ url: 'git@github.com:acme/docs.git', githubServer: null })?.name).toBe('acme/docs');
});

describe('a section', () => {
  const pageOf = (roots: { route: string; site: string | null }[], route: string, anchor: string | null = null) =>
    placesOf(null, { roots }).page({ route, anchor });
  const site = 'https://docs.example.com';

  it.each([
    ['the site', [{ route: '/', site }], '/errors/', null, 'https://docs.example.com/errors/'],
    [
      'its anchor',
      [{ route: '/', site }],
      '/errors/',
      'größe "x"',
      'https://docs.example.com/errors/#gr%C3%B6%C3%9Fe%20%22x%22',
    ],
    [
      'a site with a base path',
      [{ route: '/', site: `${site}/base/` }],
      '/base/errors',
      null,
      'https://docs.example.com/base/errors',
    ],
    [
      'the innermost of several roots',
      [
        { route: '/', site },
        { route: '/api', site: 'https://api.example.com' },
      ],
      '/api/errors',
      null,
      'https://api.example.com/api/errors',
    ],
  ])('stands on %s', (_, roots, route, anchor, url) => {
    expect(pageOf(roots, route, anchor)).toBe(url);
  });

  it.each([
    ['no site is known', [{ route: '/', site: null }], '/errors'],
    [
      'two roots say different things',
      [
        { route: '/', site },
        { route: '/', site: 'https://other.example' },
      ],
      '/errors',
    ],
    ['the site is no web address', [{ route: '/', site: 'javascript:x' }], '/errors'],
    ['the route leads to another site', [{ route: '/', site }], '//evil.example/x'],
    ['the route lies elsewhere', [{ route: '/docs', site }], '/blog/x'],
  ])('stands nowhere where %s', (_, roots, route) => {
    expect(pageOf(roots, route)).toBeNull();
  });
});
