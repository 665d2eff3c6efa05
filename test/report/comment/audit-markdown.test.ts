import { expect, it } from 'vitest';
import { renderAuditMarkdown } from '../../../src/report/comment/audit-markdown.ts';
import { audit, coverage, fullReview } from '../build-review.ts';

it('lists the gravest gaps first', () => {
  const { scenarios, findings } = fullReview();
  const counts = { covered: 1, partial: 1, missing: 2, waived: 1, pages: 1_204, changedPages: 0, parsedPages: 3 };
  const all = [...scenarios.map(({ after }) => after), coverage({ state: 'waived' })];
  const subject = audit({
    scenarios: all.map((one) => ({ coverage: one, nearMisses: [] })),
    findings,
    counts,
    reason: '',
  });
  expect(renderAuditMarkdown(subject)).toMatchInlineSnapshot(`
    "## 1 of 4 scenarios covered

    <span aria-hidden="true">🟩🟨🟥🟥⬜</span> 1 of 4 scenarios covered, 1 partial, 2 missing, 1 waived

    | | Scenario | State | Gravity | Lacks | Where |
    |---|---|---|---|---|---|
    | ⚠️ | Token exchange fails because \`user_verify_url\` is not configured<br>\`user-verify-url\` | partial | high | the cause “user_verify_url not configured” and a link to \`/user-verification/\` | \`docs/troubleshooting.mdx:12-20\` |
    | ❌ | Card is declined in test mode<br>\`card-declined\` | missing | medium | named nowhere | – |
    | ❌ | Tokens are blank after connecting<br>\`far-away\` | missing | low | named nowhere | – |
    | ⚪ | Tokens are blank after connecting<br>\`blank-tokens\` | waived | low | – | \`docs/troubleshooting.mdx:12-20\` |
    | ✅ | Tokens are blank after connecting<br>\`blank-tokens\` | covered | low | – | \`docs/troubleshooting.mdx:12-20\` |

    **Also noticed**

    - \`docs/faq.mdx:30-34\`: “Tokens are blank after connecting” is documented twice on this page. Merge the two sections.

    <sub>Judged \`c0ffee1\`, 1,204 pages</sub>
    "
  `);
});

it('is short without scenarios', () => {
  const none = { covered: 0, partial: 0, missing: 0, waived: 0, pages: 3, changedPages: 0, parsedPages: 0 };
  expect(renderAuditMarkdown(audit({ reason: 'No registry.', counts: none }))).toBe(
    '## No registry\n\n<sub>Judged `c0ffee1`, 3 pages</sub>\n',
  );
});
