import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeRepository, removeTempFolders, tempFolder } from '../temp-repository.ts';
import { FILES, REGISTRY, WITHOUT_CAUSE } from './small-docs.ts';

/** The command line as it is published: built by the package's own script, run by node. */
let cli: string;

beforeAll(() => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  const folder = join(tempFolder(), 'dist');
  execFileSync('npx', ['--no-install', '-c', `${scripts.build} ${folder}`]);
  cli = join(folder, 'cli.js');
});
afterAll(removeTempFolders);

function breakingChange(files = FILES): string {
  const repository = makeRepository(files);
  repository.branch('topic');
  repository.commit({ 'docs/errors.md': WITHOUT_CAUSE });
  return repository.dir;
}

test('reviews a pull request from a folder of its own, without anything beside it', () => {
  const ran = spawnSync(process.execPath, [cli, 'review', '--format', 'json'], { cwd: breakingChange() });
  expect(ran.stderr.toString()).toBe('');
  expect(ran.status).toBe(1);
  expect(JSON.parse(ran.stdout.toString()).verdict).toBe('fail');
});

test.each([
  [['--version'], 0],
  [['audit', '--help'], 0],
  [['registry', 'schema'], 0],
  [['reviw'], 2],
])('%j ends with %d', (argv, status) => {
  expect(spawnSync(process.execPath, [cli, ...argv]).status).toBe(status);
});

test('starts by its first line where the file may be executed', () => {
  expect(readFileSync(cli, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
});

test('ends in peace when nobody reads on, as with head', () => {
  const scenario = REGISTRY.slice(REGISTRY.indexOf('  - id: receipt'));
  const many = Array.from({ length: 400 }, (_, i) => scenario.replace('receipt-empty', `receipt-empty-${i}`)).join('');
  const cwd = breakingChange({ ...FILES, '.github/signpost.yml': `${REGISTRY}${many}` });
  const typed = `"${process.execPath}" "${cli}" review --format json | head -1; echo "\${PIPESTATUS[0]}"`;
  const ran = spawnSync('bash', ['-c', typed], { cwd });
  expect(ran.stderr.toString()).toBe('');
  expect(ran.stdout.toString()).toBe('{\n1\n');
});

/** Everything that is loaded before a command is chosen. */
function loadedAtOnce({ outputs }: Metafile): Set<string> {
  const inputs = new Set<string>();
  const visit = (path: string) => {
    for (const input of Object.keys(outputs[path]!.inputs)) inputs.add(input);
    for (const { path: next, kind } of outputs[path]!.imports)
      if (kind === 'import-statement' && outputs[next]) visit(next);
  };
  visit(Object.keys(outputs).find((path) => outputs[path]!.entryPoint === 'src/cli.ts')!);
  return inputs;
}

test('help loads neither the parsers nor the core', async () => {
  const { metafile } = await build({
    entryPoints: ['src/cli.ts'],
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    outdir: 'unwritten',
    write: false,
    metafile: true,
  });
  const loaded = [...loadedAtOnce(metafile)];
  expect(loaded.filter((path) => /remark|micromark|mdast|htmlparser2|minisearch|\/yaml\//.test(path))).toEqual([]);
  expect(loaded).toContain('src/commands/review.ts');
});
