import { afterAll, expect, test } from 'vitest';
import { makeRepository, removeTempFolders } from '../temp-repository.ts';
import { runCli } from './run-cli.ts';
import { FILES, WITHOUT_CAUSE } from './small-docs.ts';

afterAll(removeTempFolders);

test('shows the lines that a covered scenario rests on', async () => {
  const { dir } = makeRepository(FILES);
  const ran = await runCli(['explain', 'card-declined'], { cwd: dir });
  expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
  expect(ran.stdout).toContain('card-declined: covered');
  expect(ran.stdout).toContain('docs/errors.md:3-5 "card_declined"');
  expect(ran.stdout).toContain('✔ cause “test mode”');
});

test('shows what a section lacks, at another commit', async () => {
  const { dir, commit } = makeRepository(FILES);
  commit({ 'docs/errors.md': WITHOUT_CAUSE });
  const explain = async (rev: string) =>
    JSON.parse((await runCli(['explain', 'card-declined', '--rev', rev, '--format', 'json'], { cwd: dir })).stdout);
  expect(await explain('HEAD')).toMatchObject({
    version: 1,
    kind: 'explain',
    state: 'partial',
    gaps: [{ kind: 'cause', detail: 'test mode' }],
    candidates: [{ path: 'docs/errors.md', line: 3, level: 'mentions' }],
  });
  expect(await explain('HEAD~1')).toMatchObject({ state: 'covered', gaps: [] });
});

test('shows what comes near a missing scenario', async () => {
  const { dir } = makeRepository({
    ...FILES,
    'docs/receipts.md': '# Receipts\n\nA receipt with no items is shown as a white page.\n',
  });
  const { stdout } = await runCli(['explain', 'receipt-empty', '--format', 'json'], { cwd: dir });
  expect(JSON.parse(stdout)).toMatchObject({ state: 'missing', nearMisses: [{ path: 'docs/receipts.md' }] });
});

test('marks the words, and proposes a change that covers the scenario once it is made', async () => {
  const page = WITHOUT_CAUSE.replace('[test card]', '[number]');
  const { dir, commit } = makeRepository({ ...FILES, 'docs/errors.md': page });
  const { stdout } = await runCli(['explain', 'card-declined', '--quiet'], { cwd: dir });
  expect(stdout).toMatch(/✔ code card_declined .*\n {8}.*\[card_declined\]/);
  expect(stdout).toMatch(/^Smallest change: \d+ words? of the docs$/m);
  const { smallestChange } = JSON.parse(
    (await runCli(['explain', 'card-declined', '--format', 'json'], { cwd: dir })).stdout,
  );
  const [step] = smallestChange.docs.steps;
  expect(step).toMatchObject({ kind: 'paste', path: 'docs/errors.md' });
  const lines = page.split('\n');
  lines.splice(step.afterLine, 0, step.text);
  commit({ 'docs/errors.md': lines.join('\n') });
  const again = JSON.parse((await runCli(['explain', 'card-declined', '--format', 'json'], { cwd: dir })).stdout);
  expect(again).toMatchObject({ state: 'covered', smallestChange: null });
});

test('an unknown id is bad usage, with the one that was meant', async () => {
  const { dir } = makeRepository(FILES);
  const ran = await runCli(['explain', 'card_declined'], { cwd: dir });
  expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
  expect(ran.stderr).toContain('.github/signpost.yml has no scenario "card_declined".');
  expect(ran.stderr).toContain('Did you mean "card-declined"?');
});

test('without a registry there is nothing to explain', async () => {
  const { dir } = makeRepository({ 'docs/errors.md': '# Errors\n' });
  const ran = await runCli(['explain', 'card-declined'], { cwd: dir });
  expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
  expect(ran.stderr).toContain('There is no registry');
});
