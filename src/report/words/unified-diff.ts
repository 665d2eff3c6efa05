const CONTEXT = 3;

type Edit = readonly [sign: ' ' | '-' | '+', line: string];

/** The change of one file as `diff -u` writes it, without its two lines of names; empty where nothing changed. */
export function unifiedDiff(before: string, after: string): string[] {
  const edits = editsOf(linesOf(before), linesOf(after));
  return hunks(edits).flatMap(([from, to]) => [
    header(edits, from, to),
    ...edits.slice(from, to).map(([s, l]) => s + l),
  ]);
}

function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** What stays the same at both ends is set aside; most changes only add lines, and the rest is small. */
function editsOf(before: readonly string[], after: readonly string[]): Edit[] {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const middle = shortestEdits(before.slice(head, before.length - tail), after.slice(head, after.length - tail));
  const kept = (lines: readonly string[]) => lines.map((line): Edit => [' ', line]);
  return [...kept(before.slice(0, head)), ...middle, ...kept(before.slice(before.length - tail))];
}

/** Beyond this many lines that differ, all old ones are shown as removed and all new ones as added. */
const MOST_EDITS = 1000;

/** The edits that led to a place in both texts, the last one first. */
type Trail = { edit: Edit; earlier: Trail } | null;

/** Myers, "An O(ND) Difference Algorithm and Its Variations" (1986): the fewest lines removed and added. */
function shortestEdits(before: readonly string[], after: readonly string[]): Edit[] {
  if (before.length === 0 || after.length === 0) return replaced(before, after);
  const furthest = new Map<number, { x: number; trail: Trail }>([[1, { x: 0, trail: null }]]);
  for (let edits = 0; edits <= Math.min(before.length + after.length, MOST_EDITS); edits++) {
    for (let k = -edits; k <= edits; k += 2) {
      const [fewer, more] = [furthest.get(k - 1), furthest.get(k + 1)];
      const isAdded = k === -edits || (k !== edits && (fewer?.x ?? -1) < (more?.x ?? -1));
      let { x, trail } = isAdded ? more! : fewer!;
      if (edits > 0) trail = { edit: isAdded ? ['+', after[x - k - 1]!] : ['-', before[x]!], earlier: trail };
      if (!isAdded) x++;
      for (; x < before.length && x - k < after.length && before[x] === after[x - k]; x++)
        trail = { edit: [' ', before[x]!], earlier: trail };
      furthest.set(k, { x, trail });
      if (x >= before.length && x - k >= after.length) return inOrder(trail);
    }
  }
  return replaced(before, after);
}

function inOrder(trail: Trail): Edit[] {
  const edits: Edit[] = [];
  for (let at = trail; at !== null; at = at.earlier) edits.push(at.edit);
  return edits.reverse();
}

function replaced(before: readonly string[], after: readonly string[]): Edit[] {
  return [...before.map((line): Edit => ['-', line]), ...after.map((line): Edit => ['+', line])];
}

/** Stretches of edits with their context. */
function hunks(edits: readonly Edit[]): [from: number, to: number][] {
  const found: [number, number][] = [];
  for (const [index, [sign]] of edits.entries()) {
    if (sign === ' ') continue;
    const last = found.at(-1);
    const to = Math.min(edits.length, index + 1 + CONTEXT);
    if (last && index - CONTEXT <= last[1]) last[1] = to;
    else found.push([Math.max(0, index - CONTEXT), to]);
  }
  return found;
}

function header(edits: readonly Edit[], from: number, to: number): string {
  const count = (signs: string, start: number, end: number) =>
    edits.slice(start, end).filter(([sign]) => signs.includes(sign)).length;
  const range = (signs: string) => {
    const lines = count(signs, from, to);
    const start = count(signs, 0, from) + (lines === 0 ? 0 : 1);
    return lines === 1 ? `${start}` : `${start},${lines}`;
  };
  return `@@ -${range(' -')} +${range(' +')} @@`;
}
