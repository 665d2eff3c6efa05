import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CheckOptions,
  renderCheckRun,
  renderSharedCheckRun,
  type SharedPart,
  sharedBytes,
} from '../../../src/report/comment/check-run.ts';
import { byteLength, CHECK_BYTES } from '../../../src/report/words/limits.ts';
import type { Review } from '../../../src/review/review.ts';
import { finding, fullReview, review, scenarioReview } from '../build-review.ts';

const options: CheckOptions = {
  repoUrl: 'https://github.com/acme/docs',
  files: new Set(['docs/troubleshooting.mdx']),
};

function part(number: number, of: Review, base = 'main', parts = 2): SharedPart {
  const url = `https://github.com/acme/docs/pull/${number}`;
  return { number, url, base, run: renderCheckRun(of, { ...options, number, bytes: sharedBytes(parts) }) };
}

describe('a check run that several pull requests share', () => {
  it('says the worst verdict, and each pull request with its branch, whichever comes first', () => {
    const parts = [part(13, review(), 'release'), part(12, fullReview())];
    for (const given of [parts, parts.toReversed()]) {
      const run = renderSharedCheckRun(given);
      expect(run).toMatchObject({
        conclusion: 'failure',
        title: '#12 towards main: 2 scenarios need work, 1 blocks; #13 towards release: Nothing to do',
        actions: [{ identifier: 'recheck' }],
      });
      expect(run.summary).toMatch(/\| ❌ \| \[#12\].*\| `main` \|.*\n\| ✅ \| \[#13\].*\| `release` \|/);
      expect(run.summary).toMatch(/### Pull request 12 towards `main`.*### Pull request 13 towards `release`/s);
      expect(run.text).toMatch(/^### Pull request 12 towards `main`\n\n\*\*To pass\*\*/);
      expect(run.text).not.toContain('Pull request 13');
    }
  });

  it.each([
    [['pass', 'pass'], 'success'],
    [['pass', 'not-judged'], 'action_required'],
    [['not-judged', 'fail'], 'failure'],
  ] as const)('concludes %j as %s', (verdicts, conclusion) => {
    const parts = verdicts.map((verdict, at) => part(at + 1, review({ verdict })));
    expect(renderSharedCheckRun(parts).conclusion).toBe(conclusion);
    expect(renderSharedCheckRun(parts.toReversed()).conclusion).toBe(conclusion);
  });

  it('annotates once what both are told of a line, and within what GitHub takes', () => {
    const findings = (from: number) =>
      Array.from({ length: 150 }, (_, at) => finding({ line: from + at, endLine: from + at }));
    const both = [findings(1), findings(101)].map((each, at) =>
      part(at + 1, review({ verdict: 'fail', findings: each })),
    );
    const pages = renderSharedCheckRun(both).annotations;
    expect(pages.map((page) => page.length)).toEqual([50, 50, 50, 50]);
    expect(new Set(pages.flat().map(({ start_line }) => start_line)).size).toBe(200);
    const [same] = renderSharedCheckRun([both[0]!, { ...both[0]!, number: 9 }]).annotations;
    expect(same).toHaveLength(50);
  });

  it('stays within GitHub’s limits whatever registries and branches hold, with as many as are judged together', () => {
    const texts = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 2_000 });
    fc.assert(
      fc.property(fc.array(texts, { minLength: 1, maxLength: 40 }), texts, (titles, base) => {
        const scenarios = titles.map((title, at) =>
          scenarioReview({
            scenario: { id: `s-${at}`, title, causes: [title], quotes: [title], followUps: [title] },
            scope: 'introduced',
            after: { state: 'partial', gaps: [{ kind: 'cause', detail: title }] },
          }),
        );
        const each = review({ verdict: 'fail', reason: titles.join(' '), scenarios });
        const run = renderSharedCheckRun(Array.from({ length: 8 }, (_, at) => part(at + 1, each, base, 8)));
        expect(byteLength(run.summary)).toBeLessThanOrEqual(CHECK_BYTES);
        expect(byteLength(run.text)).toBeLessThanOrEqual(CHECK_BYTES);
        expect([...run.title].length).toBeLessThanOrEqual(160);
      }),
      { numRuns: 20 },
    );
  });

  it('lets no branch name mention people or break the table', () => {
    const { summary, title } = renderSharedCheckRun([part(1, review(), 'x|@evil`#1\u202e<b>'), part(2, review())]);
    expect(summary).not.toMatch(/\u202e|<b>/);
    expect(
      summary
        .split('\n')
        .find((line) => line.includes('[#1]'))
        ?.replace(/<code>.*?<\/code>/, ''),
    ).toMatch(/^(?:\|[^|@]*){4}\|$/);
    expect(title).not.toMatch(/\u202e/);
  });
});
