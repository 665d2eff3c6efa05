import type { Finding } from '../../review/findings/finding.ts';
import { placeOf } from './sentence.ts';

type Told = Pick<Finding, 'message' | 'advice' | 'path' | 'line'>;

/** A finding's message and advice for where its place stands before them already: without that place. */
export function besideItsPlace({ message, advice, path, line }: Told): { message: string; advice: string } {
  if (path === null || line === null) return { message, advice };
  const place = ` (${placeOf({ path, line })})`;
  return { message: message.replaceAll(place, ''), advice: advice.replaceAll(place, '') };
}
