import { describe, expect, it } from 'vitest';
import type { Gap } from '../../../src/coverage/coverage.ts';
import { instruction, whyItMatters } from '../../../src/report/words/scenario-words.ts';
import type { SayWhere } from '../../../src/report/words/sentence.ts';
import { storyOf } from '../../../src/report/words/story.ts';
import type { ScenarioReview } from '../../../src/review/review.ts';
import { finding, review, scenario, scenarioReview, snippet } from '../build-review.ts';

const say: SayWhere = {
  phrase: (text) => `“${text}”`,
  copy: (text) => `‹${text}›`,
  prose: (text) => text,
  file: ({ path, line }) => `${path}:${line}`,
  was: ({ path, line }) => `${path}:${line} as it was`,
  label: (text) => text,
};

function told(subject: ScenarioReview, line: number | null = 12): string {
  const findings = [finding({ line })];
  return instruction(subject, storyOf(review({ scenarios: [subject], findings })), say);
}

const partial = (...gaps: Gap[]) =>
  scenarioReview({
    scenario: { codes: ['E1', 'E2'], causes: ['disk full'], links: ['/disk/'] },
    scope: 'touched',
    after: { state: 'partial', gaps },
  });

describe('what to do about a gap', () => {
  it.each<[string, Gap[], string]>([
    ['a cause', [{ kind: 'cause', detail: 'x' }], 'name the cause “x”'],
    [
      'two causes',
      [
        { kind: 'cause', detail: 'x' },
        { kind: 'cause', detail: 'y' },
      ],
      'name the causes “x” and “y”',
    ],
    ['a mention', [{ kind: 'cause', detail: '' }], 'give it a section of its own that says why it happens'],
    ['a link', [{ kind: 'link', detail: '/x/' }], 'link to ‹/x/›'],
    [
      'a lost page',
      [{ kind: 'broken-link', detail: '/x/' }],
      'mend the link ‹/x/› (put back what it led to, or add a redirect)',
    ],
    ['a lost heading', [{ kind: 'broken-link', detail: '/x/#y' }], 'mend the link ‹/x/#y› (put back what it led to)'],
    [
      'a sample',
      [{ kind: 'only-in-sample', detail: 'E1' }],
      'write beside the sample what `E1` or `E2` means: say why it happens (“disk full”) and link to ‹/disk/›',
    ],
    [
      'a hidden page',
      [{ kind: 'hidden', detail: '' }],
      'publish the page, or document it on one that readers can find',
    ],
    ['what must not be said', [{ kind: 'forbidden', detail: 'x' }], 'take out “x”'],
  ])('is said of %s', (_, gaps, task) => {
    expect(told(partial(...gaps))).toBe(`In docs/troubleshooting.mdx:12, ${task}.`);
  });

  it('is placed in the file that the lines go into', () => {
    const gap = { kind: 'link', detail: '/x/' } as const;
    const lines = snippet({ shape: 'lines', path: 'partials/a.mdx', afterLine: 3 });
    expect(told({ ...partial(gap), snippet: lines })).toBe('In partials/a.mdx:3, link to ‹/x/›.');
    expect(told({ ...partial(gap), snippet: snippet({ path: 'other.md' }) })).toMatch(/^In docs\/troubleshooting/);
  });

  it('points to where readers look, not to the page that documents it already', () => {
    const elsewhere = partial({ kind: 'elsewhere', detail: 'docs/faq.md' });
    const pages = { ...elsewhere.scenario, pages: ['start', 'errors/*'] };
    expect(told({ ...elsewhere, scenario: pages })).toBe(
      'In ‹start› or ‹errors/*›, name `E1` or `E2` and link to the section in ‹docs/faq.md›.',
    );
  });
});

describe('what to do about a missing scenario', () => {
  const missing = (over: Partial<ScenarioReview>) => scenarioReview({ after: { state: 'missing' }, ...over });

  it('is to add a section with all that the registry asks for', () => {
    const scenario = { ...scenarioReview().scenario, causes: ['disk full'], links: ['/disk/'] };
    const subject = missing({ scenario, snippet: snippet() });
    subject.before.state = 'missing';
    expect(told(subject)).toBe(
      'In docs/troubleshooting.mdx:null, add a section that names “tokens are blank”, says why it happens (“disk full”) and links to ‹/disk/›.',
    );
  });

  it('needs no place, cause or link where the registry gives none', () => {
    const subject = missing({});
    subject.before.state = 'missing';
    expect(told(subject)).toBe('Add a section that names “tokens are blank”.');
  });

  it('is to put back what was lost, which is shorter', () => {
    expect(told(missing({}))).toBe(
      'Put back docs/troubleshooting.mdx:12 as it was, or add a section that names “tokens are blank”.',
    );
  });
});

describe('why it matters', () => {
  const place = { path: '.github/signpost.yml', line: 1, column: 1 };

  it.each([
    [
      'its impact',
      { gravity: 'high' as const, impact: { customers: 3, environment: 'production', recurring: true } },
      'High gravity: 3 customers, in production, recurring.',
    ],
    ['that no impact is given', {}, 'Low gravity: the registry gives no impact.'],
    [
      'that the registry sets it',
      { gravity: 'medium' as const, places: { gravity: place } },
      'Medium gravity, as the registry sets it.',
    ],
    [
      'that the registry sets it, and its impact',
      { places: { gravity: place }, impact: { customers: 1, environment: null, recurring: false } },
      'Low gravity, as the registry sets it (1 customer).',
    ],
    [
      'no impact of nothing',
      { impact: { customers: 0, environment: null, recurring: false } },
      'Low gravity: the registry gives no impact.',
    ],
  ])('gravity tells %s', (_, over, gravity) => {
    expect(whyItMatters(scenario(over), []).gravity).toBe(gravity);
  });

  it('scrubs quotes', () => {
    const { quotes } = whyItMatters(scenario({ quotes: ['I am jo@bigcustomer.com', 'MegaCorp waits'] }), ['MegaCorp']);
    expect(quotes.join()).not.toMatch(/jo@|MegaCorp/);
  });
});
