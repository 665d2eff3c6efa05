import { describe, expect, it } from 'vitest';
import { NearMisses } from '../../src/coverage/near-misses.ts';
import { ScenarioSearch } from '../../src/coverage/page-search.ts';
import { scenarioOf, siteOf } from '../site-of.ts';

const locked = scenarioOf({
  title: 'The vault stays locked',
  symptoms: ['vault stays locked|sealed', 'cannot open vault'],
  causes: ['master key rotated'],
});

function misses(body: string, scenario = locked, limit = 3) {
  const site = siteOf({ 'docs/a.mdx': `---\ntitle: Help\n---\n\n${body}` });
  return new NearMisses(site, new ScenarioSearch([scenario]).on(site)).of(scenario, limit);
}

describe('nearMisses', () => {
  it('names the words that differ and the one edit that would make it match', () => {
    expect(misses('## The vault stays shut\n\nThe master key was rotated.')).toEqual([
      {
        path: 'docs/a.mdx',
        line: 5,
        endLine: 7,
        label: 'The vault stays shut',
        route: '/a',
        quote: {
          path: 'docs/a.mdx',
          line: 5,
          text: 'The vault stays shut',
          marks: [
            { start: 4, end: 9 },
            { start: 10, end: 15 },
          ],
        },
        widen: { symptom: 1, word: 3, group: 'locked|sealed', add: 'shut' },
        anchor: 'the-vault-stays-shut',
        lacks: ['locked|sealed'],
        edit: 'add `shut` to word 3 of symptom 1 (“locked|sealed”), or say “locked|sealed”',
      },
    ]);
  });

  it('asks for the cause where only that is lacking', () => {
    const [miss] = misses('## The vault stays locked\n\nThe key was rotated.');
    expect(miss?.lacks).toEqual(['cause “master key rotated”']);
    expect(miss?.edit).toBe('say why it happens: “master key rotated”');
  });

  it('asks for one sentence where the words are spread', () => {
    const [miss] = misses('## A\n\nThe vault is heavy. It stays. Sealed or not.\n\nThe master key was rotated.');
    expect(miss?.edit).toBe('say “vault stays locked|sealed” in one sentence of this section');
  });

  it('proposes no word where the label has none of its own', () => {
    const [miss] = misses('## Vault stays\n\nThe master key was rotated.');
    expect(miss?.edit).toBe('say “locked|sealed”');
  });

  it('proposes no word that the scenario uses in another sense, or from a label about something else', () => {
    expect(misses('## The vault stays rotated\n\nThe master key was rotated.')[0]?.edit).toBe('say “locked|sealed”');
    expect(misses('## Heavy doors\n\nThe vault stays. The master key was rotated.')[0]?.edit).toBe(
      'say “locked|sealed”',
    );
    const long = scenarioOf({ symptoms: ['big old vault stays locked'], causes: ['master key rotated by guard'] });
    expect(misses('## Vault stays\n\nBig. The master key was rotated by the guard.', long)[0]?.edit).toBe(
      'say “old” and “locked”',
    );
  });

  it('names the code of a scenario without symptoms', () => {
    const coded = scenarioOf({ title: 'Vault locked', codes: ['vault_locked'], causes: ['master key rotated'] });
    const [miss] = misses('## The vault\n\nIt is locked: the master key was rotated.', coded);
    expect(miss?.lacks).toEqual(['`vault_locked`']);
    expect(miss?.edit).toBe('name `vault_locked` in this section');
  });

  it('shows nothing that holds less than most of the words', () => {
    expect(misses('## Billing\n\nThe key to billing.')).toEqual([]);
    expect(misses('')).toEqual([]);
  });

  it('shows three at the most unless told otherwise', () => {
    const sections = [1, 2, 3, 4]
      .map((n) => `## The vault stays shut ${n}\n\nThe master key was rotated.`)
      .join('\n\n');
    expect(misses(sections)).toHaveLength(3);
    expect(misses(sections, locked, 1)).toHaveLength(1);
    expect(misses(sections, locked, 4)).toHaveLength(4);
  });
});
