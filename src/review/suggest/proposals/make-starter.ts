import type { State } from '../../../coverage/coverage.ts';
import type { Site } from '../../../docs/site/site.ts';
import type { FoundCode } from '../../../registry/authoring/found-code.ts';
import { draftCode } from '../../../registry/authoring/import/draft-failure.ts';
import { proposeId } from '../../../registry/authoring/propose-id.ts';
import type { StarterSettings } from '../../../registry/authoring/starter-registry.ts';
import type { ScenarioDraft } from '../../../registry/scenario-draft.ts';
import { countUp, judgeStarter, type Proposal, type ProposalOptions } from './propose-scenarios.ts';

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
  options: Pick<ProposalOptions, 'today' | 'taken' | 'words'>,
): Starter {
  const proposed = proposals.map(({ draft }) => draft);
  const { drafts: fromCodes, leftOut } = codeDrafts(codes, proposed, options.taken);
  const first = judgeStarter(site, settings, [...proposed, ...fromCodes], options);
  const grave = first.mistakes.filter(({ kind, severity }) => kind === 'unscrubbed-text' || severity === 'error');
  const unfit = new Set(grave.map(({ scenario }) => scenario));
  const fit = [...proposed, ...fromCodes].filter(({ id }) => !unfit.has(id));
  const { text, coverage } = unfit.size === 0 ? first : judgeStarter(site, settings, fit, options);
  if (unfit.size > 0) leftOut.set('hold what must not be public', unfit.size);
  const states = { covered: 0, partial: 0, missing: 0 };
  for (const { unwaived } of coverage.values()) states[unwaived.state] += 1;
  return { text, states, fromCodes: fit.length - proposed.length, leftOut };
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
