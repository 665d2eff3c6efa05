import type { ScenarioCoverage } from '../coverage/coverage.ts';
import { judge } from '../coverage/judge.ts';
import { NearMisses } from '../coverage/near-misses.ts';
import type { PageMemory } from '../coverage/page-memory.ts';
import { ScenarioSearch } from '../coverage/page-search.ts';
import { SYNONYMS_VERSION } from '../coverage/synonyms.ts';
import type { Blobs } from '../docs/tree.ts';
import { GRAVITIES, type Gravity } from '../registry/registry.ts';
import { loadRegistry, type RegistryInput } from './compare/load-registry.ts';
import { type ReadSite, readSite } from './compare/read-sites.ts';
import type { Snapshot } from './compare/snapshot.ts';
import { countStates } from './count-states.ts';
import type { Finding } from './findings/finding.ts';
import { gapFindings } from './findings/gap-findings.ts';
import { pageFindings } from './findings/page-findings.ts';
import {
  conflictFindings,
  duplicateFindings,
  unneededWaiver,
  unsureLinkFindings,
} from './findings/section-findings.ts';
import { lintJudged, mistakeFindings } from './registry-findings.ts';
import type { Audit } from './review.ts';
import { decideAudit } from './verdict.ts';

export interface AuditInput {
  snapshot: Snapshot;
  blobs: Blobs;
  /** `from-base` stands for the snapshot's own registry. */
  registry: RegistryInput;
  /** The date that waivers are held against: YYYY-MM-DD, UTC. */
  today: string;
  /** Ids of scenarios waived beside the registry's own waivers. */
  waive: readonly string[];
  /** The lowest gravity of which a gap fails the audit; null for none. */
  failOn: Gravity | null;
  /** How many sections are looked for that come near a missing scenario; whoever shows none asks for none. */
  near: number;
  cache?: PageMemory | undefined;
}

/** Judges the whole registry at one commit and says all there is to say; an invalid one as far as it is sound. */
export function auditDocs(input: AuditInput): Audit {
  const loaded = loadRegistry(input.snapshot, input.blobs, input.registry, input.cache?.registries);
  const { source, commit, registry } = loaded;
  const at = readSite(input.snapshot, input.blobs, registry.settings.docs, input.cache);
  const search = new ScenarioSearch(registry.scenarios, input.cache?.hits(registry.scenarios));
  const coverage = judge(at.site, registry, { today: input.today, waived: new Set(input.waive), search });
  const all = [...coverage.values()];
  const near = new NearMisses(at.site, search.on(at.site));
  const isNear = ({ unwaived }: ScenarioCoverage) => input.near > 0 && unwaived.state === 'missing';
  const scenarios = all.map((each) => ({
    coverage: each,
    nearMisses: isNear(each) ? near.of(each.scenario, input.near) : [],
  }));
  const findings = [
    ...mistakeFindings(
      [...loaded.mistakes, ...lintJudged({ registry, site: at.site, coverage }, input.today)],
      isInvalid,
    ),
    ...all.flatMap((scenario) => scenarioFindings(scenario, at, input)),
    ...pageFindings(at.site, at.problems(), () => true),
  ];
  return {
    rev: input.snapshot.commit,
    registry: { source, commit },
    settings: registry.settings,
    roots: at.site.roots.map(({ root, route, site }) => ({ root, route, site })),
    synonyms: SYNONYMS_VERSION,
    ...decideAudit(loaded, at, all, findings),
    scenarios,
    findings,
    counts: countStates(all, at, 0),
  };
}

function isInvalid({ kind }: { kind: Finding['kind'] }): boolean {
  return kind === 'registry-invalid';
}

function scenarioFindings(coverage: ScenarioCoverage, { site }: ReadSite, input: AuditInput): Finding[] {
  const { scenario } = coverage;
  const isGrave = input.failOn !== null && GRAVITIES.indexOf(scenario.gravity) >= GRAVITIES.indexOf(input.failOn);
  const isUnneeded = input.waive.includes(scenario.id) && !scenario.waive && coverage.unwaived.state === 'covered';
  return [
    ...gapFindings(coverage, site, () => isGrave),
    ...duplicateFindings(coverage, () => true),
    ...conflictFindings(coverage, () => true),
    ...unsureLinkFindings(coverage, () => true),
    ...(isUnneeded ? [unneededWaiver(scenario)] : []),
  ];
}
