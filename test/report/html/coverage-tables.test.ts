import { describe, expect, it } from 'vitest';
import type { ScenarioCoverage, State } from '../../../src/coverage/coverage.ts';
import { byGravity, byOwner, byPage, byPart } from '../../../src/report/html/coverage-tables.ts';
import { percentCovered } from '../../../src/report/words/state-counts.ts';
import { coverage, evidence, scenario } from '../build-review.ts';

const at = (state: State, pages: string[], over: Parameters<typeof scenario>[0] = {}): ScenarioCoverage =>
  coverage({ state, scenario: scenario({ pages, ...over }) });

const told = (groups: ReturnType<typeof byPart>) =>
  groups.map(
    ({ name, counts: { covered, partial, missing, waived } }) => `${name} ${covered} ${partial} ${missing} ${waived}`,
  );

describe('by part', () => {
  it.each([
    ['a page by its folder', ['agentkit/auth/errors'], 'agentkit'],
    ['a page at the top by its name', ['errors.mdx'], 'errors'],
    ['a route', ['/agentkit/'], 'agentkit'],
    ['a folder of pages', ['agentkit/**'], 'agentkit'],
    ['any page of a name', ['**/errors'], 'anywhere in the docs'],
    ['all pages', ['**'], 'anywhere in the docs'],
  ])('%s', (_, pages, name) => {
    expect(byPart([at('covered', pages)]).map((group) => group.name)).toEqual([name]);
  });

  it('goes by the evidence where no pages are named', () => {
    const anywhere = coverage({ evidence: [evidence({ route: '/caf%C3%A9/errors/' })] });
    expect(byPart([anywhere]).map(({ name }) => name)).toEqual(['café']);
    expect(byPart([at('missing', [])]).map(({ name }) => name)).toEqual(['anywhere in the docs']);
  });

  it('counts a scenario once in each of its parts, those with most to do first', () => {
    const scenarios = [at('covered', ['a/x', 'a/y', 'b/z']), at('missing', ['b/z']), at('waived', ['c/x'])];
    expect(told(byPart(scenarios))).toEqual(['b 1 0 1 0', 'a 1 0 0 0', 'c 0 0 0 1']);
    expect(told(byPage(scenarios))).toEqual(['b/z 1 0 1 0', 'a/x 1 0 0 0', 'a/y 1 0 0 0', 'c/x 0 0 0 1']);
  });
});

it('by gravity, the gravest first', () => {
  const scenarios = [at('covered', [], { gravity: 'low' }), at('partial', [], { gravity: 'high' })];
  expect(told(byGravity(scenarios))).toEqual(['high 0 1 0 0', 'low 1 0 0 0']);
});

it('by owner, where any is named', () => {
  expect(byOwner([at('covered', [])])).toEqual([]);
  expect(told(byOwner([at('covered', []), at('missing', [], { owner: '@acme/docs' })]))).toEqual([
    '@acme/docs 0 0 1 0',
    'nobody 1 0 0 0',
  ]);
});

it.each([
  [{ covered: 2, partial: 1, missing: 0, waived: 9 }, 66],
  [{ covered: 999, partial: 1, missing: 0, waived: 0 }, 99],
  [{ covered: 3, partial: 0, missing: 0, waived: 0 }, 100],
  [{ covered: 0, partial: 0, missing: 0, waived: 4 }, null],
])('of %j, %s per cent are covered', (counts, percent) => {
  expect(percentCovered(counts)).toBe(percent);
});
