import { afterEach, expect, it } from 'vitest';
import { COVERED_SITE } from '../github/signpost-on-github.ts';
import { BLANK_TOKENS, REGISTRY, registry } from '../review/build-snapshots.ts';
import { BREAKING, runsOf, type Scene, setScene } from './scene.ts';

let scene: Scene;
afterEach(() => scene.running.end());

it('says what a change of the registry would do, also to pull requests that are open', async () => {
  scene = await setScene({ ...COVERED_SITE, [REGISTRY]: registry('').replace('scenarios:\n', '') });
  const { docs, tell } = scene;
  const open = docs.openPullRequest({ files: BREAKING });
  await tell(open.event('opened'));
  expect(docs.requiredCheck(open.headSha, 'Signpost')).toBe('passing');
  const pull = docs.openPullRequest({ files: { [REGISTRY]: registry(BLANK_TOKENS) } });
  await tell(pull.event('opened'));
  const [run] = runsOf(docs, pull.headSha);
  expect(run?.conclusion).toBe('success');
  expect(run?.output.text).toContain('adds `blank-tokens`');
  expect(run?.output.text).toContain(`It would block 1 pull request of the 1 open: ${open.number}.`);

  pull.merge();
  await tell(pull.event('closed'), docs.pushEvent('main'));
  expect(docs.requiredCheck(open.headSha, 'Signpost')).toBe('failing');
});

it('says of new scenarios how they would start, and at its line what matches too much', async () => {
  const pages = Array.from({ length: 14 }, (_, at) => {
    return [`docs/page-${at}.md`, `# Page ${at}\n\n## The connection fails\n\nIt happens often.\n`];
  });
  scene = await setScene({ ...COVERED_SITE, ...Object.fromEntries(pages) });
  const { docs, tell } = scene;
  const broad = '  - { id: broad, title: Connections fail, symptoms: ["connection fails"], causes: [often] }\n';
  const absent = '  - { id: absent, title: Keyrings break, symptoms: ["keyring breaks"], causes: [rust] }\n';
  const pull = docs.openPullRequest({ files: { [REGISTRY]: registry(BLANK_TOKENS + broad + absent) } });
  await tell(pull.event('opened'));
  const [run] = runsOf(docs, pull.headSha);
  expect(run?.conclusion).toBe('success');
  expect(run?.output.text).toContain('adds `absent`, which would start as missing');
  expect(run?.output.text).toContain('No other pull request is open');
  const lines = registry(BLANK_TOKENS + broad).split('\n');
  expect(run?.annotations).toMatchObject([
    {
      path: REGISTRY,
      start_line: lines.findIndex((line) => line.includes('id: broad')) + 1,
      annotation_level: 'warning',
      message: expect.stringContaining('matches 14 sections'),
    },
  ]);
});

it('annotates each mistake of a registry at its line and fails', async () => {
  scene = await setScene();
  const { docs, tell } = scene;
  const mistaken = registry(BLANK_TOKENS.replace('symptoms', 'symptom').replace('pages', 'page'));
  const pull = docs.openPullRequest({ files: { [REGISTRY]: mistaken } });
  await tell(pull.event('opened'));
  expect(docs.requiredCheck(pull.headSha, 'Signpost')).toBe('failing');
  const [run] = runsOf(docs, pull.headSha);
  const lines = run?.annotations.filter(({ path }) => path === REGISTRY).map(({ start_line }) => start_line);
  expect(new Set(lines).size).toBeGreaterThan(1);
});

it('lets no pull request loosen its own gate, from a fork least of all', async () => {
  scene = await setScene();
  const { docs, tell } = scene;
  const files = { ...BREAKING, [REGISTRY]: registry(BLANK_TOKENS, 'gate:\n  block: off\n') };
  const pull = docs.openPullRequest({ files, fork: true, author: 'ben' });
  await tell(pull.event('opened'));
  expect(docs.requiredCheck(pull.headSha, 'Signpost')).toBe('failing');
});
