import type { Scenario } from '../../registry/registry.ts';

/** One thing to tell somebody: a permanent kind, a place and advice. Lines and columns start at 1. */
export interface Finding {
  kind: FindingKind;
  scenario: string | null;
  severity: 'error' | 'warning' | 'notice';
  blocking: boolean;
  path: string | null;
  line: number | null;
  endLine: number | null;
  column: number | null;
  message: string;
  advice: string;
}

/** What each permanent kind of finding is; `docs/findings.md` has one heading for each. */
export interface FindingKindFacts {
  severity: 'error' | 'warning' | 'notice';
  /** What is wrong, in a few words, for lists and SARIF rules. */
  summary: string;
  /** What to do about it, where nothing more specific is known. */
  advice: string;
}

const DOCS = 'https://github.com/signpost-docs/signpost/blob/main/docs/findings.md';

export const FINDING_KINDS = {
  'missing-scenario': {
    severity: 'error',
    summary: 'A known failure is named nowhere in the docs',
    advice: 'Add a section that names the failure, says why it happens and links to the fix.',
  },
  'missing-cause': {
    severity: 'error',
    summary: 'A known failure is named without its cause',
    advice: 'Say in the same section why it happens.',
  },
  'missing-link': {
    severity: 'error',
    summary: 'A known failure is named without the link to its fix',
    advice: 'Link to the fix from the same section.',
  },
  'broken-link': {
    severity: 'error',
    summary: 'The link to the fix leads nowhere',
    advice: 'Put back what the link led to, or add a redirect; where it has moved, link to its new place.',
  },
  'only-in-sample': {
    severity: 'warning',
    summary: 'A known failure stands only in a code sample or on a card',
    advice: 'Explain it in prose beside the sample.',
  },
  'hidden-page': {
    severity: 'warning',
    summary: 'A known failure is documented only where readers cannot find it',
    advice: 'Publish the page, or document the failure on one that readers can find.',
  },
  'documented-elsewhere': {
    severity: 'warning',
    summary: 'A known failure is documented, but not where its readers look',
    advice: 'Name it where readers look and link to the section that documents it.',
  },
  'forbidden-phrase': {
    severity: 'error',
    summary: 'The docs say what the registry says they must not',
    advice: 'Take the phrase out of the section.',
  },
  'duplicate-section': {
    severity: 'warning',
    summary: 'Two sections of one page document the same failure',
    advice: 'Merge the two sections, so that readers find one answer.',
  },
  'conflicting-sections': {
    severity: 'warning',
    summary: 'One section documents a failure and another says what must not be said about it',
    advice: 'Make the two sections agree.',
  },
  'unparsable-page': {
    severity: 'warning',
    summary: 'A page cannot be parsed and was read as plain Markdown',
    advice: 'Repair the syntax at this line.',
  },
  'unsupported-file': {
    severity: 'notice',
    summary: 'A file under a docs root cannot be read as a page',
    advice: 'Exclude it in the registry, or make it plain UTF-8 text.',
  },
  'registry-invalid': {
    severity: 'error',
    summary: 'The registry has a mistake',
    advice: 'Correct it as proposed.',
  },
  'registry-warning': {
    severity: 'warning',
    summary: 'The registry could say it better',
    advice: 'Change the entry as proposed.',
  },
  'unscrubbed-text': {
    severity: 'warning',
    summary: 'The registry holds text that should not be public',
    advice: 'Take it out or put a neutral word in its place.',
  },
  'waiver-expired': {
    severity: 'warning',
    summary: 'A waiver has run out',
    advice: 'Document the scenario, or renew the waiver with a new date and reason.',
  },
  'waiver-unneeded': {
    severity: 'notice',
    summary: 'A waiver is no longer needed',
    advice: 'Remove the waiver: the scenario is covered.',
  },
} as const satisfies Record<string, FindingKindFacts>;

export type FindingKind = keyof typeof FINDING_KINDS;

/** Where `docs/findings.md` explains a kind. */
export function docsUrl(kind: FindingKind): string {
  return `${DOCS}#${kind}`;
}

/** A finding at one line that does not block, with its kind's severity and, unless another is given, its advice. */
export function findingAt(
  kind: FindingKind,
  scenario: Pick<Scenario, 'id'> | null,
  { path, line }: { path: string; line: number },
  message: string,
  advice: string = FINDING_KINDS[kind].advice,
): Finding {
  const { severity } = FINDING_KINDS[kind];
  const place = { path, line, endLine: line, column: null };
  return { kind, scenario: scenario?.id ?? null, severity, blocking: false, ...place, message, advice };
}
