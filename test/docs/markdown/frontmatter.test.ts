import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findFrontmatter, readFrontmatter, titleLine } from '../../../src/docs/markdown/frontmatter.ts';

const NONE = {
  title: null,
  slug: null,
  permalink: null,
  id: null,
  draft: false,
  noindex: false,
  unlisted: false,
  hidden: false,
};
const yaml = (...lines: string[]) => readFrontmatter(`---\n${lines.join('\n')}\n---\n\n# Body\n`);

describe('readFrontmatter', () => {
  it('reads every key that decides title, route and visibility', () => {
    const facts = yaml(
      'title: Sign-in fails',
      'slug: /guides/sign-in',
      'permalink: /p',
      'id: sign-in',
      'draft: true',
      'noindex: true',
      'unlisted: true',
      'hidden: true',
    );
    expect(facts).toEqual({
      title: 'Sign-in fails',
      slug: '/guides/sign-in',
      permalink: '/p',
      id: 'sign-in',
      draft: true,
      noindex: true,
      unlisted: true,
      hidden: true,
    });
  });

  it.each([
    ['no frontmatter', '# Title\n\ntitle: no'],
    ['an empty file', ''],
    ['an unclosed block', '---\ntitle: A\n\ntext'],
    ['a block that does not stand first', '\n---\ntitle: A\n---\n'],
    ['frontmatter that is a list', '---\n- title: A\n---\n'],
    ['a rule of four hyphens', '----\ntitle: A\n----\n'],
  ])('finds nothing in %s', (_, text) => {
    expect(readFrontmatter(text)).toEqual(NONE);
  });

  it.each([
    ['plain', 'title: Fix blank tokens', 'Fix blank tokens'],
    ['plain with a comment', 'title: Fix tokens # for readers', 'Fix tokens'],
    ['plain with a hash in a word', 'title: C#', 'C#'],
    ['plain with a colon in a word', 'title: a:b', 'a:b'],
    ['double-quoted', 'title: "Errors: an overview"', 'Errors: an overview'],
    ['double-quoted with escapes', 'title: "A \\"quoted\\" word"', 'A "quoted" word'],
    ['single-quoted', "title: 'Errors: an overview' # x", 'Errors: an overview'],
    ['single-quoted with a doubled quote', "title: 'Can''t sign in'", "Can't sign in"],
    ['a block scalar', 'title: >-\n  Two\n  lines', 'Two lines'],
    ['continued on the next line', 'title: Two\n  lines', 'Two lines'],
    ['a number', 'title: 404', '404'],
    ['a boolean', 'title: true', 'true'],
    ['a key in quotes', '"title": A', 'A'],
    ['a flow mapping', '{title: A, draft: true}', 'A'],
    ['an alias', 'name: &n Named\ntitle: *n', 'Named'],
    ['a tag', 'title: !!str 5', '5'],
    ['an emoji', 'title: 🚀 Start', '🚀 Start'],
    ['the first of two', 'title: A\ntitle: B', 'A'],
    ['empty', 'title:', null],
    ['null', 'title: ~', null],
    ['blank', 'title: "  "', null],
    ['a list', 'title: [a, b]', null],
    ['nested', 'sidebar:\n  title: A', null],
  ])('reads a title that is %s', (_, source, title) => {
    expect(yaml(source).title).toBe(title);
  });

  it.each([
    ['a colon and a space', 'title: Errors: an overview', 'Errors: an overview'],
    ['an unclosed quote', 'title: "A\nslug: s', '"A'],
    ['another broken line', 'title: A\nother: [', 'A'],
    ['quotes and a broken line', 'title: "A" \nother: {', 'A'],
    ['an alias bomb', `title: A\n${bomb()}`, 'A'],
  ])('reads as much as it can of YAML with %s', (_, source, title) => {
    expect(yaml(source).title).toBe(title);
  });

  it('accepts only real booleans', () => {
    expect(yaml('draft: "true"', 'hidden: yes', 'unlisted: 1', 'noindex: False')).toEqual(NONE);
    expect(yaml('draft: TRUE').draft).toBe(true);
  });

  it.each([
    ['in Mintlify\u2019s `seo`', 'seo:\n  noindex: true', true],
    ['nowhere where only search engines are addressed', 'head:\n  - tag: meta\n    attrs: { content: noindex }', false],
    ['nowhere but in words', 'description: |\n  what noindex means', false],
    ['in the negative', 'seo:\n  noindex: false', false],
  ])('finds noindex %s', (_, source, noindex) => {
    expect(yaml('title: A', source)).toEqual({ ...NONE, title: 'A', noindex });
  });

  it('reads TOML between plus signs', () => {
    const facts = readFrontmatter('+++\ntitle = "A = b"\ndraft = true\n+++\ntext');
    expect(facts).toEqual({ ...NONE, title: 'A = b', draft: true });
    expect(readFrontmatter('+++\ntitle = \n+++\n')).toEqual(NONE);
  });

  it('bears a byte order mark and every kind of line end', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const text = ['\ufeff---', 'title: A', 'draft: true', '---', 'text'].join(end);
      expect(readFrontmatter(text)).toEqual({ ...NONE, title: 'A', draft: true });
    }
  });

  it('reads frontmatter too long for a YAML parser line by line', () => {
    expect(yaml('title: A', `data: |\n${'  - noindex\n'.repeat(5000)}`)).toEqual({ ...NONE, title: 'A' });
  });

  it('is not fooled by names of built-in properties', () => {
    expect(yaml('__proto__: { title: A }', 'constructor: {}', '"toString": x')).toEqual(NONE);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (source) => void yaml(source)));
    fc.assert(fc.property(fc.string(), (source) => void yaml(`title: ${source}`, `"id": [`)));
  });
});

describe('findFrontmatter', () => {
  it('tells where the body begins', () => {
    expect(findFrontmatter('---\na: 1\n--- \ntext')).toEqual({ format: 'yaml', value: 'a: 1\n', end: 13 });
    expect(findFrontmatter('---\n---\ntext')).toEqual({ format: 'yaml', value: '', end: 7 });
  });
});

describe('titleLine', () => {
  it.each([
    ['---\ntitle: A\n---\n', 2],
    ['---\r\ndraft: true\r\n"title": A\r\n---\r\n', 3],
    ['+++\n\ntitle = "A"\n+++\n', 3],
    ['---\nsidebar:\n  title: A\n---\n', 1],
    ['# A', 1],
  ])('is the line of the key in %j', (text, line) => {
    expect(titleLine(text)).toBe(line);
  });
});

function bomb(): string {
  const lines = ['a0: &a0 [x, x]'];
  for (let i = 1; i < 12; i++) lines.push(`a${i}: &a${i} [${'*a'.concat(String(i - 1), ', ').repeat(9)}x]`);
  return `other: {}\n"id": x\n${lines.join('\n')}`;
}
