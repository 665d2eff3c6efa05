import { describe, expect, it } from 'vitest';
import { linksFor } from '../../../src/report/words/github-links.ts';
import { BASE, evidence, HEAD } from '../build-review.ts';

const facts = { head: HEAD, preview: null };

describe('a place in a file', () => {
  const at = { path: 'docs/guides/a b(1)%20.md', line: 3, endLine: 9 };

  it('is linked to its lines at the head commit, and short', () => {
    expect(linksFor({ ...facts, repoUrl: 'https://github.com/acme/docs/' }).file(at)).toBe(
      `[\`guides/a b(1)%20.md:3-9\`](https://github.com/acme/docs/blob/${HEAD}/docs/guides/a%20b%281%29%2520.md?plain=1#L3-L9)`,
    );
  });

  it('is linked without lines where none are known', () => {
    const links = linksFor({ ...facts, repoUrl: 'https://github.com/acme/docs' });
    expect(links.file({ path: 'a.md', line: null })).toBe(
      `[\`a.md\`](https://github.com/acme/docs/blob/${HEAD}/a.md?plain=1)`,
    );
  });

  it.each([
    ['no repository is known', { ...facts }],
    ['the head is no commit', { ...facts, repoUrl: 'https://github.com/acme/docs', head: 'WORKTREE' }],
    ['the address is no web address', { ...facts, repoUrl: 'javascript:alert(1)' }],
    ['the address holds credentials', { ...facts, repoUrl: 'https://a:b@github.com/acme/docs' }],
  ])('is not linked where %s', (_, known) => {
    expect(linksFor(known).file(at)).toBe('`docs/guides/a b(1)%20.md:3-9`');
  });

  it('is not linked where its commit is unknown', () => {
    const known = { ...facts, repoUrl: 'https://github.com/acme/docs' };
    expect(linksFor(known).was({ path: 'a.md', line: 1 })).toBe('`a.md:1`');
    expect(linksFor({ ...known, mergeBase: null }).was({ path: 'a.md', line: 1 })).toBe('`a.md:1`');
    expect(linksFor({ ...known, mergeBase: BASE }).was({ path: 'a.md', line: 1 })).toContain(`/blob/${BASE}/a.md`);
  });
});

describe('a section on the preview', () => {
  const preview = (template: string | null, over: object = {}) =>
    linksFor({ ...facts, number: 7, branch: 'Fix/Tokens_2', preview: template, ...over }).page(evidence());

  it.each([
    ['https://pr-{number}.example.com/', 'https://pr-7.example.com/troubleshooting#blank-tokens'],
    ['https://{branch}.example.com/docs', 'https://fix-tokens-2.example.com/docs/troubleshooting#blank-tokens'],
    ['https://example.com/{sha}', `https://example.com/${HEAD}/troubleshooting#blank-tokens`],
  ])('of %s is linked', (template, url) => {
    expect(preview(template)).toBe(`[page](${url})`);
  });

  it('keeps what is percent-encoded and encodes the rest', () => {
    const links = linksFor({ ...facts, preview: 'https://example.com' });
    const at = evidence({ route: '/a%20b/c)d é', anchor: null });
    expect(links.page(at)).toBe('[page](https://example.com/a%20b/c%29d%20%C3%A9)');
  });

  it.each([
    ['none is set', null, {}],
    ['the number is not known', 'https://pr-{number}.example.com', { number: undefined }],
    ['the branch is not known', 'https://{branch}.example.com', { branch: undefined }],
    ['it is no web address', 'ftp://example.com', {}],
    ['it is no address', 'preview', {}],
  ])('is not linked where %s', (_, template, over) => {
    expect(preview(template, over)).toBeNull();
  });
});
