import type { Mistake } from '../../registry/registry.ts';
import type { Finding, FindingKind } from '../../review/findings/finding.ts';
import type { Audit, Review } from '../../review/review.ts';
import { cleanLine, shorten } from './clean-text.ts';
import { ANNOTATION_MESSAGE_CHARACTERS } from './limits.ts';
import { asSentence, placeOf } from './sentence.ts';

/** The kinds that a scenario's gap makes. Reports tell of them with the scenario, not in the list of findings. */
const GAP_KINDS: ReadonlySet<FindingKind> = new Set([
  'missing-scenario',
  'missing-cause',
  'missing-link',
  'broken-link',
  'only-in-sample',
  'hidden-page',
  'documented-elsewhere',
  'forbidden-phrase',
] satisfies FindingKind[]);

export function isGap(finding: Finding): boolean {
  return GAP_KINDS.has(finding.kind);
}

type Advice = Pick<Finding, 'message' | 'advice'>;

/** A finding's message and advice without its place, for a report that writes the place before them. */
export function besideItsPlace({ message, advice, path, line }: Advice & Pick<Finding, 'path' | 'line'>): Advice {
  if (path === null || line === null) return { message, advice };
  const place = ` (${placeOf({ path, line })})`;
  return { message: message.replaceAll(place, ''), advice: advice.replaceAll(place, '') };
}

/** A finding's message and advice as plain sentences in one line, as long as an annotation may be. */
export function annotationText({ message, advice }: Advice): string {
  const text = [message, advice].map(cleanLine).filter(Boolean).map(asSentence).join(' ');
  return shorten(text, ANNOTATION_MESSAGE_CHARACTERS);
}

/** A registry's mistake as `registry check` reports it: an error blocks. */
export function findingOf(mistake: Mistake): Finding {
  const { kind, scenario, severity, path, line, endLine, column, message, advice } = mistake;
  return { kind, scenario, severity, blocking: severity === 'error', path, line, endLine, column, message, advice };
}

/** The findings of whatever can be reported. */
export function findingsOf(subject: Review | Audit | readonly Mistake[]): Finding[] {
  return 'findings' in subject ? subject.findings : subject.map(findingOf);
}

/** How many of a registry's mistakes are errors and how many are warnings. */
export function countSeverities(mistakes: readonly Mistake[]): { errors: number; warnings: number } {
  const errors = mistakes.filter(({ severity }) => severity === 'error').length;
  return { errors, warnings: mistakes.length - errors };
}
