import type { Candidate, Match, Requirement, ScenarioCoverage } from '../coverage/coverage.ts';
import type { SectionKind } from '../docs/page-facts.ts';
import { cleanLine, shortLine } from './clean-text.ts';
import type { Explanation } from './explanation.ts';
import { LABEL_CHARACTERS } from './limits.ts';
import { lackOf, placeOf, type Say } from './sentence.ts';
import { nearMissLines } from './terminal-findings.ts';
import { joined, type Pen, penFor, quoted, type TerminalOptions } from './terminal-pen.ts';

/** Why a scenario has its state: every section that was looked at, what each has and what it lacks. */
export function renderExplanationTerminal({ coverage, nearMisses }: Explanation, options: TerminalOptions): string {
  const pen = penFor(options);
  return joined([
    headline(coverage, pen),
    ...coverage.candidates.map((candidate) => candidateLines(candidate, pen)),
    nearMisses.map((miss) => nearMissLines(miss, pen, '')).join('\n'),
    coverage.candidates.length + nearMisses.length === 0 ? 'No section comes near it.' : '',
  ]);
}

/** A candidate on one line: `a.mdx:3-9 "label": symptom "…" in the summary (3); cause "…" (5); link /x (7)`. */
export function candidateLine({ evidence, section, trigger, requirements }: Candidate): string {
  const found = [trigger, ...requirements.flatMap(({ match }) => match ?? [])].filter(unlike);
  const terms = found.map(
    (match) => `${match.field} ${termOf(match)}${where(match, section.kind)} (${lineOf(match, evidence.path)})`,
  );
  const label = evidence.label === '' ? '' : ` "${shortLine(evidence.label, LABEL_CHARACTERS)}"`;
  return `${cleanLine(placeOf(evidence))}${label}: ${terms.join('; ')}`;
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

const LEVELS: Record<Candidate['level'], string> = {
  documents: 'documents it',
  mentions: 'names it',
  sample: 'shows it in a sample only',
  near: 'comes near',
};

function candidateLines(candidate: Candidate, pen: Pen): string {
  const notes = [
    LEVELS[candidate.level],
    ...(candidate.hidden ? ['on a hidden page'] : []),
    ...(candidate.onPages ? [] : ['not where readers look']),
    ...(candidate.through ? [`completed by ${cleanLine(placeOf(candidate.through))}`] : []),
  ];
  return [
    pen.wrap(candidateLine(candidate), '  ', ''),
    pen.colors.dim(pen.wrap(notes.join(', '), '  ')),
    ...candidate.requirements.map((requirement) => requirementLine(requirement, candidate, pen)),
    ...candidate.forbidden.map((match) =>
      line('✖', `must not say ${quoted(match.term)} (${lineOf(match, candidate.evidence.path)})`, pen),
    ),
  ].join('\n');
}

function requirementLine({ kind, term, match, broken }: Requirement, { evidence }: Candidate, pen: Pen): string {
  if (match === null) return line('✖', `${kind} ${quoted(term)} is lacking`, pen);
  const words = match.words.length === 0 || kind === 'link' ? '' : `: ${quoted(match.words.join(' … '))}`;
  if (broken) return line('✖', `${kind} ${quoted(term)} leads nowhere (${lineOf(match, evidence.path)})`, pen);
  return line('✔', `${kind} ${quoted(term)}${words} (${lineOf(match, evidence.path)})`, pen);
}

function line(symbol: '✔' | '✖', text: string, pen: Pen): string {
  const color = symbol === '✔' ? pen.colors.green : pen.colors.red;
  return pen.wrap(text, '      ', `    ${color(symbol)} `);
}

/** The trigger often stands among the requirements too. */
function unlike(match: Match, index: number, all: Match[]): boolean {
  return all.findIndex((other) => other.field === match.field && other.term === match.term) === index;
}

function termOf({ field, term }: Match): string {
  return field === 'link' ? cleanLine(term) : `"${cleanLine(term)}"`;
}

/** The line alone in the section's own file, with the path in another, a partial for instance. */
function lineOf(match: Match, path: string): string {
  return match.path === path ? `${match.line}` : cleanLine(placeOf(match));
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
