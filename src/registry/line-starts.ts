/** A place in one text; lines and columns start at 1, columns count UTF-16 units as editors do. */
export interface LineColumn {
  line: number;
  column: number;
}

/**
 * Finds lines and columns of offsets in a text whose lines end in LF or CRLF. An offset near the one asked
 * for before costs nothing, any other a binary search.
 */
export function lineFinder(text: string): (offset: number) => LineColumn {
  const starts = lineStarts(text);
  let line = 0;
  return (offset) => {
    const near = offset >= starts[line]! && offset < (starts[line + 1] ?? Number.POSITIVE_INFINITY);
    if (!near) line = lineOf(starts, offset);
    return { line: line + 1, column: offset - starts[line]! + 1 };
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
}

function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
