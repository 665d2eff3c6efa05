import type { Coverage } from '../coverage/coverage.ts';
import { type JudgeOptions, judge } from '../coverage/judge.ts';
import type { Before } from '../coverage/moved-target.ts';
import type { PageMemory } from '../coverage/page-memory.ts';
import type { DocsRoot } from '../docs/site.ts';
import type { Blobs } from '../docs/tree.ts';
import type { Registry } from '../registry/registry.ts';
import type { Changes } from './changed-pages.ts';
import { rootsAtHead } from './moved-roots.ts';
import { changedContent, findChanges, type ReadSite, readSite } from './read-sites.ts';
import { followSections, type SectionChanges } from './section-changes.ts';
import { settledAlone, settledCoverage } from './settled-coverage.ts';
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
  site(snapshot: Snapshot): ReadSite;
  /** How a snapshot stands by itself, by the same registry and on the same day. */
  coverage(snapshot: Snapshot): Coverage;
  changes(before: ReadSite, after: ReadSite): Changes;
}

/** Both snapshots judged by one registry, with all that differs between them. */
export interface Judgement {
  blobs: Blobs;
  registry: Registry;
  options: JudgeOptions & { before: Before };
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

/** Judges merge base and head; pages and links of the registry follow what the pull request moved. */
/** @param own the docs roots that the head's registry names; empty where the pull request leaves the registry alone */
export function judgePullRequest(
  input: JudgeInput,
  mergeBase: Snapshot,
  registry: Registry,
  own: readonly DocsRoot[],
): Judgement {
  const { blobs, base, head } = input.snapshots;
  const { docs } = registry.settings;
  const site = (snapshot: Snapshot, roots: readonly DocsRoot[] = docs) =>
    input.history && roots === docs ? input.history.site(snapshot) : readSite(snapshot, blobs, roots, input.cache);
  const isSame = mergeBase.commit === head.commit;
  const before = site(mergeBase);
  const after = isSame
    ? before
    : site(head, own.length === 0 ? docs : rootsAtHead(docs, own, mergeBase.tree, head.tree));
  const changes = input.history?.changes(before, after) ?? findChanges(before, after, blobs);
  const whole = new Set(changes.pages.flatMap((change) => [change.before ?? [], change.after ?? []].flat()));
  const options = { today: input.today, waived: new Set(input.waive), whole, words: input.cache?.words };
  const judgeBase = (snapshot: Snapshot, at: ReadSite) => {
    const known = input.history?.coverage(snapshot);
    return judge(
      at.site,
      registry,
      known ? { ...options, settled: settledAlone(at, known, options, registry) } : options,
    );
  };
  const coverageBefore = judgeBase(mergeBase, before);
  const sections = followSections(before, after, changes);
  const { successorOf } = sections;
  const following = { ...options, before: { site: before.site, moves: changes.moves, successorOf } };
  const settle = () => settledCoverage(before, after, changes, coverageBefore, registry, options.words);
  let tip: Coverage | null = null;
  return {
    blobs,
    registry,
    options: following,
    before,
    after,
    coverageBefore,
    coverageAfter: isSame ? coverageBefore : judge(after.site, registry, { ...following, settled: settle() }),
    changes,
    content: changedContent(before, after, changes),
    sections,
    tip: () => {
      if (mergeBase.commit === base.commit) return null;
      tip ??= judgeBase(base, site(base));
      return tip;
    },
    free: freedom(isSame, before, after),
  };
}

function freedom(isSame: boolean, before: ReadSite, after: ReadSite): Judgement['free'] {
  if (isSame) return 'nothing to review';
  return before.site.pages.length + after.site.pages.length === 0 ? 'no docs' : null;
}
