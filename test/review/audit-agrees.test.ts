import fc from 'fast-check';
import { expect, it } from 'vitest';
import { randomSite } from '../coverage/random-site.ts';
import { agreement } from './agreement.ts';
import { blobStore, type Files, REGISTRY } from './build-snapshots.ts';

const SCENARIOS = `version: 1
docs: [{ root: docs, framework: plain }]
scenarios:
  - { id: one, title: Vault sealed, codes: [vault_sealed], causes: [key rotated], links: ['/keys/#token'] }
  - { id: two, title: Tokens, symptoms: ['tokens blank|empty', vault sealed callback], causes: [keys expired] }
  - { id: three, title: Code, codes: [E1001], symptoms: [token fails], causes: [connection fails], pages: [a] }
  - { id: four, title: Key, symptoms: [token not expired], causes: [vault], pages: [b, plain], never: [blank] }
  - { id: five, title: Linked, symptoms: [key rotated], causes: [vault], links: [/a/, '/b/#vault-sealed'] }
`;
const RUNS = { seed: Number(process.env.SEED ?? 1), numRuns: Number(process.env.RUNS ?? 40) };

/** What a pull request does to each page in turn. */
const change = fc.constantFrom('keep', 'keep', 'replace', 'append', 'cut', 'delete', 'move');

function changed(files: Files, others: Files, changes: readonly string[]): Files {
  const edit = ([path, text]: [string, Files[string]], at: number): [string, Files[string]][] => {
    const told = typeof text === 'string' ? text : '';
    switch (changes[at % changes.length]) {
      case 'replace':
        return [[path, others[path] ?? text]];
      case 'append':
        return [[path, `${told}\n\n## Vault sealed\n\n\`vault_sealed\`: the key rotated, see [keys](/keys/#token).\n`]];
      case 'cut':
        return [[path, told.slice(0, told.length / 2)]];
      case 'delete':
        return [];
      case 'move':
        return [[path.replace(/(\.mdx?)$/, '-moved$1'), text]];
      default:
        return [[path, text]];
    }
  };
  return Object.fromEntries(Object.entries(files).flatMap(edit));
}

it('says of the head of a pull request what an audit of it says', () => {
  const pullRequest = fc.tuple(randomSite, randomSite, fc.array(change, { minLength: 3, maxLength: 5 }));
  let agreed = 0;
  fc.assert(
    fc.property(pullRequest, ([files, others, changes]) => {
      const { blobs, snapshot } = blobStore();
      const base = snapshot('base', { ...files, [REGISTRY]: SCENARIOS });
      const head = snapshot('head', { ...changed(files, others, changes), [REGISTRY]: SCENARIOS });
      const { differences, agreed: same } = agreement({ blobs, base, mergeBase: base, head }, '2026-06-01');
      expect(differences).toEqual([]);
      agreed += same;
    }),
    RUNS,
  );
  expect(agreed).toBeGreaterThan(2 * RUNS.numRuns);
});
