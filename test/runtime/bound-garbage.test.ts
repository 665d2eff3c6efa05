import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

/** Makes much garbage that outlives the young generation beside something that lives. @returns the largest heap, in bytes */
const PROGRAM = `
const { boundGarbage } = await import(process.argv[1]);
if (process.argv[2] === 'bounded') boundGarbage();
const lives = Array.from({ length: 400_000 }, (_, at) => ({ at }));
const passes = Array.from({ length: 40_000 });
let most = 0;
for (let at = 0; at < 4_000_000; at += 1) {
  passes[at % passes.length] = { text: [at, at, at, at, at, at, at, at] };
  if (at % 5_000 === 0) most = Math.max(most, process.memoryUsage().heapTotal);
}
console.log(most, lives.length);
`;

function largestHeap(how: string): number {
  const module = new URL('../../src/runtime/bound-garbage.ts', import.meta.url).href;
  const argv = ['--import', 'tsx', '--input-type=module', '--eval', PROGRAM, module, how];
  const { stdout, stderr } = spawnSync(process.execPath, argv, { encoding: 'utf8' });
  // V8 says here that it does not know a flag.
  expect(stderr).toBe('');
  return Number.parseInt(stdout, 10);
}

test('the heap stays closer to what is in use', () => {
  expect(largestHeap('bounded')).toBeLessThan(0.85 * largestHeap('unbounded'));
});
