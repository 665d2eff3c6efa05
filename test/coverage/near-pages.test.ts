import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WordReader } from '../../src/coverage/file-words.ts';
import { vocabularyOf } from '../../src/coverage/known-vocabularies.ts';
import { restOn } from '../../src/coverage/near-pages.ts';
import { pageSearch } from '../../src/coverage/page-search.ts';
import { PageWords } from '../../src/coverage/page-words.ts';
import {
  type KeptPostings,
  type Postings,
  packPostings,
  pagesHoldingMost,
  readPostings,
} from '../../src/coverage/postings.ts';
import type { GroupIds } from '../../src/coverage/vocabulary.ts';
import type { Site } from '../../src/docs/site/site.ts';
import type { Tree } from '../../src/docs/tree.ts';
import type { Scenario } from '../../src/registry/registry.ts';
import { scenarioOf, siteOf } from '../site-of.ts';
import { randomSite } from './random-site.ts';

const RUNS = { numRuns: 25 };
const SCENARIOS = [
  scenarioOf({ id: 'one', symptoms: ['vault sealed callback'], causes: ['key rotated'] }),
  scenarioOf({ id: 'two', symptoms: ['tokens blank|empty'], causes: ['connection fails', 'keys expired'] }),
  scenarioOf({ id: 'three', title: 'Connection never expires', codes: ['E1001'] }),
  scenarioOf({ id: 'four', symptoms: ['pre-filled token'] }),
  scenarioOf({ id: 'five', symptoms: ['réseau fails'] }),
];

const nothing = () => new Map();

/** As it is told by looking at every page for itself. */
function holding(site: Site, { id }: Scenario): string[] {
  const vocabulary = vocabularyOf(SCENARIOS);
  const groups = vocabulary.termsOf(id)?.near ?? [];
  const reader = new WordReader(vocabulary);
  const wordsOf = (path: string) => {
    const file = site.rawText(path);
    return file ? reader.read(file) : new Uint32Array();
  };
  const holds = site.pages.filter((page) => new PageWords(page, site, vocabulary.size, wordsOf).holdsMost(groups));
  return holds.map(({ path }) => path);
}

const found = (site: Site, scenario: Scenario) => {
  const search = pageSearch(site, SCENARIOS);
  const groups = vocabularyOf(SCENARIOS).termsOf(scenario.id)?.near ?? [];
  return search.nearPages.holdingMost(groups).map(({ path }) => path);
};

describe('the pages near a scenario', () => {
  it('are those that hold most of its words', () => {
    fc.assert(
      fc.property(randomSite, (files) => {
        for (const scenario of SCENARIOS)
          expect(found(siteOf(files), scenario)).toEqual(holding(siteOf(files), scenario));
      }),
      RUNS,
    );
  });

  it('are found by what is known of a site that most pages are the same on', () => {
    fc.assert(
      fc.property(randomSite, randomSite, fc.nat(), (files, others, which) => {
        const paths = Object.keys(files).filter((path) => path in others);
        const path = paths[which % paths.length] ?? Object.keys(files)[0]!;
        const now = { ...files, [path]: others[path] ?? '' };
        const [before, after] = [siteOf(files), siteOf(now)];
        const isOther = (at: number) => {
          const [old, page] = [before.pages[at], after.pages[at]];
          const texts = page && [...before.textsBehind(old!), ...after.textsBehind(page)];
          return texts?.includes(path) || before.textsBehind(old!).length !== after.textsBehind(page!).length;
        };
        fc.pre(before.pages.length === after.pages.length);
        restOn({ site: before, changed: new Set(after.pages.filter((_, at) => isOther(at))) }, after);
        for (const scenario of SCENARIOS) expect(found(after, scenario)).toEqual(holding(siteOf(now), scenario));
      }),
      RUNS,
    );
  });

  it('are found by postings that were kept, and by new ones where a part of these is lost', () => {
    const site = siteOf({ 'docs/a.md': '# Vault sealed callback\n\nThe key rotated.\n', 'docs/b.md': 'No word.\n' });
    const kept = new Map<Tree, Map<string, Uint8Array>>();
    let asked = 0;
    const words = () => ({
      under: () => ({
        ...{ get: () => undefined, set: () => {} },
        postings: {
          get: (tree: Tree) => {
            asked += 1;
            return kept.get(tree);
          },
          set: (tree: Tree, postings: KeptPostings) => kept.set(tree, new Map(postings)),
        },
      }),
    });
    const near = () => pageSearch(site, [...SCENARIOS], words()).near(SCENARIOS[0]!);
    const first = near();
    expect(first.map(({ page }) => page.path)).toEqual(['docs/a.md']);
    expect(near()).toEqual(first);
    expect(asked).toBe(2);
    kept.get(site.tree)?.delete('1');
    kept.get(site.tree)?.delete('2');
    expect(near()).toEqual(first);
    expect(kept.get(site.tree)?.has('1')).toBe(true);
  });
});

describe('postings', () => {
  const group = fc.array(fc.array(fc.nat(7), { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 3 });
  const pages = fc.array(
    fc
      .array(fc.array(fc.nat(7), { maxLength: 4 }), { maxLength: 2 })
      .map((files) => files.map((words) => Uint32Array.of(0, 1, 1, words.length, ...words))),
    { maxLength: 300 },
  );

  it('come back as they were packed', () => {
    fc.assert(
      fc.property(pages, (all) => {
        const read = readPostings(packPostings(all, 8), all.length, nothing);
        for (let word = 0; word < 8; word += 1) {
          const on = all.flatMap((files, at) => (files.some((words) => words.subarray(4).includes(word)) ? [at] : []));
          expect(read.of(word)).toEqual(on);
        }
      }),
    );
  });

  it('tell the pages that hold most of some groups', () => {
    fc.assert(
      fc.property(pages, fc.array(group, { maxLength: 5 }), (all, groups: readonly GroupIds[]) => {
        const postings = readPostings(packPostings(all, 8), all.length, nothing);
        const has = (at: number, word: number) => postings.of(word).includes(at);
        const holds = (at: number) =>
          groups.filter((each) => each.some((sequence) => sequence.every((word) => has(at, word)))).length;
        const expected = [...all.keys()].filter((at) => holds(at) >= 0.7 * groups.length);
        expect(pagesHoldingMost(groups, postings)).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  it('have pages that may hold anything among those of every group', () => {
    const postings: Postings = { of: () => [], wild: [1], count: 3 };
    expect(pagesHoldingMost([[[4]], [[5]]], postings)).toEqual([1]);
  });
});
