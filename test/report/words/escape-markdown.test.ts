import fc from 'fast-check';
import type { Nodes, Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { describe, expect, it } from 'vitest';
import { cleanLine, cleanLines, shorten } from '../../../src/report/words/clean-text.ts';
import {
  codeFence,
  codeInCell,
  codeSpan,
  escapeInHtml,
  escapeProse,
  escapeText,
} from '../../../src/report/words/escape-markdown.ts';

const parser = unified().use(remarkParse).use(remarkGfm);

const parse = (markdown: string): Root => parser.parse(markdown);

function nodesOf(tree: Nodes): Nodes[] {
  return [tree, ...('children' in tree ? tree.children.flatMap(nodesOf) : [])];
}

/** What a reader sees of a node; the characters that break references show nothing. */
function shown(tree: Nodes): string {
  return nodesOf(tree)
    .map((node) => (node.type === 'text' || node.type === 'inlineCode' ? node.value : ''))
    .join('')
    .replaceAll('\u200b', '');
}

const kinds = (tree: Nodes): string[] => nodesOf(tree).map((node) => node.type);

const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          '@octo',
          '@acme/docs',
          '#12',
          'GH-7',
          'acme/x#9',
          'https://evil.example',
          'www.evil.example',
          'a@b.example',
        ],
        ...[
          '<b>',
          '<!-- x -->',
          '<!-- signpost:comment -->',
          '</details>',
          '&lt;',
          '&#64;x',
          '![a](b)',
          '[a](b)',
          '[^1]',
        ],
        ...[
          '[a]: b',
          '`',
          '``',
          '```',
          '|',
          '\\',
          '\\|',
          '**',
          '__',
          '_',
          '~~',
          '~~~',
          '- ',
          '+ ',
          '1. ',
          '12) ',
          '# ',
          '> ',
        ],
        ...[
          '---',
          '===',
          '\n',
          '\r\n',
          '\n\n',
          '\t',
          '    ',
          '[ ] ',
          '$x$',
          '\u202e',
          '\u200b',
          '\u200d',
          '\ud800',
          '\u001b[31m',
        ],
        ...[
          '<https://evil.example>',
          'mailto:a@b.example',
          'ftp://evil.example',
          'user_verify_url',
          '猫',
          '👩‍💻',
          '://',
          ':',
        ],
      ),
      fc.string({ maxLength: 4 }),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

describe('escapeText', () => {
  it.each([
    ['a plain sentence stays as it is', 'Tokens are blank.', 'Tokens are blank.'],
    ['an identifier stays readable', 'user_verify_url', 'user_verify_url'],
    ['punctuation is escaped', '*a* _b_ [c](d) `e` ~f~', '\\*a\\* \\_b\\_ \\[c\\](d) \\`e\\` \\~f\\~'],
    ['HTML is text', '<img src=x> &amp;', '&lt;img src=x&gt; &amp;amp;'],
    ['a mention notifies nobody', 'ask @octo', 'ask @&#8203;octo'],
    ['an issue is not referenced', 'see #12, acme/x#9 and gh-7', 'see \\#&#8203;12, acme/x\\#&#8203;9 and gh-&#8203;7'],
    ['an address is not linked', 'http://x.example www.y.example', 'http:&#8203;//x.example www&#8203;.y.example'],
    ['a line start is no list', '1. one', '1\\. one'],
    ['a sum of money is no formula', '$5 and $6', '&#36;5 and &#36;6'],
    ['several lines become one', ' a\r\n\tb ', 'a b'],
  ])('%s', (_, text, escaped) => {
    expect(escapeText(text)).toBe(escaped);
  });

  it.each([
    ['paragraph', (text: string) => text, ['root', 'paragraph', 'text']],
    ['heading', (text: string) => `## ${text}`, ['root', 'heading', 'text']],
    ['list item', (text: string) => `- ${text}`, ['root', 'list', 'listItem', 'paragraph', 'text']],
  ])('is only text in a %s, and all of it', (_, place, expected) => {
    fc.assert(
      fc.property(hostile, (text) => {
        fc.pre(cleanLine(text) !== '');
        const tree = parse(place(escapeText(text)));
        expect(kinds(tree)).toEqual(expected);
        expect(shown(tree)).toBe(shorten(cleanLine(text), 400));
      }),
      { numRuns: 400 },
    );
  });

  it('is only text in one table cell, and all of it', () => {
    fc.assert(
      fc.property(hostile, hostile, (first, second) => {
        const tree = parse(`| a | b |\n|---|---|\n| ${escapeText(first)} | ${codeInCell(second)} |`);
        const cells = nodesOf(tree).filter((node) => node.type === 'tableCell');
        const texts = ['a', 'b', shorten(cleanLine(first), 400), shorten(cleanLine(second), 160)];
        expect(cells.map(shown).map(withoutMarker)).toEqual(texts.map(withoutMarker));
        expect(
          kinds(tree).filter((kind) => !/^(?:root|table|tableRow|tableCell|text|inlineCode|html)$/.test(kind)),
        ).toEqual([]);
        expect(
          nodesOf(tree).flatMap((node) =>
            node.type === 'html' && !/^<\/?code>$/.test(node.value) ? [node.value] : [],
          ),
        ).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('is cut on a code point, within its limit', () => {
    expect(escapeText('👩👩👩👩', 3)).toBe('👩👩…');
    expect(escapeText('👩👩👩👩', 4)).toBe('👩👩👩👩');
  });
});

const withoutMarker = (text: string): string => text.replace(/signpost:comment/gi, 'signpost: comment');

describe('escapeProse', () => {
  it.each([
    [
      'keeps code between single backticks',
      'set `user_verify_url` to `a|b`',
      'set `user_verify_url` to <code>a\\|b</code>',
    ],
    ['keeps no other markup', '**a** ``b`` `c', '\\*\\*a\\*\\* \\`\\`b\\`\\` \\`c'],
    ['keeps no empty code', 'a ` ` b', 'a  b'],
  ])('%s', (_, text, escaped) => {
    expect(escapeProse(text)).toBe(escaped);
  });

  it('is only text and code in one table cell', () => {
    fc.assert(
      fc.property(hostile, hostile, (first, second) => {
        const tree = parse(`| a | b |\n|---|---|\n| ${escapeProse(first)} | ${escapeProse(second)} |`);
        expect(nodesOf(tree).filter((node) => node.type === 'tableCell')).toHaveLength(4);
        const markup = nodesOf(tree).filter((node) => !/^(?:root|table.*|text|inlineCode)$/.test(node.type));
        for (const node of markup)
          expect(node).toMatchObject({ type: 'html', value: expect.stringMatching(/^<\/?code>$/) });
      }),
      { numRuns: 400 },
    );
  });
});

describe('codeSpan', () => {
  it('is one code span that holds all of the text', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        fc.pre(cleanLine(text) !== '');
        const tree = parse(codeSpan(text));
        expect(kinds(tree)).toEqual(['root', 'paragraph', 'inlineCode']);
        expect(shown(tree)).toBe(withoutMarker(shorten(cleanLine(text), 160)));
      }),
      { numRuns: 400 },
    );
  });

  it('is empty for an empty text', () => {
    expect(codeSpan(' \n ')).toBe('');
  });
});

describe('codeFence', () => {
  it('holds all of a sample that itself has fences', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const tree = parse(codeFence(text, 'mdx'));
        expect(tree.children).toMatchObject([{ type: 'code', lang: 'mdx', value: withoutMarker(cleanLines(text)) }]);
      }),
      { numRuns: 400 },
    );
  });
});

describe('escapeInHtml', () => {
  it('is only text in a summary', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const inner = escapeInHtml(text);
        expect(inner).not.toMatch(/<(?!\/?code>)|["'\n]|&(?!(?:amp|lt|gt|quot|#39|#36|#8203);)|@(?!&#8203;)/);
      }),
      { numRuns: 400 },
    );
  });
});

it('never lets a text be taken for the marker of our comment', () => {
  const marker = '<!-- signpost:comment -->';
  for (const escaped of [escapeText, escapeInHtml, codeSpan, codeInCell]) expect(escaped(marker)).not.toContain(marker);
  expect(codeFence(marker, 'md')).not.toContain(marker);
});
