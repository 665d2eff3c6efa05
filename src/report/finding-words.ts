import { FINDING_KINDS, type FindingKind } from '../review/finding-kinds.ts';
import type { Finding } from '../review/review.ts';
import { placeOf } from './sentence.ts';

/** Kinds whose message names both sections, so that advice need not name them again. */
const PAIRS: ReadonlySet<FindingKind> = new Set(['duplicate-section', 'conflicting-sections']);

type Told = Pick<Finding, 'kind' | 'message' | 'advice' | 'path' | 'line'>;

/** A finding's message and advice for where its place stands before them already: without that place. */
export function besideItsPlace({ kind, message, advice, path, line }: Told): { message: string; advice: string } {
  const short = PAIRS.has(kind) ? FINDING_KINDS[kind].advice : advice;
  if (path === null || line === null) return { message, advice: short };
  const place = ` (${placeOf({ path, line })})`;
  return { message: message.replaceAll(place, ''), advice: short.replaceAll(place, '') };
}
