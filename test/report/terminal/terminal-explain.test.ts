import { describe, expect, it } from 'vitest';
import type { Match } from '../../../src/coverage/coverage.ts';
import { renderExplanationTerminal } from '../../../src/report/terminal/terminal-explain.ts';
import type { Explanation } from '../../../src/review/explain-scenario.ts';
import {
  candidate,
  coverage,
  evidence,
  explanation,
  match,
  nearMiss,
  scenario,
  section,
  snippet,
} from '../build-review.ts';

const plain = { color: false, width: 80 };

function rendered(over: Partial<Explanation>): string {
  return renderExplanationTerminal(explanation(over), plain);
}

/** A match with the sentence that it stands in. */
function matchIn(text: string, words: string[], over: Partial<Match> = {}): Match {
  const { line, path } = match(over);
  const spans = words.map((word) => ({ start: text.indexOf(word), end: text.indexOf(word) + word.length }));
  const block = { kind: 'prose' as const, text, path, line, endLine: line, breaks: [], links: [] };
  return match({ words, found: { block, spans, inLabels: [] }, ...over });
}

const quote = { path: 'docs/faq.md', line: 3, text: 'Raw tokens are withheld.', marks: [{ start: 4, end: 10 }] };

describe('renderExplanationTerminal', () => {
  it('tells what each section has and lacks, the words that matched marked', () => {
    const cause = 'execute_tool|executeTool';
    const lacking = { kind: 'cause' as const, term: cause, match: null };
    const candidates = [
      candidate({
        requirements: [
          {
            kind: 'cause',
            term: cause,
            match: matchIn('Sorry. Call execute_tool once.', ['execute_tool'], {
              field: 'cause',
              term: cause,
              line: 14,
              where: 'prose',
            }),
          },
          {
            kind: 'link',
            term: '/tokens/',
            match: match({ field: 'link', term: '/tokens/', words: ['../tokens.md'], line: 15, where: 'prose' }),
          },
        ],
      }),
      candidate({
        level: 'mentions',
        hidden: true,
        onPages: false,
        evidence: evidence({ path: 'docs/faq.md', line: 3, endLine: 3, label: '' }),
        trigger: match({ path: 'docs/faq.md', line: 3, where: 'row' }),
        requirements: [
          lacking,
          { kind: 'cause', term: 'raw', match: null },
          {
            kind: 'link',
            term: '/tokens/',
            match: match({ field: 'link', term: '/tokens/', path: 'docs/_fix.md', line: 2, where: 'prose' }),
            broken: true,
          },
        ],
        forbidden: [
          matchIn('So enable raw tokens.', ['enable', 'raw'], {
            field: 'never',
            term: 'enable raw',
            path: 'docs/faq.md',
            line: 3,
            where: 'prose',
          }),
        ],
      }),
    ];
    const of = scenario({ pages: ['troubleshooting'], never: ['enable raw'] });
    const partly = new Map([[lacking, { quote, lacks: ['a', 'b|c'] }]]);
    expect(rendered({ coverage: coverage({ scenario: of, candidates }), partly })).toMatchInlineSnapshot(`
      "blank-tokens: covered.
      Tokens are blank after connecting

      docs/troubleshooting.mdx:12-20 "Tokens are blank"
        documents it
          ✔ symptom “tokens are blank|empty” in the summary (12)
          ✔ cause “execute_tool|executeTool” (14)
              Call [execute_tool] once.
          ✔ link /tokens/ (15), written ../tokens.md
          ✔ on its pages; visible; says nothing of “enable raw”

      docs/faq.md:3
        names it
          ✔ symptom “tokens are blank|empty” in the row (3)
          ✖ cause “execute_tool|executeTool” lacks “a” and “b|c” beside (3)
              Raw [tokens] are withheld.
          ✖ cause “raw” is lacking
          ✖ link /tokens/ leads nowhere (docs/_fix.md:2)
          ✖ must not say “enable raw” (3)
              So [enable] [raw] tokens.
          ✖ not where readers look (troubleshooting)
          ✖ on a hidden page
      "
    `);
  });

  it('names words that stand in the title and count along', () => {
    const trigger = matchIn('They are blank.', ['blank'], { where: 'prose' });
    if (trigger.found) trigger.found.inLabels = ['tokens'];
    const text = rendered({ coverage: coverage({ candidates: [candidate({ trigger })] }) });
    expect(text).toContain('✔ symptom “tokens are blank|empty” (12), with “tokens” of the title\n');
    expect(text).toContain('        They are [blank].\n');
  });

  it('underlines the words on a terminal with colours, and has no brackets there', () => {
    const candidates = [candidate({ trigger: matchIn('They are blank.', ['blank']) })];
    const text = renderExplanationTerminal(explanation({ coverage: coverage({ candidates }) }), {
      color: true,
      width: 80,
    });
    expect(text).toContain('\u001b[4mblank\u001b[24m');
    expect(text).not.toContain('[blank]');
  });

  it('leaves out the middle of what stands between words, and shows no escape sequence of a page', () => {
    const long = 'word '.repeat(100);
    const trigger = matchIn(`Tokens \u001b[31m${long}blank ${long}end`, ['Tokens', 'blank']);
    const text = rendered({ coverage: coverage({ candidates: [candidate({ trigger })] }) });
    expect(text).toMatch(/\[Tokens\] \[31m(?:word\s+)+…(?:\s+word)+\s+\[blank\](?:\s+word)+\s+…/);
    expect(text).not.toContain('\u001b');
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('tells what a partial one lacks and what a waived one would be', () => {
    const partial = coverage({ state: 'partial', gaps: [{ kind: 'link', detail: '/tokens/' }] });
    expect(rendered({ coverage: partial })).toContain('blank-tokens: partial, lacks a link to /tokens/.');
    expect(rendered({ coverage: coverage({ state: 'waived' }) })).toContain(
      'blank-tokens: waived (without the waiver missing).',
    );
  });

  it('tells of near misses by the words that are there and those that differ', () => {
    const misses = [
      nearMiss({ quote, lacks: ['blank|empty', 'cause “x”'] }),
      nearMiss({ lacks: ['x'], edit: 'say “x”' }),
    ];
    expect(rendered({ coverage: coverage({ state: 'missing' }), nearMisses: misses })).toContain(`
docs/faq.mdx:3-9 "Where did my tokens go?"
  near miss: it holds most of the words
        Raw [tokens] are withheld.
    ✖ lacks “blank|empty” and cause “x”
      add \`vanished\` to word 3 of symptom 1

docs/faq.mdx:3-9 "Where did my tokens go?"
  near miss: it holds most of the words
    ✖ lacks “x”
`);
  });

  it('says what cancelled a hit', () => {
    const hit = {
      section: section(),
      match: matchIn('Tokens are never blank.', ['Tokens', 'blank']),
      by: 'negation' as const,
      word: 'never',
    };
    const text = rendered({
      coverage: coverage({ state: 'missing' }),
      cancelled: [hit, { ...hit, by: 'except', word: 'fixed in' }],
    });
    expect(text).toContain(`docs/troubleshooting.mdx:12-20 "Tokens are blank"
  does not name it
    ✖ symptom “tokens are blank|empty” (12) is cancelled by “never” before it
        [Tokens] are never [blank].
`);
    expect(text).toContain('is cancelled by the exception “fixed\n      in”');
  });

  it('says when no section comes near', () => {
    expect(rendered({ coverage: coverage({ state: 'missing' }) })).toBe(
      'blank-tokens: missing.\nTokens are blank after connecting\n\nNo section comes near it.\n',
    );
  });

  it('counts further sections that only come near', () => {
    const candidates = Array.from({ length: 5 }, () => candidate({ level: 'near' }));
    expect(rendered({ coverage: coverage({ candidates }) })).toContain(
      '…and 2 more that only come near; --format json has them.',
    );
  });

  it('names the section that completes another, and a term once, though it is trigger and requirement', () => {
    const trigger = match({ field: 'code', term: 'E_1' });
    const through = section({ path: 'docs/fix.md', line: 4, endLine: 9 });
    const candidates = [candidate({ through, trigger, requirements: [{ kind: 'code', term: 'E_1', match: trigger }] })];
    const text = rendered({ coverage: coverage({ candidates }) });
    expect(text).toContain('documents it, completed by docs/fix.md:4-9');
    expect(text.match(/E_1/g)).toHaveLength(1);
  });

  it.each([
    ['heading', 'label', ' in the heading'],
    ['accordion', 'label', ' in the title'],
    ['item', 'label', ' in the bold lead'],
    ['row', 'label', ' in the first cell'],
    ['heading', 'prose', ''],
    ['heading', 'sample', ' in a sample'],
    ['card', 'card', ' on a card'],
    ['heading', 'comment', ' in a comment'],
  ] as const)('in a %s, a match in its %s stands%s', (kind, where, words) => {
    const candidates = [candidate({ section: section({ kind }), trigger: match({ where }) })];
    expect(rendered({ coverage: coverage({ candidates }) })).toContain(`symptom “tokens are blank|empty”${words} (12)`);
  });
});

describe('the smallest change', () => {
  const state = { coverage: coverage({ state: 'missing' as const }) };
  const registry = {
    path: '.github/signpost.yml',
    line: 9,
    field: 'symptoms' as const,
    number: 1,
    from: 'tokens blank|empty',
    to: 'tokens blank|empty|vanish',
    advice: 'add `vanish` to word 2 of symptom 1',
  };
  const say = {
    kind: 'say' as const,
    path: 'docs/faq.md',
    line: 3,
    words: ['blank|empty'],
    within: 'title' as const,
    quote,
  };

  it('is shown step by step, with what else would do', () => {
    const docs = { words: 1, steps: [say, { kind: 'paste' as const, snippet: snippet({ text: 'See [x](/x/).' }) }] };
    const otherwise = { words: 12, steps: [{ kind: 'paste' as const, snippet: snippet() }] };
    expect(rendered({ ...state, change: { docs, otherwise, registry } })).toMatchInlineSnapshot(`
      "blank-tokens: missing.
      Tokens are blank after connecting

      No section comes near it.

      Smallest change: 1 word of the docs
        In docs/faq.md:3, say “blank” or “empty” in the title:
          Raw [tokens] are withheld.
        Then paste after docs/troubleshooting.mdx:20 (adds a section):

          See [x](/x/).

        If that section is about something else, paste after
        docs/troubleshooting.mdx:20 (adds a section):

          ## Tokens are blank

          The app is in preview mode. See [token storage](/tokens/).

        Or, if the docs say it well as they stand, add \`vanish\` to word 2 of symptom 1
        in the registry (.github/signpost.yml:9):
          - tokens blank|empty
          + tokens blank|empty|vanish

        Each was tried on a copy: with it the scenario is covered.
      "
    `);
  });

  it('is shown for what hides a page and what must not be said, or for the registry alone', () => {
    const steps = [
      { kind: 'publish' as const, path: 'docs/faq.md', line: 2, key: 'draft' },
      { kind: 'take-out' as const, path: 'docs/faq.md', line: 3, phrase: 'raw tokens', quote },
    ];
    const text = rendered({ ...state, change: { docs: { words: 2, steps }, otherwise: null, registry: null } });
    expect(text).toContain('In docs/faq.md:2, take out the line `draft: true`, which hides the page.');
    expect(text).toContain(
      'Then in docs/faq.md:3, say otherwise what must not be said, “raw tokens”:\n    Raw [tokens] are',
    );
    const alone = rendered({
      ...state,
      change: { docs: null, otherwise: null, registry: { ...registry, from: null } },
    });
    expect(alone).toContain('Smallest change\n  If the docs say it well as they stand, add `vanish`');
    expect(alone).not.toContain('    - ');
  });

  it('is none where no text on a page helps, and why', () => {
    const none = { docs: null, otherwise: null, registry: null };
    const gone = coverage({ state: 'partial', gaps: [{ kind: 'broken-link', detail: '/gone/' }] });
    expect(rendered({ coverage: gone, change: none })).toContain(
      'Smallest change: no text on a page covers it: it lacks the target of /gone/.',
    );
    expect(rendered({ ...state, change: none })).toContain('there is no page where its readers');
  });
});
