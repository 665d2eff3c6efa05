import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { choosePage, MANY, OTHER, pullBranch, spreadPages } from '../../bench/workload/pull-requests.ts';
import { corpusWorkload, HISTORY, madeWorkload } from '../../bench/workload/workload.ts';
import { runCli } from '../cli/run-cli.ts';
import { makeRepository, removeTempFolders, tempFolder } from '../temp-repository.ts';

afterAll(removeTempFolders);

function changedBy(repo: string, branch: string): string[] {
  const told = execFileSync('git', ['diff', '--name-only', 'main', branch], { cwd: repo, encoding: 'utf8' });
  return told.trim().split('\n');
}

describe('a made workload', () => {
  it('has a pull request of the page that most scenarios name, one of another page, and one of thirty', async () => {
    const folder = tempFolder();
    const site = await madeWorkload(folder, { seed: 1, pages: 60, planned: 100, isForPeers: true });
    expect(changedBy(site.repo, pullBranch(0))).toEqual([site.changed]);
    expect(changedBy(site.repo, pullBranch(1))).toEqual([site.changed]);
    expect(changedBy(site.repo, OTHER)).not.toEqual([site.changed]);
    expect(changedBy(site.repo, MANY)).toHaveLength(30);
    expect(changedBy(site.repo, MANY)).toContain(site.changed);
    expect([site.pages, existsSync(`${site.files}/${site.changed}`)]).toEqual([60, true]);
  });

  it('is reviewed without a complaint, by a registry of its own size', async () => {
    const site = await madeWorkload(tempFolder(), { seed: 1, pages: 60, planned: 100, isForPeers: false });
    expect(existsSync(site.files)).toBe(false);
    const args = ['review', '--base', 'main', '--head', pullBranch(0), '--registry', site.registry(10)];
    const { stdout } = await runCli([...args, '--format', 'json'], { cwd: site.repo });
    const { verdict, scenarios, counts } = JSON.parse(stdout);
    expect([verdict, scenarios.length, counts.changedPages]).toEqual(['pass', 10, 1]);
  });
});

describe('merges onto a made site', () => {
  it('take causes away and give them back, as replay sees it', async () => {
    const site = await madeWorkload(tempFolder(), { seed: 1, pages: 60, planned: 100, isForPeers: false, merges: 80 });
    const args = ['replay', '--range', `main..${HISTORY}`, '--registry', site.registry(100), '--format', 'json'];
    const { merges, totals } = JSON.parse((await runCli(args, { cwd: site.repo })).stdout);
    const changes = merges.flatMap((merge: { changes: { change: string }[] }) => merge.changes);
    expect(totals.merges).toBe(80);
    expect(new Set(changes.map(({ change }: { change: string }) => change))).toEqual(new Set(['worsened', 'improved']));
  });
});

describe('a corpus', () => {
  const PAGE = '# Tokens\n\nA token expires when the session ends and the account stays open.\n';
  const files = Object.fromEntries(['a', 'b', 'c'].map((name) => [`docs/${name}.md`, `${PAGE}\nSee ${name}.\n`]));
  const registry =
    'version: 1\ndocs:\n  - root: docs\nscenarios:\n  - id: a\n    title: A fails\n    codes: [a_fails]\n    pages: [b]\n';

  it('keeps its registry, whose scenarios come first; those beyond are made of its words', async () => {
    const corpus = makeRepository({ ...files, 'registry.yml': registry });
    const head = corpus.git('rev-parse', 'HEAD');
    const options = { dir: corpus.dir, rev: 'main', registry: `${corpus.dir}/registry.yml` };
    const site = await corpusWorkload(tempFolder(), options, 1);
    expect([site.pages, site.roots, site.changed]).toEqual([3, ['docs'], 'docs/b.md']);
    const { docs, scenarios } = parse(readFileSync(site.registry(100), 'utf8'));
    expect([docs, scenarios.length, scenarios[0].id]).toEqual([[{ root: 'docs' }], 100, 'a']);
    expect(scenarios[1].title).toMatch(/^(?:token|expires|when|session|ends|account|stays|open) /i);
    expect(corpus.git('rev-parse', 'HEAD')).toBe(head);
    expect(corpus.git('branch', '--list')).toBe('* main');
  });

  it('without a registry has the docs roots that Signpost finds, and made scenarios of its pages', async () => {
    const corpus = makeRepository({ ...files, 'README.md': '# Read me\n' });
    const site = await corpusWorkload(tempFolder(), { dir: corpus.dir, rev: 'HEAD', registry: null }, 1);
    expect([site.pages, site.roots]).toEqual([3, ['docs']]);
    const { scenarios } = parse(readFileSync(site.registry(10), 'utf8'));
    const links = scenarios.flatMap((scenario: { links?: string[] }) => scenario.links ?? []);
    expect(new Set(links)).toContain('/a/');
  });

  it('without the docs root that its registry names says so', async () => {
    const corpus = makeRepository({ ...files, 'other.yml': registry.replace('root: docs', 'root: pages') });
    const options = { dir: corpus.dir, rev: 'HEAD', registry: `${corpus.dir}/other.yml` };
    const made = corpusWorkload(tempFolder(), options, 1);
    await expect(made).rejects.toThrow(
      `${corpus.dir} has no pages in the docs root pages, which ${options.registry} names`,
    );
  });

  it('that has no such commit says so', async () => {
    const corpus = makeRepository(files);
    const made = corpusWorkload(tempFolder(), { dir: corpus.dir, rev: 'nowhere', registry: null }, 1);
    await expect(made).rejects.toThrow('has no commit nowhere; name one with --rev after it');
  });
});

describe('the page that pull requests change', () => {
  const pages = [30, 10, 20].map((bytes) => ({ path: `docs/${bytes}.md`, bytes }));
  const nameOf = (path: string) => path.slice(5, -3);

  it('is the one that most scenarios name, else one of median size', () => {
    expect(choosePage(pages, ['10', '30', '10', 'x/**'], nameOf).path).toBe('docs/10.md');
    expect(choosePage(pages, ['x/**'], nameOf).path).toBe('docs/20.md');
    expect(() => choosePage(pages.slice(0, 1), [], nameOf)).toThrow('at least two pages');
  });

  it('is one of the many, which are as many as a small site has', () => {
    expect(spreadPages(pages, 'docs/20.md')).toEqual({
      ...{ one: 'docs/20.md', other: 'docs/30.md' },
      many: ['docs/20.md', 'docs/30.md', 'docs/10.md'],
    });
  });
});
