import { describe, expect, it } from 'vitest';
import { addedBy, auditHeadline, isWorthComment, storyOf } from '../../../src/report/words/story.ts';
import type { Scope } from '../../../src/review/compare/scope.ts';
import { audit, finding, fullReview, review, scenarioReview } from '../build-review.ts';

const gap = (id: string, scope: Scope, gravity: 'low' | 'high' = 'low') =>
  scenarioReview({ scenario: { id, gravity }, scope, after: { state: 'missing' } });

const better = (id: string) => scenarioReview({ scenario: { id }, change: 'improved', before: { state: 'missing' } });

const waived = (id: string) =>
  scenarioReview({ scenario: { id }, scope: 'introduced', change: 'worsened', after: { state: 'waived' } });

describe('the headline', () => {
  const blocks = (id: string) => finding({ kind: 'missing-scenario', scenario: id });

  it.each([
    ['nothing', {}, 'Nothing to do'],
    [
      'one that blocks',
      { scenarios: [gap('a', 'introduced')], findings: [blocks('a')] },
      '1 scenario needs work, 1 blocks',
    ],
    [
      'two that block',
      { scenarios: [gap('a', 'introduced'), gap('b', 'introduced')], findings: [blocks('a'), blocks('b')] },
      '2 scenarios need work, 2 block',
    ],
    ['one that does not', { scenarios: [gap('a', 'touched')] }, '1 scenario needs work, none blocks'],
    [
      'mistakes',
      { findings: [1, 2].map((line) => finding({ kind: 'registry-invalid', scenario: null, line })) },
      '2 registry mistakes block',
    ],
    ['what kept us from judging', { verdict: 'not-judged' as const, reason: 'git failed.' }, 'Not judged: git failed'],
    ['a failure without findings', { verdict: 'fail' as const, reason: 'No registry.' }, 'No registry'],
    ['only what is elsewhere', { scenarios: [gap('a', 'elsewhere')] }, 'Nothing to do'],
    ['only what is nearby', { scenarios: [gap('a', 'elsewhere'), gap('b', 'nearby')] }, 'Nothing blocks'],
    ['a waived gap', { scenarios: [waived('a')] }, 'Nothing to do'],
    ['what got better', { scenarios: [better('a'), better('b')] }, 'All known failures are covered; 2 improved'],
    [
      'what got better beside other gaps',
      { scenarios: [better('a'), gap('b', 'elsewhere')] },
      'Nothing to do; 1 scenario improved',
    ],
    ['what got better beside waivers', { scenarios: [better('a'), waived('b')] }, 'Nothing to do; 1 scenario improved'],
    [
      'no praise for what still has gaps',
      { scenarios: [{ ...gap('a', 'touched'), change: 'improved' as const }] },
      '1 scenario needs work, none blocks',
    ],
  ])('tells %s', (_, over, headline) => {
    expect(storyOf(review(over)).headline).toBe(headline);
  });
});

describe('a story', () => {
  it('puts what blocks first, then by scope, then by gravity', () => {
    const scenarios = [
      scenarioReview({ scenario: { id: 'better' }, change: 'improved' }),
      gap('touched', 'touched', 'high'),
      gap('introduced-low', 'introduced'),
      gap('introduced-high', 'introduced', 'high'),
      gap('blocks', 'nearby'),
      gap('elsewhere', 'elsewhere'),
    ];
    const { relevant, elsewhere, improved } = storyOf(
      review({ scenarios, findings: [finding({ scenario: 'blocks' })] }),
    );
    expect(relevant.map(({ scenario }) => scenario.id)).toEqual([
      'blocks',
      'introduced-high',
      'introduced-low',
      'touched',
      'better',
    ]);
    expect(elsewhere).toBe(1);
    expect(improved.map(({ scenario }) => scenario.id)).toEqual(['better']);
  });

  it('places a gap at its blocking finding, and only at gaps’ findings', () => {
    const findings = [
      finding({ kind: 'duplicate-section', line: 1, blocking: false }),
      finding({ line: 2, blocking: false }),
      finding({ line: 3 }),
      finding({ line: 4 }),
      finding({ scenario: 'b', path: null }),
      finding({ scenario: null }),
    ];
    const { places, others } = storyOf(review({ findings }));
    expect([...places].map(([id, { line }]) => [id, line])).toEqual([['blank-tokens', 3]]);
    expect(others.map(({ line }) => line)).toEqual([1]);
  });

  it('tells of waived gaps apart and counts them nowhere', () => {
    const scenarios = [waived('a'), gap('b', 'elsewhere')];
    expect(storyOf(review({ scenarios }))).toMatchObject({ relevant: [], elsewhere: 1, reason: '' });
    expect(storyOf(review({ scenarios })).waived.map(({ scenario }) => scenario.id)).toEqual(['a']);
  });

  it('leaves gaps nearby to the reason where nothing else is told', () => {
    const quiet = [gap('a', 'nearby'), gap('b', 'elsewhere')];
    expect(storyOf(review({ scenarios: quiet, reason: 'Nothing blocks; 2 need work.' }))).toMatchObject({
      headline: 'Nothing blocks',
      reason: '2 need work.',
      elsewhere: 1,
    });
    expect(storyOf(review({ scenarios: [...quiet, gap('c', 'touched')] }))).toMatchObject({ elsewhere: 2 });
  });

  it('says below a quiet headline that nothing changed, or why nothing was done', () => {
    const scenarios = [scenarioReview()];
    const reasons = ['Nothing to do: all is well.', 'There are no docs pages to judge.'];
    expect(reasons.map((reason) => storyOf(review({ scenarios, reason })).reason)).toEqual([
      'All is well.',
      'There are no docs pages to judge.',
    ]);
  });

  it('does not reorder the review', () => {
    const subject = fullReview();
    storyOf(subject);
    expect(subject.scenarios.map(({ scenario }) => scenario.id)[0]).toBe('card-declined');
  });
});

describe('an audit’s headline', () => {
  const counts = { covered: 1200, partial: 30, missing: 4, waived: 9, pages: 1, changedPages: 0, parsedPages: 1 };

  it.each([
    ['how much is covered, waivers aside', { counts }, '1,200 of 1,234 scenarios covered'],
    ['what kept us from judging', { verdict: 'not-judged' as const, reason: 'git failed.' }, 'Not judged: git failed'],
    [
      'the reason where there is nothing to cover',
      { counts: { ...counts, covered: 0, partial: 0, missing: 0 }, reason: 'No registry.' },
      'No registry',
    ],
  ])('tells %s', (_, over, headline) => {
    expect(auditHeadline(audit(over))).toBe(headline);
  });
});

it('adds what a reason holds beyond the headline', () => {
  expect(addedBy('git failed.', 'Not judged: git failed')).toBe('');
  expect(addedBy('', 'Nothing to do')).toBe('');
  expect(addedBy('No registry.', 'Nothing to do')).toBe('No registry.');
  expect(addedBy('Nothing blocks; 1 scenario near this change needs work: a.', 'Nothing blocks')).toBe(
    '1 scenario near this change needs work: a.',
  );
});

describe('a first comment', () => {
  it.each([
    ['a gap that was introduced', { scenarios: [gap('a', 'introduced')] }, true],
    ['a gap that was touched', { scenarios: [gap('a', 'touched')] }, true],
    ['another state', { scenarios: [better('a')] }, true],
    ['a gap nearby that blocks', { scenarios: [gap('a', 'nearby')], findings: [finding({ scenario: 'a' })] }, true],
    ['a mistake that blocks', { findings: [finding({ kind: 'registry-invalid', scenario: null })] }, true],
    ['a gap nearby', { scenarios: [gap('a', 'nearby')] }, false],
    ['a gap elsewhere', { scenarios: [gap('a', 'elsewhere')] }, false],
    ['a waived gap', { scenarios: [waived('a')] }, false],
    ['a notice', { findings: [finding({ kind: 'unparsable-page', blocking: false })] }, false],
    ['nothing', {}, false],
  ])('for %s', (_, over, expected) => {
    expect(isWorthComment(review(over))).toBe(expected);
  });
});
