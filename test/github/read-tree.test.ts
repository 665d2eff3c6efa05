import { expect, it } from 'vitest';
import { walkTree } from '../../src/github/read-tree.ts';
import { reviewPullRequest } from '../../src/github/review-pull-request.ts';
import { BLANK_TOKENS, REGISTRY } from '../review/build-snapshots.ts';
import { COVERED_SITE, setScene, UNCOVERED } from './signpost-on-github.ts';

/** A site beside so many files that GitHub lists only a part of them. */
function monorepo(): Record<string, string> {
  const files: Record<string, string> = { ...(COVERED_SITE as Record<string, string>) };
  for (let at = 0; at < 300; at += 1) files[`packages/p${at % 10}/src/file-${at}.ts`] = `export const n = ${at};\n`;
  files['docs.config.json'] = '{}';
  return files;
}

it('judges a repository whose tree GitHub cuts short by the folders that the registry names', async () => {
  const scene = setScene(monorepo());
  scene.fake.world.sizes.treeEntries = 100;
  const opened = scene.docs.openPullRequest({ files: { 'docs/troubleshooting.md': UNCOVERED } });
  expect((await reviewPullRequest(await scene.pull(opened), scene.context)).verdict).toBe('fail');
  expect(scene.calls().filter((call) => call === 'git/get-tree').length).toBeLessThan(20);
});

it('walks only the folders asked for, and keeps the files on the way', async () => {
  const scene = setScene({
    ...monorepo(),
    'apps/web/docs/a.md': 'a\n',
    'apps/web/site.json': '{}',
    'apps/api/b.md': 'b\n',
  });
  scene.fake.world.sizes.treeEntries = 100;
  const tree = await walkTree(scene.context.github, scene.repo, 'main', ['.github', 'apps/web/docs']);
  expect([...tree.keys()].sort()).toEqual([
    REGISTRY,
    'README.md',
    'apps/web/docs/a.md',
    'apps/web/site.json',
    'docs.config.json',
  ]);
});

it('goes down a folder that is cut itself', async () => {
  const scene = setScene(monorepo());
  scene.fake.world.sizes.treeEntries = 40;
  const tree = await walkTree(scene.context.github, scene.repo, 'main', ['packages']);
  expect([...tree.keys()].filter((path) => path.startsWith('packages/'))).toHaveLength(300);
});

it('does not judge a repository that takes more requests than is fair', async () => {
  const scene = setScene(monorepo());
  scene.fake.world.sizes.treeEntries = 20;
  const reading = walkTree(scene.context.github, scene.repo, 'main', ['']);
  await expect(reading).rejects.toThrow(/more files than GitHub lists/);
});

it('follows neither symlinks nor submodules', async () => {
  const scene = setScene({
    ...COVERED_SITE,
    'docs/outside.md': { symlink: '../README.md' },
    'docs/theme': { submodule: '1'.repeat(40) },
  });
  const opened = scene.docs.openPullRequest({ files: { 'docs/troubleshooting.md': UNCOVERED } });
  expect((await reviewPullRequest(await scene.pull(opened), scene.context)).verdict).toBe('fail');
});

it('reads partials and aliases that lie outside the docs, and a cut tree only once', async () => {
  const settings = `version: 1
docs:
  - root: docs
    framework: plain
    partials: [./shared/partials/]
    aliases: { "@snippets/": "shared/snippets/" }
scenarios:
${BLANK_TOKENS}`;
  const scene = setScene({
    ...monorepo(),
    [REGISTRY]: settings,
    'shared/partials/a.md': 'a\n',
    'shared/other/b.md': 'b\n',
  });
  scene.fake.world.sizes.treeEntries = 100;
  const opened = scene.docs.openPullRequest({ files: { 'docs/troubleshooting.md': UNCOVERED } });
  const pull = await scene.pull(opened);
  expect((await reviewPullRequest(pull, scene.context)).verdict).toBe('fail');
  const asked = scene.docs.state.git.trees;
  const read = scene.fake.calls('git/get-tree').map(({ target }) => /trees\/([0-9a-f]+)/.exec(target)?.[1] ?? '');
  expect(read.some((id) => asked.get(id)?.some(({ name }) => name === 'a.md'))).toBe(true);
  expect(read.some((id) => asked.get(id)?.some(({ name }) => name === 'b.md'))).toBe(false);
  scene.calls();
  await reviewPullRequest(pull, scene.context);
  expect(scene.calls().filter((call) => call === 'git/get-tree').length).toBeLessThanOrEqual(2);
});

it('reads all of a cut repository whose registry names no folder, as far as that is fair', async () => {
  const scene = setScene({ ...monorepo(), [REGISTRY]: `version: 1\nscenarios:\n${BLANK_TOKENS}` });
  scene.fake.world.sizes.treeEntries = 100;
  const opened = scene.docs.openPullRequest({ files: { 'docs/troubleshooting.md': UNCOVERED } });
  expect((await reviewPullRequest(await scene.pull(opened), scene.context)).verdict).toBe('fail');
});
