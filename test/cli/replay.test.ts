import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { makeRepository, removeTempFolders, type TempRepository, tempFolder } from '../temp-repository.ts';
import { runCli } from './run-cli.ts';
import { ERRORS, FILES, REGISTRY, WITHOUT_CAUSE } from './small-docs.ts';

afterAll(removeTempFolders);

/** Squashed and merged pull requests, one of them behind; a commit beside the docs, and a registry that came late. */
function history(): TempRepository {
  const { '.github/signpost.yml': _, ...docs } = FILES;
  const repository = makeRepository({ ...docs, 'src/app.ts': 'export {};\n' });
  const { commit, branch, git } = repository;
  const merge = (topic: string, message: string) => {
    git('switch', '--quiet', 'main');
    git('merge', '--quiet', '--no-ff', '--message', message, topic);
  };
  branch('topic');
  commit({ 'docs/receipts.md': '# Receipts\n\n## The receipt is empty\n\nThe order had no items.\n' });
  repository.switch('main');
  commit({ 'docs/errors.md': WITHOUT_CAUSE }, { message: 'Shorten the errors (#1)' });
  merge('topic', 'Merge pull request #2 from acme/topic\n\nExplain empty receipts');
  commit({ 'src/app.ts': 'export const app = 1;\n' }, { message: 'Begin the app' });
  commit({ 'docs/errors.md': ERRORS }, { message: 'Say again why cards are declined (#3)' });
  commit({ '.github/signpost.yml': REGISTRY }, { message: 'Add the registry (#4)' });
  return repository;
}

async function replayed(dir: string, ...options: string[]) {
  const ran = await runCli(['replay', '--format', 'json', ...options], { cwd: dir });
  expect(ran.stderr).toBe('');
  return { exitCode: ran.exitCode, ...JSON.parse(ran.stdout) };
}

test('tells what each change merged so far would have been told, by the newest registry', async () => {
  const { dir, git } = history();
  const replay = await replayed(dir);
  expect(replay).toMatchObject({
    ...{ exitCode: 0, version: 1, kind: 'replay', gate: { block: 'introduced', from: 'low' } },
    range: { from: git('rev-parse', 'HEAD~5'), to: git('rev-parse', 'HEAD') },
    registry: { source: '.github/signpost.yml', commit: git('rev-parse', 'HEAD') },
    totals: {
      merges: 5,
      judged: 5,
      notJudged: 0,
      quiet: 2,
      commented: 2,
      failed: 1,
      findings: 1,
      byKind: { 'missing-cause': 1 },
    },
    merges: [
      {
        ...{ title: 'Shorten the errors', pullRequest: 1, verdict: 'fail', blocking: 1, changedPages: 1 },
        findings: [{ kind: 'missing-cause', scenario: 'card-declined', blocking: true, path: 'docs/errors.md' }],
        changes: [{ id: 'card-declined', change: 'worsened', before: 'covered', after: 'partial' }],
      },
      {
        ...{ title: 'Explain empty receipts', pullRequest: 2, verdict: 'pass', commented: true, findings: [] },
        ...{ head: git('rev-parse', 'topic'), parent: git('rev-parse', 'HEAD~4') },
        changes: [{ id: 'receipt-empty', change: 'improved', before: 'missing', after: 'covered' }],
      },
      { title: 'Begin the app', pullRequest: null, verdict: 'pass', commented: false, changedPages: 0 },
      { pullRequest: 3, changes: [{ id: 'card-declined', change: 'improved' }] },
      { pullRequest: 4, verdict: 'pass', commented: false },
    ],
    scenarios: [
      {
        id: 'card-declined',
        blocked: 1,
        findings: 1,
        worsened: 1,
        improved: 1,
        firstState: 'covered',
        lastState: 'covered',
      },
      { id: 'receipt-empty', blocked: 0, improved: 1, firstState: 'missing', lastState: 'covered' },
    ],
    coverage: [
      { commit: git('rev-parse', 'HEAD~5'), counts: { covered: 1, missing: 1 } },
      { counts: { partial: 1, missing: 1 } },
      { counts: { covered: 1, partial: 1 } },
      { counts: { covered: 2 }, byGravity: { high: { covered: 1 }, low: { covered: 1 } } },
      { commit: git('rev-parse', 'HEAD'), counts: { covered: 2 } },
    ],
  });
});

test('says of each change what `review` says of it', async () => {
  const { dir } = history();
  const registry = join(tempFolder(), 'draft.yml');
  writeFileSync(registry, `gate: { block: all }\n${REGISTRY}`);
  const { merges } = await replayed(dir, '--registry', registry);
  for (const { parent, head, verdict, reason, findings, changes } of merges) {
    const options = ['--base', parent, '--head', head, '--registry', registry, '--format', 'json'];
    const review = JSON.parse((await runCli(['review', ...options], { cwd: dir })).stdout);
    expect({ verdict, reason, findings }).toEqual({
      ...{ verdict: review.verdict, reason: review.reason, findings: review.findings },
    });
    const changed = review.scenarios.filter(({ change }: { change: string }) => change !== 'unchanged');
    expect(changes.map(({ id }: { id: string }) => id)).toEqual(changed.map(({ id }: { id: string }) => id));
  }
});

test('tries another gate', async () => {
  const { dir } = history();
  expect((await replayed(dir, '--block', 'off')).totals).toMatchObject({ failed: 0, commented: 3 });
  const { gate, totals } = await replayed(dir, '--block', 'all', '--from', 'high');
  expect([gate, totals.failed]).toEqual([{ block: 'all', from: 'high' }, 2]);
});

test('judges a waiver by the day of the change', async () => {
  const { dir } = history();
  const registry = join(tempFolder(), 'waived.yml');
  const waiver = '    waive: { reason: "Fixed soon", until: 2026-01-01 }\n';
  writeFileSync(registry, REGISTRY.replace('    impact:', `${waiver}    impact:`));
  expect((await replayed(dir, '--registry', registry)).totals.failed).toBe(0);
  writeFileSync(registry, REGISTRY.replace('    impact:', `${waiver.replace('2026-01-01', '2025-12-31')}    impact:`));
  expect((await replayed(dir, '--registry', registry)).totals.failed).toBe(1);
});

describe('range', () => {
  test.each([
    ['HEAD~3..HEAD', 3],
    ['HEAD~2..', 2],
    ['HEAD~1', 4],
    ['topic..HEAD', 5],
  ])('takes %s for %d changes', async (range, merges) => {
    const { dir } = history();
    expect((await replayed(dir, '--range', range, '--registry', '.github')).totals.merges).toBe(merges);
  });

  test('begins with the oldest change that is not older than a date', async () => {
    const { dir, commit } = history();
    commit({}, { date: '2026-05-20T10:00:00Z', message: 'In May' });
    commit({}, { date: '2025-05-20T10:00:00Z', message: 'By a clock that was wrong' });
    commit({}, { date: '2026-05-31T10:00:00Z', message: 'A day ago' });
    const titles = async (since: string) =>
      (await replayed(dir, '--since', since)).merges.map(({ title }: { title: string }) => title);
    expect(await titles('2026-05-31')).toEqual(['A day ago']);
    expect(await titles('2 weeks')).toEqual(['In May', 'By a clock that was wrong', 'A day ago']);
    expect(await titles('2026-05-20T10:00:01Z')).toEqual(['A day ago']);
    expect(await titles('1 year ago')).toHaveLength(8);
  });

  test.each([
    [['--since', 'yesterday-ish'], /"yesterday-ish" is no date/],
    [['--since', '2026-02-30'], /"2026-02-30" is no date/],
    [['--range', '..HEAD'], /is no range of commits/],
    [['--range', 'a...b'], /is no range of commits/],
    [['--range', 'v9..HEAD'], /has no commit "v9"/],
    [['--range', 'HEAD..HEAD'], /There is no change to judge in HEAD\.\.HEAD/],
    [['--since', '2026-05-01'], /There is no change to judge since 2026-05-01/],
  ])('says what is wrong with %j', async (options, message) => {
    const { dir } = history();
    const ran = await runCli(['replay', ...options], { cwd: dir });
    expect(ran).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(message) });
  });
});

describe('what cannot be judged', () => {
  test('needs a valid registry', async () => {
    const { dir, commit } = history();
    const invalid = join(tempFolder(), 'invalid.yml');
    writeFileSync(invalid, `${REGISTRY}    symptom: []\n`);
    const ran = await runCli(['replay', '--registry', invalid], { cwd: dir });
    expect(ran).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/The registry is invalid, first at .*invalid\.yml:\d+/),
    });
    commit({ '.github/signpost.yml': null });
    expect(await runCli(['replay'], { cwd: dir })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/no registry in HEAD/),
    });
  });

  test('a lone first commit', async () => {
    const { dir } = makeRepository(FILES);
    expect(await runCli(['replay'], { cwd: dir })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/no change to judge\.\n/),
    });
  });

  test('a merge whose beginning a shallow clone does not show', async () => {
    const shallow = history().clone('--depth', '4');
    const { exitCode, totals, merges } = await replayed(shallow.dir);
    expect(exitCode).toBe(0);
    expect(merges).toHaveLength(3);
    expect(totals.notJudged).toBe(0);
    const { stderr } = await runCli(['replay'], { cwd: shallow.dir, tty: true });
    expect(stderr).toMatch(/The clone is shallow: what was merged before 2026-01-01 is not there.*--unshallow/s);
    const least = shallow.clone('--depth', '1');
    expect(await runCli(['replay'], { cwd: least.dir })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/shallow/),
    });
  });

  test('a merge without common history', async () => {
    const { dir, git, commit } = history();
    git('switch', '--quiet', '--orphan', 'other');
    commit({ 'docs/other.md': '# Other\n' });
    git('switch', '--quiet', 'main');
    git('merge', '--quiet', '--allow-unrelated-histories', '--message', 'Take in other docs', 'other');
    const { totals, merges } = await replayed(dir);
    expect(totals).toMatchObject({ merges: 6, judged: 5, notJudged: 1 });
    expect(merges.at(-1)).toMatchObject({ verdict: 'not-judged', reason: expect.stringMatching(/no common history/) });
  });
});

test('takes a merge of more than two for one change, and docs that were not there yet for none', async () => {
  const { dir, commit, branch, git } = makeRepository({ 'readme.txt': 'Later.\n' });
  for (const topic of ['a', 'b']) {
    branch(topic, 'main');
    commit({ [`docs/${topic}.md`]: `# ${topic}\n` });
  }
  git('switch', '--quiet', 'main');
  git('merge', '--quiet', '--no-ff', '--message', 'Take in both', 'a', 'b');
  commit({ ...FILES, 'docs/broken.mdx': '# Broken\n\n<Tabs>\n\n{ never closed\n' }, { message: 'Begin' });
  const { merges } = await replayed(dir);
  expect(merges).toMatchObject([
    { title: 'Take in both', head: git('rev-parse', 'HEAD~1'), changedPages: 2, verdict: 'pass' },
    {
      title: 'Begin',
      verdict: 'pass',
      findings: expect.arrayContaining([expect.objectContaining({ kind: 'unparsable-page' })]),
    },
  ]);
});

test('says at a terminal by which registry it judges, and the rest in few lines', async () => {
  const { dir } = history();
  const { stdout, stderr } = await runCli(['replay', '--no-color'], { cwd: dir, tty: true });
  expect(stderr).toMatch('Every change is judged by the registry of HEAD.');
  expect(stdout).toMatch(/^✖ 5 changes: 1 would have failed, 2 passed with a comment and 2 passed in silence\n/);
  expect(stdout).toMatch(/▲ 2026-01-01 #3 .*\n {4}card-declined improved\n/);
  expect(stdout).toMatch(/✖ 2026-01-01 #1 +Shorten the errors\n {4}card-declined blocks\n/);
});
