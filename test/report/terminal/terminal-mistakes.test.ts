import { expect, it } from 'vitest';
import { renderMistakesTerminal } from '../../../src/report/terminal/terminal-mistakes.ts';
import { mistake } from '../build-review.ts';

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
