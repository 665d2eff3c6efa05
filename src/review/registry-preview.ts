import type { Coverage, Gap } from '../coverage/coverage.ts';
import { judge } from '../coverage/judge.ts';
import { ScenarioSearch } from '../coverage/page-search.ts';
import type { Site } from '../docs/site/site.ts';
import type { Registry } from '../registry/registry.ts';
import type { JudgeInput, Judgement } from './compare/judge-pull-request.ts';
import type { Registries } from './compare/load-registries.ts';
import { readSite } from './compare/read-sites.ts';
import type { RegistryPreview } from './review.ts';

/** A site judged by a registry, as the head is by the one that it brings. */
export interface OwnJudgement {
  registry: Registry;
  site: Site;
  coverage: Coverage;
  search: ScenarioSearch;
}

/**
 * Judges the head by its own registry, on the pages that its own settings name.
 *
 * @param judgement by the base branch's registry; null where that has none that is valid
 */
export function judgeByOwnRegistry(registry: Registry, judgement: Judgement | null, input: JudgeInput): OwnJudgement {
  const { head, blobs } = input.snapshots;
  const { docs } = registry.settings;
  const isSameSite = judgement !== null && JSON.stringify(judgement.registry.settings.docs) === JSON.stringify(docs);
  const site = isSameSite
    ? judgement.after.site
    : readSite(head, blobs, docs, input.cache && { facts: input.cache.facts }).site;
  const options = judgement?.options ?? { today: input.today, waived: new Set(input.waive) };
  const search = new ScenarioSearch(registry.scenarios, input.cache?.hits(registry.scenarios));
  return { registry, site, coverage: judge(site, registry, { ...options, search }), search };
}

/** What a valid change of the registry would change once it is merged; it never gates. */
export function previewRegistry({ registry, coverage }: OwnJudgement, judgement: Judgement | null): RegistryPreview {
  const old = judgement?.registry ?? null;
  const before = new Set(old?.scenarios.map(({ id }) => id));
  const added = registry.scenarios.flatMap(({ id }) => {
    const judged = before.has(id) ? undefined : coverage.get(id);
    return judged ? [{ id, state: judged.state, gaps: judged.gaps }] : [];
  });
  const removed = [...before].filter((id) => !coverage.has(id));
  const changed = registry.scenarios.flatMap(({ id }) => {
    const [now, then] = [judgement?.coverageAfter.get(id), coverage.get(id)];
    if (!now || !then || (now.state === then.state && gapKey(now.gaps) === gapKey(then.gaps))) return [];
    return [{ id, before: now.state, after: then.state, gaps: then.gaps }];
  });
  return { added, removed, changed, notes: settingNotes(registry, old) };
}

/** What taking the whole registry away would change; null where the pull request does not. */
export function previewRemoval({ base, head }: Registries): RegistryPreview | null {
  if (head?.state !== 'absent') return null;
  const removed = base.registry.scenarios.map(({ id }) => id);
  return { added: [], removed, changed: [], notes: ['There would be no registry, so nothing would be judged.'] };
}

function gapKey(gaps: readonly Gap[]): string {
  return gaps.map(({ kind, detail }) => `${kind} ${detail}`).join('\n');
}

function settingNotes(registry: Registry, old: Registry | null): string[] {
  if (!old) return [];
  const [a, b] = [old.settings, registry.settings];
  const notes: string[] = [];
  if (a.gate.block !== b.gate.block) notes.push(`gate.block would change from ${a.gate.block} to ${b.gate.block}.`);
  if (a.gate.from !== b.gate.from) notes.push(`gate.from would change from ${a.gate.from} to ${b.gate.from}.`);
  if (JSON.stringify(a.docs) !== JSON.stringify(b.docs)) notes.push('The docs roots would change.');
  return notes;
}
