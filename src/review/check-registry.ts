import type { Coverage } from '../coverage/coverage.ts';
import { type JudgeOptions, judge } from '../coverage/judge.ts';
import { lintAgainstSite, lintBreadth } from '../coverage/lint-against-site.ts';
import type { PageMemory } from '../coverage/memory.ts';
import { ScenarioSearch } from '../coverage/page-search.ts';
import type { PageWords } from '../coverage/page-words.ts';
import type { Site } from '../docs/site/site.ts';
import type { Blobs } from '../docs/tree.ts';
import { lintRegistry } from '../registry/lint-registry.ts';
import type { Mistake, Registry } from '../registry/registry.ts';
import { type LoadedRegistry, loadRegistry, type RegistryInput } from './compare/load-registry.ts';
import { readSite } from './compare/read-sites.ts';
import type { Snapshot } from './compare/snapshot.ts';
import type { Finding } from './findings/finding.ts';

export interface CheckInput {
  snapshot: Snapshot;
  blobs: Blobs;
  /** `from-base` stands for the snapshot's own registry. */
  registry: RegistryInput;
  /** The date that waivers are held against: YYYY-MM-DD, UTC. */
  today: string;
  cache?: PageMemory | undefined;
}

/** A registry with everything that can be said against it. */
export interface CheckedRegistry {
  registry: LoadedRegistry;
  mistakes: Mistake[];
  coverage: Coverage;
}

/** Checks a registry against the docs of its snapshot: mistakes first, then whatever it could say better. */
export function checkRegistry({ snapshot, blobs, registry: from, today, cache }: CheckInput): CheckedRegistry {
  const loaded = loadRegistry(snapshot, blobs, from, cache?.registries);
  const { site } = readSite(snapshot, blobs, loaded.registry.settings.docs, cache);
  const judged = judgeSite(site, loaded.registry, { today, waived: new Set() }, { cache });
  const mistakes = [...loaded.mistakes, ...lintThoroughly(judged, today)];
  return { registry: loaded, mistakes, coverage: judged.coverage };
}

/** A site judged by a registry. */
export interface JudgedSite {
  registry: Registry;
  site: Site;
  coverage: Coverage;
  search: ScenarioSearch;
}

/** Judges all scenarios of a registry, with what is known of the pages already. */
export function judgeSite(
  site: Site,
  registry: Registry,
  options: JudgeOptions,
  { cache, words }: { cache?: PageMemory | undefined; words?: PageWords | undefined },
): JudgedSite {
  const search = new ScenarioSearch(registry.scenarios, cache?.hits(registry.scenarios), words);
  return { registry, site, coverage: judge(site, registry, { ...options, search }), search };
}

/** Lints a sound registry, by itself and against its site. */
export function lintJudged({ registry, site, coverage }: JudgedSite, today: string): Mistake[] {
  return [...lintRegistry(registry, today), ...lintAgainstSite(site, registry, coverage)];
}

/** Lints a registry and adds what takes longer to find, for people who work on the registry. */
export function lintThoroughly(judged: JudgedSite, today: string): Mistake[] {
  return [...lintJudged(judged, today), ...lintBreadth(judged.site, judged.registry, judged.search)];
}

/** Registry mistakes as findings. */
export function mistakeFindings(mistakes: readonly Mistake[], blocks: (mistake: Mistake) => boolean): Finding[] {
  return mistakes.map((mistake) => ({ ...mistake, blocking: blocks(mistake) }));
}
