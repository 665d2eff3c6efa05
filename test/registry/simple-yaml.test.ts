import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { parseWithLibrary } from '../../src/registry/parse-yaml.ts';
import { readSimpleYaml } from '../../src/registry/simple-yaml.ts';

/** Whether the text is simple; then the library must find no problem in it and give the same tree. */
function isSimple(text: string): boolean {
  const simple = readSimpleYaml(text);
  if (simple === undefined) return false;
  expect({ text, root: simple, problems: [] }).toEqual({ text, ...parseWithLibrary(text), readable: undefined });
  return true;
}

const SCENARIO = `# registry
version: 1
private: []
gate: { block: off, from: "low" } # trailing
docs:
- root: docs
  aliases: {"@/": src/}
scenarios:

  - id: a-b   # first
    title: "It \\"fails\\" \\u00e9"
    codes: [x_y, 'it''s', "q:", https://x.example/a#b]
    symptoms: [
      "tokens are blank|empty",

      tokens vanish,
    ]
    links:
      - /a/#b
      # a comment
      - "mailto:x@y.example"
    quotes:
      - >-
        they are
        blank
      - |
        one
          two
    impact: {customers: 3, recurring: true}
    owner:
  - id: c
    <<: x
`;

describe('simple YAML', () => {
  test('is what registries are written in', () => {
    expect(isSimple(SCENARIO)).toBe(true);
    for (const text of [
      '',
      '\n\n',
      '# nothing',
      '  # nothing\n',
      '  a: b\n  c: d',
      'a:\n  - b: c\n    d: e\n  -   f: g',
    ]) {
      expect(isSimple(text)).toBe(true);
    }
  });

  test.each([
    ['text'],
    ['"text"'],
    ['a: b\n c: d'],
    ['a:\n  b: c\n d: e'],
    ['- a\n  b'],
    ['- a\n b: c'],
    ['- a: b\n   c: d'],
    ['a: b\n  more'],
    ['a: "b'],
    ['a: "b\n  c"'],
    ['a: "\\x41"'],
    ['a: "b"c'],
    ['a: "b"#c'],
    ["a: 'b' 'c'"],
    ['a: [b'],
    [' a: [b\n]'],
    ['a: [[b\n], c]'],
    ['a: [\nb]'],
    ['a: [b, # c\n  d]'],
    ['a: [b: c]'],
    ['a: [b:, c]'],
    ['a: [b #c]'],
    ['a: [,]'],
    ['a: [b c'],
    ['a: {b}'],
    ['a: {b: }'],
    ['a: {"b":c}'],
    ['a: {[b]: c}'],
    ['a: {b: c d: e}'],
    ['a: [b]: c'],
    ['a: [[[[[[[[[[[[b]]]]]]]]]]]]'],
    ['[a]: b'],
    ['a: &b c'],
    ['a: *b'],
    ['a: !b c'],
    ['a: @b'],
    ['a: b: c'],
    ['a: b:'],
    ['a: null'],
    ['a: ~'],
    ['a: True'],
    ['a: 1.5'],
    ['a: -1'],
    ['a: 0x1F'],
    ['a: .inf'],
    ['1: a'],
    ['true: a'],
    ['? a'],
    ['- - a'],
    ['-\n  a: b'],
    ['-a'],
    ['a:\n- b\nc\n'],
    ['a: b\n- c'],
    ['a #b: c'],
    [': a'],
    ['"a" : b'],
    ['a:\tb'],
    ['a: b\r\n'],
    ['%YAML 1.2\n---\na: b'],
    ['a: b\n---\nc: d'],
    ['a: |2\n  b\n'],
    ['a: >\n  b\n   c\n'],
    ['a: >\n  b\n\n  c\n'],
    ['a: |\n  b\n\n'],
    ['a: |\n  b'],
    ['a: |\nb: c'],
    ['a: > # b\n  c\n'],
    [`${'k'.repeat(1001)}: a`],
    [Array.from({ length: 30 }, (_, level) => `${' '.repeat(level)}a:`).join('\n')],
  ])('is not: %j', (text) => {
    expect(isSimple(text)).toBe(false);
  });

  test('is read as the library reads it, however strange', () => {
    const piece = fc.constantFrom(
      ...[
        'a: ',
        'b:',
        'id: x',
        '- ',
        '- a',
        '\n',
        '\n  ',
        '\n    ',
        '\n- ',
        '\n  - ',
        '[',
        ']',
        '{',
        '}',
        ', ',
        ',',
        '"',
        "'",
        ': ',
      ],
      ...[
        '"q"',
        "'r'",
        'x',
        '3',
        '007',
        'true',
        'null',
        '-',
        ':',
        ' #c',
        '#',
        '|\n  ',
        '>-\n  ',
        '|',
        ' ',
        '\\',
        '\\n',
        '.5',
        '1e3',
      ],
      ...[
        '?',
        '&',
        '*',
        '!',
        '%',
        '@',
        '~',
        '<<: ',
        '[\n',
        '\n]',
        '{\n  ',
        'a: [',
        'é',
        '\u2028',
        '\u0085',
        '\0',
        '=',
        '0o7',
        'off',
        '2026-12-31',
        '...',
      ],
    );
    const lines = fc
      .array(fc.tuple(fc.constantFrom(0, 0, 1, 2, 2, 4), fc.array(piece, { maxLength: 3 })), { maxLength: 7 })
      .map((all) => all.map(([indent, pieces]) => ' '.repeat(indent) + pieces.join('')).join('\n'));
    let simple = 0;
    fc.assert(
      fc.property(
        fc.oneof(
          lines,
          fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join('')),
        ),
        (text) => {
          if (isSimple(text)) simple++;
        },
      ),
      { numRuns: 5000 },
    );
    expect(simple).toBeGreaterThan(100);
  });

  test('is read as the library reads it, when the library wrote it', () => {
    const leaf = fc.oneof(
      fc.string(),
      fc.constantFrom('a b', 'x: y', 'it is', '#1', '- z', 'on', '1'),
      fc.nat(),
      fc.boolean(),
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 4 }, leaf, tie('list'), tie('map')),
      list: fc.array(tie('value'), { maxLength: 3 }),
      map: fc.dictionary(
        fc.oneof(fc.string({ maxLength: 4 }), fc.constantFrom('id', 'title', '__proto__')),
        tie('value'),
        { maxKeys: 4 },
      ),
    }));
    const style = fc.record({
      indent: fc.constantFrom(2, 4),
      indentSeq: fc.boolean(),
      collectionStyle: fc.constantFrom('any' as const, 'block' as const, 'flow' as const),
      defaultStringType: fc.constantFrom(
        'PLAIN' as const,
        'QUOTE_DOUBLE' as const,
        'QUOTE_SINGLE' as const,
        'BLOCK_LITERAL' as const,
      ),
      lineWidth: fc.constantFrom(0, 80),
    });
    let simple = 0;
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('a', 'b', 'c'), value), style, (root, options) => {
        if (isSimple(stringify(root, options))) simple++;
      }),
      { numRuns: 2000 },
    );
    expect(simple).toBeGreaterThan(200);
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
    const started = performance.now();
    readSimpleYaml(`a: ${run.repeat(100_000)}`);
    readSimpleYaml(run.repeat(100_000));
    expect(performance.now() - started).toBeLessThan(4000);
  });
});
