import type { PageMemory } from '../../coverage/page-memory.ts';
import { type LoadedRegistry, loadRegistry, type RegistryInput, registryFingerprint } from './load-registry.ts';
import type { Snapshot, Snapshots } from './snapshot.ts';

/** The registry that judges, and the one that would judge once the pull request is merged. */
export interface Registries {
  base: LoadedRegistry;
  /** Null where the pull request leaves the registry alone, and where the registry was given. */
  head: LoadedRegistry | null;
}

/** Reads the registry of the base branch's tip and, if the pull request changes it, that of the head. */
export function loadRegistries(
  { snapshots, registry, cache }: { snapshots: Snapshots; registry: RegistryInput; cache: PageMemory },
  mergeBase: Snapshot | null,
): Registries {
  const { base, head, blobs } = snapshots;
  const isChanged =
    registry.files === 'from-base' &&
    mergeBase !== null &&
    registryFingerprint(mergeBase.tree) !== registryFingerprint(head.tree);
  return {
    base: loadRegistry(base, blobs, registry, cache.registries),
    head: isChanged ? loadRegistry(head, blobs, registry, cache.registries) : null,
  };
}
