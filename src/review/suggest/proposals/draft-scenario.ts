import { sentenceEnds, tokenize } from '../../../coverage/terms.ts';
import { encodePath } from '../../../docs/routes.ts';
import type { ContentBlock } from '../../../docs/site/page.ts';
import type { Site } from '../../../docs/site/site.ts';
import type { ScenarioDraft } from '../../../registry/authoring/scenario-draft.ts';
import { scrub } from '../../../registry/scrub.ts';
import type { FailureSection } from './failure-sections.ts';
import { isTroubleTitle } from './failure-sections.ts';
import { tellingPhrases } from './telling-phrase.ts';

/** A scenario without its id, in one of the ways in which a section can be told. */
export type DraftWords = Omit<ScenarioDraft, 'id'>;

const LONGEST_TITLE = 100;
const MOST_SYMPTOMS = 3;
const MOST_CAUSES = 4;

/** How much a word tells among all sections that tell of failures: little where many have it. */
export function weightIn(failures: readonly FailureSection[]): (stem: string) => number {
  const counts = new Map<string, number>();
  for (const { blocks } of failures) {
    const told = blocks.filter(({ kind }) => kind === 'prose' || kind === 'label' || kind === 'row');
    const stems = tokenize(told.map(({ text }) => text).join('\n')).map(({ stem }) => stem);
    for (const stem of new Set(stems)) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  }
  return (stem) => Math.log(1 + failures.length / (counts.get(stem) ?? 1));
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
  const symptoms = name.codes.length > 0 ? [] : tellingPhrases(label, { weight, most: 4, failing: true });
  if (name.codes.length === 0 && symptoms.length === 0) return [];
  const texts = causeTexts(failure);
  const causes = texts.flatMap((text) => tellingPhrases(text, { weight, most: 3, known }).slice(0, 2));
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
  return bounded(`${own}: ${meaning.replace(/[\s.]+$/, '')}`);
}

function bounded(text: string): string {
  if (text.length <= LONGEST_TITLE) return text;
  return `${text
    .slice(0, LONGEST_TITLE)
    .replace(/\s+\S*$/, '')
    .replace(/[\s,;:.(-]+$/, '')}…`;
}

const CAUSE_COLUMN = /cause|why|reason|mean|descri|expla|happen|detail|when|trigger/i;
const FIX_COLUMN = /fix|solution|solve|resol|action|\bdo\b|how|remed|check|next|help|strateg|link|see|step|response/i;
const CAUSE_LABEL =
  /^(?:(?:likely|possible|probable|common|root)\s+)?(?:causes?|why(?: (?:it|this) happens)?|reasons?|ursache|cause probable)(?:\s+\d+)?\s*[:.\u2014-]?\s*/i;
const OTHER_LABEL =
  /^(?:symptoms?|fix(?:es)?|solutions?|resolutions?|workarounds?|what to do|to (?:fix|resolve)|example|error|message)\b\s*:/i;
const BECAUSE =
  /\b(?:because|due to|caused by|as a result of|(?:this|it|which|error|that)\s+(?:usually |often |typically |most often )?(?:means|indicates|happens|occurs|appears)(?: that)?(?: when| if| because)?)\b/i;
const WITHOUT_REASON = /^(?:see|use this|read|check|open|refer|follow|for (?:more|details)|learn|contact)\b/i;
const MOST_CLAUSES = 4;

/** What a section says about why the failure happens: the likeliest text first. */
export function causeTexts(failure: FailureSection): string[] {
  const texts = failure.row ? causeCells(failure.row) : causeSentences(failure.blocks);
  return [...new Set(texts.map((text) => text.trim()).filter((text) => /\p{L}/u.test(text)))].slice(0, MOST_CLAUSES);
}

/** Cells under a heading for causes, then those whose heading says neither cause nor fix. */
function causeCells({ cells, columns }: NonNullable<FailureSection['row']>): string[] {
  const told = cells.slice(1).map((text, i) => ({ text, heading: columns[i + 1] ?? '' }));
  const causes = told.filter(({ heading }) => CAUSE_COLUMN.test(heading));
  const others = told.filter(({ heading }) => !CAUSE_COLUMN.test(heading) && !FIX_COLUMN.test(heading));
  return [...causes, ...others].map(({ text }) => text);
}

function causeSentences(blocks: readonly ContentBlock[]): string[] {
  const labelled: string[] = [];
  const reasoned: string[] = [];
  const others: string[] = [];
  let underCause = false;
  for (const { kind, text } of blocks) {
    if (kind === 'label') underCause = CAUSE_LABEL.test(text) && text.replace(CAUSE_LABEL, '') === '';
    if (kind !== 'prose') continue;
    const labelledText = CAUSE_LABEL.test(text) ? text.replace(CAUSE_LABEL, '') : null;
    for (const sentence of sentencesOf(labelledText ?? text)) {
      const because = BECAUSE.exec(sentence);
      if (labelledText !== null || underCause) labelled.push(sentence);
      else if (because && !OTHER_LABEL.test(text)) reasoned.push(sentence.slice(because.index + because[0].length));
      if (!OTHER_LABEL.test(text) && !WITHOUT_REASON.test(sentence)) others.push(sentence);
    }
  }
  return [...labelled.slice(0, 2), ...reasoned, ...others];
}

function sentencesOf(text: string): string[] {
  const ends = sentenceEnds(text);
  return ends.map((end, i) => text.slice(ends[i - 1] ?? 0, end).trim());
}

/** The page that a section sends its readers to, as the registry writes it; null where it sends them nowhere on this site. */
function fixLink(site: Site, failure: FailureSection): string | null {
  const links = failure.blocks.flatMap((block) => (block.kind === 'code' ? [] : block.links));
  for (const { url } of links) {
    const target = site.resolve(url, failure.page);
    if (target.kind !== 'page' || target.page === failure.page || target.page.hidden) continue;
    if (target.anchor && !site.read(target.page).anchors.has(target.anchor)) continue;
    if (target.anchor === null && isTroubleTitle(target.page.title)) continue;
    return target.page.url + (target.anchor ? `#${encodePath(target.anchor)}` : '');
  }
  return null;
}
