import fc from 'fast-check';
import stringWidth from 'fast-string-width';
import { describe, expect, it } from 'vitest';
import { renderAuditTerminal } from '../../../src/report/terminal/terminal-audit.ts';
import { fitColumns, padColumns, type TerminalOptions } from '../../../src/report/terminal/terminal-pen.ts';
import { renderReviewTerminal } from '../../../src/report/terminal/terminal-review.ts';
import type { Audit, Review } from '../../../src/review/review.ts';
import {
  audit,
  evidence,
  finding,
  fullReview,
  nearMiss,
  review,
  scenario,
  scenarioReview,
  snippet,
} from '../build-review.ts';

const plain = { color: false, width: 80 };

const counts = { covered: 1, partial: 1, missing: 2, waived: 0, pages: 3, changedPages: 0, parsedPages: 3 };

function renderTerminal(subject: Review | Audit, options: TerminalOptions): string {
  return 'rev' in subject ? renderAuditTerminal(subject, options) : renderReviewTerminal(subject, options);
}

function fullAudit(): Audit {
  const { scenarios, findings } = fullReview();
  return audit({
    scenarios: scenarios.map(({ after, nearMisses }) => ({ coverage: after, nearMisses })),
    findings,
    counts,
  });
}

describe('a review', () => {
  it('tells the story of the comment', () => {
    expect(renderTerminal(fullReview(), plain)).toMatchInlineSnapshot(`
      "✖ 2 scenarios need work, 1 blocks

      ✖ Token exchange fails because \`user_verify_url\` is…   covered → partial  high
      ▲ Card is declined in test mode                        missing            medium
      ✔ Tokens are blank after connecting                    missing → covered  low

      ✖ Token exchange fails because \`user_verify_url\` is not configured
        user-verify-url, introduced by this change
        In docs/troubleshooting.mdx:12, name the cause “user_verify_url not
        configured” and link to /user-verification/.
        Paste after docs/troubleshooting.mdx:14 (completes “Token exchange fails”):

          This happens when \`user_verify_url\` is not configured.
          See [user verification](/user-verification/).

        High gravity: 3 customers, in production, recurring. Readers: Developers who
        integrate outbound connectors. “it's returning the connection but not the
        tokens”

      ▲ Card is declined in test mode
        card-declined, in a section that this change touches
        Add a section that names “tokens are blank”.
        Medium gravity: 2 customers.
        Nearest: docs/faq.mdx:3-9 “Where did my tokens go?” lacks a word for
          “blank”; if it means the same, add \`vanished\` to word 3 of symptom 1 in the
          registry

      Also noticed
        docs/faq.mdx:30  warning  “Tokens are blank after connecting” is documented
          twice on this page.
          Merge the two sections.

      For the product, not fixable in docs
        - Offer a self-serve toggle for token retrieval (user-verify-url)

      1 more scenario has a gap that this change did not cause.
      Next: signpost explain user-verify-url shows every section that was looked at.
      "
    `);
  });

  it('stacks its rows on a narrow terminal', () => {
    expect(
      renderTerminal(fullReview(), { ...plain, width: 40 })
        .split('\n')
        .slice(0, 9),
    ).toMatchInlineSnapshot(`
      [
        "✖ 2 scenarios need work, 1 blocks",
        "",
        "✖ Token exchange fails because \`user_ve…",
        "  covered → partial high",
        "▲ Card is declined in test mode",
        "  missing medium",
        "✔ Tokens are blank after connecting",
        "  missing → covered low",
        "",
      ]
    `);
  });

  it('is one line when there is nothing to say', () => {
    expect(renderTerminal(review(), plain)).toBe('✔ Nothing to do\n');
  });

  it('gives the reason of a quiet pass', () => {
    expect(renderTerminal(review({ reason: 'No registry: `signpost init` writes one' }), plain)).toBe(
      '✔ Nothing to do\n  No registry: `signpost init` writes one.\n',
    );
  });

  it('shows mistakes of the registry, its preview and waivers', () => {
    const subject = review({
      verdict: 'fail',
      scenarios: [scenarioReview({ change: 'improved', continued: true, after: { state: 'waived' } })],
      findings: [
        finding({ kind: 'registry-invalid', scenario: null, column: 3, path: '.github/signpost.yml' }),
        finding({ kind: 'unsupported-file', blocking: false, severity: 'notice', path: null, advice: '' }),
      ],
      preview: {
        added: [{ id: 'new', state: 'missing', gaps: [] }],
        removed: ['old'],
        changed: [{ id: 'a', before: 'covered', after: 'missing', gaps: [] }],
        notes: ['The gate would block more.'],
      },
    });
    expect(renderTerminal(subject, plain)).toMatchInlineSnapshot(`
      "✖ 1 registry mistake blocks

        .github/signpost.yml:12:3  error  “Tokens are blank after connecting” is
          named without its cause.
          Say in the same section why it happens.

      Also noticed
        notice  “Tokens are blank after connecting” is named without its cause.

      With the registry of this change
        - adds new, which would start as missing
        - removes old
        - a: covered → missing
        - The gate would block more.

      1 scenario is waived: blank-tokens.
      "
    `);
  });

  it('leaves out what a gap or a near miss does not have', () => {
    const gap = scenarioReview({
      scope: 'introduced',
      after: { state: 'missing' },
      nearMisses: [nearMiss({ label: '', lacks: [], edit: '' })],
    });
    const withdrawn = scenarioReview({ scope: null, change: 'worsened' });
    expect(renderTerminal(review({ scenarios: [gap, withdrawn] }), plain)).toContain('\n  Nearest: docs/faq.mdx:3-9\n');
  });

  it('leaves out a preview that changes nothing', () => {
    const preview = { added: [], removed: [], changed: [], notes: [] };
    expect(renderTerminal(review({ preview }), plain)).toBe('✔ Nothing to do\n');
  });

  it('says why nothing was judged', () => {
    expect(renderTerminal(review({ verdict: 'not-judged', reason: 'git failed.' }), plain)).toBe(
      '▲ Not judged: git failed\n',
    );
  });

  it('places a snippet at the start of a file and needs no purpose', () => {
    const gap = scenarioReview({
      scope: 'nearby',
      change: 'worsened',
      after: { state: 'missing' },
      snippet: snippet({ afterLine: 0, purpose: '', text: 'a\n\n\tb' }),
    });
    expect(renderTerminal(review({ scenarios: [gap] }), plain)).toContain(
      'Paste at the start of docs/troubleshooting.mdx:\n\n    a\n\n      b\n',
    );
  });
});

describe('an audit', () => {
  it('tells how much is covered, and every gap', () => {
    expect(renderTerminal(fullAudit(), plain)).toMatchInlineSnapshot(`
      "▲ 1 of 4 scenarios covered

        ██████████▒▒▒▒▒▒▒▒▒▒░░░░░░░░░░░░░░░░░░░░ 25 %

                covered  partial  missing   waived
        high          0        1        0        0
        medium        0        0        1        0
        low           1        0        1        0

      High
        partial  Token exchange fails because \`user_verify_url\` is not configured
                 user-verify-url: lacks the cause “user_verify_url not configured” and
                 a link to /user-verification/
                 docs/troubleshooting.mdx:12-20

      Medium
        missing  Card is declined in test mode
                 card-declined: named nowhere
                 Nearest: docs/faq.mdx:3-9 “Where did my tokens go?” lacks a word
                   for “blank”; if it means the same, add \`vanished\` to word 3 of
                   symptom 1 in the registry

      Low
        missing  Tokens are blank after connecting
                 far-away: named nowhere

      Also noticed
        docs/faq.mdx:30  warning  “Tokens are blank after connecting” is documented
          twice on this page.
          Merge the two sections.

      Next: signpost explain user-verify-url shows every section that was looked at.
      "
    `);
  });

  it('has nothing to list when all is covered', () => {
    const scenarios = [{ coverage: scenarioReview().after, nearMisses: [] }];
    expect(renderTerminal(audit({ scenarios }), plain)).toMatchInlineSnapshot(`
      "✔ 1 of 1 scenario covered

        ████████████████████████████████████████ 100 %

                covered  partial  missing   waived
        low           1        0        0        0
      "
    `);
  });

  it('gives the reason where it fails or has no registry', () => {
    expect(renderTerminal(audit({ verdict: 'fail', reason: 'The registry has mistakes.' }), plain)).toContain(
      '✖ 1 of 1 scenario covered\n  The registry has mistakes.\n',
    );
    const none = audit({ reason: 'No registry.', counts: { ...counts, covered: 0, partial: 0, missing: 0 } });
    expect(renderTerminal(none, plain)).toBe('✔ No registry\n');
  });
});

describe('any terminal', () => {
  const texts = fc.array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.constantFrom(
        '猫'.repeat(100),
        '👩‍💻'.repeat(60),
        '\u001b[2J\u001b]8;;https://evil.example\u0007x',
        '\u009b31m',
        'a\r\nb',
        'w'.repeat(300),
      ),
    ),
    { minLength: 4, maxLength: 4 },
  );

  /** Texts of pages and registries everywhere but in paths and samples, which stay whole to be copied. */
  const subjects = texts.map(([a = '', b = '', c = '', d = '']): (Review | Audit)[] => {
    const gap = scenarioReview({
      scenario: scenario({ title: a, quotes: [b], audience: c, followUps: [d] }),
      scope: 'touched',
      after: {
        state: 'partial',
        gaps: [{ kind: 'cause', detail: d }],
        evidence: [evidence({ label: b, path: 'a.md' })],
      },
      nearMisses: [nearMiss({ label: c, lacks: [a], edit: b })],
    });
    const findings = [finding({ kind: 'unparsable-page', blocking: false, path: 'a.md', message: c, advice: d })];
    const scenarios = [{ coverage: gap.after, nearMisses: gap.nearMisses }];
    return [
      review({ scenarios: [gap], findings, reason: d }),
      audit({ scenarios, findings, reason: d, verdict: 'fail' }),
    ];
  });

  it('gets no line that is wider than it', () => {
    fc.assert(
      fc.property(subjects, fc.integer({ min: 40, max: 200 }), (all, width) => {
        for (const subject of all) {
          const lines = renderTerminal(subject, { color: false, width }).split('\n');
          expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(width);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('gets no control character, coloured none but colours', () => {
    fc.assert(
      fc.property(subjects, fc.boolean(), (all, color) => {
        for (const subject of all) {
          const text = renderTerminal(subject, { color, width: 80 });
          const rest = color ? text.replace(/\u001b\[\d{1,2}m/g, '') : text;
          expect(rest).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is coloured only when asked', () => {
    expect(renderTerminal(fullReview(), { color: true, width: 80 })).toContain('\u001b[31m✖');
    expect(renderTerminal(fullReview(), plain)).not.toContain('\u001b');
  });

  it('may have a width that makes no sense', () => {
    expect(renderTerminal(fullReview(), { color: false, width: Number.NaN })).toBe(renderTerminal(fullReview(), plain));
  });
});

it('cuts and fills by what a terminal shows', () => {
  expect(fitColumns('猫猫猫', 5)).toBe('猫猫…');
  expect(fitColumns('猫猫猫', 6)).toBe('猫猫猫');
  expect(padColumns('猫', 4)).toBe('猫  ');
});
