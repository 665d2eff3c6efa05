import type { Evidence } from '../../coverage/coverage.ts';
import type { ScenarioReview } from '../../review/review.ts';
import { codeSpan, escapeProse, MARKDOWN_SAY } from '../words/escape-markdown.ts';
import type { Block } from '../words/fit-bytes.ts';
import { TABLE_ROWS, TITLE_CHARACTERS } from '../words/limits.ts';
import type { Links } from '../words/links.ts';
import { lackOf, SCENARIO, stateChange } from '../words/sentence.ts';
import type { Story } from '../words/story.ts';

/** The relevant scenarios, one row each; at most `limit`. */
export function scenarioTable(story: Story, links: Links, limit = TABLE_ROWS): Block {
  const rows = story.relevant.map((scenario) => row(scenario, story, links));
  return {
    open: '| | Scenario | Before → now | Gravity | Lacks | Where |\n|---|---|---|---|---|---|\n',
    items: rows.slice(0, limit),
    close: '',
    noun: SCENARIO,
    further: Math.max(0, rows.length - limit),
  };
}

/** ❌ blocks, ⚠️ has a gap, ✅ nothing lacking. */
export function symbolOf({ scenario, scope }: ScenarioReview, blocking: ReadonlySet<string>): string {
  if (blocking.has(scenario.id)) return '❌';
  return scope === null ? '✅' : '⚠️';
}

function row(review: ScenarioReview, story: Story, links: Links): string {
  const { scenario, before, after, continued } = review;
  const cells = [
    symbolOf(review, story.blocking),
    `${escapeProse(scenario.title, TITLE_CHARACTERS)}<br>${codeSpan(scenario.id)}`,
    stateChange(before.state, after.state) + (continued ? ' (reworded)' : ''),
    scenario.gravity,
    (review.scope !== null && lackOf(after.state, after.gaps, MARKDOWN_SAY)) || '–',
    whereCell(after.evidence, before.evidence, links),
  ];
  return `| ${cells.join(' | ')} |\n`;
}

function whereCell(now: Evidence[], before: Evidence[], links: Links): string {
  const [at] = now;
  if (at) {
    const more = now.length > 1 ? ` +${now.length - 1}` : '';
    return [links.page(at), links.file(at)].filter((link) => link !== null).join(' · ') + more;
  }
  const [was] = before;
  return was ? `was ${links.was(was)}` : '–';
}
