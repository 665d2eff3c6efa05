import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rememberPages } from '../../src/coverage/memory.ts';
import type { ListingsCache } from '../../src/docs/site/site-listing.ts';
import type { Tree } from '../../src/docs/tree.ts';
import { renderJson } from '../../src/report/json.ts';
import { type ReviewInput, reviewDocs } from '../../src/review/review-docs.ts';
import { randomSite } from '../coverage/random-site.ts';
import { blobStore, type Files, REGISTRY } from './build-snapshots.ts';

const SCENARIOS = `version: 1
docs: [{ root: docs, framework: plain }]
scenarios:
  - { id: one, title: Vault sealed, codes: [vault_sealed], causes: [key rotated], links: ['/keys/#token'] }
  - { id: two, title: Tokens, symptoms: ['tokens blank|empty', vault sealed callback], causes: [keys expired] }
  - { id: three, title: Code, codes: [E1001], symptoms: [token fails], causes: [connection fails], pages: [a] }
  - { id: four, title: Key, symptoms: [token not expired], causes: [vault], pages: [b, plain], never: [blank] }
  - { id: five, title: Waived, symptoms: [key rotated], causes: [], waive: { reason: soon, until: '2026-12-31' } }
`;
const RUNS = { seed: Number(process.env.SEED ?? 1), numRuns: Number(process.env.RUNS ?? 15) };
const NO_TIME = { read: 0, parse: 0, judge: 0, total: 0 };

const hidden = (text: string) => text.replace(/^---\n/, '---\ndraft: true\n');

/** Some of the pages say what those of another site do, or are hidden. */
function changed(files: Files, others: Files, which: readonly boolean[], hides: boolean): Files {
  const other = (path: string, text: Files[string]) =>
    hides && typeof text === 'string' ? hidden(text) : (others[path] ?? text);
  const entries = Object.entries(files).map(([path, text], at) => [
    path,
    which[at % which.length] ? other(path, text) : text,
  ]);
  return Object.fromEntries(entries);
}

/** Keeps listings as text, as a disk does. */
function keepListings(): ListingsCache {
  const kept = new Map<Tree, string>();
  return {
    get: (tree) => JSON.parse(kept.get(tree) ?? 'null') ?? undefined,
    set: (tree, _, record) => kept.set(tree, JSON.stringify(record)),
  };
}

it('says of a change to a site that was judged before what it says of one that was not', () => {
  const which = fc.array(fc.boolean(), { minLength: 3, maxLength: 6 });
  const change = fc.tuple(randomSite, randomSite, which, fc.boolean());
  fc.assert(
    fc.property(change, ([files, others, which, hides]) => {
      const { blobs, snapshot } = blobStore();
      const base = snapshot('base', { ...files, [REGISTRY]: SCENARIOS });
      const pull = snapshot('pull', { ...changed(files, others, which, hides), [REGISTRY]: SCENARIOS });
      const other = snapshot('other', {
        ...changed(
          files,
          others,
          which.map((is) => !is),
          hides,
        ),
        [REGISTRY]: SCENARIOS,
      });
      const review = (head: typeof base, more: Partial<ReviewInput> = {}) => {
        const snapshots = { blobs, base, mergeBase: base, head };
        const registry = { files: 'from-base' as const, defaults: null };
        return renderJson(
          reviewDocs({ snapshots, registry, today: '2026-06-01', waive: [], direct: false, ...more }),
          NO_TIME,
        );
      };
      const cache = { ...rememberPages(), listings: keepListings() };
      expect(review(other, { cache })).toBe(review(other));
      expect(review(pull, { cache })).toBe(review(pull));
      const later = { today: '2027-06-01', waive: ['two'] };
      expect(review(pull, { cache, ...later })).toBe(review(pull, later));
    }),
    RUNS,
  );
});
