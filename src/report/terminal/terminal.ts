import type { Audit, Review } from '../../review/review.ts';
import { renderAuditTerminal } from './terminal-audit.ts';
import type { TerminalOptions } from './terminal-pen.ts';
import { renderReviewTerminal } from './terminal-review.ts';

/** A review or an audit for people at a prompt. No text of a page or registry can emit an escape sequence. */
export function renderTerminal(subject: Review | Audit, options: TerminalOptions): string {
  return 'rev' in subject ? renderAuditTerminal(subject, options) : renderReviewTerminal(subject, options);
}
