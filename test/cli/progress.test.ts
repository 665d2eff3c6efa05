import { expect, test } from 'vitest';
import { progressOn } from '../../src/commands/progress.ts';

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
