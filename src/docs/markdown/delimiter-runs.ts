import type { Code } from 'micromark-util-types';

/** `*`, `_` or `~`, once or repeated (CommonMark section 6.2, GFM section 6.5). */
interface Run {
  marker: Code;
  size: number;
  opens: boolean;
  closes: boolean;
  /** How many tokens stand before it. */
  at: number;
}

const TILDE = 126;
const UNDERSCORE = 95;

/** The delimiter runs of one paragraph that may still find a partner. */
export class DelimiterRuns {
  #openers: Run[] = [];

  /** How many tokens the parser will walk back from this run, and how many pairs it will make. */
  pair(marker: Code, size: number, around: { before: Code; after: Code }, at: number): { walk: number; pairs: number } {
    const run = { marker, size, at, ...flanks(marker, around) };
    let walk = 0;
    let pairs = 0;
    while (run.closes && run.size > 0) {
      const index = this.#openers.findLastIndex((opener) => arePartners(opener, run));
      const opener = this.#openers[index];
      walk += at - (opener?.at ?? 0);
      if (!opener) break;
      const used = marker === TILDE ? size : Math.min(opener.size, run.size, 2);
      pairs++;
      this.#openers.length = index + 1;
      opener.size -= used;
      run.size -= used;
      if (opener.size === 0) this.#openers.pop();
    }
    if (run.opens && run.size > 0) this.#openers.push(run);
    return { walk, pairs };
  }

  /** What stands in a link finds no partner outside. */
  endFrom(at: number): void {
    const index = this.#openers.findIndex((opener) => opener.at >= at);
    if (index >= 0) this.#openers.length = index;
  }
}

function arePartners(opener: Run, closer: Run): boolean {
  if (opener.marker !== closer.marker) return false;
  if (closer.marker === TILDE) return opener.size === closer.size;
  const isOddSum = closer.size % 3 !== 0 && (opener.size + closer.size) % 3 === 0;
  return !(isOddSum && (opener.closes || closer.opens));
}

function flanks(marker: Code, { before, after }: { before: Code; after: Code }): Pick<Run, 'opens' | 'closes'> {
  const left = classOf(before);
  const right = classOf(after);
  const opens = right === 'word' || (right === 'mark' && left !== 'word') || isMarker(after);
  const closes = left === 'word' || (left === 'mark' && right !== 'word') || isMarker(before);
  if (marker !== UNDERSCORE) return { opens, closes };
  return { opens: opens && (left !== 'word' || !closes), closes: closes && (right !== 'word' || !opens) };
}

function isMarker(code: Code): boolean {
  return code === 42 || code === UNDERSCORE || code === TILDE;
}

function classOf(code: Code): 'blank' | 'mark' | 'word' {
  if (code === null || code < 0) return 'blank';
  const char = String.fromCharCode(code);
  if (/\s/.test(char)) return 'blank';
  return /[\p{P}\p{S}]/u.test(char) ? 'mark' : 'word';
}
