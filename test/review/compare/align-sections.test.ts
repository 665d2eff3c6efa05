import { describe, expect, it } from 'vitest';
import type { Section } from '../../../src/docs/site/page.ts';
import { alignSections } from '../../../src/review/compare/align-sections.ts';
import { siteOf } from '../../site-of.ts';

function sectionsOf(text: string): Section[] {
  const site = siteOf({ 'docs/page.mdx': text });
  return site.read(site.pages[0]!).sections;
}

/** `now ← before` for each section at head, with `=` where it says the same; then what is gone. */
function align(before: string, after: string): string[] {
  const [old, now] = [sectionsOf(before), sectionsOf(after)];
  const { changes, successors } = alignSections(
    old,
    now,
    (url) => url,
    (url) => url,
  );
  const lines = changes.map((change, i) => {
    const label = now[i]?.label || 'page';
    if (change.kind === 'new') return `new ${label}`;
    return change.kind === 'same' ? `= ${label}` : `${label} ← ${change.before.label || 'page'}`;
  });
  return [...lines, ...old.filter((_, i) => successors[i] === null).map(({ label }) => `gone ${label}`)];
}

const A = '## Redirect mismatch\n\nCompare the two addresses with care.\n';
const B = '## Blank tokens\n\nRetrieval is disabled for the account.\n';
const C = '## Timeouts\n\nThe provider answers late.\n';

describe('sections are the same', () => {
  it('after a rewrapping, other emphasis and other list markers', () => {
    expect(align(`${A}\n- one *two*\n- three`, `${A.replace('the two', 'the\n**two**')}\n* one two\n* three`)).toEqual([
      '= page',
      '= Redirect mismatch',
    ]);
  });

  it('when others were added before them, and in another order', () => {
    expect(align(A + B, `${C}\n${B}\n${A}`)).toEqual([
      '= page',
      'new Timeouts',
      '= Blank tokens',
      '= Redirect mismatch',
    ]);
  });

  it('as details as they were under a heading', () => {
    const details =
      '<details>\n<summary>Blank tokens</summary>\n\nRetrieval is disabled for the account.\n\n</details>\n';
    expect(align(B, details)).toEqual(['= page', '= Blank tokens']);
  });
});

describe('sections are reworded', () => {
  it('when a link leads elsewhere or a sample changed', () => {
    expect(align('## A\n\n[x](/a)', '## A\n\n[x](/b)')).toEqual(['= page', 'A ← A']);
    expect(align('## A\n\n```\na\n```', '## A\n\n```\nb\n```')).toEqual(['= page', 'A ← A']);
  });

  it('under the same anchor with another label and other words', () => {
    expect(align('<h2 id="x">Old words</h2>\n\nText.', '<h2 id="x">New label</h2>\n\nOther.')).toEqual([
      expect.stringContaining('page'),
      'New label ← Old words',
    ]);
  });

  it('under the same label, beside the same parent first', () => {
    const page = (a: string, b: string) => `## One\n\n### Cause\n\n${a}\n\n## Two\n\n### Cause\n\n${b}\n`;
    expect(align(page('first', 'second'), page('second thing', 'first thing'))).toEqual([
      '= page',
      '= One',
      'Cause ← Cause',
      '= Two',
      'Cause ← Cause',
    ]);
  });

  it('between the same neighbours if they share a little', () => {
    const other = '## Nothing in the token fields\n\nAn administrator has to switch that on for the account.\n';
    expect(align(A + B + C, A + other + C)).toEqual([
      '= page',
      '= Redirect mismatch',
      'Nothing in the token fields ← Blank tokens',
      '= Timeouts',
    ]);
  });

  it('elsewhere on the page if they share most words', () => {
    const other = '## Tokens that are blank\n\nRetrieval is disabled for the whole account.\n';
    expect(align(B + A + C, A + C + other)).toEqual([
      '= page',
      '= Redirect mismatch',
      '= Timeouts',
      'Tokens that are blank ← Blank tokens',
    ]);
  });
});

describe('sections are new or gone', () => {
  it('when nothing is like them', () => {
    expect(align(A + B, `${A}## Webhooks arrive twice\n\nCheck their ids.\n`)).toEqual([
      '= page',
      '= Redirect mismatch',
      'new Webhooks arrive twice',
      'gone Blank tokens',
    ]);
  });

  it('when a page is new or gone altogether', () => {
    expect(align('', A)).toEqual([expect.stringContaining('page'), 'new Redirect mismatch']);
    const only = alignSections(
      [],
      sectionsOf(A),
      (url) => url,
      (url) => url,
    );
    expect(only.changes.map(({ kind }) => kind)).toEqual(['new', 'new']);
  });
});

it('pairs the rows of a table with thousands of them by their text', () => {
  const rows = (word: string) => Array.from({ length: 400 }, (_, i) => `| E_${i} | ${word} ${i} |`).join('\n');
  const table = (word: string) => `# Errors\n\n| Code | Why |\n|---|---|\n${rows(word)}\n`;
  expect(align(table('same'), table('same')).every((line) => line.startsWith('='))).toBe(true);
  expect(align(table('old'), table('new')).filter((line) => line.startsWith('new'))).toEqual([]);
  const other = table('same').replaceAll('E_', 'F_').replace('Errors', 'Faults');
  expect(
    align(`${table('same')}\n## End\n`, `## End\n\n${other}`).filter((line) => line.startsWith('new')),
  ).not.toEqual([]);
});

describe('a heading with new words', () => {
  it('is followed by its text, however short, and by its sub-sections', () => {
    expect(align(`${A}\n## Set it\n\nDo it.\n\n${C}`, `${A}\n## Put it on\n\nDo it.\n\n${C}`)).toContain(
      'Put it on ← Set it',
    );
    const deep = (title: string, sub: string) => `${A}\n## ${title}\n\n### ${sub}\n\nThe provider answers late.\n`;
    expect(align(deep('Setup', 'Late'), deep('Installation', 'Late'))).toContain('Installation ← Setup');
    expect(align(deep('Setup', 'Late'), deep('Installation', 'Other').replace('late', 'never'))).toContain(
      'gone Setup',
    );
  });
});
