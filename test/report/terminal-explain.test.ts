import { describe, expect, it } from 'vitest';
import { candidateLine, renderExplanationTerminal } from '../../src/report/terminal-explain.ts';
import { candidate, coverage, evidence, match, nearMiss, section } from './build-review.ts';

const plain = { color: false, width: 80 };

describe('renderExplanationTerminal', () => {
  it('tells what each section has and lacks', () => {
    const cause = 'execute_tool|executeTool';
    const candidates = [
      candidate({
        requirements: [
          {
            kind: 'cause',
            term: cause,
            match: match({ field: 'cause', term: cause, words: ['execute_tool'], line: 14, where: 'prose' }),
          },
          {
            kind: 'link',
            term: '/tokens/',
            match: match({ field: 'link', term: '/tokens/', line: 15, where: 'prose' }),
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
          { kind: 'cause', term: cause, match: null },
          {
            kind: 'link',
            term: '/tokens/',
            match: match({ field: 'link', term: '/tokens/', path: 'docs/_fix.md', line: 2, where: 'prose' }),
            broken: true,
          },
        ],
        forbidden: [match({ field: 'never', term: 'enable raw tokens', path: 'docs/faq.md', line: 3 })],
      }),
    ];
    const explanation = { coverage: coverage({ candidates }), nearMisses: [nearMiss()] };
    expect(renderExplanationTerminal(explanation, plain)).toMatchInlineSnapshot(`
      "blank-tokens: covered.
      Tokens are blank after connecting

      docs/troubleshooting.mdx:12-20 "Tokens are blank": symptom "tokens are
        blank|empty" in the summary (12); cause "execute_tool|executeTool" (14); link
        /tokens/ (15)
        documents it
          ✔ cause “execute_tool|executeTool”: “execute_tool” (14)
          ✔ link “/tokens/” (15)

      docs/faq.md:3: symptom "tokens are blank|empty" in the row (3); link /tokens/
        (docs/_fix.md:2)
        names it, on a hidden page, not where readers look
          ✖ cause “execute_tool|executeTool” is lacking
          ✖ link “/tokens/” leads nowhere (docs/_fix.md:2)
          ✖ must not say “enable raw tokens” (3)

      Nearest: docs/faq.mdx:3-9 “Where did my tokens go?” lacks a word for “blank”;
        add \`vanished\` to word 3 of symptom 1
      "
    `);
  });

  it('tells what a partial one lacks and what a waived one would be', () => {
    const partial = coverage({ state: 'partial', gaps: [{ kind: 'link', detail: '/tokens/' }] });
    expect(renderExplanationTerminal({ coverage: partial, nearMisses: [] }, plain)).toContain(
      'blank-tokens: partial, lacks a link to /tokens/.',
    );
    expect(renderExplanationTerminal({ coverage: coverage({ state: 'waived' }), nearMisses: [] }, plain)).toContain(
      'blank-tokens: waived (without the waiver missing).',
    );
  });

  it('says when no section comes near', () => {
    expect(renderExplanationTerminal({ coverage: coverage({ state: 'missing' }), nearMisses: [] }, plain)).toBe(
      'blank-tokens: missing.\nTokens are blank after connecting\n\nNo section comes near it.\n',
    );
  });

  it('names the section that completes another', () => {
    const candidates = [candidate({ through: section({ path: 'docs/fix.md', line: 4, endLine: 9 }) })];
    expect(renderExplanationTerminal({ coverage: coverage({ candidates }), nearMisses: [] }, plain)).toContain(
      'documents it, completed by docs/fix.md:4-9',
    );
  });
});

describe('candidateLine', () => {
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
    const line = candidateLine(candidate({ section: section({ kind }), trigger: match({ where }) }));
    expect(line).toBe(
      `docs/troubleshooting.mdx:12-20 "Tokens are blank": symptom "tokens are blank|empty"${words} (12)`,
    );
  });

  it('names a term once, though it is trigger and requirement', () => {
    const trigger = match({ field: 'code', term: 'E_1' });
    const line = candidateLine(candidate({ trigger, requirements: [{ kind: 'code', term: 'E_1', match: trigger }] }));
    expect(line.match(/E_1/g)).toHaveLength(1);
  });
});
