import type { Mistake } from '../../registry/registry.ts';
import type { Finding } from '../../review/findings/finding.ts';
import type { Audit, Review } from '../../review/review.ts';

/** A registry's mistake as `registry check` reports it: an error blocks. */
export function findingOf(mistake: Mistake): Finding {
  const { kind, scenario, severity, path, line, endLine, column, message, advice } = mistake;
  return { kind, scenario, severity, blocking: severity === 'error', path, line, endLine, column, message, advice };
}

/** The findings of whatever can be reported. */
export function findingsOf(subject: Review | Audit | readonly Mistake[]): Finding[] {
  return 'findings' in subject ? subject.findings : subject.map(findingOf);
}

export function tally(mistakes: readonly Mistake[]): { errors: number; warnings: number } {
  const errors = mistakes.filter(({ severity }) => severity === 'error').length;
  return { errors, warnings: mistakes.length - errors };
}
