/**
 * Counts the work of parsing each hostile shape: `tsx count-steps.ts N` prints, as JSON, by name the steps at N, 2 N and
 * 4 N characters. A step is one run of a function or block of code, as V8 counts them, or an element that an array's
 * method copied or moved. Runs in a process of its own, for the counters are one for all that a process does.
 */
import { Session } from 'node:inspector/promises';
import { parsePage } from '../../../src/docs/markdown/parse-page.ts';
import { SHAPES } from './hostile-shapes.ts';

let moved = 0;
const { slice, concat, splice } = Array.prototype;

/** What V8 itself copies is counted nowhere else. */
Object.assign(Array.prototype, {
  slice(this: unknown[], ...bounds: [number?, number?]) {
    const part = slice.apply(this, bounds);
    moved += part.length;
    return part;
  },
  concat(this: unknown[], ...more: unknown[][]) {
    const all = concat.apply(this, more);
    moved += all.length;
    return all;
  },
  splice(this: unknown[], start: number, count = Number.POSITIVE_INFINITY, ...added: unknown[]) {
    const { length } = this;
    const removed = splice.call(this, start, count, ...added);
    const from = Math.min(start < 0 ? Math.max(0, length + start) : start, length);
    moved += removed.length + (removed.length === added.length ? 0 : length - from - removed.length);
    return removed;
  },
});

const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });

async function stepsOf(work: () => void): Promise<number> {
  await session.post('Profiler.takePreciseCoverage');
  moved = 0;
  work();
  const copies = moved;
  const { result } = await session.post('Profiler.takePreciseCoverage');
  let steps = copies;
  for (const { functions } of result)
    for (const { ranges } of functions) for (const { count } of ranges) steps += count;
  return steps;
}

const n = Number(process.argv[2]);
const counted: Record<string, number[]> = {};
for (const { name, syntax, make } of SHAPES) {
  counted[name] = [];
  for (const size of [n, 2 * n, 4 * n]) {
    const text = make(size);
    counted[name].push(await stepsOf(() => parsePage(text, syntax)));
  }
}
console.log(JSON.stringify(counted));
