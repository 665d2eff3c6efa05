import fc from 'fast-check';
import type { Nodes } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { describe, expect, it } from 'vitest';
import { renderComment } from '../../../src/report/comment/comment.ts';
import { byteLength, COMMENT_BYTES } from '../../../src/report/words/limits.ts';
import type { ScenarioReview } from '../../../src/review/review.ts';
import { finding, fullReview, nearMiss, review, scenario, scenarioReview, snippet } from '../build-review.ts';

/** GitHub refuses a longer comment: "body is too long (maximum is 65536 characters)". */
const GITHUB_COMMENT_BYTES = 65_536;

const gap = (over: Partial<ScenarioReview> = {}): ScenarioReview =>
  scenarioReview({
    scope: 'introduced',
    after: { state: 'partial', gaps: [{ kind: 'cause', detail: 'preview mode' }] },
    ...over,
  });

describe('renderComment', () => {
  it('tells what to do first, then why', () => {
    expect(renderComment(fullReview(), { number: 12, repoUrl: 'https://github.com/acme/docs' })).toMatchInlineSnapshot(`
      "<!-- signpost:comment -->
      ## ❌ 2 scenarios need work, 1 blocks

      Each scenario is a failure that readers are known to meet; the docs should name it, say why it happens and how to fix it.

      **To pass**, with text to paste below:

      1. In [\`docs/troubleshooting.mdx:12\`](https://github.com/acme/docs/blob/c0ffee1234567890c0ffee1234567890c0ffee12/docs/troubleshooting.mdx?plain=1#L12), name the cause “user_verify_url not configured” and link to \`/user-verification/\`.

      <span aria-hidden="true">🟩🟩🟥🟥</span> before: 2 of 4 scenarios covered, 2 missing<br>
      <span aria-hidden="true">🟩🟨🟥🟥</span> now: 1 of 4 scenarios covered, 1 partial, 2 missing

      | | Scenario | Before → now | Gravity | Lacks | Where |
      |---|---|---|---|---|---|
      | ❌ | Token exchange fails because \`user_verify_url\` is not configured<br>\`user-verify-url\` | covered → partial | high | the cause “user_verify_url not configured” and a link to \`/user-verification/\` | [page](https://deploy-preview-12--example.netlify.app/troubleshooting#blank-tokens) · [\`docs/troubleshooting.mdx:12-20\`](https://github.com/acme/docs/blob/c0ffee1234567890c0ffee1234567890c0ffee12/docs/troubleshooting.mdx?plain=1#L12-L20) |
      | ⚠️ | Card is declined in test mode<br>\`card-declined\` | missing | medium | named nowhere | – |
      | ✅ | Tokens are blank after connecting<br>\`blank-tokens\` | missing → covered | low | – | [page](https://deploy-preview-12--example.netlify.app/troubleshooting#blank-tokens) · [\`docs/troubleshooting.mdx:12-20\`](https://github.com/acme/docs/blob/c0ffee1234567890c0ffee1234567890c0ffee12/docs/troubleshooting.mdx?plain=1#L12-L20) |

      <details open>
      <summary>❌ <b>Token exchange fails because <code>user_verify_url</code> is not configured</b></summary>

      Paste after line 14 of \`docs/troubleshooting.mdx\` (completes “Token exchange fails”):

      \`\`\`mdx
      This happens when \`user_verify_url\` is not configured.
      See [user verification](/user-verification/).
      \`\`\`

      > **Why it matters.** High gravity: 3 customers, in production, recurring. Readers: Developers who integrate outbound connectors.
      >
      > “it's returning the connection but not the tokens”

      </details>

      <details>
      <summary>⚠️ <b>Card is declined in test mode</b></summary>

      Add a section that names “tokens are blank”.

      > **Why it matters.** Medium gravity: 2 customers.

      Nearest today:

      - [\`docs/faq.mdx:3-9\`](https://github.com/acme/docs/blob/c0ffee1234567890c0ffee1234567890c0ffee12/docs/faq.mdx?plain=1#L3-L9) “Where did my tokens go?” lacks a word for “blank”; if it means the same, add \`vanished\` to word 3 of symptom 1 in the registry

      </details>

      **Better with this pull request**

      - Tokens are blank after connecting: missing → covered ([page](https://deploy-preview-12--example.netlify.app/troubleshooting#blank-tokens))

      **For the product, not fixable in docs**

      - Offer a self-serve toggle for token retrieval (\`user-verify-url\`)

      **Also noticed** (nothing here blocks)

      - [\`docs/faq.mdx:30-34\`](https://github.com/acme/docs/blob/c0ffee1234567890c0ffee1234567890c0ffee12/docs/faq.mdx?plain=1#L30-L34): “Tokens are blank after connecting” is documented twice on this page. Merge the two sections.

      1 more scenario has a gap that this pull request did not cause.

      <sub>Judged \`c0ffee1\` against \`.github/signpost.yml\` at \`ba5e001\` · \`/signpost recheck\` · \`/signpost waive user-verify-url reason…\` · \`/signpost explain user-verify-url\`</sub>
      "
    `);
  });

  it('is short when there is nothing to do', () => {
    expect(renderComment(review({ scenarios: [scenarioReview()] }))).toMatchInlineSnapshot(`
      "<!-- signpost:comment -->
      ## ✅ Nothing to do

      <sub>Judged \`c0ffee1\` against \`.github/signpost.yml\` at \`ba5e001\`</sub>
      "
    `);
  });

  it('says how to begin where there is no registry', () => {
    const without = { registry: { source: '', commit: null }, reason: 'No registry: `signpost init` writes one' };
    expect(renderComment(review(without)).replace('<!-- signpost:comment -->\n', '')).toMatchInlineSnapshot(`
      "## ✅ Nothing to do

      No registry: \`signpost init\` writes one.

      <sub>Judged \`c0ffee1\`</sub>
      "
    `);
  });

  it('says why nothing was judged', () => {
    const comment = renderComment(review({ verdict: 'not-judged', reason: 'GitHub answered 502.' }));
    expect(comment).toContain('## ⚠️ Not judged: GitHub answered 502\n');
  });

  it('gives the reason of a failure that no finding explains', () => {
    const comment = renderComment(review({ verdict: 'fail', reason: 'The registry cannot be read.' }));
    expect(comment).toContain('## ❌ The registry cannot be read\n');
  });

  it('puts mistakes of the registry first among what is to do', () => {
    const mistake = finding({
      kind: 'registry-invalid',
      scenario: null,
      path: '.github/signpost.yml',
      line: 3,
      endLine: 3,
      message: 'unknown key `symptom`',
      advice: 'did you mean `symptoms`?',
    });
    const comment = renderComment(review({ verdict: 'fail', scenarios: [gap()], findings: [finding(), mistake] }));
    expect(comment).toContain('## ❌ 1 scenario needs work, 1 blocks; 1 registry mistake blocks');
    expect(comment).toContain('1. `.github/signpost.yml:3`: unknown key `symptom`. Did you mean `symptoms`?\n2. In');
  });

  it('says what to do once, in the steps or, where these are too many, in the details', () => {
    const scenarios = [gap({ scenario: scenario({ quotes: [] }) })];
    const mistakes = Array.from({ length: 10 }, (_, line) =>
      finding({ kind: 'registry-invalid', scenario: null, line: line + 1 }),
    );
    const comments = [[finding()], [...mistakes, finding()]].map((findings) =>
      renderComment(review({ verdict: 'fail', scenarios, findings })),
    );
    expect(comments.map((comment) => comment.match(/name the cause/g))).toEqual([
      ['name the cause'],
      ['name the cause'],
    ]);
    expect(comments[1]).toMatch(/<\/summary>\n\nIn `docs\/troubleshooting\.mdx:12`, name/);
  });

  it('does not praise what still blocks', () => {
    const improved = gap({ change: 'improved' });
    const comment = renderComment(review({ verdict: 'fail', scenarios: [improved], findings: [finding()] }));
    expect(comment).not.toContain('Better');
  });

  it('shows a snippet without the empty line that its insertion needs', () => {
    const comment = renderComment(review({ scenarios: [gap({ snippet: snippet({ text: '\n    a\n' }) })] }));
    expect(comment).toContain('(adds a section; leave an empty line before it):\n\n```mdx\n    a\n```');
  });

  it('leaves out what concerns this pull request in nothing', () => {
    const comment = renderComment(
      review({
        reason: 'Nothing blocks; 1 scenario near this change needs work: a.',
        scenarios: [
          scenarioReview({ scenario: { id: 'a' }, scope: 'nearby', after: { state: 'missing' } }),
          scenarioReview({ scenario: { id: 'b' }, scope: 'elsewhere', after: { state: 'missing' } }),
          scenarioReview({ scenario: { id: 'c' } }),
        ],
      }),
    );
    expect(comment).not.toContain('|');
    expect(comment).toContain(
      '## ✅ Nothing blocks\n\n1 scenario near this change needs work: a.\n\n1 scenario has a gap that',
    );
  });

  it('scrubs quotes before it shows them', () => {
    const quotes = ['ask jo@bigcustomer.com about acme_secret'];
    const comment = renderComment(
      review({
        scenarios: [gap({ scenario: scenario({ quotes }) })],
        settings: { ...review().settings, private: ['acme_secret'] },
      }),
    );
    expect(comment).toContain('> “ask');
    expect(comment).not.toMatch(/jo@|bigcustomer|acme_secret/);
  });

  it('says where a lost sign was, at the merge base', () => {
    const lost = scenarioReview({ scope: 'introduced', change: 'worsened', after: { state: 'missing' } });
    const comment = renderComment(review({ scenarios: [lost] }), { repoUrl: 'https://github.com/acme/docs' });
    expect(comment).toMatch(
      /was \[`docs\/troubleshooting\.mdx:12-20`\]\(https:\/\/github\.com\/acme\/docs\/blob\/ba5e/,
    );
  });

  it('marks reworded and waived scenarios', () => {
    const comment = renderComment(
      review({
        scenarios: [
          scenarioReview({ scenario: { id: 'a' }, change: 'improved', continued: true }),
          scenarioReview({
            scenario: { id: 'b' },
            change: 'improved',
            before: { state: 'partial' },
            after: { state: 'waived' },
          }),
        ],
      }),
    );
    expect(comment).toContain('| covered (reworded) |');
    expect(comment).toContain('1 scenario is waived: `b`.');
    expect(comment).not.toContain('`b` |');
  });

  it('offers no snippet that is too long', () => {
    const comment = renderComment(
      review({ scenarios: [gap({ snippet: snippet({ afterLine: 0, text: 'x'.repeat(9_000) }) })] }),
    );
    expect(comment).toContain('The text to paste at the start of `docs/troubleshooting.mdx` is too long to show here.');
  });

  it('places nothing that has no place', () => {
    const subject = review({
      verdict: 'fail',
      scenarios: [
        scenarioReview({ scope: 'introduced', after: { state: 'missing' } }),
        scenarioReview({
          scenario: { id: 'at-registry' },
          scope: 'introduced',
          after: { state: 'missing' },
          snippet: snippet(),
        }),
        gap({ scenario: scenario({ id: 'without-line' }) }),
        scenarioReview({ scenario: { id: 'waived' }, change: 'improved', after: { state: 'waived', evidence: [] } }),
      ],
      findings: [
        finding({ kind: 'missing-scenario' }),
        finding({ kind: 'missing-scenario', scenario: 'at-registry' }),
        finding({ scenario: 'without-line', line: null }),
        finding({ kind: 'unsupported-file', blocking: false, path: null, advice: '', message: 'a.md is binary' }),
      ],
    });
    expect(renderComment(subject).match(/^(?:\d\.|-) .*/gm)).toMatchInlineSnapshot(`
      [
        "1. Put back \`docs/troubleshooting.mdx:12-20\`, or add a section that names “tokens are blank”.",
        "2. Put back \`docs/troubleshooting.mdx:12-20\`, or add a section that names “tokens are blank”.",
        "3. In \`docs/troubleshooting.mdx\`, name the cause “preview mode”.",
        "- a.md is binary.",
      ]
    `);
  });

  it('shows what the registry of the pull request would change', () => {
    const preview = {
      added: Array.from({ length: 12 }, (_, i) => ({ id: `new-${i}`, state: 'missing' as const, gaps: [] })),
      removed: ['old'],
      changed: [
        { id: 'a', before: 'covered' as const, after: 'missing' as const, gaps: [] },
        {
          id: 'b',
          before: 'covered' as const,
          after: 'partial' as const,
          gaps: [{ kind: 'hidden' as const, detail: '' }],
        },
      ],
      notes: ['The gate would block from `high` on.'],
    };
    expect(renderComment(review({ preview })).split('\n').slice(3, -3)).toMatchInlineSnapshot(`
      [
        "**Once merged, the registry of this pull request**",
        "",
        "- adds \`new-0\`, \`new-1\`, \`new-2\`, \`new-3\`, \`new-4\`, \`new-5\`, \`new-6\`, \`new-7\`, \`new-8\`, \`new-9\` and 2 more, which would start as missing",
        "- removes \`old\`",
        "- \`a\`: covered → missing",
        "- \`b\`: covered → partial, lacking a page that readers can find",
        "- The gate would block from \`high\` on.",
        "",
        "<span aria-hidden="true">🟨🟥🟥🟥🟥🟥🟥🟥🟥🟥🟥🟥🟥🟥</span> then: 0 of 14 scenarios covered, 1 partial, 13 missing",
      ]
    `);
  });

  it('counts evidence beyond the first section and lists nearest sections without label or edit', () => {
    const more = gap({ nearMisses: [nearMiss({ label: '', lacks: [], edit: '' })] });
    more.after.evidence = [...more.after.evidence, ...more.after.evidence];
    const comment = renderComment(review({ scenarios: [more] }));
    expect(comment).toContain('`docs/troubleshooting.mdx:12-20` +1 |');
    expect(comment).toContain('- `docs/faq.mdx:3-9`\n');
  });

  it('is short where all is clear: what became better is told once', () => {
    const better = scenarioReview({
      scenario: { title: 'Keys are blank' },
      change: 'improved',
      before: { state: 'missing' },
    });
    expect(renderComment(review({ scenarios: [better] })).split('Keys are blank')).toHaveLength(2);
    const open = scenarioReview({ scenario: { id: 'open' }, scope: 'introduced', after: { state: 'missing' } });
    expect(renderComment(review({ scenarios: [better, open] })).split('Keys are blank')).toHaveLength(3);
  });
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '<!-- signpost:comment -->',
    '</details>',
    '@octo #1 https://evil.example',
    '```',
    '\n\n# x',
    '|',
    '![a](b)',
  ),
  fc.constantFrom('x'.repeat(5_000), '猫'.repeat(2_000), '@'.repeat(3_000)),
);

describe('a comment of hostile text', () => {
  const hostileReview = fc.array(anyText, { minLength: 8, maxLength: 8 }).map(([a, b, c, d, e, f, g, h]) => {
    const scenarios = Array.from({ length: 30 }, (_, i) =>
      gap({
        scenario: scenario({
          id: `s-${i}`,
          title: a as string,
          quotes: [b as string],
          audience: c as string,
          followUps: [d as string],
        }),
        snippet: snippet({ path: e as string, text: f as string, purpose: g as string }),
        nearMisses: [nearMiss({ label: h as string, path: a as string, lacks: [b as string], edit: c as string })],
      }),
    );
    const findings = [
      finding({ scenario: 's-0', path: d as string }),
      finding({
        kind: 'unparsable-page',
        blocking: false,
        path: h as string,
        message: e as string,
        advice: f as string,
      }),
    ];
    return review({
      verdict: 'fail',
      reason: g as string,
      scenarios,
      findings,
      registry: { source: h as string, commit: a as string },
    });
  });

  it('never exceeds its bytes, whatever they are', () => {
    fc.assert(
      fc.property(hostileReview, fc.integer({ min: 4_000, max: COMMENT_BYTES }), (hostile, bytes) => {
        expect(byteLength(renderComment(hostile, { bytes }))).toBeLessThanOrEqual(bytes);
      }),
      { numRuns: 60 },
    );
  });

  it('holds our marker once, only our own HTML and no link, image or mention', () => {
    const parser = unified().use(remarkParse).use(remarkGfm);
    fc.assert(
      fc.property(hostileReview, (hostile) => {
        const comment = renderComment(hostile);
        expect(comment.split('<!-- signpost:comment -->')).toHaveLength(2);
        const nodes: Nodes[] = [parser.parse(comment)];
        for (const node of nodes) if ('children' in node) nodes.push(...node.children);
        for (const node of nodes) {
          const { type } = node;
          const value = 'value' in node ? node.value : '';
          expect(type).not.toMatch(/^(?:link|image|linkReference|imageReference|definition|footnote.*)$/);
          if (type === 'html')
            expect(value).toMatch(
              /^<(?:!-- signpost:comment --|\/?(?:details|summary|sub|code)|br|details open|span aria-hidden="true"|\/span)>/,
            );
          if (type === 'text') expect(value).not.toMatch(/@\w|#\d/);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('says what it left out', () => {
    const scenarios = Array.from({ length: 60 }, (_, i) =>
      gap({ scenario: scenario({ id: `s-${i}`, followUps: ['x'] }), snippet: snippet() }),
    );
    const comment = renderComment(review({ scenarios }), { bytes: 6_000 });
    expect(comment).toMatch(/_…and \d+ more scenarios; see the check run\._/);
    expect(comment).toMatch(/_Left out for length: 60 scenarios and 60 follow-ups; see the check run\._/);
  });

  it('stays below GitHub’s limit by default', () => {
    const scenarios = Array.from({ length: 3_000 }, (_, i) =>
      gap({
        scenario: scenario({ id: `s-${i}`, title: '猫'.repeat(150) }),
        snippet: snippet({ text: '猫'.repeat(2_000) }),
      }),
    );
    const comment = renderComment(review({ scenarios }));
    expect(byteLength(comment)).toBeLessThan(GITHUB_COMMENT_BYTES);
    expect(comment).toContain('_…and 2,960 more scenarios; see the check run._');
  });
});
