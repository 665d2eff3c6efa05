import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderAuditHtml } from '../../../src/report/html/audit-page.ts';
import { SCRIPT, SCRIPT_HASH } from '../../../src/report/html/page-shell.ts';
import { STYLE, STYLE_HASH } from '../../../src/report/html/page-style.ts';
import { renderReplayHtml } from '../../../src/report/html/replay-page.ts';
import { audit, coverage, HEAD, scenario } from '../build-review.ts';
import { fullAudit, OCCASION } from './build-audit.ts';
import { fullReplay } from './build-replay.ts';
import { hostile, type Shape, shapeOf } from './hostile-text.ts';

const all = (shapes: readonly Shape[]): Shape[] => shapes.flatMap((each) => [each, ...all(each.children)]);
const textOf = ({ text }: Shape) => text;

const page = renderAuditHtml(fullAudit(), OCCASION);
const elements = all(shapeOf(page));
const named = (name: string) => elements.filter((each) => each.name === name);
const bodyOf = (id: string) => textOf(elements.find(({ attributes }) => attributes.id === `s-${id}`) as Shape);

describe('the page of an audit', () => {
  it('says the verdict first, with its reason', () => {
    expect(named('h1').map(textOf)).toEqual(['1 of 3 scenarios covered']);
    expect(page).toContain('1 scenario is as grave as must not be: user-verify-url.');
    expect(named('title').map(textOf)).toEqual(['Troubleshooting coverage of acme/docs']);
  });

  it('lists the gravest gaps first, then what is waived and covered', () => {
    expect(named('h2').map((each) => textOf(each).trim())).toEqual([
      'By gravity',
      'By part of the docs',
      'By owner',
      'Gaps of high gravity 1',
      'Gaps of medium gravity 1',
      'Waived 1',
      'Covered 1',
      'For the product, not fixable in docs',
      'Also noticed',
    ]);
  });

  it.each([
    ['what lacks and what to do', 'user-verify-url', ['It is named without its cause.', 'Say why.']],
    ['what the section has and lacks', 'user-verify-url', ['is lacking', 'leads nowhere', 'it must not say']],
    ['the sentence in which words matched', 'user-verify-url', ['You meet failed_to_exchange_token here.']],
    ['why it matters', 'user-verify-url', ['High gravity: 3 customers, in production, recurring.', 'not the tokens']],
    ['what the registry asks for', 'user-verify-url', ['failed_to_exchange_token', '@acme/docs', 'never blocks']],
    ['the words that matched', 'blank-tokens', ['“tokens” and “blank”']],
    ['what came near', 'card-declined', ['“Where did it go?” on the site lacks “blank”']],
    ['who waived it, why and until when', 'old-keys', ['Fixed in 4.2', '@jo', 'until 2026-12-31', 'billing/**']],
  ])('tells %s', (_, id, words) => {
    for (const word of words) expect(bodyOf(id)).toContain(word);
  });

  it('leads to files at their lines, to the site, to the commit, and to its own parts', () => {
    const addresses = named('a').map(({ attributes }) => attributes.href);
    expect(addresses).toContain(`https://github.com/acme/docs/blob/${HEAD}/docs/troubleshooting.mdx?plain=1#L12-L20`);
    expect(addresses).toContain('https://docs.example.com/troubleshooting#blank-tokens');
    expect(addresses).toContain(`https://github.com/acme/docs/commit/${HEAD}`);
    const ids = new Set(elements.map(({ attributes }) => attributes.id));
    for (const address of addresses) if (address?.startsWith('#')) expect(ids).toContain(address.slice(1));
  });

  it('marks the words that matched', () => {
    expect(named('mark').map(textOf)).toEqual(['failed_to_exchange_token']);
  });

  it('has each id once', () => {
    const ids = elements.flatMap(({ attributes }) => attributes.id ?? []);
    expect(ids.toSorted()).toEqual([...new Set(ids)].toSorted());
  });

  it('leads to no file of a registry on disk', () => {
    const onDisk = renderAuditHtml({ ...fullAudit(), registry: { source: '../x.yml', commit: null } }, OCCASION);
    expect(onDisk).not.toContain('signpost.yml?plain');
    expect(page).toContain('signpost.yml?plain');
  });

  it('has no links where no address is known', () => {
    const { repository: _, ...unknown } = OCCASION;
    const alone = renderAuditHtml({ ...fullAudit(), roots: [] }, unknown);
    const addresses = all(shapeOf(alone)).flatMap(({ name, attributes }) => (name === 'a' ? [attributes.href] : []));
    expect(addresses.filter((href) => !href?.startsWith('#'))).toEqual([
      'https://github.com/signpost-docs/signpost/blob/main/docs/findings.md#registry-warning',
    ]);
  });

  it.each([
    ['no registry', { reason: 'No registry yet.' }, 'No registry yet'],
    ['nothing judged', { verdict: 'not-judged' as const, reason: 'git is missing.' }, 'Not judged: git is missing'],
  ])('is short with %s', (_, over, headline) => {
    const counts = { covered: 0, partial: 0, missing: 0, waived: 0, pages: 0, changedPages: 0, parsedPages: 0 };
    const short = all(shapeOf(renderAuditHtml(audit({ counts, ...over }), OCCASION)));
    expect(short.filter(({ name }) => name === 'h1').map(textOf)).toEqual([headline]);
    expect(short.filter(({ name }) => name === 'h2')).toEqual([]);
  });

  it('scrubs what customers said', () => {
    const quoting = scenario({ quotes: ['mail jo@bigcustomer.io, they use Bigco'] });
    const subject = audit({ scenarios: [{ coverage: coverage({ scenario: quoting }), nearMisses: [] }] });
    const settings = { ...subject.settings, private: ['Bigco'] };
    const said = renderAuditHtml({ ...subject, settings }, OCCASION);
    expect(/<blockquote.*?<\/blockquote>/.exec(said)?.[0]).toContain('mail [e-mail], they use [name]');
  });
});

describe('no text of others', () => {
  const signature = ({ name, attributes }: Shape) => [name, ...Object.keys(attributes)].join(' ');
  const ours = new Set(elements.map(signature));

  it('makes an element or an attribute that the page does not have without', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const found = all(
          shapeOf(
            renderAuditHtml(
              fullAudit((usual) => `${usual}${text}`),
              OCCASION,
            ),
          ),
        );
        expect(found.map(signature).filter((each) => !ours.has(each))).toEqual([]);
        expect(found.filter(({ name }) => name === 'script' || name === 'style')).toHaveLength(2);
        for (const { attributes } of found) expect(attributes.href ?? '#').toMatch(/^(?:https:|#|data:,$)/);
      }),
      { numRuns: 150 },
    );
  });
});

describe('the page’s policy', () => {
  const sha256 = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`;

  it('names its own style and script, and lets nothing else run or load', () => {
    expect(STYLE_HASH).toBe(sha256(STYLE));
    expect(SCRIPT_HASH).toBe(sha256(SCRIPT));
    const [policy] = named('meta').filter((each) => each.attributes['http-equiv'] === 'Content-Security-Policy');
    expect(policy?.attributes.content).toBe(
      `default-src 'none'; style-src '${sha256(STYLE)}'; script-src '${sha256(SCRIPT)}'; img-src data:; base-uri 'none'; form-action 'none'`,
    );
  });

  it('styles every class of both pages, some neutral ones aside', () => {
    const both = all(shapeOf(page + renderReplayHtml(fullReplay(), OCCASION)));
    const used = new Set(both.flatMap(({ attributes }) => attributes.class?.split(' ').filter(Boolean) ?? []));
    const styled = new Set([...STYLE.matchAll(/\.([a-z][\w-]*)/g)].map((match) => match[1]));
    const neutral = ['few', 'some'];
    expect([...used].filter((name) => !styled.has(name) && !neutral.includes(name))).toEqual([]);
  });

  it('has nothing that it would stop', () => {
    expect(elements.filter(({ attributes }) => 'style' in attributes || 'src' in attributes)).toEqual([]);
    expect(
      elements.flatMap(({ attributes }) => Object.keys(attributes)).filter((name) => name.startsWith('on')),
    ).toEqual([]);
    expect(named('link').map(({ attributes }) => attributes.href)).toEqual(['data:,']);
    expect(STYLE).not.toMatch(/url\(|@import/);
  });
});
