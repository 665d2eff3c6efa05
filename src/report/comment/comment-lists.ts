import type { Finding } from '../../review/findings/finding.ts';
import type { Review, ScenarioReview } from '../../review/review.ts';
import { codeSpan, escapeProse, MARKDOWN_SAY } from '../words/escape-markdown.ts';
import { besideItsPlace } from '../words/finding-words.ts';
import type { Block } from '../words/fit-bytes.ts';
import { LIST_ITEMS, TITLE_CHARACTERS } from '../words/limits.ts';
import type { Links } from '../words/links.ts';
import { previewLines } from '../words/preview-lines.ts';
import { asSentence, capitalised, type Noun, stateChange } from '../words/sentence.ts';
import type { Story } from '../words/story.ts';
import { toDoAt } from './comment-scenario.ts';
import { previewBars } from './coverage-bar.ts';

/** The shortest way to a passing check: one numbered step for each scenario or mistake that blocks. */
export function waysToPass(story: Story, links: Links): Block {
  const blockers = story.needWork.filter(({ scenario }) => story.blocking.has(scenario.id));
  const steps = [
    ...story.mistakes.map((mistake) => findingText(mistake, links)),
    ...blockers.map((scenario) => toDoAt(scenario, story, links)),
  ];
  return {
    ...list(
      blockers.some(({ snippet }) => snippet) ? '**To pass**, with text to paste below:' : '**To pass:**',
      steps,
      ['step', 'steps'],
    ),
    items: numbered(steps),
  };
}

export function improvements(improved: ScenarioReview[], links: Links): Block {
  const items = improved.map(({ scenario, before, after }) => {
    const [at] = after.evidence;
    const where = at ? ` (${links.page(at) ?? links.file(at)})` : '';
    return `${escapeProse(scenario.title, TITLE_CHARACTERS)}: ${stateChange(before.state, after.state)}${where}`;
  });
  return list('**Better with this pull request**', items, ['improvement', 'improvements']);
}

export function followUps(relevant: ScenarioReview[]): Block {
  const items = relevant.flatMap(({ scenario }) =>
    scenario.followUps.map((followUp) => `${escapeProse(followUp)} (${codeSpan(scenario.id)})`),
  );
  return list('**For the product, not fixable in docs**', items, ['follow-up', 'follow-ups']);
}

export function otherFindings(others: Finding[], links: Links, limit = LIST_ITEMS): Block {
  const items = others.map((finding) => findingText(finding, links));
  return list('**Also noticed** (nothing here blocks)', items, ['finding', 'findings'], limit);
}

export function registryPreview(review: Review): Block {
  const items = previewLines(review.preview, MARKDOWN_SAY);
  const block = list('**Once merged, the registry of this pull request**', items, ['change', 'changes']);
  const bars = previewBars(review);
  return bars === '' ? block : { ...block, close: `\n${bars}\n` };
}

export function list(title: string, texts: string[], noun: Noun, limit = LIST_ITEMS): Block {
  return {
    open: `${title}\n\n`,
    items: texts.slice(0, limit).map((text) => `- ${text}\n`),
    close: '',
    noun,
    further: Math.max(0, texts.length - limit),
  };
}

function numbered(steps: string[]): string[] {
  return steps.slice(0, LIST_ITEMS).map((step, index) => `${index + 1}. ${step}\n`);
}

/** `path:3: message. advice.`, for a list item. */
export function findingText(finding: Finding, links: Links): string {
  const at = finding.path === null ? '' : `${links.file({ ...finding, path: finding.path })}: `;
  const { message, advice } = besideItsPlace(finding);
  const toDo = advice === '' ? '' : ` ${asSentence(escapeProse(capitalised(advice)))}`;
  return `${at}${asSentence(escapeProse(message))}${toDo}`;
}
