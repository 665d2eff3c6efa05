import type { ContentBlock } from '../../../src/docs/site/page.ts';
import type { Audit } from '../../../src/review/review.ts';
import { audit, candidate, coverage, evidence, finding, match, nearMiss, scenario } from '../build-review.ts';

const BLOCK: ContentBlock = {
  kind: 'prose',
  text: '',
  path: 'docs/troubleshooting.mdx',
  line: 12,
  endLine: 12,
  breaks: [],
  links: [],
};

/** An audit with one of everything, in which every text of others is `say` of what it usually is. */
export function fullAudit(say: (text: string) => string = (text) => text): Audit {
  const lacking = scenario({
    id: say('user-verify-url'),
    title: say('Token exchange fails because `user_verify_url` is not configured'),
    codes: [say('failed_to_exchange_token')],
    causes: [say('user_verify_url not|without configured')],
    links: [say('/user-verification/')],
    never: [say('enable raw tokens')],
    pages: [say('agentkit/troubleshooting')],
    audience: say('Developers who integrate connectors'),
    impact: { customers: 3, environment: say('production'), recurring: true },
    gravity: 'high',
    quotes: [say("it's returning the connection but not the tokens")],
    followUps: [say('Offer a self-serve toggle')],
    owner: say('@acme/docs'),
    category: 'mixed',
    gate: 'watch',
  });
  const at = evidence({
    path: say('docs/troubleshooting.mdx'),
    label: say('Token exchange fails'),
    matched: [say('x')],
  });
  const other = evidence({ path: say('docs/faq.mdx'), line: 40, endLine: 44, matched: [say('tokens')] });
  const missing = scenario({ id: say('card-declined'), title: say('A card is declined'), gravity: 'medium' });
  const waive = { reason: say('Fixed in 4.2'), by: say('@jo'), until: '2026-12-31', pages: [say('billing/**')] };
  const waived = scenario({ id: say('old-keys'), title: say('Old keys'), waive, pages: [say('**')] });
  const covered = scenario({ id: say('blank-tokens'), title: say('Tokens are blank') });
  const found = candidate({
    evidence: at,
    level: 'mentions',
    trigger: match({
      ...{ field: 'code', term: say('failed_to_exchange_token'), words: [say('failed_to_exchange_token')] },
      found: {
        block: { ...BLOCK, text: say('You meet failed_to_exchange_token here.') },
        spans: [{ start: 9, end: 33 }],
        inLabels: [],
      },
    }),
    requirements: [
      { kind: 'cause', term: say('user_verify_url not|without configured'), match: null },
      { kind: 'link', term: say('/user-verification/'), match: match({ field: 'link' }), broken: true },
    ],
    forbidden: [match({ field: 'never', term: say('enable raw tokens'), path: say('docs/_partial.mdx') })],
  });
  return audit({
    verdict: 'fail',
    reason: say('1 scenario is as grave as must not be: user-verify-url.'),
    roots: [{ root: 'docs', route: '/', site: 'https://docs.example.com' }],
    scenarios: [
      { coverage: coverage({ scenario: covered }), nearMisses: [] },
      {
        coverage: coverage({
          scenario: lacking,
          state: 'partial',
          gaps: [
            { kind: 'cause', detail: say('user_verify_url not|without configured') },
            { kind: 'link', detail: say('/user-verification/') },
          ],
          evidence: [at, other],
          candidates: [found],
        }),
        nearMisses: [],
      },
      {
        coverage: coverage({ scenario: missing, state: 'missing' }),
        nearMisses: [
          nearMiss({
            path: say('docs/faq.mdx'),
            label: say('Where did it go?'),
            lacks: [say('blank')],
            edit: say('say “blank”'),
          }),
        ],
      },
      { coverage: coverage({ scenario: waived, state: 'waived', evidence: [] }), nearMisses: [] },
    ],
    findings: [
      finding({
        scenario: say('user-verify-url'),
        message: say('it is named without its cause'),
        advice: say('Say why.'),
      }),
      finding({
        kind: 'registry-warning',
        scenario: null,
        severity: 'warning',
        blocking: false,
        path: say('.github/signpost.yml'),
        message: say('unknown key `symptom`'),
        advice: say('Did you mean `symptoms`?'),
      }),
    ],
    counts: { covered: 1, partial: 1, missing: 1, waived: 1, pages: 1_204, changedPages: 0, parsedPages: 9 },
  });
}

export const OCCASION = {
  today: '2026-06-01',
  version: '1.2.3',
  repository: { url: 'git@github.com:acme/docs.git', githubServer: null },
};
