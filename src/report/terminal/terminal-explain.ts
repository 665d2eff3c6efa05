import type { Candidate, Match, NearMiss, Quote, Requirement, ScenarioCoverage } from '../../coverage/coverage.ts';
import { quoteOf } from '../../coverage/quote.ts';
import type { Cancelled } from '../../coverage/triggers.ts';
import type { SectionKind } from '../../docs/markdown/page-facts.ts';
import type { Explanation } from '../../review/explain-scenario.ts';
import type { DocsStep } from '../../review/suggest/docs-step.ts';
import type { DocsChange, RegistryChange, SmallestChange } from '../../review/suggest/smallest-change.ts';
import { cleanLine, shortLine } from '../words/clean-text.ts';
import { LABEL_CHARACTERS } from '../words/limits.ts';
import { LEVEL_WORDS } from '../words/section-words.ts';
import { count, type FilePlace, lackOf, listed, type Say } from '../words/sentence.ts';
import { inColorOf, placeLine, quoteLines, toPaste } from './terminal-parts.ts';
import { inQuotes, joined, type Pen, penFor, stacked, type TerminalOptions } from './terminal-pen.ts';

/** At most so many sections are shown that only come near, or stand where no reader of the scenario looks. */
const MOST_NEAR = 3;

/** Why a scenario has its state: every section that was looked at, what each has and lacks, and the smallest change. */
export function renderExplanationTerminal(explanation: Explanation, options: TerminalOptions): string {
  const { coverage, nearMisses, cancelled, change } = explanation;
  const pen = penFor(options);
  const near = coverage.candidates.filter(({ level }) => level === 'near');
  const shown = coverage.candidates.filter((candidate) => !near.slice(MOST_NEAR).includes(candidate));
  const further = coverage.candidates.length - shown.length;
  return joined([
    stateLines(coverage, pen),
    ...shown.map((candidate) => candidateLines(candidate, explanation, pen)),
    further === 0 ? '' : pen.colors.dim(pen.wrap(`…and ${further} more that only come near; --format json has them.`)),
    ...cancelled.map((hit) => cancelledLines(hit, pen)),
    ...nearMisses.map((miss) => missLines(miss, pen)),
    coverage.candidates.length + nearMisses.length + cancelled.length === 0 ? 'No section comes near it.' : '',
    change ? changeLines(change, hindrance(coverage), pen) : '',
  ]);
}

/** As the registry writes it: whoever asks why wants its own words. */
const RAW_SAY: Say = { phrase: inQuotes, copy: cleanLine, prose: cleanLine };

function stateLines({ scenario, state, gaps, unwaived }: ScenarioCoverage, pen: Pen): string {
  const lack = state === 'partial' ? `, lacks ${lackOf(state, gaps, RAW_SAY)}` : '';
  const instead = state === 'waived' ? ` (without the waiver ${unwaived.state})` : '';
  return [
    pen.wrap(`${pen.colors.bold(scenario.id)}: ${inColorOf(state, state, pen)}${lack}${instead}.`),
    pen.colors.dim(pen.wrap(cleanLine(scenario.title))),
  ].join('\n');
}

function hindrance({ unwaived: { state, gaps } }: ScenarioCoverage): string {
  return state === 'missing' ? 'there is no page where its readers look' : `it lacks ${lackOf(state, gaps, RAW_SAY)}`;
}

function candidateLines(candidate: Candidate, { coverage, partly }: Explanation, pen: Pen): string {
  const { evidence, trigger, requirements } = candidate;
  const notes = [
    LEVEL_WORDS[candidate.level],
    ...(candidate.through ? [`completed by ${placeLine(candidate.through)}`] : []),
  ];
  const further = requirements.filter(({ match }) => match?.field !== trigger.field || match.term !== trigger.term);
  return [
    sectionLine(evidence, evidence.label, pen),
    pen.colors.dim(pen.wrap(notes.join(', '), '  ')),
    matchLines(trigger, candidate, pen),
    ...further.map((requirement) => requirementLines(requirement, candidate, partly, pen)),
    ...candidate.forbidden.map((match) => forbiddenLines(match, candidate, pen)),
    ...circumstances(candidate, coverage, pen),
  ].join('\n');
}

function sectionLine(at: FilePlace, label: string, pen: Pen): string {
  const named = label === '' ? '' : ` "${shortLine(label, LABEL_CHARACTERS)}"`;
  return pen.wrap(`${pen.colors.cyan(placeLine(at))}${named}`, '  ', '');
}

type Partly = Explanation['partly'];

function requirementLines(requirement: Requirement, candidate: Candidate, partly: Partly, pen: Pen): string {
  const { kind, term, match, broken } = requirement;
  const there = partly.get(requirement);
  const at = match && placeIn(match, candidate);
  if (match && broken) return line(pen.bad, `${kind} ${termOf(kind, term)} leads nowhere${at}`, pen);
  if (match) return matchLines(match, candidate, pen);
  if (!there) return line(pen.bad, `${kind} ${termOf(kind, term)} is lacking`, pen);
  const lacks =
    there.lacks.length === 0 ? 'stands in no one paragraph' : `lacks ${listed(there.lacks.map(inQuotes))} beside`;
  return [
    line(pen.bad, `${kind} ${termOf(kind, term)} ${lacks} (${there.quote.line})`, pen),
    quoteLines(there.quote, pen, INNER),
  ].join('\n');
}

const INNER = '        ';

function matchLines(match: Match, candidate: Candidate, pen: Pen): string {
  const { field, term, words, found } = match;
  const start = `${field} ${termOf(field, term)}${placeIn(match, candidate)}`;
  if (field === 'link' && words[0] !== undefined && words[0] !== term)
    return line(pen.good, `${start}, written ${cleanLine(words[0])}`, pen);
  const titleWords = found?.inLabels ?? [];
  const along = titleWords.length === 0 ? '' : `, with ${listed(titleWords.map(inQuotes))} of the title`;
  return stacked([line(pen.good, start + along, pen), saidIn(match, pen)]);
}

/** The sentence that holds a match; empty where it is not known. */
function saidIn({ found }: Match, pen: Pen): string {
  return found ? quoteLines(quoteOf(found), pen, INNER) : '';
}

function forbiddenLines(match: Match, candidate: Candidate, pen: Pen): string {
  const start = line(pen.bad, `must not say ${inQuotes(match.term)}${placeIn(match, candidate)}`, pen);
  return stacked([start, saidIn(match, pen)]);
}

/** Whether a section stands where readers look, is visible and avoids forbidden phrases; one line says what is well. */
function circumstances(candidate: Candidate, { scenario }: ScenarioCoverage, pen: Pen): string[] {
  const { onPages, hidden, forbidden } = candidate;
  const well = [
    onPages && scenario.pages.length > 0 ? 'on its pages' : '',
    hidden ? '' : 'visible',
    forbidden.length === 0 && scenario.never.length > 0
      ? `says nothing of ${listed(scenario.never.map(inQuotes), 'or')}`
      : '',
  ].filter(Boolean);
  return [
    ...(onPages ? [] : [line(pen.bad, `not where readers look (${listed(scenario.pages.map(cleanLine), 'or')})`, pen)]),
    ...(hidden ? [line(pen.bad, 'on a hidden page', pen)] : []),
    ...(well.length > 0 ? [line(pen.good, well.join('; '), pen)] : []),
  ];
}

function cancelledLines({ section, match, by, word }: Cancelled, pen: Pen): string {
  const why = by === 'except' ? `the exception ${inQuotes(word)}` : `${inQuotes(word)} before it`;
  return stacked([
    sectionLine(section, section.label || section.page.title, pen),
    pen.colors.dim('  does not name it'),
    line(pen.bad, `${match.field} ${termOf(match.field, match.term)} (${match.line}) is cancelled by ${why}`, pen),
    saidIn(match, pen),
  ]);
}

function missLines({ label, lacks, quote, edit, ...at }: NearMiss, pen: Pen): string {
  const isRepeated = lacks.length > 0 && edit.startsWith('say ');
  const lacking = lacks.map((lack) => (/[“`]/.test(lack) ? cleanLine(lack) : inQuotes(lack)));
  return stacked([
    sectionLine(at, label, pen),
    pen.colors.dim(pen.wrap('near miss: it holds most of the words', '  ')),
    quote ? quoteLines(quote, pen, INNER) : '',
    lacking.length === 0 ? '' : line(pen.bad, `lacks ${listed(lacking)}`, pen),
    edit === '' || isRepeated ? '' : pen.wrap(cleanLine(edit), '      '),
  ]);
}

function line(symbol: string, text: string, pen: Pen): string {
  return pen.wrap(text, '      ', `    ${symbol} `);
}

function termOf(field: Match['field'], term: string): string {
  return field === 'link' || field === 'code' ? cleanLine(term) : inQuotes(term);
}

/** ` in the summary (12)`; with the path where the words stand in another file, a partial for instance. */
function placeIn(match: Match, { section, evidence }: Candidate): string {
  const at = match.path === evidence.path ? `${match.line}` : placeLine(match);
  return `${where(match, section.kind)} (${at})`;
}

function where(match: Match, kind: SectionKind): string {
  if (match.where === 'label') return ` in the ${LABELS[kind] ?? 'title'}`;
  return { row: ' in the row', prose: '', sample: ' in a sample', card: ' on a card', comment: ' in a comment' }[
    match.where
  ];
}

const LABELS: Partial<Record<SectionKind, string>> = {
  heading: 'heading',
  details: 'summary',
  bold: 'bold lead',
  item: 'bold lead',
  row: 'first cell',
};

/**
 * The smallest change that would cover a scenario.
 * @param lack the reason to give where no text on a page would cover it
 */
function changeLines({ docs, otherwise, registry }: SmallestChange, lack: string, pen: Pen): string {
  const { bold } = pen.colors;
  if (!docs && !registry) return pen.wrap(`${bold('Smallest change:')} no text on a page covers it: ${lack}.`);
  const parts = [
    docs?.steps.map((step, at) => stepLines(step, at > 0, pen)).join('\n'),
    otherwise && alternative(otherwise, pen),
    registry && registryLines(registry, docs !== null, pen),
  ].flatMap((part) => part || []);
  const title = bold(`Smallest change${docs ? `: ${count(docs.words, ['word', 'words'])} of the docs` : ''}`);
  const tried = parts.length > 1 ? 'Each was tried on a copy' : 'It was tried on a copy';
  const told = pen.colors.dim(pen.wrap(`${tried}: with it the scenario is covered.`, '  '));
  return `${title}\n${[...parts.map((part) => part.trimEnd()), told].join('\n\n')}`;
}

function alternative({ steps }: DocsChange, pen: Pen): string {
  const [step] = steps;
  if (step?.kind !== 'paste') return '';
  return toPaste(step.snippet, pen, 'If that section is about something else, paste');
}

function stepLines(step: DocsStep, isFurther: boolean, pen: Pen): string {
  const then = (at: FilePlace) => `${isFurther ? 'Then in' : 'In'} ${placeLine(at)},`;
  const asked = (quote: Quote, text: string) => `${pen.wrap(text, '  ')}\n${quoteLines(quote, pen, '    ')}`;
  switch (step.kind) {
    case 'paste':
      return toPaste(step.snippet, pen, isFurther ? 'Then paste' : 'Paste');
    case 'publish':
      return pen.wrap(`${then(step)} take out the line \`${step.key}: true\`, which hides the page.`, '  ');
    case 'take-out':
      return asked(step.quote, `${then(step)} say otherwise what must not be said, ${inQuotes(step.phrase)}:`);
    case 'say':
      return asked(step.quote, `${then(step)} say ${listed(step.words.map(choice))} in the ${step.within}:`);
  }
}

/** `“blank” or “empty”` for `blank|empty`. */
function choice(word: string): string {
  return listed(word.split('|').filter(Boolean).map(inQuotes), 'or');
}

function registryLines(change: RegistryChange, isSecond: boolean, pen: Pen): string {
  const start = isSecond ? 'Or, if the docs say it well as they stand, ' : 'If the docs say it well as they stand, ';
  const where = `in the registry (${placeLine(change)})`;
  return [
    pen.wrap(`${start}${cleanLine(change.advice)} ${where}:`, '  '),
    ...(change.from === null ? [] : [pen.wrap(pen.colors.red(`- ${cleanLine(change.from)}`), '      ', '    ')]),
    pen.wrap(pen.colors.green(`+ ${cleanLine(change.to)}`), '      ', '    '),
  ].join('\n');
}
