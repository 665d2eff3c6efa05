import type { Candidate, Evidence, Match, NearMiss, ScenarioCoverage } from '../../src/coverage/coverage.ts';
import type { Page, Section } from '../../src/docs/site/page.ts';
import type { Mistake, Registry, Scenario } from '../../src/registry/registry.ts';
import type { Explanation } from '../../src/review/explain-scenario.ts';
import type { Finding } from '../../src/review/findings/finding.ts';
import type { Replay, ReplayedMerge } from '../../src/review/replay/replay.ts';
import { countCoverage, sumUp } from '../../src/review/replay/replay.ts';
import type { Audit, RegistryAdditions, Review, ScenarioReview } from '../../src/review/review.ts';
import type { Snippet } from '../../src/review/suggest/page-lines.ts';
import { scenarioOf } from '../site-of.ts';

/** The smallest valid values; a test states only what differs. */

export const HEAD = 'c0ffee1234567890c0ffee1234567890c0ffee12';
export const BASE = 'ba5e001234567890ba5e001234567890ba5e0012';

export function scenario(over: Partial<Scenario> = {}): Scenario {
  return scenarioOf({
    title: 'Tokens are blank after connecting',
    symptoms: ['tokens are blank|empty'],
    place: { path: '.github/signpost.yml', line: 4, column: 5 },
    ...over,
  });
}

export function evidence(over: Partial<Evidence> = {}): Evidence {
  return {
    path: 'docs/troubleshooting.mdx',
    line: 12,
    endLine: 20,
    anchor: 'blank-tokens',
    route: '/troubleshooting',
    label: 'Tokens are blank',
    matched: ['tokens', 'blank'],
    ...over,
  };
}

export function coverage(over: Partial<ScenarioCoverage> = {}): ScenarioCoverage {
  const { state = 'covered', gaps = [] } = over;
  return {
    scenario: scenario(),
    state,
    unwaived: { state: state === 'waived' ? 'missing' : state, gaps },
    gaps,
    evidence: state === 'missing' ? [] : [evidence()],
    candidates: [],
    pages: [],
    duplicates: [],
    conflicts: [],
    unsureLinks: [],
    ...over,
  };
}

interface Sides {
  scenario?: Partial<Scenario>;
  before?: Partial<ScenarioCoverage>;
  after?: Partial<ScenarioCoverage>;
}

export function scenarioReview(over: Sides & Partial<Omit<ScenarioReview, keyof Sides>> = {}): ScenarioReview {
  const of = scenario(over.scenario);
  return {
    scope: null,
    change: 'unchanged',
    continued: false,
    snippet: null,
    nearMisses: [],
    ...over,
    scenario: of,
    before: coverage({ scenario: of, ...over.before }),
    after: coverage({ scenario: of, ...over.after }),
  };
}

export function snippet(over: Partial<Snippet> = {}): Snippet {
  return {
    path: 'docs/troubleshooting.mdx',
    afterLine: 20,
    shape: 'heading',
    purpose: 'adds a section',
    syntax: 'mdx',
    text: '## Tokens are blank\n\nThe app is in preview mode. See [token storage](/tokens/).',
    ...over,
  };
}

export function nearMiss(over: Partial<NearMiss> = {}): NearMiss {
  return {
    path: 'docs/faq.mdx',
    line: 3,
    endLine: 9,
    label: 'Where did my tokens go?',
    route: '/faq',
    anchor: null,
    lacks: ['a word for “blank”'],
    quote: null,
    edit: 'add `vanished` to word 3 of symptom 1',
    widen: null,
    ...over,
  };
}

export function explanation(over: Partial<Explanation> = {}): Explanation {
  return { coverage: coverage(), partly: new Map(), nearMisses: [], cancelled: [], change: null, ...over };
}

export function finding(over: Partial<Finding> = {}): Finding {
  return {
    kind: 'missing-cause',
    scenario: 'blank-tokens',
    severity: 'error',
    blocking: true,
    path: 'docs/troubleshooting.mdx',
    line: 12,
    endLine: 20,
    column: null,
    message: '“Tokens are blank after connecting” is named without its cause',
    advice: 'Say in the same section why it happens.',
    ...over,
  };
}

const settings: Registry['settings'] = {
  docs: [],
  private: [],
  preview: null,
  gate: { block: 'introduced', from: 'low' },
};

const counts = { covered: 1, partial: 0, missing: 0, waived: 0, pages: 3, changedPages: 1, parsedPages: 1 };

export function review(over: Partial<Review> = {}): Review {
  return {
    base: BASE,
    mergeBase: BASE,
    head: HEAD,
    registry: { source: '.github/signpost.yml', commit: BASE },
    settings,
    synonyms: 1,
    verdict: 'pass',
    reason: 'Nothing to do.',
    scenarios: [],
    findings: [],
    preview: null,
    explanations: [],
    ...over,
    counts: { ...counts, ...over.counts },
    ...(over.settings ? { settings: { ...settings, ...over.settings } } : {}),
  };
}

export function audit(over: Partial<Audit> = {}): Audit {
  return {
    rev: HEAD,
    registry: { source: '.github/signpost.yml', commit: HEAD },
    settings,
    roots: [],
    synonyms: 1,
    verdict: 'pass',
    reason: 'Every scenario is covered.',
    scenarios: [],
    findings: [],
    counts,
    ...over,
  };
}

export function mistake(over: Partial<Mistake> = {}): Mistake {
  return {
    kind: 'registry-invalid',
    severity: 'error',
    path: '.github/signpost.yml',
    line: 12,
    column: 5,
    endLine: 12,
    scenario: 'blank-tokens',
    message: 'unknown key `symptom`',
    advice: 'Did you mean `symptoms`?',
    ...over,
  };
}

export function match(over: Partial<Match> = {}): Match {
  return {
    field: 'symptom',
    term: 'tokens are blank|empty',
    words: ['tokens', 'blank'],
    path: 'docs/troubleshooting.mdx',
    line: 12,
    where: 'label',
    ...over,
  };
}

const page: Page = {
  path: 'docs/troubleshooting.mdx',
  blob: 'b10b',
  name: 'troubleshooting',
  route: '/troubleshooting',
  url: '/troubleshooting/',
  title: 'Troubleshooting',
  hidden: false,
  root: 0,
  frontmatter: {
    title: 'Troubleshooting',
    slug: null,
    permalink: null,
    id: null,
    draft: false,
    noindex: false,
    unlisted: false,
    hidden: false,
  },
};

export function section(over: Partial<Section> = {}): Section {
  return {
    page,
    index: 1,
    kind: 'details',
    label: 'Tokens are blank',
    depth: 0,
    parent: null,
    children: [],
    blocks: [],
    anchor: 'blank-tokens',
    path: page.path,
    line: 12,
    endLine: 20,
    shownAt: null,
    claims: [],
    ...over,
  };
}

export function candidate(over: Partial<Candidate> = {}): Candidate {
  return {
    page,
    section: section(),
    trigger: match(),
    level: 'documents',
    requirements: [],
    forbidden: [],
    hidden: false,
    onPages: true,
    through: null,
    gaps: [],
    evidence: evidence(),
    unit: { section: section(), blocks: [] },
    ...over,
  };
}

/** A review with one of everything: what blocks, what got better, what is only noticed. */
export function fullReview(): Review {
  const userVerifyUrl = {
    id: 'user-verify-url',
    title: 'Token exchange fails because `user_verify_url` is not configured',
    causes: ['user_verify_url not|without configured'],
    links: ['/user-verification/'],
    audience: 'Developers who integrate outbound connectors',
    impact: { customers: 3, environment: 'production', recurring: true },
    gravity: 'high' as const,
    quotes: ["it's returning the connection but not the tokens"],
    followUps: ['Offer a self-serve toggle for token retrieval'],
  };
  return review({
    verdict: 'fail',
    reason: '2 scenarios need work, 1 blocks.',
    settings: { ...settings, preview: 'https://deploy-preview-{number}--example.netlify.app' },
    scenarios: [
      scenarioReview({
        scenario: {
          id: 'card-declined',
          title: 'Card is declined in test mode',
          gravity: 'medium',
          impact: { customers: 2, environment: null, recurring: false },
        },
        scope: 'touched',
        before: { state: 'missing' },
        after: { state: 'missing' },
        nearMisses: [nearMiss()],
      }),
      scenarioReview({
        scenario: userVerifyUrl,
        scope: 'introduced',
        change: 'worsened',
        after: {
          state: 'partial',
          gaps: [
            { kind: 'cause', detail: 'user_verify_url not|without configured' },
            { kind: 'link', detail: '/user-verification/' },
          ],
        },
        snippet: snippet({
          afterLine: 14,
          shape: 'lines',
          purpose: 'completes “Token exchange fails”',
          text: 'This happens when `user_verify_url` is not configured.\nSee [user verification](/user-verification/).',
        }),
      }),
      scenarioReview({ change: 'improved', before: { state: 'missing' } }),
      scenarioReview({ scenario: { id: 'far-away' }, scope: 'elsewhere', after: { state: 'missing' } }),
    ],
    findings: [
      finding({ scenario: 'user-verify-url' }),
      finding({ kind: 'missing-link', scenario: 'user-verify-url', advice: 'Link to the fix from the same section.' }),
      finding({
        kind: 'duplicate-section',
        scenario: 'blank-tokens',
        severity: 'warning',
        blocking: false,
        path: 'docs/faq.mdx',
        line: 30,
        endLine: 34,
        message: '“Tokens are blank after connecting” is documented twice on this page',
        advice: 'Merge the two sections.',
      }),
    ],
  });
}

export function replayedMerge(over: Partial<ReplayedMerge> = {}): ReplayedMerge {
  return {
    commit: HEAD,
    parent: BASE,
    head: HEAD,
    date: '2026-03-01T10:00:00Z',
    title: 'Explain tokens',
    pullRequest: 12,
    verdict: 'pass',
    reason: 'Nothing to do.',
    commented: false,
    changedPages: 1,
    findings: [],
    changes: [],
    blocking: 0,
    ...over,
  };
}

/** Of one quiet change unless more is given. */
export function replay(merges: ReplayedMerge[] = [replayedMerge()], over: Partial<Replay> = {}): Replay {
  const first = coverage();
  const states = new Map([[first.scenario.id, first]]);
  return {
    ...{ range: { from: BASE, to: HEAD }, registry: { source: '.github/signpost.yml', commit: HEAD } },
    ...{ gate: settings.gate, merges, ...sumUp([first.scenario], merges, { first: states, last: states }) },
    coverage: [countCoverage(states, { commit: BASE, date: '2026-01-01T10:00:00Z' })],
    ...over,
  };
}

export function additions(over: Partial<RegistryAdditions> = {}): RegistryAdditions {
  return {
    path: '.github/signpost.yml',
    isNew: false,
    before: 'version: 1\n',
    after: 'version: 1\nscenarios:\n  - id: blank-tokens\n',
    unwritten: null,
    entries: [
      { action: 'added', id: 'blank-tokens', title: 'Tokens are blank', source: '', why: '', coverage: coverage() },
    ],
    mistakes: [],
    ...over,
  };
}
