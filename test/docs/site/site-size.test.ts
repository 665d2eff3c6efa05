import { expect, test } from 'vitest';
import { docsRoot, siteOf } from '../repository.ts';

test('a site of ten thousand pages, each with links, is listed and resolved without quadratic work', () => {
  const count = 10_000;
  const contents: Record<string, string> = {
    'public/_redirects': Array.from({ length: 2_000 }, (_, i) => `/old-${i}/* /section-${i % 100}/:splat`).join('\n'),
  };
  for (let i = 0; i < count; i++) contents[`docs/section-${i % 100}/page-${i}.md`] = `---\ntitle: Page ${i}\n---\nx`;
  const site = siteOf(contents, [docsRoot({ framework: 'starlight', generated: ['/api/**', '/x/*/y'] })]);
  expect(site.pages).toHaveLength(count);
  for (const [i, page] of site.pages.entries()) {
    expect(site.resolve(`/old-${i % 100}/page-${i}/`, page).kind).toBe(i < count ? 'page' : 'absent');
    expect(site.resolve(`/gone-${i}/`, page)).toMatchObject({ kind: 'absent', expected: true });
    expect(site.resolve(`../../section-${i % 100}/page-${i}.md`, page).kind).toMatch(/page|absent/);
  }
});
