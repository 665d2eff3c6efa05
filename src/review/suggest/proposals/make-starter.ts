import type { State } from '../../../coverage/coverage.ts';
import { judge } from '../../../coverage/judge.ts';
import { ScenarioSearch } from '../../../coverage/page-search.ts';
import type { PageWords } from '../../../coverage/page-words.ts';
import type { Site } from '../../../docs/site/site.ts';
import type { FoundCode } from '../../../registry/authoring/found-code.ts';
import { draftCode } from '../../../registry/authoring/import/draft-failure.ts';
import { proposeId } from '../../../registry/authoring/propose-id.ts';
import type { ScenarioDraft } from '../../../registry/authoring/scenario-draft.ts';
import { type StarterSettings, starterRegistry } from '../../../registry/authoring/starter-registry.ts';
import { parseRegistry } from '../../../registry/parse-registry.ts';
import type { Mistake } from '../../../registry/registry.ts';
import { lintThoroughly } from '../../registry-findings.ts';
import type { Proposal } from './propose-scenarios.ts';

/** A new registry, with what the docs say of its scenarios. */
export interface Starter {
  text: string;
  states: Record<Exclude<State, 'waived'>, number>;
  /** How many of its scenarios come from codes outside of the docs. */
  fromCodes: number;
  /** Why codes are left out, by reason. */
  leftOut: ReadonlyMap<string, number>;
}

/** A slip in a pattern makes thousands. */
const MOST_CODES = 1000;

/** Writes a registry of proposals, and of codes that none of them has. Nothing is in it that must not be public. */
export function makeStarter(
  site: Site,
  settings: StarterSettings,
  proposals: readonly Proposal[],
  codes: readonly FoundCode[],
  occasion: { today: string; taken: ReadonlySet<string>; words?: PageWords | undefined },
): Starter {
  const proposed = proposals.map(({ draft }) => draft);
  const { drafts: fromCodes, leftOut } = codeDrafts(codes, proposed, occasion.taken);
  const first = judged(site, settings, [...proposed, ...fromCodes], occasion);
  const unfit = new Map(
    first.mistakes.filter(isUnfit).map(({ scenario }) => [scenario, 'hold what must not be public']),
  );
  const fit = [...proposed, ...fromCodes].filter(({ id }) => !unfit.has(id));
  const { text, coverage } = unfit.size === 0 ? first : judged(site, settings, fit, occasion);
  for (const reason of unfit.values()) countUp(leftOut, reason);
  const states = { covered: 0, partial: 0, missing: 0 };
  for (const { unwaived } of coverage.values()) states[unwaived.state] += 1;
  return { text, states, fromCodes: fit.length - proposed.length, leftOut };
}

function judged(
  site: Site,
  settings: StarterSettings,
  drafts: readonly ScenarioDraft[],
  { today, words }: { today: string; words?: PageWords | undefined },
) {
  const text = starterRegistry(settings, drafts);
  const { registry, mistakes } = parseRegistry([{ path: '.github/signpost.yml', text }]);
  if (!registry) throw new Error('A starter registry cannot be read');
  const search = new ScenarioSearch(registry.scenarios, new Map(), words);
  const coverage = judge(site, registry, { today, waived: new Set(), search });
  return { text, coverage, mistakes: [...mistakes, ...lintThoroughly({ registry, site, coverage, search }, today)] };
}

function isUnfit({ kind, severity }: Mistake): boolean {
  return kind === 'unscrubbed-text' || severity === 'error';
}

function codeDrafts(
  codes: readonly FoundCode[],
  proposed: readonly ScenarioDraft[],
  taken: ReadonlySet<string>,
): { drafts: ScenarioDraft[]; leftOut: Map<string, number> } {
  const told = new Set(proposed.flatMap((draft) => draft.codes ?? []));
  const ids = new Set([...taken, ...proposed.map(({ id }) => id)]);
  const drafts: ScenarioDraft[] = [];
  const leftOut = new Map<string, number>();
  for (const found of codes) {
    if (told.has(found.code)) continue;
    told.add(found.code);
    const { draft, source, problem } = draftCode(found);
    if (problem !== null) countUp(leftOut, 'cannot be told from running text');
    else if (drafts.length === MOST_CODES) countUp(leftOut, `are more than ${MOST_CODES.toLocaleString('en')} at once`);
    else {
      const id = proposeId(found.code, ids);
      ids.add(id);
      drafts.push({ id, ...draft, comments: { id: source } });
    }
  }
  return { drafts, leftOut };
}

function countUp(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
