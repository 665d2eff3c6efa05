import type { ScenarioCoverage } from '../coverage/coverage.ts';
import { NearMisses } from '../coverage/near-misses.ts';
import { SYNONYMS_VERSION } from '../coverage/synonyms.ts';
import type { Site } from '../docs/site/site.ts';
import { GRAVITIES, type Gravity } from '../registry/registry.ts';
import { type CheckInput, judgeSite, lintJudged, mistakeFindings } from './check-registry.ts';
import { loadRegistry } from './compare/load-registry.ts';
import { readSite } from './compare/read-sites.ts';
import type { Finding } from './findings/finding.ts';
import { gapFindings } from './findings/gap-findings.ts';
import { sectionFindings, unneededWaiver, unreadableFindings } from './findings/page-findings.ts';

import type { Audit } from './review.ts';
import { countStates, decideAudit } from './verdict.ts';

export interface AuditInput extends CheckInput {
  /** Ids of scenarios waived beside the registry's own waivers. */
  waive: readonly string[];
  /** The lowest gravity of which a gap fails the audit; null for none. */
  failOn: Gravity | null;
  /** How many near misses to look for with each missing scenario; 0 where nobody shows them. */
  near: number;
}

/** Judges every scenario at one commit; of an invalid registry those that are sound. */
export function auditDocs(input: AuditInput): Audit {
  const { snapshot, blobs, today, cache } = input;
  const loaded = loadRegistry(snapshot, blobs, input.registry, cache?.registries);
  const { source, commit, registry } = loaded;
  const at = readSite(snapshot, blobs, registry.settings.docs, cache);
  const { site } = at;
  const judged = judgeSite(site, registry, { today, waived: new Set(input.waive) }, { cache });
  const all = [...judged.coverage.values()];
  const near = new NearMisses(site, judged.search.on(site));
  const isNear = ({ unwaived }: ScenarioCoverage) => input.near > 0 && unwaived.state === 'missing';
  const scenarios = all.map((coverage) => ({
    coverage,
    nearMisses: isNear(coverage) ? near.of(coverage.scenario, input.near) : [],
  }));
  const findings = [
    ...mistakeFindings([...loaded.mistakes, ...lintJudged(judged, today)], ({ kind }) => kind === 'registry-invalid'),
    ...all.flatMap((scenario) => scenarioFindings(scenario, site, input)),
    ...unreadableFindings(at.problems(), site.unsupported),
  ];
  return {
    rev: snapshot.commit,
    registry: { source, commit },
    settings: registry.settings,
    roots: site.roots.map(({ root, route, site: url }) => ({ root, route, site: url })),
    synonyms: SYNONYMS_VERSION,
    ...decideAudit(loaded, at, all, findings),
    scenarios,
    findings,
    counts: { ...countStates(all), pages: site.pages.length, changedPages: 0, parsedPages: at.parsedPages() },
  };
}

function scenarioFindings(coverage: ScenarioCoverage, site: Site, { failOn, waive }: AuditInput): Finding[] {
  const { scenario } = coverage;
  const isGrave = failOn !== null && GRAVITIES.indexOf(scenario.gravity) >= GRAVITIES.indexOf(failOn);
  const isUnneeded = waive.includes(scenario.id) && !scenario.waive && coverage.unwaived.state === 'covered';
  return [
    ...gapFindings(coverage, site, () => isGrave),
    ...sectionFindings(coverage),
    ...(isUnneeded ? [unneededWaiver(scenario)] : []),
  ];
}
