import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  annotationsOf,
  type CheckOptions,
  renderCheckRun,
  renderNotJudged,
  renderSuperseded,
} from '../../../src/report/comment/check-run.ts';
import { byteLength, CHECK_BYTES } from '../../../src/report/words/limits.ts';
import type { Finding } from '../../../src/review/findings/finding.ts';
import { coverage, finding, fullReview, HEAD, review, scenarioReview } from '../build-review.ts';

/** GitHub refuses a longer summary or text: "exceeds a maximum bytesize of 65535". */
const GITHUB_CHECK_BYTES = 65_535;

const options: CheckOptions = {
  number: 12,
  branch: 'topic',
  repoUrl: 'https://github.com/acme/docs',
  files: new Set(['docs/troubleshooting.mdx']),
};

describe('the check run of a review', () => {
  it('says first what blocks, then what to do about it', () => {
    const run = renderCheckRun(fullReview(), options);
    expect(run).toMatchObject({ conclusion: 'failure', title: '2 scenarios need work, 1 blocks' });
    expect(run.summary).toContain('| ❌ | Token exchange fails because `user_verify_url` is not configured');
    expect(run.summary).toContain('**Better with this pull request**');
    expect(run.summary).toContain(
      `Judged \`${HEAD.slice(0, 7)}\`, compared with \`ba5e001\` by \`.github/signpost.yml\``,
    );
    expect(run.text).toMatch(/^\*\*To pass\*\*, with text to paste below:/);
    expect(run.text).toContain('Offer a self-serve toggle');
    expect(run.text).toContain('**Also noticed**');
    expect(run.actions).toEqual([{ label: 'Re-check', description: 'Judge this commit again', identifier: 'recheck' }]);
  });

  it.each([
    ['pass', 'success'],
    ['fail', 'failure'],
    ['not-judged', 'action_required'],
  ] as const)('concludes %s as %s', (verdict, conclusion) => {
    expect(renderCheckRun(review({ verdict }), options).conclusion).toBe(conclusion);
  });

  it('has no button and no text where there is nothing to do', () => {
    expect(renderCheckRun(review(), options)).toMatchObject({
      title: 'Nothing to do',
      text: '',
      annotations: [],
      actions: [],
    });
  });

  it('says nothing of registry and states where there is none', () => {
    const bare = review({
      registry: { source: '', commit: null },
      mergeBase: null,
      counts: { covered: 0, partial: 0, missing: 0, waived: 0, pages: 0, changedPages: 0, parsedPages: 0 },
    });
    expect(renderCheckRun(bare, options).summary).toBe(`Nothing to do.\n\n<sub>Judged \`${HEAD.slice(0, 7)}\`.</sub>`);
  });

  it('names a registry that stands in no commit, and what is waived', () => {
    const given = review({
      registry: { source: 'acme/.github/signpost.yml', commit: null },
      counts: { ...review().counts, waived: 2 },
    });
    expect(renderCheckRun(given, options).summary).toContain(
      'by `acme/.github/signpost.yml`. 1 covered, 0 partial, 0 missing, 2 waived.',
    );
  });

  it('lists gaps that the comment only counts', () => {
    const cause = { kind: 'cause' as const, detail: 'preview mode' };
    const run = renderCheckRun(
      review({
        scenarios: [
          scenarioReview({ scenario: { id: 'far' }, scope: 'elsewhere', after: { state: 'missing' } }),
          scenarioReview({ scenario: { id: 'near' }, scope: 'nearby', after: { state: 'partial', gaps: [cause] } }),
          scenarioReview({ scenario: { id: 'kept' }, scope: 'elsewhere', after: coverage({ state: 'waived' }) }),
        ],
      }),
      options,
    );
    expect(run.text).toContain('- `far` (elsewhere in the docs): named nowhere');
    expect(run.text).toContain(
      '- `near` (on a page that this change touches): partial, lacks the cause “preview mode”',
    );
    expect(run.text).not.toContain('kept');
  });

  it('adds what the conversation asked for', () => {
    const further = [{ open: '**Asked**\n\n', items: ['- answer\n'], close: '', noun: ['answer', 'answers'] as const }];
    expect(renderCheckRun(review(), { ...options, further }).text).toBe('**Asked**\n\n- answer');
  });

  it('says how many findings GitHub has no room for', () => {
    const findings = Array.from({ length: 201 }, (_, at) => finding({ line: at + 1, endLine: at + 1 }));
    const run = renderCheckRun(review({ verdict: 'fail', findings }), options);
    expect(run.annotations.map((page) => page.length)).toEqual([50, 50, 50, 50]);
    expect(run.summary).toContain('1 finding is not annotated');
  });

  it('stays within GitHub’s limits whatever a registry holds', () => {
    const texts = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 2_000 });
    fc.assert(
      fc.property(fc.array(texts, { minLength: 1, maxLength: 60 }), (titles) => {
        const scenarios = titles.map((title, at) =>
          scenarioReview({
            scenario: { id: `s-${at}`, title, causes: [title], quotes: [title], followUps: [title] },
            scope: 'introduced',
            after: { state: 'partial', gaps: [{ kind: 'cause', detail: title }] },
          }),
        );
        const run = renderCheckRun(review({ verdict: 'fail', reason: titles.join(' '), scenarios }), options);
        expect(byteLength(run.summary)).toBeLessThanOrEqual(CHECK_BYTES);
        expect(byteLength(run.text)).toBeLessThanOrEqual(CHECK_BYTES);
        expect([...run.title].length).toBeLessThanOrEqual(160);
      }),
      { numRuns: 20 },
    );
    expect(CHECK_BYTES).toBeLessThan(GITHUB_CHECK_BYTES);
  });

  it('points nowhere else for what it leaves out', () => {
    const many = Array.from({ length: 400 }, (_, at) =>
      scenarioReview({
        scenario: { id: `s-${at}`, title: 'x'.repeat(150) },
        scope: 'introduced',
        after: { state: 'missing' },
      }),
    );
    const run = renderCheckRun(review({ verdict: 'fail', scenarios: many }), options);
    expect(run.summary).toMatch(/_…and \d+ more scenarios\._/);
    expect(run.summary + run.text).not.toContain('see the check run');
  });

  it('lets no text of others mention people or end the code around it', () => {
    const run = renderCheckRun(review({ reason: 'Ask @octocat about #12 <img src=x> `code`' }), options);
    expect(run.summary).not.toMatch(/@octocat|#12|<img/);
  });
});

describe('a check run without a verdict', () => {
  it('says why, with what GitHub’s support asks for, and that it tries again', () => {
    const run = renderNotJudged({ cause: 'GitHub answered 502.', status: 502, requestId: 'AB12:CD', retries: true });
    expect(run).toMatchObject({
      conclusion: 'action_required',
      title: 'Not judged: GitHub answered 502',
      annotations: [],
    });
    expect(run.summary).toBe(
      'GitHub answered 502. (status 502, request `AB12:CD`)\n\nSignpost tries again by itself; the button judges this commit at once.',
    );
    expect(run.actions).toHaveLength(1);
  });

  it('asks for help where trying again does not', () => {
    const { summary } = renderNotJudged({ cause: 'A bug', status: null, requestId: null, retries: false });
    expect(summary).toBe('A bug.\n\nThe button judges this commit again once that is mended.');
  });

  it('is cancelled, not passed, where a newer commit came', () => {
    expect(renderSuperseded(HEAD)).toMatchObject({
      conclusion: 'cancelled',
      title: 'Superseded by c0ffee1',
      actions: [],
    });
    expect(renderSuperseded(null).summary).toContain('something newer is judged in its place');
  });

  it('keeps actions within GitHub’s limits', () => {
    for (const { label, description, identifier } of renderNotJudged({
      cause: '',
      status: null,
      requestId: null,
      retries: true,
    }).actions) {
      expect([label.length <= 20, description.length <= 40, identifier.length <= 20]).toEqual([true, true, true]);
    }
  });
});

describe('annotations', () => {
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
});
