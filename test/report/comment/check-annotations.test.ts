import { expect, it } from 'vitest';
import { annotationsOf } from '../../../src/report/comment/check-annotations.ts';
import type { Finding } from '../../../src/review/findings/finding.ts';
import { finding } from '../build-review.ts';

const FILES = new Set(['docs/troubleshooting.mdx', '.github/signpost.yml']);

function annotate(...findings: Partial<Finding>[]) {
  return annotationsOf(findings.map(finding), FILES).pages.flat();
}

it('says at a line what is wrong, what to do and where more stands', () => {
  expect(annotate({ message: 'named without\nits cause' })).toEqual([
    {
      path: 'docs/troubleshooting.mdx',
      start_line: 12,
      end_line: 20,
      annotation_level: 'failure',
      title: 'A known failure is named without its cause',
      message: 'named without its cause. Say in the same section why it happens.',
      raw_details: expect.stringMatching(/^missing-cause: blank-tokens\nhttps:\/\/.*#missing-cause$/),
    },
  ]);
});

it('leaves out what stands in no file of the pull request, or at no line', () => {
  expect(annotate({ path: 'docs/other.mdx' }, { path: null }, { line: null }, { line: 0 })).toEqual([]);
});

it('gives columns only where an annotation has one line', () => {
  const columns = annotate(
    { endLine: 12, column: 5 },
    { endLine: null, column: 5 },
    { column: 5 },
    { endLine: 12, column: 0 },
  );
  expect(columns.map(({ start_column, end_column, end_line }) => [start_column, end_column, end_line])).toEqual([
    [5, 5, 12],
    [5, 5, 12],
    [undefined, undefined, 20],
    [undefined, undefined, 12],
  ]);
});

it('never ends before it starts', () => {
  expect(annotate({ line: 9, endLine: 3 })).toMatchObject([{ start_line: 9, end_line: 9 }]);
});

it('shows what blocks as a failure and before the rest', () => {
  const levels = annotate(
    { blocking: false, severity: 'notice', scenario: null },
    { blocking: false, severity: 'error' },
    { blocking: true, severity: 'warning' },
  ).map(({ annotation_level }) => annotation_level);
  expect(levels).toEqual(['failure', 'warning', 'notice']);
});

it('gives out fifty a page, at most four pages, and counts the rest', () => {
  const { pages, leftOut } = annotationsOf(
    Array.from({ length: 260 }, () => finding()),
    FILES,
  );
  expect([pages.map((page) => page.length), leftOut]).toEqual([[50, 50, 50, 50], 60]);
});

it('keeps each text within GitHub’s limits', () => {
  const [annotation] = annotate({ message: '👩‍💻'.repeat(20_000) });
  expect(Buffer.byteLength(annotation?.message ?? '')).toBeLessThan(64 * 1024);
});
