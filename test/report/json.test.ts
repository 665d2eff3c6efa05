import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderExplanationJson, renderJson, renderMistakesJson } from '../../src/report/json.ts';
import {
  audit,
  candidate,
  coverage,
  evidence,
  explanation,
  fullReview,
  match,
  mistake,
  nearMiss,
  review,
  scenarioReview,
  section,
} from './build-review.ts';

const milliseconds = { read: 1, parse: 2, judge: 3, total: 6 };

const keysOf = (value: object): string[] => Object.keys(value);

describe('renderJson', () => {
  it('writes a review as the contract has it, field by field', () => {
    const one = scenarioReview({
      scope: 'introduced',
      change: 'worsened',
      after: { state: 'partial', gaps: [{ kind: 'cause', detail: 'preview mode' }] },
    });
    expect(
      renderJson(review({ scenarios: [one], findings: fullReview().findings.slice(0, 1) }), milliseconds),
    ).toMatchInlineSnapshot(`
      "{
        "version": 1,
        "kind": "review",
        "base": "ba5e001234567890ba5e001234567890ba5e0012",
        "mergeBase": "ba5e001234567890ba5e001234567890ba5e0012",
        "head": "c0ffee1234567890c0ffee1234567890c0ffee12",
        "registry": {
          "source": ".github/signpost.yml",
          "commit": "ba5e001234567890ba5e001234567890ba5e0012"
        },
        "synonyms": 1,
        "verdict": "pass",
        "reason": "Nothing to do.",
        "scenarios": [
          {
            "id": "blank-tokens",
            "title": "Tokens are blank after connecting",
            "gravity": "low",
            "scope": "introduced",
            "change": "worsened",
            "continued": false,
            "before": {
              "state": "covered",
              "gaps": [],
              "evidence": [
                {
                  "path": "docs/troubleshooting.mdx",
                  "line": 12,
                  "endLine": 20,
                  "anchor": "blank-tokens",
                  "route": "/troubleshooting",
                  "label": "Tokens are blank",
                  "matched": [
                    "tokens",
                    "blank"
                  ]
                }
              ]
            },
            "after": {
              "state": "partial",
              "gaps": [
                {
                  "kind": "cause",
                  "detail": "preview mode"
                }
              ],
              "evidence": [
                {
                  "path": "docs/troubleshooting.mdx",
                  "line": 12,
                  "endLine": 20,
                  "anchor": "blank-tokens",
                  "route": "/troubleshooting",
                  "label": "Tokens are blank",
                  "matched": [
                    "tokens",
                    "blank"
                  ]
                }
              ]
            }
          }
        ],
        "findings": [
          {
            "kind": "missing-cause",
            "scenario": "user-verify-url",
            "severity": "error",
            "blocking": true,
            "path": "docs/troubleshooting.mdx",
            "line": 12,
            "endLine": 20,
            "column": null,
            "message": "“Tokens are blank after connecting” is named without its cause",
            "advice": "Say in the same section why it happens."
          }
        ],
        "counts": {
          "covered": 1,
          "partial": 0,
          "missing": 0,
          "waived": 0,
          "pages": 3,
          "changedPages": 1,
          "parsedPages": 1
        },
        "milliseconds": {
          "read": 1,
          "parse": 2,
          "judge": 3,
          "total": 6
        }
      }
      "
    `);
  });

  it('writes an audit with states and near misses', () => {
    const scenarios = [{ coverage: coverage({ state: 'missing' }), nearMisses: [nearMiss()] }];
    const written = JSON.parse(renderJson(audit({ scenarios }), milliseconds));
    expect(written).toMatchObject({ version: 1, kind: 'audit', rev: audit().rev, scenarios: [{ state: 'missing' }] });
    expect(keysOf(written.scenarios[0])).toEqual(['id', 'title', 'gravity', 'state', 'gaps', 'evidence', 'nearMisses']);
    expect(keysOf(written.scenarios[0].nearMisses[0])).toEqual(keysOf(nearMiss()));
  });

  it('lets nothing else of the internal objects out', () => {
    const leaky = { ...fullReview(), secret: 'LEAK' };
    Object.assign(leaky.counts, { secret: 'LEAK' });
    Object.assign(leaky.registry, { secret: 'LEAK' });
    for (const finding of leaky.findings) Object.assign(finding, { secret: 'LEAK' });
    for (const { after } of leaky.scenarios) {
      Object.assign(after, { secret: 'LEAK' });
      for (const at of after.evidence) Object.assign(at, { secret: 'LEAK' });
    }
    expect(renderJson(leaky, milliseconds)).not.toContain('LEAK');
  });

  it('is valid JSON whatever the texts', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const hostile = review({
          reason: text,
          scenarios: [scenarioReview({ scenario: { id: '__proto__', title: text } })],
        });
        const { scenarios, reason } = JSON.parse(renderJson(hostile, milliseconds));
        expect([scenarios[0].id, scenarios[0].title, reason]).toEqual(['__proto__', text, text]);
      }),
    );
  });
});

describe('renderExplanationJson', () => {
  it('writes what each candidate has and lacks', () => {
    const candidates = [
      candidate({
        through: section({ path: 'docs/fix.md' }),
        forbidden: [match({ field: 'never' })],
        gaps: [{ kind: 'cause', detail: 'x' }],
        requirements: [
          { kind: 'cause', term: 'x', match: null },
          { kind: 'link', term: '/y', match: match({ field: 'link' }), broken: true },
        ],
      }),
      candidate(),
    ];
    const written = JSON.parse(
      renderExplanationJson(explanation({ coverage: coverage({ candidates }), nearMisses: [nearMiss()] })),
    );
    expect(keysOf(written)).toEqual([
      'version',
      'kind',
      'scenario',
      'state',
      'gaps',
      'evidence',
      'candidates',
      'nearMisses',
      'cancelled',
      'smallestChange',
    ]);
    expect(written.candidates[0]).toEqual({
      ...evidence(),
      level: 'documents',
      hidden: false,
      onPages: true,
      through: { path: 'docs/fix.md', line: 12, endLine: 20, label: 'Tokens are blank' },
      trigger: { ...match(), quote: null },
      requirements: [
        { kind: 'cause', term: 'x', broken: false, match: null, nearest: null },
        { kind: 'link', term: '/y', broken: true, match: { ...match({ field: 'link' }), quote: null }, nearest: null },
      ],
      forbidden: [{ ...match({ field: 'never' }), quote: null }],
      gaps: [{ kind: 'cause', detail: 'x' }],
    });
    expect(written.candidates[1].through).toBeNull();
  });
});

describe('renderMistakesJson', () => {
  it('writes mistakes as findings, of which errors block', () => {
    const written = JSON.parse(
      renderMistakesJson([mistake(), mistake({ kind: 'unscrubbed-text', severity: 'warning' })]),
    );
    expect(written).toMatchObject({ version: 1, kind: 'registry-check', counts: { errors: 1, warnings: 1 } });
    expect(written.findings.map(({ blocking }: { blocking: boolean }) => blocking)).toEqual([true, false]);
  });
});
