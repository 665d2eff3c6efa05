import type { Coverage } from '../coverage/coverage.ts';
import { judge } from '../coverage/judge.ts';
import type { PageMemory } from '../coverage/page-memory.ts';
import { ScenarioSearch } from '../coverage/page-search.ts';
import type { Blobs } from '../docs/tree.ts';
import type { Mistake } from '../registry/registry.ts';
import { type LoadedRegistry, loadRegistry, type RegistryInput } from './compare/load-registry.ts';
import { readSite } from './compare/read-sites.ts';
import type { Snapshot } from './compare/snapshot.ts';
import { lintThoroughly } from './registry-findings.ts';

export interface CheckInput {
  snapshot: Snapshot;
  blobs: Blobs;
  registry: RegistryInput;
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
export function checkRegistry(input: CheckInput): CheckedRegistry {
  const loaded = loadRegistry(input.snapshot, input.blobs, input.registry, input.cache?.registries);
  const { registry } = loaded;
  const { site } = readSite(input.snapshot, input.blobs, registry.settings.docs, input.cache);
  const search = new ScenarioSearch(registry.scenarios, input.cache?.hits(registry.scenarios));
  const coverage = judge(site, registry, { today: input.today, waived: new Set(), search });
  const mistakes = [...loaded.mistakes, ...lintThoroughly({ registry, site, coverage, search }, input.today)];
  return { registry: loaded, mistakes, coverage };
}
