import type { Coverage } from '../../../coverage/coverage.ts';
import type { PageWords } from '../../../coverage/page-words.ts';
import type { Site } from '../../../docs/site/site.ts';
import { proposeId } from '../../../registry/authoring/propose-id.ts';
import type { ScenarioDraft } from '../../../registry/authoring/scenario-draft.ts';
import { type StarterSettings, starterRegistry } from '../../../registry/authoring/starter-registry.ts';
import { parseRegistry } from '../../../registry/parse-registry.ts';
import type { Mistake, Registry } from '../../../registry/registry.ts';
import { namesFailure } from '../../../registry/words.ts';
import { judgeSite, lintThoroughly } from '../../check-registry.ts';
import { causeTexts, type DraftWords, waysToTell, weightIn } from './draft-scenario.ts';
import { type FailureSection, failureSections } from './failure-sections.ts';

/** A scenario that the docs cover already, with where they do. */
export interface Proposal {
  draft: ScenarioDraft;
  path: string;
  line: number;
  label: string;
}

export interface Proposals {
  /** Most telling first. */
  taken: Proposal[];
  /** How many more sections tell of failures. */
  more: number;
}

export interface ProposalOptions {
  settings: StarterSettings;
  /** At most so many. */
  limit: number;
  /** Codes that are errors for certain. */
  known: ReadonlySet<string>;
  /** Ids that other scenarios have. */
  taken: ReadonlySet<string>;
  today: string;
  /** The words of pages, which are asked for once for each round. */
  words?: PageWords | undefined;
}

/** How people ask for the reason of a failure, before they name it. */
const ASKS =
  /^why (?:(?:do|does|did|is|are|am) )?(?:(?:i|we|my|it) )?(?:(?:see|seeing|get|getting) )?(?:(?:an?|the|my) )?/i;

/** A section that cannot be told in so many ways is left out. */
const MOST_ROUNDS = 5;

/**
 * Scenarios for the failures that the docs tell of already. Each is judged by the engine that judges pull requests, and
 * only what it finds covered, and says nothing against, is proposed.
 */
export function proposeScenarios(site: Site, options: ProposalOptions): Proposals {
  const found = failureSections(site, options.known);
  const weight = weightIn(found);
  const names = options.settings.private ?? [];
  const all = rankFailures(found, options.known).map(
    (failure): Open => ({ failure, ways: waysToTell(failure, site, weight, names) }),
  );
  const tellable = all.filter(({ ways }) => ways.length > 0);
  const ids = new Set(options.taken);
  const proposals: Proposal[] = [];
  // A few more than are asked for, as some turn out not to be told in any way.
  for (let from = 0; from < tellable.length && proposals.length < options.limit; from += options.limit) {
    proposals.push(...provenOf(tellable.slice(from, from + options.limit), proposals, ids, site, options));
  }
  const taken = proposals.slice(0, options.limit);
  return { taken, more: Math.max(0, tellable.length - taken.length) };
}

interface Open {
  failure: FailureSection;
  ways: DraftWords[];
}

/** Tries the ways to tell of some failures, one after another, beside what is settled. */
function provenOf(
  open: readonly Open[],
  settled: readonly Proposal[],
  ids: Set<string>,
  site: Site,
  options: ProposalOptions,
): Proposal[] {
  const proven = new Map<Open, Proposal>();
  let waiting = open.filter(({ failure }) => !isTold(failure, settled));
  for (let round = 0; round < MOST_ROUNDS && waiting.length > 0; round += 1) {
    const before = [...settled, ...proven.values()];
    const tried = new Map<Open, Proposal>();
    for (const each of waiting) {
      const proposal = tryWay(each, round, [...before, ...tried.values()], ids);
      if (proposal) tried.set(each, proposal);
    }
    const sound = judged([...before, ...tried.values()], site, options);
    for (const [each, proposal] of tried) {
      if (sound.has(proposal.draft.id)) proven.set(each, proposal);
      else ids.delete(proposal.draft.id);
    }
    waiting = waiting.filter((each) => !proven.has(each) && each.ways.length > round + 1);
  }
  return open.flatMap((each) => proven.get(each) ?? []);
}

function tryWay(each: Open, round: number, before: readonly Proposal[], ids: Set<string>): Proposal | null {
  const words = each.ways[round];
  if (!words || isTold(each.failure, before)) return null;
  const { label, section, row, name } = each.failure;
  const { path, line } = row?.block ?? section;
  const id = proposeId(name.codes.length === 1 && row ? (name.codes[0] as string) : label.replace(ASKS, ''), ids);
  ids.add(id);
  return { draft: { id, ...words, comments: { id: `${path}:${line}` } }, path, line, label };
}

/** The same code on the same page is the same failure. */
function isTold({ name, page }: FailureSection, by: readonly Proposal[]): boolean {
  const drafts = by.map(({ draft }) => draft).filter(({ pages }) => pages?.[0] === page.name);
  const codes = new Set(drafts.flatMap((draft) => draft.codes ?? []));
  return name.codes.length > 0 && name.codes.every((code) => codes.has(code));
}

/** The ids of those whose own section documents them, and against which nothing can be said. */
function judged(proposals: readonly Proposal[], site: Site, options: ProposalOptions): Set<string> {
  const drafts = proposals.map(({ draft }) => draft);
  const { coverage, mistakes } = judgeStarter(site, options.settings, drafts, options);
  // That a scenario has no cause is for its author to mend; anything else would be a poor beginning.
  const doubts = mistakes.filter(({ message }) => !/ has no "causes"/.test(message));
  const doubted = new Set(doubts.map(({ scenario }) => scenario));
  const sound = proposals.filter((each) => isSound(each, coverage) && !doubted.has(each.draft.id));
  return new Set(sound.map(({ draft }) => draft.id));
}

function isSound({ draft, path, line }: Proposal, coverage: Coverage): boolean {
  const found = coverage.get(draft.id);
  if (found?.state !== 'covered') return false;
  return found.evidence.some((evidence) => evidence.path === path && evidence.line <= line && line <= evidence.endLine);
}

/** The text of a starter registry, what the docs say of its scenarios, and what can be said against them. */
export function judgeStarter(
  site: Site,
  settings: StarterSettings,
  drafts: readonly ScenarioDraft[],
  { today, words }: Pick<ProposalOptions, 'today' | 'words'>,
): { text: string; coverage: Coverage; mistakes: Mistake[] } {
  const text = starterRegistry(settings, drafts);
  const { registry, mistakes } = parseRegistry([{ path: '.github/signpost.yml', text }]);
  const judged = judgeSite(site, registry as Registry, { today, waived: new Set() }, { words });
  return { text, coverage: judged.coverage, mistakes: [...mistakes, ...lintThoroughly(judged, today)] };
}

/** A section that says why, and where the fix is, is worth most. */
const CAUSE = /\b(?:causes?|because|due to|caused by|happens when|occurs when|means)\b/i;

/** What each further section of the same page loses, so that one long table does not fill the list. */
const SAME_PAGE = 0.5;
const SAME_CODE = 4;

/** Sections that tell of failures, most telling first. */
function rankFailures(failures: readonly FailureSection[], known: ReadonlySet<string>): FailureSection[] {
  const byWorth = failures.map((failure) => ({ failure, worth: worthOf(failure, known) }));
  byWorth.sort((a, b) => b.worth - a.worth);
  const pages = new Map<string, number>();
  const codes = new Map<string, number>();
  for (const each of byWorth) {
    const { page, name } = each.failure;
    each.worth -= SAME_PAGE * countUp(pages, page.path);
    each.worth -= SAME_CODE * Math.max(0, ...name.codes.map((code) => countUp(codes, code)));
  }
  // The sort is stable, so that equal ones stay in site order.
  return byWorth.sort((a, b) => b.worth - a.worth).map(({ failure }) => failure);
}

/** Counts a key once more; returns how often it was counted before. */
export function countUp(counts: Map<string, number>, key: string): number {
  const before = counts.get(key) ?? 0;
  counts.set(key, before + 1);
  return before;
}

function worthOf(failure: FailureSection, known: ReadonlySet<string>): number {
  const { section, blocks, name, among, label } = failure;
  const says = blocks.some(({ kind, text }) => (kind === 'prose' || kind === 'label') && CAUSE.test(text));
  const links = blocks.some((block) => block.links.some(({ url }) => /^[/.]/.test(url)));
  const signs: [worth: number, holds: boolean][] = [
    [5, name.codes.some((code) => known.has(code))],
    [3, name.isSure],
    [1, name.codes.length > 0],
    [3, among === 'page'],
    [2, among === 'section'],
    [3, causeTexts(failure).length > 0],
    [2, section.kind === 'details' || section.kind === 'accordion'],
    [1, section.kind === 'heading'],
    [2, says],
    [2, links],
    [1, label.split(/\s+/).some(namesFailure)],
  ];
  return signs.reduce((sum, [worth, holds]) => sum + (holds ? worth : 0), 0);
}
