import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeRepository, removeTempFolders, tempFolder } from '../temp-repository.ts';
import { FILES, REGISTRY, WITHOUT_CAUSE } from './small-docs.ts';

/** The command line as it is published: built, bundled, and run by node. */
const folder = tempFolder();
const cli = join(folder, 'cli.js');

beforeAll(() => {
  execFileSync('npm', ['run', '--silent', 'build', '--', `--outdir=${folder}`]);
});
afterAll(removeTempFolders);
