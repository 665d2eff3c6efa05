import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('asks V8 for nothing that it does not know', () => {
  const module = new URL('../../src/runtime/bound-garbage.ts', import.meta.url).href;
  const program = `(await import(${JSON.stringify(module)})).boundGarbage(); console.log('done');`;
  const argv = ['--import', 'tsx', '--input-type=module', '--eval', program];
  const { stdout, stderr } = spawnSync(process.execPath, argv, { encoding: 'utf8' });
  // Here V8 says that it does not know a flag.
  expect([stdout, stderr]).toEqual(['done\n', '']);
});
