/**
 * A run of lines of a file's raw text that no block of the page reaches beyond: what a reader sees in one sentence,
 * label, table row or sample stands within one passage.
 */
export interface Passage {
  /** Offsets into the text, and source lines from 1. */
  from: number;
  to: number;
  line: number;
  endLine: number;
  /** A fenced sample, in which nothing is prose. */
  isCode: boolean;
  /** It may title a section, so that its words count along with the sentences below it. */
  isLabel: boolean;
  /** It is one heading and nothing else. */
  isHeading: boolean;
  /** Nothing in it but running text and its inline marks. */
  isPlain: boolean;
  /** Something in it may stand out: a label, a table row, the lead of a list item. */
  standsOut: boolean;
  /** How many containers hold its labels: they count no longer once fewer are open. */
  labelDepth: number;
  /** The fewest containers that were open in it, and how many are after it. */
  leastDepth: number;
  depth: number;
  /** A heading that takes the place of all labels in its container. */
  replacesLabels: boolean;
  /** It may title the whole page. */
  isTitle: boolean;
  /** A heading that titles a part of an explanation, such as its cause. */
  isPart: boolean;
  /** The least depth of such headings; 7 without one. */
  partDepth: number;
  /** A heading under which no label above it counts along any more. */
  opensRegion: boolean;
}

/** Where it is not known which containers are open, nothing is said to end. */
export const UNKNOWN_DEPTH = 60;

/** Deeper than any heading. */
const NO_DEPTH = 7;

/** A text of which nothing can be told apart for certain, from an offset on. */
export function wholeText(text: string, from: number): Passage {
  return {
    from,
    to: text.length,
    line: 1,
    endLine: Number.MAX_SAFE_INTEGER,
    isCode: false,
    isLabel: true,
    isHeading: false,
    isPlain: false,
    standsOut: true,
    labelDepth: 0,
    leastDepth: 0,
    depth: 0,
    replacesLabels: false,
    isTitle: true,
    isPart: true,
    partDepth: 1,
    opensRegion: false,
  };
}

/** A passage as it begins. */
export function startPassage(
  { from, to, line }: Pick<Passage, 'from' | 'to' | 'line'>,
  { isCode, isLabel, depth }: Pick<Passage, 'isCode' | 'isLabel' | 'depth'>,
): Passage {
  return {
    from,
    to,
    line,
    endLine: line,
    isCode,
    isLabel,
    isHeading: false,
    isPlain: !isCode && !isLabel,
    standsOut: isLabel,
    labelDepth: isLabel ? 0 : UNKNOWN_DEPTH,
    leastDepth: depth,
    depth,
    replacesLabels: false,
    isTitle: false,
    isPart: false,
    partDepth: NO_DEPTH,
    opensRegion: false,
  };
}
