import { heading } from './page-blocks.ts';
import { namePages } from './page-names.ts';
import { paragraph } from './prose.ts';
import { randomOf } from './random.ts';
import { inventVocabulary } from './vocabulary.ts';

/** Pages of one kind of text alone, as no person writes them, and one that a person may. */
interface LongPage {
  title: string;
  syntax: 'md' | 'mdx';
  /** What stands on the page again and again, after what stands there once. */
  piece: string;
  start?: string;
}

const CHARACTERS = 1_000_000;
const DEPTH = 20;
const nested = (mark: string) => Array.from({ length: DEPTH }, (_, depth) => `${' '.repeat(2 * depth)}${mark}\n`);

export const LONG_PAGES = {
  prose: { title: 'ordinary prose', syntax: 'md', piece: '' },
  line: { title: 'one line', syntax: 'md', piece: 'token ' },
  table: {
    title: 'table rows',
    syntax: 'md',
    piece: '| `a` | token | key |\n',
    start: '| a | b | c |\n|---|---|---|\n',
  },
  list: { title: 'list items', syntax: 'md', piece: '- token\n' },
  'nested-lists': { title: `lists ${DEPTH} deep`, syntax: 'md', piece: nested('- token').join('') },
  quotes: { title: 'quotes', syntax: 'md', piece: '> token\n>> key\n' },
  headings: { title: 'headings', syntax: 'md', piece: '## Token\n\n' },
  emphasis: { title: 'emphasis marks', syntax: 'md', piece: '*a **b _c ' },
  brackets: { title: 'open brackets', syntax: 'md', piece: '[a ' },
  links: { title: 'links', syntax: 'md', piece: 'A [token](/token) of a [key](/key).\n\n' },
  definitions: { title: 'link definitions', syntax: 'md', piece: '[token]: /token\n' },
  entities: { title: 'entities', syntax: 'md', piece: '&amp;&#x41; ' },
  fences: { title: 'fences', syntax: 'md', piece: '```js\nlet a = 1;\n```\n' },
  tags: { title: 'HTML tags', syntax: 'md', piece: '<b>a</b> ' },
  'open-tags': { title: 'open HTML tags', syntax: 'md', piece: '<a href="' },
  elements: { title: 'JSX elements', syntax: 'mdx', piece: '<Card title="a">\n\ntoken\n\n</Card>\n\n' },
  braces: { title: 'expressions in MDX', syntax: 'mdx', piece: '{a} ' },
  'open-braces': { title: 'open braces in MDX', syntax: 'mdx', piece: 'a {' },
} as const satisfies Record<string, LongPage>;

export type LongPageKind = keyof typeof LONG_PAGES;
export const LONG_PAGE_KINDS = Object.keys(LONG_PAGES) as LongPageKind[];

/** A page of exactly 1,000,000 characters, the most that is parsed. */
export function longPage(kind: LongPageKind): string {
  if (kind === 'prose') return prose().slice(0, CHARACTERS);
  const { piece, start = '' }: LongPage = LONG_PAGES[kind];
  return (start + piece.repeat(Math.ceil(CHARACTERS / piece.length))).slice(0, CHARACTERS);
}

function prose(): string {
  const vocabulary = inventVocabulary(1);
  const writer = { random: randomOf(1, 8), vocabulary, names: namePages(100, 1, vocabulary) };
  let text = '';
  while (text.length < CHARACTERS) text += `${heading(writer)}\n\n${paragraph(writer)}\n\n${paragraph(writer)}\n\n`;
  return text;
}
