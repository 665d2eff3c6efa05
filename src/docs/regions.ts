import { passagesOf } from './passages/cut-passages.ts';

/**
 * A stretch of a page that can be read by itself: it begins with a heading at the margin, outside of every container,
 * and ends before the next such one.
 */
export interface Region {
  /** Offsets into the text, and lines from 1. */
  from: number;
  to: number;
  line: number;
  endLine: number;
  /** The last line that is not empty. */
  lastLine: number;
  /** The depth of its heading; 0 for what stands above the first. */
  depth: number;
  /** A heading in it titles a part of an explanation, which may belong to what stands above the region. */
  hasPart: boolean;
  /** The least depth of such headings. */
  partDepth: number;
  /** Something in it, its own heading aside, may title the page. */
  hasTitle: boolean;
  /** Offsets of what may title a section, its own heading aside. */
  labels: { from: number; to: number }[];
  /** It imports or exports something, which holds for the whole page. */
  hasModules: boolean;
}

/** Lines, both inclusive. */
export interface LineRange {
  line: number;
  endLine: number;
}

/** The same lines in order, what touches each other as one. */
export function mergeLines(lines: readonly LineRange[]): LineRange[] {
  const merged: LineRange[] = [];
  for (const { line, endLine } of lines.toSorted((a, b) => a.line - b.line)) {
    const last = merged.at(-1);
    if (last && line <= last.endLine + 1) last.endLine = Math.max(last.endLine, endLine);
    else merged.push({ line, endLine });
  }
  return merged;
}

/** `[name]: address` may be used anywhere on the page, and so may a footnote (CommonMark section 4.7). */
const DEFINITION = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*\[[^\]\n]+\]:/m;
const MODULES = /(?:import|export)\b/y;

/** Cuts a page into regions; a page whose parts depend on each other is one. @param text with line ends as `\n` */
export function regionsOf(text: string, syntax: 'mdx' | 'md'): Region[] {
  const regions = [regionAt(0, 1, 0)];
  const passages = DEFINITION.test(text) ? [] : passagesOf(text, 0, syntax);
  for (const { from, to, line, endLine, opensRegion, isCode, isLabel, isTitle, isPart, partDepth } of passages) {
    if (opensRegion) regions.push(regionAt(from, line, depthOf(text, from)));
    const region = regions.at(-1) as Region;
    region.lastLine = endLine;
    region.hasPart ||= isPart;
    region.partDepth = Math.min(region.partDepth, isPart ? partDepth : Number.POSITIVE_INFINITY);
    MODULES.lastIndex = from;
    region.hasModules ||= !isCode && MODULES.test(text);
    if (!isLabel || opensRegion) continue;
    region.labels.push({ from, to });
    region.hasTitle ||= isTitle;
  }
  for (const [i, region] of regions.entries()) {
    const next = regions[i + 1];
    region.to = next ? next.from : text.length;
    region.endLine = next ? next.line - 1 : Number.MAX_SAFE_INTEGER;
  }
  return regions;
}

function regionAt(from: number, line: number, depth: number): Region {
  const marks = { hasPart: false, partDepth: Number.POSITIVE_INFINITY, hasTitle: false, hasModules: false };
  return { from, to: from, line, endLine: line, lastLine: line, depth, ...marks, labels: [] };
}

function depthOf(text: string, from: number): number {
  let depth = 0;
  while (text[from + depth] === '#') depth += 1;
  return depth;
}

/**
 * The regions that must be read to know what some lines say, with everything that counts along with them: what stands
 * below their headings, and the parts that belong to the page's own prose.
 */
export function regionsFor(regions: readonly Region[], lines: readonly LineRange[]): Set<number> {
  const needed = new Set<number>();
  for (const [i, region] of regions.entries()) {
    if (region.hasModules) needed.add(i);
    const isAsked = lines.some(({ line, endLine }) => line <= region.endLine && endLine >= region.line);
    if (isAsked) addWithRest(needed, regions, i);
  }
  return needed;
}

/** A part of an explanation is read with all of what it is a part of. */
function addWithRest(needed: Set<number>, regions: readonly Region[], at: number): void {
  const { hasPart, partDepth } = regions[at] as Region;
  addWithInner(needed, regions, at);
  if (!hasPart || at === 0) return;
  const around = regions.findLastIndex(({ depth }, i) => i < at && depth < partDepth);
  if (!needed.has(around) || around === 0) addWithRest(needed, regions, Math.max(0, around));
}

function addWithInner(needed: Set<number>, regions: readonly Region[], at: number): void {
  needed.add(at);
  const { depth } = regions[at] as Region;
  for (const [i, region] of regions.entries()) {
    if (i <= at) continue;
    if (depth === 0 && region.hasPart) needed.add(i);
    if (depth === 0) continue;
    if (region.depth <= depth) return;
    needed.add(i);
  }
}
