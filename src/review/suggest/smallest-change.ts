import type { Candidate, NearMiss, ScenarioCoverage } from '../../coverage/coverage.ts';
import { candidateAt, type DocsStep, type Edit, nextWordEdit, type Place } from './docs-step.ts';
import { pageLines, pasteInto } from './page-lines.ts';
import { proposeSnippet } from './propose-snippet.ts';
import { type RegistryChange, registryChange } from './registry-change.ts';
import { type Ground, type Trial, tryOut } from './trial.ts';

/** Edits of the docs after which a scenario is covered: they were made in a copy, which was judged. */
export interface DocsChange {
  steps: DocsStep[];
  /** How many words somebody has to write, or to take out. */
  words: number;
}

/** The least that would cover a scenario, of the docs and, where their words may be right, of the registry. */
export interface SmallestChange {
  docs: DocsChange | null;
  /** A section of its own, where the smallest change is one of a section that does not name the failure so far. */
  otherwise: DocsChange | null;
  registry: RegistryChange | null;
}

/** No small change takes more steps. */
const MOST_STEPS = 6;

/** So many sections are tried. */
const MOST_SECTIONS = 4;

/**
 * Looks for the smallest change that covers a scenario, and proves it: every edit is made in a copy, which is judged.
 * @param misses the scenario's near misses, best first
 */
export function smallestChange(
  coverage: ScenarioCoverage,
  misses: readonly NearMiss[],
  ground: Ground,
): SmallestChange {
  const start: Trial = { texts: new Map(), coverage, head: ground.head };
  const pasted = follow(start, ground, (trial) => paste(trial, misses));
  const inPlace = placesToTry(coverage, misses).map((place) => ({
    place,
    change: follow(start, ground, (trial, steps) => completed(trial, place, steps)),
  }));
  let [docs, at]: [DocsChange | null, Place | null] = [pasted, null];
  for (const { place, change } of inPlace)
    if (change && (!docs || change.words < docs.words)) [docs, at] = [change, place];
  const isNamed = at === null || coverage.evidence.some(({ path, line }) => path === at.path && line === at.line);
  return { docs, otherwise: isNamed ? null : pasted, registry: registryChange(coverage, misses, ground) };
}

function placesToTry({ candidates }: ScenarioCoverage, misses: readonly NearMiss[]): Place[] {
  const near = candidates.filter(({ onPages, level }) => onPages && level !== 'sample').map(({ section }) => section);
  const places: Place[] = [...near.slice(0, MOST_SECTIONS), ...misses];
  return places.filter(
    ({ path, line }, at) => places.findIndex((other) => other.path === path && other.line === line) === at,
  );
}

/** Makes one edit after another until the scenario is covered; null where the edits end before that. */
function follow(
  start: Trial,
  ground: Ground,
  next: (trial: Trial, steps: readonly DocsStep[]) => Edit | null,
): DocsChange | null {
  const { scenario } = start.coverage;
  const change: DocsChange = { steps: [], words: 0 };
  let trial = start;
  while (trial.coverage.unwaived.state !== 'covered') {
    const edit = change.steps.length < MOST_STEPS ? next(trial, change.steps) : null;
    if (!edit) return null;
    change.steps.push(edit.step);
    change.words += edit.words;
    trial = tryOut(ground, scenario, new Map([...trial.texts, [edit.path, edit.text]]));
  }
  return change;
}

/** The next edit of one section: words where a sentence nearly says it, else lines below it. */
function completed(trial: Trial, place: Place, steps: readonly DocsStep[]): Edit | null {
  const candidate = candidateAt(trial.coverage, place);
  const words = nextWordEdit(trial.coverage.scenario, candidate, place, trial.head);
  if (words && !isAboutSomethingElse(candidate, steps)) return words;
  if (candidate?.level !== 'mentions') return null;
  const edit = paste(trial, []);
  return edit?.step.kind === 'paste' && edit.step.snippet.shape === 'lines' ? edit : null;
}

/** With a word here and a word there any section could be made to name any failure. */
function isAboutSomethingElse(candidate: Candidate | undefined, steps: readonly DocsStep[]): boolean {
  return (candidate === undefined || candidate.level === 'near') && steps.some(({ kind }) => kind === 'say');
}

function paste({ coverage, head }: Trial, misses: readonly NearMiss[]): Edit | null {
  const { state, gaps } = coverage.unwaived;
  const snippet = proposeSnippet({ ...coverage, state, gaps }, misses, head);
  const text = snippet && pageLines(snippet.path, head)?.text;
  if (!snippet || typeof text !== 'string') return null;
  const words = snippet.text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  return { step: { kind: 'paste', snippet }, path: snippet.path, text: pasteInto(text, snippet), words };
}
