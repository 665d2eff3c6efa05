import { unitOfLabel } from '../../../coverage/reading.ts';
import { sentenceEnds } from '../../../coverage/terms.ts';
import { encodePath } from '../../../docs/routes.ts';
import type { ContentBlock } from '../../../docs/site/page.ts';
import type { Site } from '../../../docs/site/site.ts';
import type { FailureSection } from './failure-sections.ts';
import { isTroubleTitle } from './trouble-words.ts';

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
  const texts = failure.row ? causeCells(failure.row) : causeSentences(blocksOf(failure));
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
  let from = 0;
  return sentenceEnds(text).map((end) => {
    const sentence = text.slice(from, end);
    from = end;
    return sentence.trim();
  });
}

/** The page that a section sends its readers to, as the registry writes it; null where it sends them nowhere on this site. */
export function fixLink(site: Site, failure: FailureSection): string | null {
  const links = blocksOf(failure).flatMap((block) => (block.kind === 'code' ? [] : block.links));
  for (const { url } of links) {
    const target = site.resolve(url, failure.page);
    if (target.kind !== 'page' || target.page === failure.page || target.page.hidden) continue;
    if (target.anchor && !site.read(target.page).anchors.has(target.anchor)) continue;
    if (target.anchor === null && isTroubleTitle(target.page.title)) continue;
    return target.page.url + (target.anchor ? `#${encodePath(target.anchor)}` : '');
  }
  return null;
}

function blocksOf({ section, row }: FailureSection): readonly ContentBlock[] {
  return row ? [row.block] : unitOfLabel(section).blocks;
}
