import type { GapKind } from '../../coverage/coverage.ts';
import type { Impact, Scenario } from '../../registry/registry.ts';
import { scrub } from '../../registry/scrub.ts';
import { nameOf } from '../../review/findings/wording.ts';
import type { ScenarioReview } from '../../review/review.ts';
import { LIST_ITEMS } from './limits.ts';
import { asSentence, capitalised, count, gapsByKind, listed, type Say, type SayWhere, theCauses } from './sentence.ts';
import type { Story } from './story.ts';

/** "In `a.md:12`, name the cause “x” and link to `/y/`.": the shortest way to close a scenario's gaps. */
export function instruction(review: ScenarioReview, story: Story, say: SayWhere): string {
  const { before, after } = review;
  const task = toDo(review, say);
  const [lost] = before.state === 'covered' && after.state === 'missing' ? before.evidence : [];
  if (lost) return `Put back ${say.was(lost)}, or ${task}.`;
  const where = whereTo(review, story, say);
  return `${capitalised(where === '' ? task : `in ${where}, ${task}`)}.`;
}

/** New text belongs where readers look, lines into their own file, and anything else where the gap is. */
function whereTo({ scenario, after, snippet }: ScenarioReview, story: Story, say: SayWhere): string {
  const at = story.places.get(scenario.id);
  const isUnwritten = after.state === 'missing' || after.gaps.some(({ kind }) => kind === 'elsewhere');
  if (!isUnwritten) {
    if (snippet?.shape === 'lines' && snippet.path !== at?.path)
      return say.file({ path: snippet.path, line: snippet.afterLine });
    return at?.path ? say.file({ path: at.path, line: at.line }) : '';
  }
  if (snippet) return say.file({ path: snippet.path, line: null });
  return listed(scenario.pages.map(say.copy), 'or');
}

type Task = (details: string[], scenario: Scenario, say: Say) => string;

const TO_DO: Record<GapKind, Task> = {
  cause: (causes, _, say) =>
    causes.includes('') ? 'give it a section of its own that says why it happens' : `name ${theCauses(causes, say)}`,
  link: (links, _, say) => `link to ${listed(links.map(say.copy))}`,
  // No redirect brings a heading back.
  'broken-link': (links, _, say) =>
    `mend the link ${listed(links.map(say.copy))} (put back what it led to${links.some((link) => link.includes('#')) ? '' : ', or add a redirect'})`,
  'only-in-sample': (_, scenario, say) =>
    `write beside the sample what ${say.prose(nameOf(scenario))} means${withFix(scenario, say, [': say why it happens', 'link'])}`,
  hidden: () => 'publish the page, or document it on one that readers can find',
  forbidden: (phrases, _, say) => `take out ${listed(phrases.map(say.phrase))}`,
  elsewhere: (paths, scenario, say) =>
    `name ${say.prose(nameOf(scenario))} and link to the section in ${listed(paths.map(say.copy))}`,
};

/** What to do about a scenario's gaps, as a command. */
function toDo({ scenario, after }: ScenarioReview, say: Say): string {
  if (after.state === 'missing') {
    const fix = withFix(scenario, say, [', says why it happens', 'links']);
    return `add a section that names ${say.prose(nameOf(scenario))}${fix}`;
  }
  return listed(gapsByKind(after.gaps).map(([kind, details]) => TO_DO[kind](details, scenario, say)));
}

/** `, says why it happens (“x”) and links to `/y/``, as far as the registry asks for it. */
function withFix({ causes, links }: Scenario, say: Say, [why, link]: [why: string, link: string]): string {
  const because = causes.length > 0 ? `${why} (${listed(causes.map(say.phrase))})` : '';
  if (links.length === 0) return because.replace(/^, /, ' and ');
  return `${because} and ${link} to ${listed(links.map(say.copy))}`;
}

/**
 * Whom a scenario hurts and how much, for the author who is asked to write about it, not yet escaped: its gravity with
 * the reason ("High gravity: 3 customers, in production, recurring."), its readers, and customers' words, scrubbed.
 */
export function whyItMatters(scenario: Scenario, privateWords: readonly string[]) {
  return {
    gravity: `${capitalised(scenario.gravity)} gravity${gravityReason(scenario)}`,
    audience: scenario.audience,
    quotes: scenario.quotes.slice(0, LIST_ITEMS).map((quote) => scrub(quote, privateWords)),
  };
}

function gravityReason({ impact, places }: Scenario): string {
  const given = Object.hasOwn(places, 'gravity');
  const known = impact === null ? [] : impactWords(impact);
  if (given)
    return known.length === 0 ? ', as the registry sets it.' : `, as the registry sets it (${known.join(', ')}).`;
  return known.length === 0 ? ': the registry gives no impact.' : `: ${asSentence(known.join(', '))}`;
}

function impactWords({ customers, environment, recurring }: Impact): string[] {
  return [
    ...(customers > 0 ? [count(customers, ['customer', 'customers'])] : []),
    ...(environment === null ? [] : [`in ${environment}`]),
    ...(recurring ? ['recurring'] : []),
  ];
}
