import type { Mistake } from '../registry/registry.ts';
import type { Finding } from '../review/findings/finding.ts';
import { docsUrl, FINDING_KINDS, type FindingKind } from '../review/findings/finding.ts';
import type { Audit, Review } from '../review/review.ts';
import { shortLine } from './words/clean-text.ts';
import { annotationText, findingsOf } from './words/finding-words.ts';
import { encodedPath } from './words/github-links.ts';
import { ANNOTATION_MESSAGE_CHARACTERS } from './words/limits.ts';
import { asSentence } from './words/sentence.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

const LEVELS = { error: 'error', warning: 'warning', notice: 'note' } as const;

const KINDS = Object.keys(FINDING_KINDS) as FindingKind[];

/**
 * All findings as a SARIF 2.1.0 log for code scanning and editors.
 * @param version Signpost's own, for `tool.driver.version`.
 */
export function renderSarif(subject: Review | Audit | readonly Mistake[], version: string): string {
  const run = {
    tool: {
      driver: {
        name: 'Signpost',
        version,
        informationUri: docsUrl('missing-scenario').replace(/\/blob\/.*$/, ''),
        rules: KINDS.map(rule),
      },
    },
    columnKind: 'utf16CodeUnits',
    invocations: [invocation(subject)],
    results: results(findingsOf(subject)),
  };
  return `${JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, null, 2)}\n`;
}

function rule(kind: FindingKind) {
  const { severity, summary, advice } = FINDING_KINDS[kind];
  return {
    id: kind,
    shortDescription: { text: asSentence(summary) },
    help: { text: `${advice} ${docsUrl(kind)}`, markdown: `${advice} [More](${docsUrl(kind)})` },
    helpUri: docsUrl(kind),
    defaultConfiguration: { level: LEVELS[severity] },
  };
}

function invocation(subject: Review | Audit | readonly Mistake[]) {
  if (!('verdict' in subject) || subject.verdict !== 'not-judged') return { executionSuccessful: true };
  const text = asSentence(shortLine(subject.reason, ANNOTATION_MESSAGE_CHARACTERS));
  return { executionSuccessful: false, toolExecutionNotifications: [{ level: 'error', message: { text } }] };
}

/** A fingerprint that occurs again is numbered: code scanning takes equal ones for the same alert. */
function results(findings: Finding[]) {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const { kind, scenario, path, message, blocking } = finding;
    const print = fingerprint([kind, scenario ?? '', path ?? '', message]);
    const times = (seen.get(print) ?? 0) + 1;
    seen.set(print, times);
    return {
      ruleId: kind,
      ruleIndex: KINDS.indexOf(kind),
      level: LEVELS[finding.severity],
      // Brackets before parentheses would be a link (SARIF 3.11.6).
      message: { text: annotationText(finding).replaceAll('](', '] (') },
      ...(path === null ? {} : { locations: [{ physicalLocation: location(finding, path) }] }),
      partialFingerprints: { 'signpost/v1': `${print}:${times}` },
      properties: { scenario, blocking },
    };
  });
}

/** Paths on disk outside the repository are file addresses; all others are relative to its root. */
function location({ line, endLine, column }: Finding, path: string) {
  const uri = encodedPath(path);
  const artifactLocation = path.startsWith('/') ? { uri: `file://${uri}` } : { uri, uriBaseId: '%SRCROOT%' };
  if (line === null) return { artifactLocation };
  const region = {
    startLine: line,
    ...(column === null ? {} : { startColumn: column }),
    ...(endLine === null || endLine < line ? {} : { endLine }),
  };
  return { artifactLocation, region };
}

/** FNV-1a, 64 bits (draft-eastlake-fnv): http://www.isthe.com/chongo/tech/comp/fnv/ */
const OFFSET = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;

/** Sixteen hexadecimal digits that stay the same as long as the parts do. Not for secrets. */
export function fingerprint(parts: readonly string[]): string {
  let hash = OFFSET;
  for (const byte of new TextEncoder().encode(parts.join('\0'))) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * PRIME);
  }
  return hash.toString(16).padStart(16, '0');
}
