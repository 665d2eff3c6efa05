import type { Candidate, NearMiss, ScenarioCoverage } from '../../coverage/coverage.ts';
import { judge } from '../../coverage/judge.ts';
import type { PageMemory } from '../../coverage/memory.ts';
import type { Page } from '../../docs/site/page.ts';
import type { FactsCache, Site } from '../../docs/site/site.ts';
import type { DocsRoot, Registry, Scenario } from '../../registry/registry.ts';
import { readSite } from '../compare/read-sites.ts';
import { candidateAt, type DocsStep, type Edit, nearestCause, nextWordEdit, type Place } from './docs-step.ts';
import { type Head, pageLines, pasteInto } from './page-lines.ts';
import { proposeSnippet } from './propose-snippet.ts';

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

/** One edit of the registry that takes the docs as they stand. */
export interface RegistryChange {
  path: string;
  line: number;
  field: 'symptoms' | 'causes' | 'pages';
  /** Which of the field's entries, from 1; for `pages` the new one. */
  number: number;
  /** The entry before; null for a new one. */
  from: string | null;
  to: string;
  /** "add `vanish` to word 2 of symptom 1". */
  advice: string;
}

/** What edits are tried on: a commit's docs and the registry that judges them. */
export interface Ground {
  head: Head;
  /** The docs roots as they are declared. */
  roots: readonly DocsRoot[];
  registry: Registry;
  /** The date that waivers are held against: YYYY-MM-DD, UTC. */
  today: string;
  cache?: Pick<PageMemory, 'facts'> | undefined;
  /** The pages on which the scenario may be named, by path: only these and edited ones are judged again. */
  pages: ReadonlySet<string>;
}

/** Docs with some files' texts changed, and how a scenario is judged there. */
interface Trial {
  texts: ReadonlyMap<string, string>;
  coverage: ScenarioCoverage;
  head: Head;
}

/** No small change takes more steps. */
const MOST_STEPS = 6;

/** At most so many sections that name the failure are tried. */
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

type Idea = Omit<RegistryChange, 'path' | 'line'>;

/** The first small edit of the registry by which a scenario would be covered; null where none is. */
function registryChange(
  { scenario, candidates }: ScenarioCoverage,
  misses: readonly NearMiss[],
  ground: Ground,
): RegistryChange | null {
  const ideas = [
    ...misses.flatMap((miss) => widened(scenario, miss)),
    ...candidates.flatMap((candidate) => narrowCause(candidate, scenario, ground)),
    ...candidates.filter(isElsewhere).map((candidate) => furtherPage(candidate, scenario)),
  ];
  const found = ideas.find(({ field, number, to }) => {
    const entries = scenario[field].toSpliced(number - 1, 1, to);
    return tryOut(ground, { ...scenario, [field]: entries }, new Map()).coverage.unwaived.state === 'covered';
  });
  if (!found) return null;
  const { places, place } = scenario;
  const { path, line } = places[`${found.field}.${found.number - 1}`] ?? places[found.field] ?? place;
  return { path, line, ...found };
}

function widened(scenario: Scenario, { widen }: NearMiss): Idea[] {
  if (!widen) return [];
  const { symptom: number, word, group, add } = widen;
  const from = scenario.symptoms[number - 1];
  if (!from?.includes(group)) return [];
  const to = from.replace(group, () => `${group}|${add}`);
  return [{ field: 'symptoms', number, from, to, advice: `add \`${add}\` to word ${word} of symptom ${number}` }];
}

/** A cause of which the section says all words but one, and nothing else lacks. */
function narrowCause(candidate: Candidate, scenario: Scenario, { head }: Ground): Idea[] {
  const [only, ...others] = candidate.requirements.filter(({ match }) => match === null);
  if (only?.kind !== 'cause' || others.length > 0) return [];
  const from = only.term;
  const nearest = nearestCause(scenario, candidate, from, head);
  const [lacking, ...further] = nearest?.lacking ?? [];
  if (!nearest || !lacking || further.length > 0 || nearest.spans.length < 2) return [];
  const words = from.split(/\s+/);
  const kept = words.filter((word) => word !== lacking.source);
  if (kept.length === words.length) return [];
  const number = scenario.causes.indexOf(from) + 1;
  const advice = `drop “${lacking.source}” from cause ${number}`;
  return [{ field: 'causes', number, from, to: kept.join(' '), advice }];
}

function isElsewhere({ level, onPages, hidden, forbidden }: Candidate): boolean {
  return level === 'documents' && !onPages && !hidden && forbidden.length === 0;
}

function furtherPage({ page: { name } }: Candidate, { pages }: Scenario): Idea {
  return { field: 'pages', number: pages.length + 1, from: null, to: name, advice: `add \`${name}\` to \`pages\`` };
}

/**
 * Judges a scenario once more, on docs in which some files hold other texts, or as the registry might say it.
 * @param texts the new text of each edited file, by path
 */
function tryOut(ground: Ground, scenario: Scenario, texts: ReadonlyMap<string, string>): Trial {
  const { head, roots, today } = ground;
  const { tree, blobs } = withTexts(head, texts);
  const { site } =
    texts.size === 0 ? head : readSite({ commit: '', tree }, blobs, roots, { facts: aside(ground.cache) });
  const judged = onlyPages(site, new Set([...ground.pages, ...texts.keys()]));
  const registry = { ...ground.registry, scenarios: [scenario] };
  const before = head.before ? { before: head.before } : {};
  const options = { today, waived: new Set<string>(), inPassingToo: true, among: () => judged.pages, ...before };
  const coverage = judge(judged, registry, options).get(scenario.id) as ScenarioCoverage;
  return { texts, coverage, head: { ...head, tree, blobs, site } };
}

function withTexts(head: Head, texts: ReadonlyMap<string, string>): Pick<Head, 'tree' | 'blobs'> {
  const tree = new Map(head.tree);
  const own = new Map<string, { text: string }>();
  for (const [path, text] of texts) {
    const blob = `trial ${path}\n${text}`;
    own.set(blob, { text });
    tree.set(path, { blob, mode: head.tree.get(path)?.mode ?? '100644' });
  }
  return {
    tree,
    blobs: { get: (id) => own.get(id) ?? head.blobs.get(id), has: (id) => own.has(id) || head.blobs.has(id) },
  };
}

/** The first page stays: the registry's links are resolved from it. */
function onlyPages(site: Site, paths: ReadonlySet<string>): Site {
  const partials = [...paths].filter((path) => !site.pageAt(path));
  const isShown = (page: Page) => partials.length > 0 && site.textsBehind(page).some((path) => partials.includes(path));
  const pages = site.pages.filter((page, at) => at === 0 || paths.has(page.path) || isShown(page));
  return site.limitedTo(pages);
}

/** A cache that reads from the given one and keeps new facts to itself: the texts of a trial never existed. */
function aside(cache: Pick<PageMemory, 'facts'> | undefined): FactsCache {
  const own: FactsCache = new Map();
  return { get: (key) => own.get(key) ?? cache?.facts.get(key), set: (key, facts) => own.set(key, facts) };
}
