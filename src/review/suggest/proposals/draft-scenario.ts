import { unitOfLabel } from '../../../coverage/reading.ts';
import { tokenize } from '../../../coverage/terms.ts';
import type { Site } from '../../../docs/site/site.ts';
import type { ScenarioDraft } from '../../../registry/scenario-draft.ts';
import { scrub } from '../../../registry/scrub.ts';
import { causeTexts, fixLink } from './failure-explanation.ts';
import type { FailureSection } from './failure-sections.ts';
import { tellingPhrases } from './telling-phrase.ts';

/** A scenario without its id, in one of the ways in which a section can be told. */
export type DraftWords = Omit<ScenarioDraft, 'id'>;

const LONGEST_TITLE = 100;
const MOST_SYMPTOMS = 3;
const MOST_CAUSES = 4;

/** How much a word tells among all sections that tell of failures: little where many have it. */
export function weightIn(failures: readonly FailureSection[]): (stem: string) => number {
  const counts = new Map<string, number>();
  for (const failure of failures)
    for (const stem of new Set(tokenize(textOf(failure)).map((token) => token.stem)))
      counts.set(stem, (counts.get(stem) ?? 0) + 1);
  return (stem) => Math.log(1 + failures.length / (counts.get(stem) ?? 1));
}

function textOf({ section, row }: FailureSection): string {
  const blocks = row ? [row.block] : unitOfLabel(section).blocks;
  return blocks
    .flatMap(({ kind, text }) => (kind === 'prose' || kind === 'label' || kind === 'row' ? [text] : []))
    .join('\n');
}

/**
 * The ways in which a section's failure can be written as a scenario, in the section's own words: the likeliest first.
 * None where no words of its label can be looked for.
 */
export function waysToTell(
  failure: FailureSection,
  site: Site,
  weight: (stem: string) => number,
  privateNames: readonly string[],
): DraftWords[] {
  const { label, name, page, row } = failure;
  const known = new Set(tokenize(label).map(({ stem }) => stem));
  const phrases = { least: 2, weight };
  const symptoms = name.codes.length > 0 ? [] : tellingPhrases(label, { ...phrases, most: 4, failing: true });
  if (name.codes.length === 0 && symptoms.length === 0) return [];
  const texts = causeTexts(failure);
  const causes = texts.flatMap((text) => tellingPhrases(text, { ...phrases, most: 3, known }).slice(0, 2));
  const link = fixLink(site, failure);
  const title = scrub(titleOf(label, row ? texts[0] : undefined), privateNames);
  const shared = { title, ...(name.codes.length > 0 && { codes: name.codes }), pages: [page.name] };
  const named =
    symptoms.length > 0 ? symptoms.slice(0, MOST_SYMPTOMS).map((symptom) => ({ symptoms: [symptom] })) : [{}];
  const explained = causes.length > 0 ? causes.slice(0, MOST_CAUSES).map((cause) => ({ causes: [cause] })) : [{}];
  const linked = link === null ? [{}] : [{ links: [link] }, {}];
  return linked.flatMap((links) =>
    named.flatMap((names) => explained.map((reasons) => ({ ...shared, ...names, ...reasons, ...links }))),
  );
}

/** The docs' own label; a row's code says little without what stands beside it. */
function titleOf(label: string, meaning: string | undefined): string {
  const own = label.replace(/[\s:.]+$/, '');
  if (!meaning || /\s/.test(own)) return bounded(own);
  const whole = `${own}: ${meaning.replace(/[\s.]+$/, '')}`;
  return whole.length <= LONGEST_TITLE ? whole : bounded(whole);
}

function bounded(text: string): string {
  if (text.length <= LONGEST_TITLE) return text;
  return `${text
    .slice(0, LONGEST_TITLE)
    .replace(/\s+\S*$/, '')
    .replace(/[\s,;:.(-]+$/, '')}…`;
}
