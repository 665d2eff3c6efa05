import type { Candidate, Match, NearMiss, Requirement, ScenarioCoverage } from '../../coverage/coverage.ts';
import { quoteOf } from '../../coverage/quote.ts';
import type { Cancelled } from '../../coverage/triggers.ts';
import type { SectionKind } from '../../docs/markdown/page-facts.ts';
import type { Explanation } from '../../review/explanation.ts';
import { cleanLine, shortLine } from '../words/clean-text.ts';
import { LABEL_CHARACTERS } from '../words/limits.ts';
import { lackOf, listed, placeOf, type Say } from '../words/sentence.ts';
import { changeLines } from './terminal-change.ts';
import { joined, type Pen, penFor, quoted, type TerminalOptions } from './terminal-pen.ts';
import { quoteLines } from './terminal-quote.ts';

/** Sections that only come near, or stand where no reader of this looks, are told of up to this many. */
const MOST_NEAR = 3;

/** Why a scenario has its state: every section that was looked at, what each has and lacks, and what would mend it. */
export function renderExplanationTerminal(explanation: Explanation, options: TerminalOptions): string {
  const { coverage, nearMisses, cancelled, change } = explanation;
  const pen = penFor(options);
  const near = coverage.candidates.filter(({ level }) => level === 'near');
  const shown = coverage.candidates.filter((candidate) => !near.slice(MOST_NEAR).includes(candidate));
  const further = coverage.candidates.length - shown.length;
  return joined([
    headline(coverage, pen),
    ...shown.map((candidate) => candidateLines(candidate, explanation, pen)),
    further === 0 ? '' : pen.colors.dim(pen.wrap(`…and ${further} more that only come near; --format json has them.`)),
    ...cancelled.map((hit) => cancelledLines(hit, pen)),
    ...nearMisses.map((miss) => missLines(miss, pen)),
    coverage.candidates.length + nearMisses.length + cancelled.length === 0 ? 'No section comes near it.' : '',
    change ? changeLines(change, hindrance(coverage), pen) : '',
  ]);
}

/** As the registry writes it: whoever asks why wants its own words. */
const RAW_SAY: Say = { phrase: quoted, copy: cleanLine, prose: cleanLine };

function headline({ scenario, state, gaps, unwaived }: ScenarioCoverage, pen: Pen): string {
  const { bold, green, yellow, red, dim } = pen.colors;
  const color = { covered: green, partial: yellow, missing: red, waived: dim }[state];
  const lack = state === 'partial' ? `, lacks ${lackOf(state, gaps, RAW_SAY)}` : '';
  const instead = state === 'waived' ? ` (without the waiver ${unwaived.state})` : '';
  return [
    pen.wrap(`${bold(scenario.id)}: ${color(state)}${lack}${instead}.`),
    pen.colors.dim(pen.wrap(cleanLine(scenario.title))),
  ].join('\n');
}

function hindrance({ unwaived: { state, gaps } }: ScenarioCoverage): string {
  return state === 'missing' ? 'there is no page where its readers look' : `it lacks ${lackOf(state, gaps, RAW_SAY)}`;
}

const LEVELS: Record<Candidate['level'], string> = {
  documents: 'documents it',
  mentions: 'names it',
  sample: 'shows it in a sample only',
  near: 'comes near',
};

function candidateLines(candidate: Candidate, { coverage, partly }: Explanation, pen: Pen): string {
  const { evidence, trigger, requirements } = candidate;
  const notes = [
    LEVELS[candidate.level],
    ...(candidate.through ? [`completed by ${cleanLine(placeOf(candidate.through))}`] : []),
  ];
  const further = requirements.filter(({ match }) => match === null || !isSame(match, trigger));
  return [
    sectionLine(evidence, evidence.label, pen),
    pen.colors.dim(pen.wrap(notes.join(', '), '  ')),
    matchLines(trigger, candidate, pen),
    ...further.map((requirement) => requirementLines(requirement, candidate, partly.get(requirement), pen)),
    ...candidate.forbidden.map((match) => forbiddenLines(match, candidate, pen)),
    ...circumstances(candidate, coverage, pen),
  ].join('\n');
}

function sectionLine(at: Parameters<typeof placeOf>[0], label: string, pen: Pen): string {
  const named = label === '' ? '' : ` "${shortLine(label, LABEL_CHARACTERS)}"`;
  return pen.wrap(`${pen.colors.cyan(cleanLine(placeOf(at)))}${named}`, '  ', '');
}

function requirementLines(
  requirement: Requirement,
  candidate: Candidate,
  partly: ReturnType<Explanation['partly']['get']>,
  pen: Pen,
): string {
  const { kind, term, match, broken } = requirement;
  const at = match && placeIn(match, candidate);
  if (match && broken) return line('✖', `${kind} ${termOf(kind, term)} leads nowhere${at}`, pen);
  if (match) return matchLines(match, candidate, pen);
  if (!partly) return line('✖', `${kind} ${termOf(kind, term)} is lacking`, pen);
  const lacks =
    partly.lacks.length === 0 ? 'stands in no one paragraph' : `lacks ${listed(partly.lacks.map(quoted))} beside`;
  return [
    line('✖', `${kind} ${termOf(kind, term)} ${lacks} (${partly.quote.line})`, pen),
    quoteLines(partly.quote, pen, INNER),
  ].join('\n');
}

const INNER = '        ';

function matchLines(match: Match, candidate: Candidate, pen: Pen): string {
  const { field, term, words, found } = match;
  const start = `${field} ${termOf(field, term)}${placeIn(match, candidate)}`;
  if (field === 'link' && words[0] !== undefined && words[0] !== term)
    return line('✔', `${start}, written ${cleanLine(words[0])}`, pen);
  if (!found) return line('✔', start, pen);
  const along = found.inLabels.length === 0 ? '' : `, with ${listed(found.inLabels.map(quoted))} of the title`;
  return [line('✔', start + along, pen), quoteLines(quoteOf(found), pen, INNER)].join('\n');
}

function forbiddenLines(match: Match, candidate: Candidate, pen: Pen): string {
  const start = line('✖', `must not say ${quoted(match.term)}${placeIn(match, candidate)}`, pen);
  return match.found ? [start, quoteLines(quoteOf(match.found), pen, INNER)].join('\n') : start;
}

/** Where it stands, whether readers see it and what it does not say: what is well in one line, the rest each in its own. */
function circumstances(candidate: Candidate, { scenario }: ScenarioCoverage, pen: Pen): string[] {
  const asked: [isWell: boolean, well: string, ill: string][] = [
    [
      candidate.onPages,
      scenario.pages.length > 0 ? 'on its pages' : '',
      `not where readers look (${listed(scenario.pages.map(cleanLine), 'or')})`,
    ],
    [!candidate.hidden, 'visible', 'on a hidden page'],
    [
      candidate.forbidden.length === 0,
      scenario.never.length > 0 ? `says nothing of ${listed(scenario.never.map(quoted), 'or')}` : '',
      '',
    ],
  ];
  const well = asked.flatMap(([isWell, text]) => (isWell && text !== '' ? [text] : []));
  const ill = asked.flatMap(([isWell, , text]) => (isWell || text === '' ? [] : [text]));
  return [...ill.map((text) => line('✖', text, pen)), ...(well.length > 0 ? [line('✔', well.join('; '), pen)] : [])];
}

function cancelledLines({ section, match, by, word }: Cancelled, pen: Pen): string {
  const why = by === 'except' ? `the exception ${quoted(word)}` : `${quoted(word)} before it`;
  return [
    sectionLine(section, section.label || section.page.title, pen),
    pen.colors.dim('  does not name it'),
    line('✖', `${match.field} ${termOf(match.field, match.term)} (${match.line}) is cancelled by ${why}`, pen),
    ...(match.found ? [quoteLines(quoteOf(match.found), pen, INNER)] : []),
  ].join('\n');
}

function missLines({ label, lacks, quote, edit, ...at }: NearMiss, pen: Pen): string {
  const lacking = lacks.map((lack) => (/[“`]/.test(lack) ? cleanLine(lack) : quoted(lack)));
  return [
    sectionLine(at, label, pen),
    pen.colors.dim(pen.wrap('near miss: it holds most of the words', '  ')),
    ...(quote ? [quoteLines(quote, pen, INNER)] : []),
    lacking.length === 0 ? '' : line('✖', `lacks ${listed(lacking)}`, pen),
    edit === '' || isRepeated(lacks, edit) ? '' : pen.wrap(cleanLine(edit), '      '),
  ]
    .filter((text) => text !== '')
    .join('\n');
}

/** Advice to say what is told to be lacking adds nothing. */
function isRepeated(lacks: readonly string[], edit: string): boolean {
  return lacks.length > 0 && edit.startsWith('say ');
}

function line(symbol: '✔' | '✖', text: string, pen: Pen): string {
  const color = symbol === '✔' ? pen.colors.green : pen.colors.red;
  return pen.wrap(text, '      ', `    ${color(symbol)} `);
}

function isSame(a: Match, b: Match): boolean {
  return a.field === b.field && a.term === b.term;
}

function termOf(field: Match['field'], term: string): string {
  return field === 'link' || field === 'code' ? cleanLine(term) : quoted(term);
}

/** ` in the summary (12)`; with the path where the words stand in another file, a partial for instance. */
function placeIn(match: Match, { section, evidence }: Candidate): string {
  const at = match.path === evidence.path ? `${match.line}` : cleanLine(placeOf(match));
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
