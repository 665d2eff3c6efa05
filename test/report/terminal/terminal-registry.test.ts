import { describe, expect, it, test } from 'vitest';
import { renderAdditionsTerminal, renderMistakesTerminal } from '../../../src/report/terminal/terminal-registry.ts';
import type { ChangedEntry } from '../../../src/review/review.ts';
import { additions, coverage, mistake } from '../build-review.ts';

const said = (over: Parameters<typeof additions>[0] = {}, color = false) =>
  renderAdditionsTerminal(additions(over), { color, width: 80 });

const entry = (over: Partial<ChangedEntry> = {}): ChangedEntry => ({
  action: 'added',
  id: 'a',
  title: 'A fails',
  source: 'in.csv:2',
  why: '2 tickets',
  coverage: null,
  ...over,
});

test('tells each entry with its state, what it lacks and where it stands', () => {
  const gaps = [{ kind: 'cause' as const, detail: 'disk full' }];
  const text = said({
    entries: [entry({ coverage: coverage({ state: 'partial', gaps }) }), entry({ id: 'b', coverage: coverage() })],
  });
  expect(text).toContain('✔ 2 scenarios added to .github/signpost.yml\n');
  expect(text).toContain(
    '  partial  A fails\n           a: 2 tickets; in.csv:2\n           Lacks the cause “disk full”.\n           docs/',
  );
  expect(text).toContain('  covered  A fails\n           b: 2 tickets; in.csv:2\n           docs/');
  expect(text).toContain('Next: signpost explain a --rev WORKTREE');
});

test('tells what would be done, with the diff', () => {
  const text = said({
    unwritten: 'dry-run',
    isNew: true,
    before: '',
    entries: [entry(), entry({ action: 'updated' })],
  });
  expect(text).toMatch(/^--- \/dev\/null\n\+\+\+ b\/\.github\/signpost\.yml\n@@ -0,0 \+1,3 @@\n\+version: 1\n/);
  expect(text).toContain(
    '▲ 1 scenario would be added to .github/signpost.yml and 1 would be updated,\n  which would be new',
  );
});

test('tells that nothing changed, and that nothing was written', () => {
  expect(said({ after: 'version: 1\n', entries: [entry({ action: 'skipped' })] })).toContain(
    '▲ Nothing to change: 1 skipped',
  );
  const invalid = said({ unwritten: 'invalid', mistakes: [mistake({ severity: 'error' })] });
  expect(invalid).toMatch(/^✖ Nothing was written, for there are errors\n\n/);
  expect(invalid).not.toContain('Added');
});

test('is bounded where an import is long, and where all say the same', () => {
  const many = (action: ChangedEntry['action'], count: number) =>
    Array.from({ length: count }, () => entry({ action }));
  const text = said({
    entries: [...many('added', 60), ...many('skipped', 25)],
    mistakes: Array.from({ length: 9 }, () => mistake()),
  });
  expect(text).toContain('           and 10 more; --format json has all');
  expect(text).toContain('           and 5 more; --format json has all');
  expect(text).toContain('    and 7 more of this kind');
});

describe('hostile text', () => {
  test('does not act on the terminal', () => {
    const after = 'version: 1\n# \u001b[31mred\u0007\r\n';
    const text = said({
      unwritten: 'dry-run',
      after,
      path: 'a\u001b]0;x\u0007.yml',
      entries: [entry({ title: '\u001b[2Jx', why: 'a\u202eb', source: '\u0007' })],
    });
    expect(text).not.toMatch(/[\u001b\u0007\u202e\r]/);
    expect(text).toContain('+# [31mred');
  });

  test('has colours of ours alone', () => {
    const text = said({ unwritten: 'dry-run', entries: [entry({ title: '\u001b[2Jx' })] }, true);
    expect(text).toContain('\u001b[32m+scenarios:');
    expect(text).not.toContain('\u001b[2J');
  });
});

describe('mistakes', () => {
  const plain = { color: false, width: 80 };

  it('lists mistakes by file, from top to bottom', () => {
    const mistakes = [
      mistake(),
      mistake({
        path: '.github/signpost/billing.yml',
        line: 2,
        message: 'a duplicate id, `card-declined`',
        advice: 'choose another id',
      }),
      mistake({ line: 3, severity: 'warning', kind: 'registry-warning', message: 'no cause is given', advice: '' }),
      mistake({ column: 1 }),
    ];
    expect(renderMistakesTerminal(mistakes, plain)).toMatchInlineSnapshot(`
    "  .github/signpost.yml:3:5  warning  no cause is given.
      .github/signpost.yml:12:1  error  unknown key \`symptom\`.
        Did you mean \`symptoms\`?
      .github/signpost.yml:12:5  error  unknown key \`symptom\`.
        Did you mean \`symptoms\`?

      .github/signpost/billing.yml:2:5  error  a duplicate id, \`card-declined\`.
        Choose another id.

    ✖ 4 mistakes (3 errors, 1 warning)
    "
  `);
  });

  it('tells warnings from errors in its summary', () => {
    expect(renderMistakesTerminal([mistake({ severity: 'warning' })], plain)).toMatch(
      /▲ 1 mistake \(0 errors, 1 warning\)\n$/,
    );
  });

  it('says when there are none', () => {
    expect(renderMistakesTerminal([], plain)).toBe('✔ No mistakes in the registry\n');
  });
});
