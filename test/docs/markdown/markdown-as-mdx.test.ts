import { expect, it } from 'vitest';
import { siteOf } from '../../site-of.ts';

const read = (text: string, framework: 'docusaurus' | 'starlight') => {
  const site = siteOf({ 'docs/a.md': text, 'docs/_part.mdx': 'From the partial.' }, { framework });
  const content = site.read(site.pages[0]!);
  const texts = content.sections.flatMap((section) => section.blocks.map((block) => block.text));
  return { texts, problems: content.problems };
};

it('reads Markdown files of Docusaurus as MDX', () => {
  const text = "import Part from './_part.mdx';\n\n{'A literal.'}\n\n<Part />\n\n<!-- a comment -->\n";
  expect(read(text, 'docusaurus')).toEqual({ texts: ['A literal.', 'From the partial.'], problems: [] });
});

it('reads them as Markdown where they are no MDX, which is no mistake there', () => {
  expect(read('A stray { brace.', 'docusaurus')).toEqual({ texts: ['A stray { brace.'], problems: [] });
});

it('reads Markdown files of other frameworks as Markdown', () => {
  expect(read("{'A literal.'}", 'starlight').texts).toEqual(["{'A literal.'}"]);
});
