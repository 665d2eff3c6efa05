const CLAIM = /^\s*signpost:\s*documents\s+(.+)$/is;
/** VitePress: `<!--@include: ./part.md{3,5}-->`. */
const INCLUDE = /^\s*@include:\s*([^\s{]+)/;

/** The scenario ids that a comment claims for the section it stands in; none for any other comment. */
export function claimedIds(comment: string): string[] {
  const list = CLAIM.exec(comment)?.[1] ?? '';
  return list.split(/[\s,]+/).filter(Boolean);
}

/** The path of the file that a comment asks VitePress to show; null for any other comment. */
export function includedPath(comment: string): string | null {
  return INCLUDE.exec(comment)?.[1] ?? null;
}
