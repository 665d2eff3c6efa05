import { expect, it } from 'vitest';
import { reviewPullRequest } from '../../src/github/review-pull-request.ts';
import type { FakePullRequest } from '../fake-github/fake-pull-request.ts';
import { BLANK_TOKENS, REGISTRY, registry } from '../review/build-snapshots.ts';
import { COVERED_SITE, type Scene, setScene, UNCOVERED } from './signpost-on-github.ts';

const WATCHED = registry(`${BLANK_TOKENS}    gate: watch\n`);
const LOOPS = `  - id: redirect-loops
    title: The browser is redirected for ever
    symptoms: ["redirect loops"]
    causes: ["cookies clear"]
    pages: [troubleshooting]
`;

async function textOf(scene: Scene, opened: FakePullRequest): Promise<string> {
  await reviewPullRequest(await scene.pull(opened), scene.context);
  return opened.checkRuns.at(-1)?.output?.text ?? '';
}

it('says which open pull requests a change of the registry would block', async () => {
  const scene = setScene({ ...COVERED_SITE, [REGISTRY]: WATCHED });
  const breaking = scene.docs.openPullRequest({ files: { 'docs/troubleshooting.md': UNCOVERED } });
  scene.docs.openPullRequest({ files: { 'README.md': '# Acme docs\n' } });
  const change = scene.docs.openPullRequest({ files: { [REGISTRY]: registry(BLANK_TOKENS) } });
  expect(await textOf(scene, change)).toContain(`It would block 1 pull request of the 2 open: ${breaking.number}.`);
  expect(change.checkRuns).toMatchObject([{ conclusion: 'success' }]);
  expect(scene.fake.takeViolations()).toEqual([]);
});

it('says that it would block none, and what a new scenario would start as', async () => {
  const scene = setScene();
  scene.docs.openPullRequest({ files: { 'README.md': '# Acme docs\n' } });
  const change = scene.docs.openPullRequest({ files: { [REGISTRY]: registry(BLANK_TOKENS + LOOPS) } });
  const text = await textOf(scene, change);
  expect(text).toContain('It would block none of the 1 pull request open.');
  expect(text).toContain('redirect-loops');
});

it('looks at no other pull request where the registry stays, is invalid or goes', async () => {
  const scene = setScene();
  scene.docs.openPullRequest({ files: { 'README.md': '# Acme docs\n' } });
  await textOf(scene, scene.docs.openPullRequest({ files: { [REGISTRY]: 'version: nine\n' } }));
  await textOf(scene, scene.docs.openPullRequest({ files: { [REGISTRY]: null } }));
  await textOf(scene, scene.docs.openPullRequest({ files: { 'README.md': '# Docs\n' } }));
  expect(scene.fake.calls('pulls/list')).toEqual([]);
});

it('judges all the same where the others cannot be read', async () => {
  const scene = setScene();
  scene.docs.openPullRequest({ files: { 'README.md': '# Acme docs\n' } });
  scene.fake.faults.add('pulls/list', { kind: 'status', status: 500 }, { times: 3 });
  const change = scene.docs.openPullRequest({ files: { [REGISTRY]: registry(BLANK_TOKENS + LOOPS) } });
  expect(await textOf(scene, change)).toContain('could not be read');
  expect(change.checkRuns).toMatchObject([{ conclusion: 'success' }]);
});
