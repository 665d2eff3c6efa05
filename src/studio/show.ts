import type { Candidate, Match, NearMiss, Requirement, ScenarioCoverage } from '../coverage/coverage.ts';
import { sectionText } from '../coverage/quote.ts';
import type { Tried, TriedPlace, TriedSentence } from '../coverage/try-sentence.ts';
import type { Site } from '../docs/site/site.ts';
import type { Mistake, Scenario } from '../registry/registry.ts';
import { capitalised, lackOf, listed, placeOf, type Say } from '../report/words/sentence.ts';
import type { LiveCoverage, LiveExplanation } from '../review/live-audit.ts';
import type {
  CheckAnswer,
  ScenarioDetail,
  ScenarioRow,
  ShownMiss,
  ShownRequirement,
  ShownSection,
  TryAnswer,
} from './protocol.ts';

/** How many sections of one scenario are shown. */
const MOST_SECTIONS = 6;

/** Writes phrases as the registry has them, because the reader edits it. */
const SAY: Say = { phrase: (phrase) => `“${phrase}”`, copy: (text) => text, prose: (text) => text };

export function shownRows({ coverage }: LiveCoverage): ScenarioRow[] {
  return Array.from(coverage.values(), ({ scenario, state, gaps }) => ({
    id: scenario.id,
    title: scenario.title,
    gravity: scenario.gravity,
    state,
    lack: state === 'partial' || state === 'missing' ? lackOf(state, gaps, SAY) : '',
    path: scenario.place.path,
    line: scenario.place.line,
  }));
}

export function shownCounts({ coverage, site }: LiveCoverage): CheckAnswer['counts'] {
  const counts = { covered: 0, partial: 0, missing: 0, waived: 0, pages: site.pages.length };
  for (const { state } of coverage.values()) counts[state] += 1;
  return counts;
}

export function shownProblem(mistake: Mistake): Mistake {
  return { ...mistake, message: capitalised(mistake.message) };
}

export function shownDetail(site: Site, { coverage, nearMisses }: LiveExplanation): ScenarioDetail {
  const { scenario, candidates } = coverage;
  const shown = candidates.slice(0, MOST_SECTIONS);
  return {
    id: scenario.id,
    verdict: verdictOf(coverage),
    sections: shown.map((candidate) => shownSection(site, candidate, scenario)),
    further: candidates.length - shown.length,
    misses: nearMisses.map(shownMiss),
  };
}

function verdictOf({ scenario, state, gaps, unwaived, candidates }: ScenarioCoverage): string {
  if (state === 'waived')
    return `Waived${scenario.waive ? `: ${scenario.waive.reason}` : ''} (without that ${unwaived.state}).`;
  if (state === 'partial') return `Named, but it lacks ${lackOf(state, gaps, SAY)}.`;
  if (state === 'missing') return 'No section where readers look names it.';
  const through = candidates.find((candidate) => candidate.level === 'documents')?.through;
  if (through) return 'A section names it and links to the one that explains it.';
  const does = [
    'names it',
    scenario.causes.length > 0 ? 'says why' : '',
    scenario.links.length > 0 ? 'links to the fix' : '',
  ];
  return `A section ${listed(does.filter(Boolean))}.`;
}

const LEVELS: Record<Candidate['level'], string> = {
  documents: 'documents it',
  mentions: 'names it, but is not complete',
  sample: 'shows it in a sample only',
  near: 'says it in passing',
};

function shownSection(site: Site, candidate: Candidate, scenario: Scenario): ShownSection {
  const { evidence, level, hidden, onPages, through } = candidate;
  const standing = [
    LEVELS[level],
    hidden && 'on a hidden page',
    !onPages && 'not on its `pages`',
    through && `completed by ${placeOf(through)}`,
  ].filter(Boolean);
  return {
    place: placeOf(evidence),
    label: evidence.label,
    route: evidence.anchor ? `${evidence.route}#${evidence.anchor}` : evidence.route,
    standing: capitalised(standing.join(', ')),
    counts: level !== 'near' && onPages && !hidden,
    requirements: [
      shownTrigger(candidate.trigger),
      ...candidate.requirements
        .filter(({ match }) => match?.field !== candidate.trigger.field || match.term !== candidate.trigger.term)
        .map(shownRequirement),
      ...candidate.forbidden.map((match) => ({
        met: false,
        what: `must not say “${match.term}”`,
        where: lineOf(match),
      })),
    ],
    ...sectionText(site, candidate, scenario),
  };
}

function shownTrigger(match: Match): ShownRequirement {
  return { met: true, what: `${match.field} “${match.term}”`, where: `${WHERE[match.where]}, ${lineOf(match)}` };
}

const WHERE: Record<Match['where'], string> = {
  label: 'in the title',
  row: 'in the row',
  prose: 'in the text',
  sample: 'in a sample',
  card: 'on a card',
  comment: 'in a comment',
};

function shownRequirement({ kind, term, match, broken, unsure }: Requirement): ShownRequirement {
  const what = kind === 'link' ? `link ${term}` : `${kind} “${term}”`;
  if (match === null) return { met: false, what, where: 'not here' };
  if (broken) return { met: false, what, where: `leads nowhere, ${lineOf(match)}` };
  return { met: true, what, where: `${lineOf(match)}${unsure ? '; whether its anchor exists cannot be told' : ''}` };
}

function lineOf({ line }: Match): string {
  return `line ${line}`;
}

function shownMiss({ path, line, endLine, label, lacks, edit }: NearMiss): ShownMiss {
  return { place: placeOf({ path, line, endLine }), label, lacks, edit };
}

export function shownTry({ text, results }: TriedSentence, place: TriedPlace): TryAnswer {
  return {
    text,
    results: results.map((tried) => ({
      id: tried.scenario.id,
      names: tried.outcome === 'names',
      term: tried.term,
      why: whyOf(tried, place),
      spans: apart(tried.spans),
    })),
  };
}

function whyOf({ scenario, outcome, field, lacks }: Tried, place: TriedPlace): string {
  switch (outcome) {
    case 'names':
      if (field === 'code' || place !== 'sentence') return 'names it';
      return scenario.pages.length > 0
        ? `names it on ${listed(scenario.pages)}; elsewhere a sentence is not enough`
        : 'names it';
    case 'excepted':
      return `cancelled by ${listed(scenario.except.map(SAY.phrase), 'or')} in \`except\``;
    case 'negated':
      return 'held back: a negation stands right before one of its words';
    case 'apart':
      return 'all words are there, but not in one sentence';
    case 'lacks':
      return `lacks ${listed(lacks.map(SAY.phrase))}`;
  }
}

function apart(spans: readonly { start: number; end: number }[]): { start: number; end: number }[] {
  const kept: { start: number; end: number }[] = [];
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start))
    if (start >= (kept.at(-1)?.end ?? 0)) kept.push({ start, end });
  return kept;
}
