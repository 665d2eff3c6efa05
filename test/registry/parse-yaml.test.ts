import { describe, expect, test } from 'vitest';
import type { YamlNode } from '../../src/registry/parse-yaml.ts';
import { parseYaml } from '../../src/registry/parse-yaml.ts';

/** The tree as plain values, for comparing. */
function plain(node: YamlNode | null): unknown {
  if (!node) return null;
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(plain);
  return node.pairs.map(({ key, value }) => [key, plain(value)]);
}

const read = (text: string) => plain(parseYaml(text).root);
const problems = (text: string) => parseYaml(text).problems.map(({ start, message }) => `${start} ${message}`);

describe('sound YAML', () => {
  test('is read as YAML 1.2, whatever version it claims', () => {
    expect(read('%YAML 1.1\n---\na: off\nb: yes\nc: 2026-12-31\nd: 0o17\ne: ~\nf: .inf\ng: 017')).toEqual([
      ['a', 'off'],
      ['b', 'yes'],
      ['c', '2026-12-31'],
      ['d', 15],
      ['e', null],
      ['f', Number.POSITIVE_INFINITY],
      ['g', 17],
    ]);
  });

  test('keeps repeated keys, keys that are no text, and keys without a value', () => {
    expect(read('a: 1\na: 2\n1: x\n? [k]\n: y\nb:\n')).toEqual([
      ['a', 1],
      ['a', 2],
      [null, 'x'],
      [null, 'y'],
      ['b', null],
    ]);
    expect(read('{ a, ? b }')).toEqual([
      ['a', null],
      ['b', null],
    ]);
  });

  test('has no merge keys', () => {
    expect(read('<<: { a: 1 }')).toEqual([['<<', [['a', 1]]]]);
  });

  test('knows where each key and value stands', () => {
    const text = 'a: [x, "y z"]\nb:\n  c: 1\n';
    const { root } = parseYaml(text);
    const slices: string[] = [];
    const visit = (node: YamlNode) => {
      slices.push(text.slice(node.start, node.end).trim());
      if (node.kind === 'list') node.items.forEach(visit);
      if (node.kind === 'map') for (const pair of node.pairs) visit(pair.value);
    };
    visit(root!);
    expect(slices).toEqual([text.trim(), '[x, "y z"]', 'x', '"y z"', 'c: 1', '1']);
  });

  test('resolves aliases to what was written before them', () => {
    expect(read('a: &x [1]\nb: *x\n&k c: d\n*k : e')).toEqual([
      ['a', [1]],
      ['b', [1]],
      ['c', 'd'],
      ['c', 'e'],
    ]);
  });
});

describe('what is wrong', () => {
  test('is told with its place and what stands before it is kept', () => {
    const text = 's:\n  - a: 1\n  - b: "open\n  - c: 2\n';
    expect(problems(text)).toEqual(['19 not valid YAML: the quote that opens here is never closed']);
    expect(read(text)).toEqual([['s', [[['a', 1]]]]]);
    expect(read('a: 1\nb: @x\nc: 2')).toEqual([['a', 1]]);
    expect(read('- a\n- @x')).toBeNull();
  });

  test.each([
    ['a: 1\n---\nb: 2', '5 not valid YAML: a second document starts here; a registry file holds one'],
    ['a: *x', '3 not valid YAML: the alias *x stands for nothing that was written before it'],
    ['a: !x y', '3 not valid YAML: Unresolved tag: !x'],
    ['a:\n\t- b', '3 not valid YAML: Tabs are not allowed as indentation'],
  ])('is one problem: %j', (text, problem) => {
    expect(problems(text)[0]).toBe(problem);
  });

  test('is cut where a message would repeat the file', () => {
    expect(problems(`a: !${'x'.repeat(1000)} y`)[0]?.length).toBeLessThan(160);
  });

  test('includes an alias within its own anchor', () => {
    expect(problems('a: &x [*x]')).toEqual([
      '7 not valid YAML: the alias *x stands for nothing that was written before it',
    ]);
  });

  test('includes aliases that stand for too much', () => {
    const levels = Array.from(
      { length: 12 },
      (_, level) => `a${level + 1}: &a${level + 1} [${`*a${level},`.repeat(9)}]`,
    );
    const { problems: found, readable } = parseYaml(`a0: &a0 [x]\n${levels.join('\n')}`);
    expect(found[0]?.message).toContain('stands for too much text');
    expect(readable).toBe(false);
  });

  test.each(['[', '- ', '? ', '{ a: '])('includes nesting without end: %j', (open) => {
    expect(problems(open.repeat(20_000))).toEqual([expect.stringContaining('nested too deeply')]);
  });
});

test.each([
  '[',
  '{a: ',
  '- ',
  'a:\n ',
  '"',
  "'",
  '"\\',
  "''",
  ': ',
  ' #',
  '\n\n',
  'a: |\n ',
  'a: [\n ',
  ' ',
  '- a\n',
  '- "a"\n',
  '"a\n',
])('takes no more than linear time: %j', (run) => {
  parseYaml(`a: ${run.repeat(50_000)}`);
  parseYaml(run.repeat(50_000));
});
