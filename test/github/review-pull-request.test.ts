import { expect, it } from 'vitest';
import { reviewPullRequest } from '../../src/github/review-pull-request.ts';
import { BLANK_TOKENS, COVERING, REGISTRY, registry } from '../review/build-snapshots.ts';
import { COVERED_SITE, connect, type Scene, setScene, UNCOVERED } from './signpost-on-github.ts';
import { unboundedMemory } from './unbounded-memory.ts';

const BREAKING = { 'docs/troubleshooting.md': UNCOVERED };
const HARMLESS = { 'docs/security.md': '---\ntitle: Security\n---\n\nHow retrieval is switched on and off.\n' };

/** Opens a pull request and reviews it once. */
async function reviewed(scene: Scene, files: Record<string, string>) {
  const opened = scene.docs.openPullRequest({ files });
  const outcome = await reviewPullRequest(await scene.pull(opened), scene.context);
  return { opened, outcome };
}

/** Reads base trees and pages once, so that the next review is warm. */
async function warm(scene: Scene): Promise<void> {
  await reviewed(scene, HARMLESS);
}

it('judges a warm pull request in six calls, a first comment among them', async () => {
  const scene = setScene();
  await warm(scene);
  const { outcome } = await reviewed(scene, BREAKING);
  expect(outcome).toEqual({ verdict: 'fail', failure: null });
  expect(scene.calls()).toEqual([
    'checks/create',
    'repos/compare-commits-with-basehead',
    'git/get-tree',
    'graphql',
    'graphql/add-comment',
    'checks/update',
  ]);
  expect(scene.fake.takeViolations()).toEqual([]);
});

it('edits the comment in six calls, and leaves it alone where its text stays', async () => {
  const scene = setScene();
  const { opened } = await reviewed(scene, BREAKING);
  opened.push({ 'docs/troubleshooting.md': COVERING });
  await reviewPullRequest(await scene.pull(opened), scene.context);
  expect(scene.calls()).toEqual([
    'checks/create',
    'repos/compare-commits-with-basehead',
    'git/get-tree',
    'graphql',
    'issues/update-comment',
    'checks/update',
  ]);
  await reviewPullRequest(await scene.pull(opened), scene.context);
  expect(scene.calls()).toEqual(['checks/create', 'repos/compare-commits-with-basehead', 'graphql', 'checks/update']);
  expect(opened.comments).toHaveLength(1);
});

it('asks for permissions and the owner once in a while, not in each review', async () => {
  const scene = setScene();
  scene.docs.collaborator('jo', 'write');
  const { opened } = await reviewed(scene, BREAKING);
  opened.comment('jo', '/signpost waive blank-tokens Fixed in 4.2');
  const pull = await scene.pull(opened);
  await reviewPullRequest(pull, scene.context);
  expect(scene.calls()).toContain('repos/get-collaborator-permission-level');
  await reviewPullRequest(pull, scene.context);
  expect(scene.calls().filter((call) => /permission|content/.test(call))).toEqual([]);
});

it('completes a check run on a pull request without docs, and says nothing else', async () => {
  const scene = setScene();
  const { opened, outcome } = await reviewed(scene, { 'src/main.ts': 'export {};\n' });
  expect(outcome.verdict).toBe('pass');
  expect(opened.checkRuns).toMatchObject([
    { name: 'Signpost', status: 'completed', conclusion: 'success', externalId: 'pr:1', actions: [] },
  ]);
  expect(opened.comments).toEqual([]);
  expect(scene.docs.requiredCheck(opened.headSha, 'Signpost')).toBe('passing');
});

it('passes with one line on how to begin where there is no registry', async () => {
  const scene = setScene({ 'docs/a.md': '# A\n' });
  const { opened } = await reviewed(scene, { 'docs/a.md': '# B\n' });
  expect(opened.checkRuns[0]).toMatchObject({ conclusion: 'success' });
  expect(opened.checkRuns[0]?.output?.summary).toContain('No registry yet');
});

it('annotates the lines of what blocks and links the check run to the comment', async () => {
  const scene = setScene();
  const { opened } = await reviewed(scene, BREAKING);
  expect(opened.checkRuns).toMatchObject([
    {
      conclusion: 'failure',
      annotations: [{ path: 'docs/troubleshooting.md', start_line: 5, annotation_level: 'failure' }],
      actions: [{ identifier: 'recheck' }],
    },
  ]);
  await reviewPullRequest(await scene.pull(opened), scene.context);
  expect(opened.checkRuns.at(-1)?.detailsUrl).toMatch(/#issuecomment-\d+$/);
});

it('makes a new check run for each attempt, because a completed one cannot be opened again', async () => {
  const scene = setScene();
  const { opened } = await reviewed(scene, BREAKING);
  await reviewPullRequest(await scene.pull(opened), scene.context);
  expect(opened.checkRuns.map(({ status }) => status)).toEqual(['completed', 'completed']);
  expect(scene.docs.requiredCheck(opened.headSha, 'Signpost')).toBe('failing');
});

it('concludes a superseded commit as cancelled and writes no comment', async () => {
  const scene = setScene();
  const opened = scene.docs.openPullRequest({ files: BREAKING });
  const old = await scene.pull(opened);
  const newer = opened.push(HARMLESS);
  expect(await reviewPullRequest(old, scene.context)).toEqual({ verdict: 'superseded', failure: null });
  expect(scene.docs.checkRunsFor(old.head.sha)).toMatchObject([
    { conclusion: 'cancelled', output: { title: `Superseded by ${newer.slice(0, 7)}` } },
  ]);
  expect(opened.comments).toEqual([]);
});

it('gives no verdict by a branch that the pull request goes to no longer', async () => {
  const scene = setScene();
  scene.docs.commit('draft', { [REGISTRY]: 'version: 1\n' });
  const opened = scene.docs.openPullRequest({ files: BREAKING, base: 'draft', from: 'main' });
  const old = await scene.pull(opened);
  opened.retarget('main');
  expect((await reviewPullRequest(old, scene.context)).verdict).toBe('superseded');
  expect(opened.checkRuns).toMatchObject([{ conclusion: 'cancelled', output: { title: 'Superseded' } }]);
});

it('stops before reading where the queue says that a newer commit came', async () => {
  const scene = setScene();
  const pull = await scene.pull(scene.docs.openPullRequest({ files: BREAKING }));
  const signal = AbortSignal.abort('c0ffee1234567890c0ffee1234567890c0ffee12');
  expect((await reviewPullRequest(pull, { ...scene.context, signal })).verdict).toBe('superseded');
  expect(scene.calls()).toEqual(['checks/create', 'checks/update']);
});

it('publishes a failure of GitHub as not judged with status and request id, and recovers', async () => {
  const scene = setScene();
  const opened = scene.docs.openPullRequest({ files: BREAKING });
  const pull = await scene.pull(opened);
  scene.fake.faults.add('git/get-tree', { kind: 'status', status: 503 }, { times: 6 });
  const { verdict, failure } = await reviewPullRequest(pull, scene.context);
  expect([verdict, failure]).toMatchObject(['not-judged', { kind: 'outside', status: 503, retries: true }]);
  expect(opened.checkRuns[0]).toMatchObject({ conclusion: 'action_required', actions: [{ identifier: 'recheck' }] });
  expect(opened.checkRuns[0]?.output?.summary).toContain(`request \`${failure?.requestId}\``);
  expect(opened.checkRuns[0]?.output?.summary).toContain('status 503');
  scene.fake.faults.clear();
  expect((await reviewPullRequest(pull, { ...scene.context, recovering: true })).verdict).toBe('fail');
  expect(opened.checkRuns.map(({ conclusion }) => conclusion)).toEqual(['action_required', 'failure']);
});

it('keeps the verdict where only the comment fails', async () => {
  const scene = setScene();
  const opened = scene.docs.openPullRequest({ files: BREAKING });
  const pull = await scene.pull(opened);
  scene.fake.faults.add('graphql/add-comment', { kind: 'status', status: 502 });
  const outcome = await reviewPullRequest(pull, scene.context);
  expect(outcome).toMatchObject({ verdict: 'fail', failure: { kind: 'outside', status: 502 } });
  expect(opened.checkRuns).toMatchObject([{ conclusion: 'failure' }]);
  await reviewPullRequest(pull, scene.context);
  expect(opened.comments).toHaveLength(1);
});

it('gives a draft its verdict but no first comment', async () => {
  const scene = setScene();
  const opened = scene.docs.openPullRequest({ files: BREAKING, draft: true });
  await reviewPullRequest(await scene.pull(opened), scene.context);
  expect([opened.checkRuns[0]?.conclusion, opened.comments.length]).toEqual(['failure', 0]);
  opened.setDraft(false);
  await reviewPullRequest(await scene.pull(opened), scene.context);
  expect(opened.comments).toHaveLength(1);
});

it('turns the comment into an all clear once what it said is fixed', async () => {
  const scene = setScene();
  const { opened } = await reviewed(scene, BREAKING);
  expect(opened.comments[0]?.body).toContain('❌ 1 scenario needs work');
  opened.push({ 'docs/troubleshooting.md': COVERING });
  await reviewPullRequest(await scene.pull(opened), scene.context);
  expect(opened.comments).toHaveLength(1);
  expect(opened.comments[0]?.body).toContain('## ✅ Nothing to do');
  expect(opened.comments[0]?.body).not.toContain('needs work');
});

it('lets a writer waive a scenario, show who and why, and take it back, also after a restart', async () => {
  const scene = setScene();
  scene.docs.collaborator('jo', 'write');
  const { opened } = await reviewed(scene, BREAKING);
  const comment = opened.comment('jo', 'Looks fine.\n\n/signpost waive blank-tokens Fixed in *4.2*');
  const restarted = () => ({ ...scene.context, github: connect(scene.fake, scene.docs), memory: unboundedMemory() });
  const pull = await scene.pull(opened);
  expect((await reviewPullRequest(pull, restarted())).verdict).toBe('pass');
  const [ours] = opened.comments;
  expect(ours?.body).toContain(`**Waived on this pull request**\n\n- \`blank-tokens\` by \`jo\`: Fixed in \\*4.2\\*`);
  expect(ours?.body).toContain(`#issuecomment-${comment.id})`);
  opened.comment('jo', '/signpost unwaive blank-tokens');
  expect((await reviewPullRequest(pull, restarted())).verdict).toBe('fail');
});

it('does not take a waiver from somebody who may not write', async () => {
  const scene = setScene();
  scene.docs.collaborator('tina', 'triage');
  const { opened } = await reviewed(scene, BREAKING);
  opened.comment('stranger', '/signpost waive blank-tokens please');
  opened.comment('tina', '/signpost waive blank-tokens please');
  expect((await reviewPullRequest(await scene.pull(opened), scene.context)).verdict).toBe('fail');
});

it('explains a scenario and shows help in the one comment, and names an id that the registry has not', async () => {
  const scene = setScene();
  scene.docs.collaborator('jo', 'write');
  const opened = scene.docs.openPullRequest({ files: HARMLESS });
  opened.comment('jo', '/signpost explain blank-tokens\r\n/signpost waive blank-token whatever\r\n/signpost help');
  await reviewPullRequest(await scene.pull(opened), scene.context);
  const ours = opened.comments.find(({ user }) => user.type === 'Bot');
  expect(ours?.body).toContain('Explained: <code>blank-tokens</code>');
  expect(ours?.body).toContain('docs/troubleshooting.md:5-7');
  expect(ours?.body).toContain('`blank-token`; did you mean `blank-tokens`?');
  expect(ours?.body).toContain('`/signpost waive ID reason…`');
});

it('explains with the words of the head and the smallest change that would cover it', async () => {
  const scene = setScene();
  const opened = scene.docs.openPullRequest({ files: BREAKING });
  scene.docs.collaborator('jo', 'write');
  opened.comment('jo', '/signpost explain blank-tokens');
  await reviewPullRequest(await scene.pull(opened), scene.context);
  const ours = opened.comments.find(({ user }) => user.type === 'Bot');
  expect(ours?.body).toContain('Smallest change: ');
  expect(ours?.body).toContain('tried on a copy: with it the scenario is covered.');
});

it('uses the registry of the base branch alone: a pull request cannot loosen its own gate', async () => {
  const scene = setScene();
  const loosened = registry(BLANK_TOKENS, 'gate:\n  block: off\n');
  const { opened, outcome } = await reviewed(scene, { ...BREAKING, [REGISTRY]: loosened });
  expect(outcome.verdict).toBe('fail');
  expect(opened.checkRuns[0]?.output?.text).toContain('gate.block would change from introduced to off');
});

it('annotates each mistake of a registry at its line', async () => {
  const scene = setScene();
  const broken = registry(BLANK_TOKENS.replace('symptoms', 'symptom').replace('pages', 'page'));
  const { opened } = await reviewed(scene, { [REGISTRY]: broken });
  const annotations = opened.checkRuns[0]?.annotations.filter(({ path }) => path === REGISTRY) ?? [];
  expect(annotations.map((one) => one.annotation_level)).toContain('failure');
  expect(new Set(annotations.map((one) => one.start_line)).size).toBeGreaterThan(1);
});

it('reviews a pull request from a fork, also from one that is gone', async () => {
  const scene = setScene();
  const opened = scene.docs.openPullRequest({ files: BREAKING, fork: true, author: 'ben' });
  expect((await reviewPullRequest(await scene.pull(opened), scene.context)).verdict).toBe('fail');
  opened.deleteFork();
  const pull = await scene.pull(opened);
  expect(pull.isFork).toBe(true);
  expect((await reviewPullRequest(pull, scene.context)).verdict).toBe('fail');
});

it('finds the head of a fork by the reference of the pull request where its SHA is unknown, and keeps no such tree', async () => {
  const scene = setScene();
  const opened = scene.docs.openPullRequest({ files: BREAKING, fork: true, author: 'ben' });
  const pull = await scene.pull(opened);
  scene.fake.faults.add('repos/compare-commits-with-basehead', { kind: 'status', status: 404 });
  expect((await reviewPullRequest(pull, scene.context)).verdict).toBe('fail');
  const targets = scene.fake.requests.map(({ target }) => decodeURIComponent(target));
  expect(targets.some((target) => target.includes(`main...refs/pull/${pull.number}/head`))).toBe(true);
  expect(targets.some((target) => target.includes(`git/trees/refs/pull/${pull.number}/head`))).toBe(true);
  expect(scene.context.memory.trees.get(pull.head.sha)).toBeUndefined();
});

it('judges a pull request of three thousand files, fifty blobs a query', async () => {
  const scene = setScene();
  const files: Record<string, string> = { ...BREAKING };
  for (let at = 0; at < 3_000; at += 1) files[`docs/pages/page-${at}.md`] = `# Page ${at}\n`;
  expect((await reviewed(scene, files)).outcome.verdict).toBe('fail');
  const calls = scene.calls();
  expect(calls.filter((call) => call === 'graphql').length).toBeLessThan(65);
  expect(calls.filter((call) => call === 'git/get-tree')).toHaveLength(2);
  expect(calls).not.toContain('pulls/list-files');
});

it('says that it cannot read a repository’s commits', async () => {
  const scene = setScene();
  const opened = scene.docs.openPullRequest({ files: BREAKING });
  const pull = await scene.pull(opened);
  scene.fake.faults.add('repos/compare-commits-with-basehead', { kind: 'status', status: 404 });
  expect(await reviewPullRequest(pull, scene.context)).toMatchObject({
    verdict: 'not-judged',
    failure: { status: 404 },
  });
});

it('does not judge what has no common history', async () => {
  const scene = setScene();
  scene.docs.commitOrphan('other', COVERED_SITE as Record<string, string>);
  const opened = scene.docs.openPullRequest({ files: BREAKING, from: 'other' });
  expect((await reviewPullRequest(await scene.pull(opened), scene.context)).verdict).toBe('not-judged');
  expect(opened.checkRuns[0]).toMatchObject({ conclusion: 'action_required' });
  expect(opened.checkRuns[0]?.output?.summary).toContain('no common history');
});

it('reads the registry from the tip of the base branch, not from where the pull request began', async () => {
  const scene = setScene({ ...COVERED_SITE, [REGISTRY]: 'version: 1\n' });
  const opened = scene.docs.openPullRequest({ files: BREAKING });
  scene.docs.commit('main', { [REGISTRY]: registry(BLANK_TOKENS) });
  expect((await reviewPullRequest(await scene.pull(opened), scene.context)).verdict).toBe('fail');
});

it('takes settings and scenarios from the owner', async () => {
  const scene = setScene({ ...COVERED_SITE, [REGISTRY]: 'version: 1\ndocs:\n  - root: docs\n    framework: plain\n' });
  scene.fake.repository('acme/.github', { 'signpost.yml': `version: 1\nscenarios:\n${BLANK_TOKENS}` });
  expect((await reviewed(scene, BREAKING)).outcome.verdict).toBe('fail');
});

it('says in the log neither payload nor secret where it fails', async () => {
  const scene = setScene();
  const pull = await scene.pull(scene.docs.openPullRequest({ files: BREAKING }));
  scene.fake.faults.add(
    'git/get-tree',
    { kind: 'status', status: 422, message: 'token ghs_secret in docs' },
    { times: 9 },
  );
  const { failure } = await reviewPullRequest(pull, scene.context);
  expect(JSON.stringify(failure)).not.toContain('ghs_');
  expect(failure?.kind).toBe('ours');
});

it('tells what an earlier attempt could not, without another run for the same verdict', async () => {
  const scene = setScene();
  const opened = scene.docs.openPullRequest({ files: BREAKING });
  const pull = await scene.pull(opened);
  const queuedAt = scene.context.now();
  scene.fake.faults.add('graphql/add-comment', { kind: 'status', status: 503 }, { times: 2 });
  expect(await reviewPullRequest(pull, scene.context)).toMatchObject({ verdict: 'fail', failure: { status: 503 } });
  expect(opened.comments).toEqual([]);
  scene.fake.faults.clear();
  const again = { ...scene.context, recovering: true, answeredSince: queuedAt, mending: true };
  expect(await reviewPullRequest(pull, again)).toEqual({ verdict: 'fail', failure: null });
  expect([opened.comments.length, opened.checkRuns.length]).toEqual([1, 1]);

  scene.docs.commit('main', { [REGISTRY]: `${registry(BLANK_TOKENS)}\ngate: { block: off }\n` });
  expect(await reviewPullRequest(pull, again)).toEqual({ verdict: 'pass', failure: null });
  expect(opened.checkRuns.map(({ conclusion }) => conclusion)).toEqual(['failure', 'success']);
});
