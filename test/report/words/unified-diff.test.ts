import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unifiedDiff } from '../../../src/report/words/unified-diff.ts';

/** Applies hunks as `patch` does, without looking around. */
function patched(before: readonly string[], diff: readonly string[]): string[] {
  const result: string[] = [];
  let at = 0;
  for (const line of diff) {
    const start = /^@@ -(\d+)(?:,(\d+))? /.exec(line);
    if (start) {
      const from = Number(start[1]) - (start[2] === '0' ? 0 : 1);
      result.push(...before.slice(at, from));
      at = from;
    } else if (line.startsWith('+')) result.push(line.slice(1));
    else {
      expect(before[at]).toBe(line.slice(1));
      if (line.startsWith(' ')) result.push(line.slice(1));
      at++;
    }
  }
  return [...result, ...before.slice(at)];
}

const lines = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 25 });

test('makes the new text of the old one', () => {
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const text = (each: readonly string[]) => each.map((line) => `${line}\n`).join('');
      const diff = unifiedDiff(text(before), text(after));
      expect(patched(before, diff)).toEqual(after);
      expect(diff.length === 0).toBe(text(before) === text(after));
    }),
  );
});

test('shows three lines around a change, and changes apart from each other in hunks of their own', () => {
  const before = Array.from({ length: 20 }, (_, i) => `${i + 1}\n`);
  const after = before.with(1, 'two\n').toSpliced(15, 0, 'new\n');
  expect(unifiedDiff(before.join(''), after.join(''))).toEqual([
    ...['@@ -1,5 +1,5 @@', ' 1', '-2', '+two', ' 3', ' 4', ' 5'],
    ...['@@ -13,6 +13,7 @@', ' 13', ' 14', ' 15', '+new', ' 16', ' 17', ' 18'],
  ]);
});

test('a new file, a file without a last line break, and files too different to compare', () => {
  expect(unifiedDiff('', 'a\nb\n')).toEqual(['@@ -0,0 +1,2 @@', '+a', '+b']);
  expect(unifiedDiff('a', 'a\nb\n')).toEqual(['@@ -1 +1,2 @@', ' a', '+b']);
  const many = (word: string) => Array.from({ length: 1500 }, (_, i) => `${word}${i}\n`).join('');
  expect(unifiedDiff(many('a'), many('b'))).toHaveLength(3001);
});
