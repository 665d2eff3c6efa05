import { expect, test } from 'vitest';
import { progressOn, startStopwatch } from '../../src/commands/progress.ts';
import { rememberPages } from '../../src/coverage/memory.ts';
import type { PageFacts } from '../../src/docs/markdown/page-facts.ts';

function watched(columns?: number) {
  const written: string[] = [];
  const clock = { at: 0 };
  const sink = { write: (text: string) => written.push(text), ...(columns ? { columns } : {}) };
  return { written, clock, progress: progressOn(sink, () => clock.at) };
}

test('work that is done at once says nothing and erases nothing', () => {
  const { written, progress } = watched();
  progress.show('reading…');
  progress.clear();
  expect(written).toEqual([]);
});

test('longer work says how far it is, not too often, and erases it in the end', () => {
  const { written, clock, progress } = watched();
  for (clock.at = 0; clock.at < 300; clock.at += 10) progress.show(`reading ${clock.at}`);
  progress.clear();
  progress.clear();
  expect(written).toEqual(['\r\u001b[2Kreading 150', '\r\u001b[2Kreading 230', '\r\u001b[2K']);
});

test('a step that takes the whole thread is announced at once', () => {
  const { written, progress } = watched();
  progress.announce('judging…');
  progress.clear();
  expect(written).toEqual(['\r\u001b[2Kjudging…', '\r\u001b[2K']);
});

test('a line never reaches the edge of the terminal, where it would wrap', () => {
  const { written, clock, progress } = watched(10);
  clock.at = 1000;
  progress.show('reading 1,200 pages');
  expect(written).toEqual(['\r\u001b[2Kreading 1']);
});

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
