/**
 * Each folder of `examples/pull-requests` is a pull request with the review that it must get.
 * `UPDATE_EXAMPLES=1 npx vitest run test/examples.test.ts` writes what is expected anew; read the difference.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { renderComment } from '../src/report/comment/comment.ts';
import type { Review } from '../src/review/review.ts';
import { reviewDocs } from '../src/review/review-docs.ts';
import { EXAMPLES, type Example, readExample, snapshotsOf } from './read-example.ts';

const names = readdirSync(EXAMPLES).sort();

function reviewExample(example: Pick<Example, 'before' | 'after'>): Review {
  return reviewDocs({
    snapshots: snapshotsOf(example),
    registry: { files: 'from-base', defaults: null },
    today: '2026-06-01',
    waive: [],
    direct: false,
  });
}

/** The bones of a review; the comment has the flesh. */
function outline({ verdict, reason, scenarios, findings }: Review) {
  const states = scenarios.map(({ scenario, scope, change, continued, before, after }) => [
    scenario.id,
    { scope, change, continued, before: before.state, after: after.state, gaps: after.gaps.map(({ kind }) => kind) },
  ]);
  const kinds = findings.map(
    ({ kind, blocking, path, line }) => `${kind}${blocking ? ', blocks' : ''}, ${path}:${line}`,
  );
  return { verdict, reason, scenarios: Object.fromEntries(states), findings: kinds };
}

describe.each(names)('%s', (name) => {
  const { before, after, repaired } = readExample(name);
  const review = reviewExample({ before, after });
  const comment = renderComment(review, { number: 7, branch: 'topic', repoUrl: 'https://github.com/acme/docs' });
  const file = (inner: string) => join(EXAMPLES, name, inner);
  if (process.env.UPDATE_EXAMPLES) {
    writeFileSync(file('expected.json'), `${JSON.stringify(outline(review), null, 2)}\n`);
    writeFileSync(file('expected.md'), comment);
  }

  test('has the verdict, states and findings that are expected', () => {
    expect(outline(review)).toEqual(JSON.parse(readFileSync(file('expected.json'), 'utf8')));
  });

  test('gets the comment that is expected', () => {
    expect(comment).toBe(readFileSync(file('expected.md'), 'utf8'));
  });

  if (repaired.size > 0)
    test('passes without a gap once it is repaired', () => {
      const { verdict, counts } = reviewExample({ before, after: new Map([...after, ...repaired]) });
      expect(verdict).toBe('pass');
      expect(counts).toMatchObject({ partial: 0, missing: 0 });
    });

  test('says in the first line of its registry what it is about', () => {
    expect(readFileSync(file('registry.yml'), 'utf8')).toMatch(/^# .+\.\nversion: 1\n/);
  });
});
