import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  escapeHtml,
  html,
  isolated,
  link,
  NOTHING,
  prose,
  safeUrl,
  trusted,
} from '../../../src/report/html/escape-html.ts';
import { cleanLine } from '../../../src/report/words/clean-text.ts';
import { elementsBesideCode, hostile, shapeOf } from './hostile-text.ts';

describe('html', () => {
  it('is only text in an element and in an attribute, and all of it', () => {
    fc.assert(
      fc.property(hostile, hostile, (first, second) => {
        const [element, ...others] = shapeOf(html`<p title="${first}">${second}</p>`.markup);
        expect(others).toEqual([]);
        expect(element).toEqual({
          name: 'p',
          attributes: { title: cleanLine(first) },
          text: cleanLine(second),
          children: [],
        });
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['text is escaped', html`<p>${'a < b & "c"'}</p>`, '<p>a &lt; b &amp; &quot;c&quot;</p>'],
    ['markup is not', html`<p>${html`<b>${'<'}</b>`}</p>`, '<p><b>&lt;</b></p>'],
    ['lists are joined', html`${[html`<i></i>`, 'a', [html`<i></i>`]]}`, '<i></i>a<i></i>'],
    ['nothing shows nothing', html`<p>${null}${false}${NOTHING}</p>`, '<p></p>'],
    ['counts are grouped', html`${12_345}`, '12,345'],
    ['trusted markup stays', html`${trusted('<hr>')}`, '<hr>'],
  ])('%s', (_, { markup }, expected) => {
    expect(markup).toBe(expected);
  });

  it.each([
    ['bidirectional controls are gone', 'a\u202egnp.exe\u202c', 'agnp.exe'],
    ['zero-width characters are gone', 'pass\u200bword', 'password'],
    ['other scripts stay', 'שלום 猫 é', 'שלום 猫 é'],
    ['spaces at the ends go', ' a  b ', 'a b'],
    ['escape sequences are gone', '\u001b[31mred', '[31mred'],
  ])('%s', (_, text, expected) => {
    expect(escapeHtml(text)).toBe(expected);
  });

  it('keeps a text of another direction to itself', () => {
    expect(isolated('שלום').markup).toBe('<bdi>שלום</bdi>');
  });
});

describe('prose', () => {
  it('makes code of what stands between backticks, and nothing else of anything', () => {
    expect(prose('set `a<b` & go').markup).toBe('set <code>a&lt;b</code> &amp; go');
    fc.assert(
      fc.property(hostile, (text) => {
        expect(elementsBesideCode(shapeOf(prose(text).markup))).toEqual([]);
      }),
    );
  });
});

describe('safeUrl', () => {
  it.each([
    ['https://docs.example.com/a?b=c#d', 'https://docs.example.com/a?b=c#d'],
    ['mailto:help@example.com', 'mailto:help@example.com'],
    ['#s-blank-tokens', '#s-blank-tokens'],
    ['https://example.com/"><b>', 'https://example.com/%22%3E%3Cb%3E'],
  ])('%s may be followed', (url, expected) => {
    expect(safeUrl(url)).toBe(expected);
  });

  it.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'JAVASCRIPT:alert(1)',
    'data:text/html,<b>',
    'vbscript:x',
    'file:///etc/passwd',
    'https://user:secret@example.com/',
    '//evil.example',
    '#"><b>',
    'blob:https://example.com/x',
    '',
  ])('%j may not', (url) => {
    expect(safeUrl(url)).toBeNull();
    expect(link(url, 'words').markup).toBe('words');
  });

  it('never lets out an address that runs something', () => {
    fc.assert(
      fc.property(hostile, hostile, (before, after) => {
        const [element] = shapeOf(html`<p>${link(`${before}javascript:${after}`, 'x')}</p>`.markup);
        const href = element?.children[0]?.attributes.href ?? '#';
        expect(href).toMatch(/^(?:https?:|mailto:|#)/);
      }),
    );
  });
});
