import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

/** Number and last cell of each row. */
const rows = read('docs/github.md')
  .split('## Traps\n')[1]!
  .split('\n')
  .filter((line) => /^\| \d+ \|/.test(line))
  .map((line) => [Number(line.split(' | ')[0]!.slice(2)), line.split(' | ').at(-1)!] as const);

it('the table of traps is counted', () => {
  expect(rows.map(([number]) => number)).toEqual(Array.from({ length: 36 }, (_, at) => at + 1));
});

it.each(rows)('trap %i is held by what its row names', (_, heldBy) => {
  const tests = [...heldBy.matchAll(/`(test\/[^`]+)`, “([^”]+)”/g)];
  const documents = [...heldBy.matchAll(/\]\(([^)#]+)/g)].map(([, file]) => path.join('docs', file!));
  const sources = [...heldBy.matchAll(/`(src\/[^`]+)`/g)].map(([, file]) => file!);
  expect(tests.length + documents.length + sources.length).toBeGreaterThan(0);
  for (const [, file, title] of tests) expect(read(file!)).toContain(title);
  for (const file of [...documents, ...sources])
    expect([file, existsSync(path.join(root, file))]).toEqual([file, true]);
});
