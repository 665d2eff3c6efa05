import { describe, expect, it } from 'vitest';
import { LONG_PAGE_KINDS, LONG_PAGES, longPage } from '../../bench/site/long-pages.ts';

describe('long pages', () => {
  it.each(LONG_PAGE_KINDS)('of %s are as long as a page that is parsed may be', (kind) => {
    const { piece } = LONG_PAGES[kind];
    const text = longPage(kind);
    expect(text).toHaveLength(1_000_000);
    expect(text.slice(1_000).includes(piece)).toBe(true);
  });

  it('of prose have words, headings and paragraphs, the same at each run', () => {
    const text = longPage('prose');
    expect(text).toBe(longPage('prose'));
    expect(text.match(/^## \w/gm)!.length).toBeGreaterThan(1_000);
    expect(text.match(/\S+/g)!.length).toBeGreaterThan(100_000);
  });
});
