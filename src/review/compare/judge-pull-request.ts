import type { Coverage } from '../../coverage/coverage.ts';
import { type JudgeOptions, judge } from '../../coverage/judge.ts';
import { KnownCoverage, type StatesCache, statesOf, statesQuestion } from '../../coverage/known-states.ts';
import type { Before } from '../../coverage/moves.ts';
import type { PageMemory } from '../../coverage/page-memory.ts';
import { ScenarioSearch } from '../../coverage/page-search.ts';
import type { DocsRoot } from '../../docs/frameworks/framework.ts';
import type { Blobs } from '../../docs/tree.ts';
import type { Registry, Scenario } from '../../registry/registry.ts';
import type { Changes } from './changed-pages.ts';
import { registrySource } from './load-registry.ts';
import { rootsAtHead } from './moved-roots.ts';
import { changedContent, findChanges, type ReadSite, readSite } from './read-sites.ts';
import { followSections, type SectionChanges } from './section-changes.ts';
import { type IsTouched, namingAtHead, touchedScenarios } from './settled-coverage.ts';
import type { Snapshot, Snapshots } from './snapshot.ts';

/** How a pull request is judged, whatever its registry says. */
export interface JudgeInput {
  snapshots: Snapshots;
  today: string;
  waive: readonly string[];
  cache?: PageMemory | undefined;
  history?: History | undefined;
}

/** What is known of snapshots that were judged before; it changes no verdict, only how long one takes. */
export interface History {
  /** @param near a snapshot that it is likely to differ little from */
  site(snapshot: Snapshot, near?: Snapshot): ReadSite;
  /** How a snapshot stands by itself, by the same registry and on the same day. */
  coverage(snapshot: Snapshot): Coverage;
  changes(before: ReadSite, after: ReadSite): Changes;
}

/** Both snapshots judged by one registry, with all that differs between them. */
export interface Judgement {
  blobs: Blobs;
  registry: Registry;
  options: JudgeOptions & { before: Before; search: ScenarioSearch };
  before: ReadSite;
  after: ReadSite;
  coverageBefore: Coverage;
  coverageAfter: Coverage;
  changes: Changes;
  /** Files of the head with other content than at the merge base. */
  content: ReadonlySet<string>;
  sections: SectionChanges;
  /** The base branch's tip where it is not the merge base, judged when first asked for; else null. */
  tip(): Coverage | null;
  /** Why nothing can block whatever was found; null where the gate holds. */
  free: 'nothing to review' | 'no docs' | null;
}

/**
 * Judges merge base and head; pages and links of the registry follow what the pull request moved.
 * @param own the docs roots that the head's registry names; empty where the pull request leaves the registry alone
 */
export function judgePullRequest(
  input: JudgeInput,
  mergeBase: Snapshot,
  registry: Registry,
  own: readonly DocsRoot[],
): Judgement {
  const { blobs, base, head } = input.snapshots;
  const { docs } = registry.settings;
  const isSame = mergeBase.commit === head.commit;
  const before = input.history?.site(mergeBase, mergeBase) ?? readSite(mergeBase, blobs, docs, input.cache);
  // Only the merge base is likely to be met again, so that its listing alone is kept.
  const cache = input.cache && { facts: input.cache.facts };
  const site = (snapshot: Snapshot, roots: readonly DocsRoot[] = docs) => {
    if (roots !== docs) return readSite(snapshot, blobs, roots, cache);
    return input.history?.site(snapshot, mergeBase) ?? readSite(snapshot, blobs, docs, cache, before);
  };
  const after = isSame
    ? before
    : site(head, own.length === 0 ? docs : rootsAtHead(docs, own, mergeBase.tree, head.tree));
  const changes = input.history?.changes(before, after) ?? findChanges(before, after, blobs);
  const search = new ScenarioSearch(registry.scenarios, input.cache?.hits(registry.scenarios));
  const mentionsOn = new Set(changes.pages.flatMap((change) => [change.before ?? [], change.after ?? []].flat()));
  const options = { today: input.today, waived: new Set(input.waive), search, mentionsOn };
  const isTouched = isSame ? null : touchedScenarios(before, after, changes, search);
  const states = isSame ? undefined : input.cache?.states;
  const alone = input.history?.coverage(mergeBase);
  const coverageBefore = alone
    ? judgeBeside(alone, before, registry, options)
    : judgeBase(before, registry, options, isTouched, states);
  const sections = followSections(before, after, changes);
  const { successorOf } = sections;
  const following = { ...options, before: { site: before.site, moves: changes.moves, successorOf } };
  const judgeHead = () => {
    if (!isTouched) return judge(after.site, registry, following);
    const atBase = ({ id }: Scenario) => coverageBefore.get(id) ?? null;
    const settled = (scenario: Scenario) => (isTouched(scenario) ? null : atBase(scenario));
    const among = (scenario: Scenario) => namingAtHead(atBase(scenario)?.pages ?? [], after.site);
    return judge(after.site, registry, { ...following, settled, among });
  };
  let tip: Coverage | null = null;
  return {
    blobs,
    registry,
    options: following,
    before,
    after,
    coverageBefore,
    coverageAfter: isSame ? coverageBefore : judgeHead(),
    changes,
    content: changedContent(before, after, changes),
    sections,
    tip: () => {
      if (mergeBase.commit === base.commit) return null;
      tip ??= input.history?.coverage(base) ?? judge(site(base).site, registry, options);
      return tip;
    },
    free: freedom(isSame, before, after),
  };
}

function freedom(isSame: boolean, before: ReadSite, after: ReadSite): Judgement['free'] {
  if (isSame) return 'nothing to review';
  return before.site.pages.length + after.site.pages.length === 0 ? 'no docs' : null;
}

/** How a snapshot stands that was judged by itself, with what the pages that change mention as well. */
function judgeBeside(
  alone: Coverage,
  { site }: ReadSite,
  registry: Registry,
  options: JudgeOptions & { search: ScenarioSearch },
): Coverage {
  const pages = [...(options.mentionsOn ?? [])].filter((page) => site.pageAt(page.path) === page);
  const mentioned = new Set(pages.flatMap((page) => options.search.on(site).namedOn(page)));
  const settled = (scenario: Scenario) => (mentioned.has(scenario) ? null : (alone.get(scenario.id) ?? null));
  return judge(site, registry, { ...options, settled, among: ({ id }) => alone.get(id)?.pages ?? [] });
}

/** Judges the merge base; where its states are known from before, only what the pull request may have touched. */
function judgeBase(
  { site, tree }: ReadSite,
  registry: Registry,
  options: JudgeOptions,
  isTouched: IsTouched | null,
  cache: StatesCache | undefined,
): Coverage {
  const source = registrySource(registry);
  const question = source === null ? null : statesQuestion(source, options);
  const states = question && cache?.get(question, tree);
  if (states?.length === registry.scenarios.length)
    return new KnownCoverage(site, registry, options, states).coverage(isTouched ?? (() => true));
  const coverage = judge(site, registry, options);
  if (question) cache?.set(question, tree, statesOf(coverage, site));
  return coverage;
}
