import type { ScenarioCoverage } from '../../src/coverage/coverage.ts';
import { judge } from '../../src/coverage/judge.ts';
import { rememberPages } from '../../src/coverage/memory.ts';
import { auditDocs } from '../../src/review/audit-docs.ts';
import { judgePullRequest } from '../../src/review/compare/judge-pull-request.ts';
import { loadRegistry, type RegistryInput } from '../../src/review/compare/load-registry.ts';
import { readSite } from '../../src/review/compare/read-sites.ts';
import type { PageMemory, Snapshots } from '../../src/review/compare/snapshot.ts';
import { reviewScenarios } from '../../src/review/review-scenarios.ts';

export interface Agreement {
  /** Scenarios of which a review says at head what an audit says. */
  agreed: number;
  /** Those of which it does not, because it followed what the pull request moved, or what was put in other words. */
  followed: number;
  /** All others, as `id: review / audit`. */
  differences: string[];
}

const FROM_BASE: RegistryInput = { files: 'from-base', defaults: null };

/**
 * Holds a review of a pull request against an audit of its head, by one registry: that of the base, which the head has
 * as well, unless another is given.
 * @param cache what is known of the merge base from reviews before; the audit knows nothing
 */
export function agreement(
  snapshots: Snapshots,
  today: string,
  registry: RegistryInput = FROM_BASE,
  cache: PageMemory = rememberPages(),
): Agreement {
  const { blobs, base, mergeBase, head } = snapshots;
  const loaded = loadRegistry(base, blobs, registry, undefined);
  const judgement = judgePullRequest({ snapshots, today, waive: [], cache }, mergeBase ?? base, loaded, []);
  const audit = auditDocs({ snapshot: head, blobs, registry, today, waive: [], failOn: null, near: 0 });
  const audited = new Map(audit.scenarios.map(({ coverage }) => [coverage.scenario.id, toldOf(coverage)]));
  const { site } = readSite(head, blobs, judgement.after.roots, undefined);
  const thorough = judge(site, loaded.registry, { today, waived: new Set(), before: judgement.options.before });
  const found: Agreement = { agreed: 0, followed: 0, differences: [] };
  for (const review of reviewScenarios(judgement, false).scenarios) {
    const { id } = review.scenario;
    const [said, alone] = [toldOf(review.after), audited.get(id)];
    if (said === alone) found.agreed += 1;
    else if (review.continued || said === toldOf(thorough.get(id))) found.followed += 1;
    else found.differences.push(`${id}: ${said} / ${alone}`);
  }
  return found;
}

function toldOf(coverage: ScenarioCoverage | undefined): string {
  return JSON.stringify(coverage && [coverage.state, coverage.gaps, coverage.evidence]);
}
