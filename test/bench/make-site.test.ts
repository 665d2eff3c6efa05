import { execFileSync } from 'node:child_process';
import { afterAll, describe, expect, it } from 'vitest';
import { fastImport } from '../../bench/site/fast-import.ts';
import { makeSite, type SiteOptions } from '../../bench/site/make-site.ts';
import { MADE_SETTINGS, registryEntry, registryText } from '../../bench/site/registry-text.ts';
import { parseRegistry } from '../../src/registry/parse-registry.ts';
import { runCli } from '../cli/run-cli.ts';
import { removeTempFolders, tempFolder } from '../temp-repository.ts';

afterAll(removeTempFolders);

const SMALL: SiteOptions = { seed: 1, pages: 60, scenarios: 100 };

/** Imports a made site with its registry, and gives the folder. */
function importSite(options: SiteOptions): string {
  const site = makeSite(options);
  const registry = registryText(MADE_SETTINGS, site.scenarios.map(registryEntry));
  const dir = tempFolder();
  const files = [...site.files(), ['.github/signpost.yml', registry] as const];
  const stream = fastImport([{ branch: 'main', from: null, message: 'A made site', files }]);
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main'], { cwd: dir });
  execFileSync('git', ['fast-import', '--quiet', '--done'], { cwd: dir, input: [...stream].join('') });
  return dir;
}

const treeOf = (dir: string) => execFileSync('git', ['rev-parse', 'main^{tree}'], { cwd: dir, encoding: 'utf8' });

describe('a made site', () => {
  it('is the same for the same seed, and another one for another', () => {
    const tree = treeOf(importSite(SMALL));
    expect(treeOf(importSite(SMALL))).toBe(tree);
    expect(treeOf(importSite({ ...SMALL, seed: 2 }))).not.toBe(tree);
  });

  it.each([1, 2, 3])('is judged as it was planned, seed %i', async (seed) => {
    const options = { ...SMALL, seed };
    const { stdout } = await runCli(['audit', '--format', 'json'], { cwd: importSite(options) });
    const { scenarios, findings, counts } = JSON.parse(stdout);
    const planned = makeSite(options).scenarios.map(({ id, outcome, lacks }) => [id, outcome, lacks ?? '']);
    const judged = scenarios.map((scenario: { id: string; state: string; gaps: { kind: string }[] }) => [
      scenario.id,
      scenario.state,
      [...new Set(scenario.gaps.map(({ kind }) => kind))].join(),
    ]);
    expect(judged).toEqual(planned);
    expect(counts.pages).toBe(SMALL.pages);
    expect(findings.filter(({ kind }: { kind: string }) => kind === 'unparsable-page')).toEqual([]);
  });

  it('has the promised mix of outcomes', () => {
    const { scenarios } = makeSite({ seed: 1, pages: 1_000, scenarios: 10_000 });
    const share = (outcome: string) => scenarios.filter((scenario) => scenario.outcome === outcome).length / 10_000;
    expect(share('covered')).toBeCloseTo(0.6, 1);
    expect(share('partial')).toBeCloseTo(0.2, 1);
    expect(share('missing')).toBeCloseTo(0.2, 1);
  });

  it('has a registry without mistakes, whose first scenarios are those of a smaller one', () => {
    const { scenarios } = makeSite({ seed: 1, pages: 1_000, scenarios: 2_000 });
    const text = registryText(MADE_SETTINGS, scenarios.map(registryEntry));
    expect(parseRegistry([{ path: '.github/signpost.yml', text }]).mistakes).toEqual([]);
    expect(makeSite({ seed: 1, pages: 1_000, scenarios: 10 }).scenarios).toEqual(scenarios.slice(0, 10));
  });

  it('uses the words of a failure on few pages, though each alone stands on many', () => {
    const site = makeSite({ seed: 1, pages: 300, scenarios: 100 });
    const texts = [...site.files()].map(([, text]) => text);
    const shares = site.scenarios.map(({ title }) => {
      const words = title.toLowerCase().split(' ');
      const holds = (text: string, word: string) => text.toLowerCase().includes(word);
      return texts.filter((text) => words.every((word) => holds(text, word))).length / texts.length;
    });
    expect(Math.max(...shares)).toBeLessThan(0.2);
    const common = texts.filter((text) => text.includes('account')).length;
    expect(common / texts.length).toBeGreaterThan(0.5);
  });
});
