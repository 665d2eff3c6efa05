import { expect, test } from 'vitest';
import { startStopwatch } from '../../src/commands/stopwatch.ts';
import { rememberPages } from '../../src/coverage/page-memory.ts';
import type { PageFacts } from '../../src/docs/markdown/page-facts.ts';

test('tells reading, parsing and judging apart, and the whole', async () => {
  const clock = { at: 1000 };
  const stopwatch = startStopwatch(() => clock.at);
  const facts = {} as PageFacts;
  await stopwatch.read(async () => {
    clock.at += 10;
  });
  const { facts: cache } = stopwatch.measured(rememberPages());
  const parse = () => {
    if (cache.get('a')) return;
    clock.at += 20;
    cache.set('a', facts);
  };
  const result = stopwatch.judge(() => {
    parse();
    parse();
    clock.at += 5;
    return 'judged';
  });
  clock.at += 1;
  expect(result).toBe('judged');
  expect(cache.get('a')).toBe(facts);
  expect(stopwatch.milliseconds()).toEqual({ read: 10, parse: 20, judge: 5, total: 36 });
});
