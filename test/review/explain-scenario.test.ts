import { describe, expect, it } from 'vitest';
import { loadRegistry } from '../../src/review/compare/load-registry.ts';
import { readSite } from '../../src/review/compare/read-sites.ts';
import type { Explanation } from '../../src/review/explain-scenario.ts';
import { explainScenario } from '../../src/review/explain-scenario.ts';
import {
  BLANK_TOKENS,
  blobStore,
  COVERING,
  edit,
  type Files,
  REGISTRY,
  registry,
  review,
  SECURITY,
} from './build-snapshots.ts';

const PAGE = 'docs/troubleshooting.mdx';
const CODED = edit(BLANK_TOKENS, 'symptoms: ["tokens blank|empty"]', 'codes: [E_BLANK]');

function explain(page: string, scenarios = BLANK_TOKENS, further: Files = {}): Explanation {
  const { blobs, snapshot } = blobStore();
  const files = { [REGISTRY]: registry(scenarios), 'docs/security.md': SECURITY, [PAGE]: page, ...further };
  const at = snapshot('head', files);
  const loaded = loadRegistry(at, blobs, { files: 'from-base', defaults: null }, undefined).registry;
  const { tree, site, roots } = readSite(at, blobs, loaded.settings.docs, undefined);
  const [scenario] = loaded.scenarios;
  if (!scenario) throw new Error('no scenario');
  const head = { tree, site, blobs, before: null };
  return explainScenario(
    {
      head,
      roots,
      registry: { ...loaded, scenarios: [scenario] },
      options: { today: '2026-06-01', waived: new Set() },
    },
    scenario,
  );
}

/** Each step in a few words. */
function steps({ change }: Explanation): string[] | null {
  return (
    change?.docs?.steps.map((step) => {
      if (step.kind === 'paste') return `paste ${step.snippet.shape} after ${step.snippet.afterLine}`;
      if (step.kind === 'say') return `say ${step.words.join(', ')} in ${step.within} ${step.line}`;
      return step.kind === 'publish' ? `publish ${step.key} ${step.line}` : `take out ${step.phrase} ${step.line}`;
    }) ?? null
  );
}

function marked({ text, marks }: { text: string; marks: { start: number; end: number }[] }): string {
  return marks.reduceRight((t, { start, end }) => `${t.slice(0, start)}[${t.slice(start, end)}]${t.slice(end)}`, text);
}

describe('the smallest change', () => {
  it('is none where the scenario is covered', () => {
    const told = explain(COVERING);
    expect(told.coverage.state).toBe('covered');
    expect(told.change).toBeNull();
  });

  it('is the word that a title lacks, with a section of its own for another meaning, or the registry’s word', () => {
    const told = explain(edit(COVERING, '## Tokens come back blank', '## The tokens vanish'));
    expect(steps(told)).toEqual(['say blank|empty in title 5']);
    expect(told.change?.docs?.words).toBe(1);
    expect(told.change?.otherwise?.steps[0]).toMatchObject({ kind: 'paste', snippet: { shape: 'heading' } });
    expect(told.change?.registry).toEqual({
      path: REGISTRY,
      line: 8,
      field: 'symptoms',
      number: 1,
      from: 'tokens blank|empty',
      to: 'tokens blank|empty|vanish',
      advice: 'add `vanish` to word 2 of symptom 1',
    });
  });

  it('is the word that a cause lacks, and the registry may drop it where two are left', () => {
    const page = edit(COVERING, 'retrieval is disabled for', 'retrieval of all kinds is off for');
    const told = explain(page);
    expect(steps(told)).toEqual(['say disabled in paragraph 7']);
    const [partly] = told.partly.values();
    expect(partly && { quote: marked(partly.quote), lacks: partly.lacks }).toEqual({
      quote: 'This is what you see when [retrieval] of all kinds is off for the account.',
      lacks: ['disabled'],
    });
    expect(told.change?.registry).toBeNull();
    const longer = explain(
      edit(COVERING, 'retrieval is disabled', 'token retrieval is off'),
      edit(BLANK_TOKENS, 'retrieval disabled', 'token retrieval disabled'),
    );
    expect(longer.change?.registry).toMatchObject({ field: 'causes', number: 1, to: 'token retrieval' });
  });

  it('is a link, as lines for the section', () => {
    const told = explain(edit(COVERING, ' See [Security](/security/).', ''));
    expect(steps(told)).toEqual(['paste lines after 7']);
    expect(told.change?.otherwise).toBeNull();
  });

  it('is a word and then the lines that still lack', () => {
    const page = '---\ntitle: Troubleshooting\n---\n\n## The tokens vanish\n\nSorry. Retrieval was disabled.\n';
    expect(steps(explain(page))).toEqual(['say blank|empty in title 5', 'paste lines after 7']);
  });

  it('is a section where nothing comes near', () => {
    const told = explain('---\ntitle: Troubleshooting\n---\n\n## Redirect error\n\nClear the cookies.\n');
    expect(steps(told)).toEqual(['paste heading after 7']);
    expect(told.change).toMatchObject({ otherwise: null, registry: null });
  });

  it('is the code in a title that names the failure without it', () => {
    const scenarios = edit(BLANK_TOKENS, 'causes:', 'codes: [E_BLANK]\n    causes:');
    expect(steps(explain(COVERING, scenarios))).toEqual(['say E_BLANK in title 5']);
  });

  it('never puts one code into a section about another', () => {
    const scenarios = edit(BLANK_TOKENS, 'causes:', 'codes: [E_BLANK]\n    causes:');
    const page = edit(COVERING, '## Tokens come back blank\n', '## E_OTHER\n\nTokens are blank.\n');
    expect(steps(explain(page, scenarios))).toEqual([expect.stringMatching(/^paste heading/)]);
  });

  it('is to publish a hidden page', () => {
    expect(steps(explain(edit(COVERING, '---\n\n', 'draft: true\n---\n\n')))).toEqual(['publish draft 3']);
  });

  it('is to take out what must not be said', () => {
    const scenarios = `${BLANK_TOKENS}    never: ["enable raw tokens"]\n`;
    const page = edit(COVERING, 'See [Security]', 'So enable raw tokens. See [Security]');
    expect(steps(explain(page, scenarios))).toEqual(['take out enable raw tokens 7']);
  });

  it('is a further page of the registry where another page documents it', () => {
    const told = explain('---\ntitle: Troubleshooting\n---\n\nHello.\n', BLANK_TOKENS, { 'docs/faq.md': COVERING });
    expect(told.coverage.gaps).toEqual([{ kind: 'elsewhere', detail: 'docs/faq.md' }]);
    expect(told.change?.registry).toMatchObject({
      field: 'pages',
      from: null,
      to: 'faq',
      advice: 'add `faq` to `pages`',
    });
    expect(steps(told)).toEqual([expect.stringMatching(/^paste heading/)]);
  });

  it('is none where a link leads nowhere', () => {
    const told = explain(edit(COVERING, '/security/', '/gone/'), edit(BLANK_TOKENS, '/security/', '/gone/'));
    expect(told.coverage.gaps).toEqual([{ kind: 'broken-link', detail: '/gone/' }]);
    expect(told.change).toEqual({ docs: null, otherwise: null, registry: null });
  });

  it('is told of a waived scenario too', () => {
    const told = explain(edit(COVERING, 'is disabled', 'is off'), `${BLANK_TOKENS}    waive: { reason: "Later" }\n`);
    expect(told.coverage.state).toBe('waived');
    expect(steps(told)).toEqual(['say disabled in paragraph 7']);
  });

  it('is a word in a row, and in a partial that a page shows', () => {
    const row =
      '# Troubleshooting\n\n| Error | Why |\n|---|---|\n| Tokens vanish | [Retrieval](/security/) is disabled |\n';
    expect(steps(explain(row))).toEqual(['say blank|empty in row 5']);
    const shown = "import Part from './_part.mdx'\n\n# Troubleshooting\n\n<Part />\n";
    const part = edit(COVERING, 'is disabled', 'is off').replace(/^---[\s\S]*?---\n\n/, '');
    const told = explain(shown, BLANK_TOKENS, { 'docs/_part.mdx': part });
    expect(told.change?.docs?.steps).toMatchObject([{ kind: 'say', path: 'docs/_part.mdx', line: 3 }]);
  });
});

describe('what names a scenario only at first sight', () => {
  it('is told with the negation before it', () => {
    const { cancelled } = explain(edit(COVERING, '## Tokens come back blank', '## Tokens that are never blank'));
    expect(cancelled).toMatchObject([{ by: 'negation', word: 'never', match: { field: 'symptom', line: 5 } }]);
  });

  it('is told with the exception beside it', () => {
    const scenarios = `${BLANK_TOKENS}    except: ["fixed in"]\n`;
    const { cancelled } = explain(edit(COVERING, 'come back blank', 'were blank (fixed in 2.1)'), scenarios);
    expect(cancelled).toMatchObject([{ by: 'except', word: 'fixed in', match: { field: 'symptom' } }]);
    const coded = explain(
      edit(COVERING, 'Tokens come back blank', 'E_BLANK was fixed in 2.1'),
      `${CODED}    except: ["fixed in"]\n`,
    );
    expect(coded.cancelled).toMatchObject([{ by: 'except', word: 'fixed in', match: { field: 'code' } }]);
  });

  it('is not told of a section that names it elsewhere', () => {
    const page = edit(COVERING, 'This is what', 'Tokens are never blank for long. This is what');
    expect(explain(page)).toMatchObject({ cancelled: [], coverage: { state: 'covered' } });
  });
});

describe('on a pull request', () => {
  const files = (page: string): Files => ({
    [REGISTRY]: registry(BLANK_TOKENS),
    'docs/security.md': SECURITY,
    [PAGE]: page,
  });

  it('is told of the scenarios that somebody asked about', () => {
    const cases = { before: files(COVERING), after: files(edit(COVERING, 'is disabled', 'is off')) };
    expect(review(cases).explanations).toEqual([]);
    const [told] = review(cases, { explain: ['blank-tokens', 'unknown'] }).explanations;
    expect(told && steps(told)).toEqual(['say disabled in paragraph 7']);
  });

  it('keeps the state of a section that was reworded', () => {
    const reworded = edit(COVERING, '## Tokens come back blank', '## You see the account and nothing else');
    const { explanations } = review({ before: files(COVERING), after: files(reworded) }, { explain: ['blank-tokens'] });
    expect(explanations).toMatchObject([{ coverage: { state: 'covered' }, change: null }]);
  });
});
