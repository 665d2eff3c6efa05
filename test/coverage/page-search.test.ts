import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Coverage } from '../../src/coverage/coverage.ts';
import { judge } from '../../src/coverage/judge.ts';
import type { PageHits } from '../../src/coverage/page-search.ts';
import { ScenarioSearch, type SiteSearch } from '../../src/coverage/page-search.ts';
import { readContent } from '../../src/coverage/reading.ts';
import { termsOf } from '../../src/coverage/scenario-terms.ts';
import { findTriggers } from '../../src/coverage/triggers.ts';
import type { Site } from '../../src/docs/site/site.ts';
import { registryOf, scenarioOf, siteOf } from '../site-of.ts';
import { randomSite } from './random-site.ts';
import { everywhere } from './skipping/differences.ts';

const SCENARIOS = [
  scenarioOf({ id: 'one', codes: ['vault_sealed'], causes: ['key rotated'], links: ['/keys/#token'] }),
  scenarioOf({ id: 'two', symptoms: ['tokens blank|empty', 'vault sealed callback'], causes: ['keys expired'] }),
  scenarioOf({ id: 'three', codes: ['E1001', 'The vault {name} sealed'], causes: ['connection fails'], pages: ['a'] }),
  scenarioOf({ id: 'four', symptoms: ['token not expired', 'réseau fails'], causes: [], pages: ['b', 'plain'] }),
  scenarioOf({
    id: 'five',
    symptoms: ['prefilled key', 'connection never fails'],
    causes: ['vault'],
    never: ['blank'],
  }),
];
/** Always the same sites, lest a change be stopped by chance; another seed finds others: `SEED=7 RUNS=2000 npx vitest …`. */
const RUNS = { seed: Number(process.env.SEED ?? 1), numRuns: Number(process.env.RUNS ?? 60) };
const REGISTRY = registryOf(...SCENARIOS);
const OPTIONS = { today: '2026-01-01', waived: new Set<string>() };

/** What a reader of every page finds that the search would not lead to. */
function overlooked(site: Site, search: SiteSearch): string[] {
  return SCENARIOS.flatMap((scenario) => {
    const found = new Set(search.naming(scenario));
    return site.pages
      .filter((page) => !found.has(page))
      .flatMap((page) => findTriggers(readContent(site.read(page)), termsOf(scenario)))
      .map(({ match }) => `${scenario.id} at ${match.path}:${match.line}`);
  });
}

const statesOf = (coverage: Coverage) =>
  [...coverage.values()].map(({ scenario, state, gaps, evidence }) => ({ id: scenario.id, state, gaps, evidence }));

describe('the search for the pages of scenarios', () => {
  it('leads to everything that a reader of all pages finds', () => {
    fc.assert(
      fc.property(randomSite, (files) => {
        const site = siteOf(files, { partials: ['docs/_part.mdx'] });
        expect(overlooked(site, new ScenarioSearch(SCENARIOS).on(site))).toEqual([]);
      }),
      RUNS,
    );
  });

  it('changes no verdict', () => {
    fc.assert(
      fc.property(randomSite, (files) => {
        const search = new ScenarioSearch(SCENARIOS, everywhere(SCENARIOS));
        const expected = statesOf(judge(siteOf(files), REGISTRY, { ...OPTIONS, search }));
        expect(statesOf(judge(siteOf(files), REGISTRY, OPTIONS))).toEqual(expected);
      }),
      RUNS,
    );
  });

  it('says of a page on another site what it said before', () => {
    fc.assert(
      fc.property(randomSite, randomSite, (files, others) => {
        const hits = new Map<string, PageHits>();
        const before = new ScenarioSearch(SCENARIOS, hits).on(siteOf(others));
        for (const scenario of SCENARIOS) before.naming(scenario);
        const site = siteOf({ ...others, ...files });
        const kept = new ScenarioSearch(SCENARIOS, hits).on(site);
        const fresh = new ScenarioSearch(SCENARIOS).on(site);
        for (const scenario of SCENARIOS) {
          expect(kept.naming(scenario)).toEqual(fresh.naming(scenario));
          expect(kept.near(scenario)).toEqual(fresh.near(scenario));
        }
      }),
      { ...RUNS, numRuns: Math.ceil(RUNS.numRuns / 3) },
    );
  });

  it('finds words of scripts without spaces', () => {
    const site = siteOf({
      'docs/a.md': '# 接続\n\n## 認証\n\nトークンが空です。\n',
      'docs/b.md': '# Plain\n\nNothing.\n',
    });
    const named = (...symptoms: string[]) => {
      const scenario = scenarioOf({ symptoms });
      const search = new ScenarioSearch([scenario]).on(site);
      return search.naming(scenario).map(({ path }) => path);
    };
    expect(named('nothing plain')).toEqual(['docs/b.md']);
    expect(named('トークン 空')).toEqual(['docs/a.md']);
    expect(named('認証 トークン')).toEqual(['docs/a.md']);
  });

  it('leads to every page where no word of a code is certain', () => {
    const site = siteOf({ 'docs/a.md': 'The code E-12 means this.\n', 'docs/b.md': 'Nothing.\n' });
    const scenario = scenarioOf({ codes: ['E-{number}'] });
    expect(new ScenarioSearch([scenario]).on(site).naming(scenario)).toHaveLength(2);
    expect(judge(site, registryOf(scenario), OPTIONS).get(scenario.id)?.state).toBe('partial');
  });
});
