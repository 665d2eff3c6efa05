import type { Coverage } from '../../coverage/coverage.ts';
import { type JudgeOptions, judge } from '../../coverage/judge.ts';
import type { PageMemory } from '../../coverage/memory.ts';
import type { Before } from '../../coverage/moves.ts';
import { ScenarioSearch } from '../../coverage/page-search.ts';
import type { DocsRoot } from '../../docs/frameworks/framework.ts';
import type { Blobs } from '../../docs/tree.ts';
import type { Registry, Scenario } from '../../registry/registry.ts';
import type { Changes } from './changes.ts';
import { type IsTouched, judgeBase, namingAtHead, touchedScenarios } from './judge-base.ts';
import type { LoadedRegistry } from './load-registry.ts';
import { rootsAtHead } from './moves.ts';
import { changedContent, findChanges, type ReadSite, readSite } from './read-sites.ts';
import { followSections, type SectionChanges } from './section-changes.ts';
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
  loaded: Pick<LoadedRegistry, 'registry' | 'key'>,
  own: readonly DocsRoot[],
): Judgement {
  const { registry } = loaded;
  const { blobs, base, head } = input.snapshots;
  const isSame = mergeBase.commit === head.commit;
  const { before, after, siteOf } = readBothSites(input, mergeBase, registry.settings.docs, own);
  const changes = input.history?.changes(before, after) ?? findChanges(before, after, blobs);
  const search = new ScenarioSearch(registry.scenarios, input.cache?.hits(registry.scenarios));
  const mentionsOn = new Set(changes.pages.flatMap((change) => [change.before ?? [], change.after ?? []].flat()));
  const options = { today: input.today, waived: new Set(input.waive), search, mentionsOn };
  const isTouched = isSame ? null : touchedScenarios(before, after, changes, search);
  const coverageBefore = judgeBase(before, loaded, options, {
    isTouched,
    alone: input.history?.coverage(mergeBase) ?? null,
    states: isSame ? undefined : input.cache?.states,
  });
  const sections = followSections(before, after, changes);
  const moved = { site: before.site, moves: changes.moves, successorOf: sections.successorOf };
  const following = { ...options, before: moved };
  let tip: Coverage | null = null;
  return {
    ...{ blobs, registry, options: following, before, after, coverageBefore, changes, sections },
    coverageAfter: isSame ? coverageBefore : judgeHead(after, registry, following, { isTouched, coverageBefore }),
    content: changedContent(before, after, changes),
    tip: () => {
      if (mergeBase.commit === base.commit) return null;
      tip ??= input.history?.coverage(base) ?? judge(siteOf(base).site, registry, options);
      return tip;
    },
    free: freedom(isSame, before, after),
  };
}

/** Only the merge base is likely to be met again, so its listing alone is kept. */
function readBothSites(
  { snapshots: { blobs, head }, cache, history }: JudgeInput,
  mergeBase: Snapshot,
  docs: readonly DocsRoot[],
  own: readonly DocsRoot[],
): { before: ReadSite; after: ReadSite; siteOf(snapshot: Snapshot): ReadSite } {
  const before = history?.site(mergeBase, mergeBase) ?? readSite(mergeBase, blobs, docs, cache);
  const facts = cache && { facts: cache.facts };
  const siteOf = (snapshot: Snapshot) =>
    history?.site(snapshot, mergeBase) ?? readSite(snapshot, blobs, docs, facts, before);
  if (mergeBase.commit === head.commit) return { before, after: before, siteOf };
  const roots = own.length === 0 ? docs : rootsAtHead(docs, own, mergeBase.tree, head.tree);
  return { before, after: roots === docs ? siteOf(head) : readSite(head, blobs, roots, facts), siteOf };
}

/** A scenario that the change did not touch is at the head what it was at the merge base. */
function judgeHead(
  { site }: ReadSite,
  registry: Registry,
  options: JudgeOptions,
  { isTouched, coverageBefore }: { isTouched: IsTouched | null; coverageBefore: Coverage },
): Coverage {
  if (!isTouched) return judge(site, registry, options);
  const atBase = ({ id }: Scenario) => coverageBefore.get(id) ?? null;
  const settled = (scenario: Scenario) => (isTouched(scenario) ? null : atBase(scenario));
  const among = (scenario: Scenario) => namingAtHead(atBase(scenario)?.pages ?? [], site);
  return judge(site, registry, { ...options, settled, among });
}

function freedom(isSame: boolean, before: ReadSite, after: ReadSite): Judgement['free'] {
  if (isSame) return 'nothing to review';
  return before.site.pages.length + after.site.pages.length === 0 ? 'no docs' : null;
}
