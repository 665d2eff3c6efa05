import { describe, expect, test } from 'vitest';
import { BadSourcePattern, parseSourcePattern, sourceCodes } from '../../../src/registry/authoring/source-codes.ts';

describe('--codes', () => {
  const FILES = [
    { path: 'src/a.go', text: 'package a\n\nvar x = "ERR_LOCKED" // ERR_FULL\r\nreturn ERR_LOCKED\n' },
    { path: 'src/b.go', text: 'ERR_LOCKED' },
  ];

  test('finds each code where it stands first, and counts', () => {
    const codes = sourceCodes(FILES, parseSourcePattern('./src/**/*.go:ERR_[A-Z]+'));
    expect(codes).toEqual([
      { code: 'ERR_LOCKED', title: null, path: 'src/a.go', line: 3, count: 3 },
      { code: 'ERR_FULL', title: null, path: 'src/a.go', line: 3, count: 1 },
    ]);
  });

  test('takes the first group of a pattern, and ^ and $ by line', () => {
    const codes = (pattern: string) => sourceCodes(FILES, parseSourcePattern(`**:${pattern}`)).map(({ code }) => code);
    expect(codes('"(\\w+)"')).toEqual(['ERR_LOCKED']);
    expect(codes('^return (.*)$')).toEqual(['ERR_LOCKED']);
    expect(codes('no (such) thing')).toEqual([]);
  });

  test('a colon belongs to the pattern from the second one on', () => {
    expect(parseSourcePattern('*.ts:code: (\\w+)')).toMatchObject({ glob: '*.ts', pattern: 'code: (\\w+)' });
  });

  test.each(['*.go', '*.go:', ':a', '*.go:(', '*.go:a*', '*.go:(?=a)b', '*.go:(a)\\1'])('%s is no pattern', (typed) => {
    expect(() => parseSourcePattern(typed)).toThrow(BadSourcePattern);
  });

  test('takes linear time where others would take all of it', () => {
    expect(sourceCodes([{ path: 'a', text: 'a'.repeat(50_000) }], parseSourcePattern('a:(a+)+b'))).toEqual([]);
  });
});
