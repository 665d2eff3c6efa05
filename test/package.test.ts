/** What would be published, and by what. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));

it('the package holds the bundle, the schema and what npm always takes along', () => {
  const packed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { encoding: 'utf8' });
  const paths: string[] = JSON.parse(packed)[0].files.map(({ path }: { path: string }) => path);
  const others = paths.filter((path) => !path.startsWith('dist/'));
  expect(others.sort()).toEqual(['LICENSE', 'README.md', 'package.json', 'signpost.schema.json']);
});

it('npm can tie the package to the repository that its provenance names', () => {
  expect(manifest.repository.url).toBe('git+https://github.com/signpost-docs/signpost.git');
  expect(manifest.scripts.prepack).toContain('build');
});

it('a release runs all of CI, keeps no token and states its provenance', () => {
  const { permissions, jobs } = parse(readFileSync('.github/workflows/release.yml', 'utf8'));
  expect(permissions).toEqual({});
  expect(jobs.publish.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
  const commands: string[] = jobs.publish.steps.flatMap(({ run }: { run?: string }) => run ?? []);
  expect(commands).toContain('bash .ci/run');
  expect(commands.at(-1)).toContain('npm publish --provenance');
  expect(JSON.stringify(jobs)).not.toContain('secrets.');
});

it('no package is installed from an address of its own', () => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  expect(Object.values<{ resolved?: string }>(packages).filter(({ resolved }) => resolved)).toEqual([]);
});
