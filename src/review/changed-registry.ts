import type { ScenarioCoverage } from '../coverage/coverage.ts';
import { lintRegistry } from '../registry/lint-registry.ts';
import type { Mistake, Registry } from '../registry/registry.ts';
import { type JudgedSite, judgeSite, lintThoroughly, mistakeFindings } from './check-registry.ts';
import type { JudgeInput, Judgement } from './compare/judge-pull-request.ts';
import type { Registries } from './compare/load-registry.ts';
import { readSite } from './compare/read-sites.ts';
import { type Finding, findingAt } from './findings/finding.ts';
import type { RegistryPreview } from './review.ts';

/**
 * Judges the head by its own registry, on the pages that its own settings name.
 *
 * @param judgement by the base branch's registry; null where that has none that is valid
 */
export function judgeByOwnRegistry(registry: Registry, judgement: Judgement | null, input: JudgeInput): JudgedSite {
  const { head, blobs } = input.snapshots;
  const { docs } = registry.settings;
  const { cache } = input;
  const isSameSite = judgement !== null && isSame(judgement.registry.settings.docs, docs);
  const at = isSameSite ? judgement.after : readSite(head, blobs, docs, cache && { facts: cache.facts });
  const options = judgement?.options ?? { today: input.today, waived: new Set(input.waive) };
  return judgeSite(at.site, registry, options, { cache });
}

/** What a valid change of the registry would change once it is merged; it never gates. */
export function previewRegistry({ registry, coverage }: JudgedSite, judgement: Judgement | null): RegistryPreview {
  const old = judgement?.registry ?? null;
  const before = new Set(old?.scenarios.map(({ id }) => id));
  const added = [...coverage].flatMap(([id, { state, gaps }]) => (before.has(id) ? [] : [{ id, state, gaps }]));
  const removed = [...before].filter((id) => !coverage.has(id));
  const changed = [...coverage].flatMap(([id, now]) => {
    const then = judgement?.coverageAfter.get(id);
    if (!then || standing(then) === standing(now)) return [];
    return [{ id, before: then.state, after: now.state, gaps: now.gaps }];
  });
  return { added, removed, changed, notes: settingNotes(registry, old) };
}

/** What taking the whole registry away would change; null where the pull request does not. */
export function previewRemoval({ base, head }: Registries): RegistryPreview | null {
  if (head?.state !== 'absent') return null;
  const removed = base.registry.scenarios.map(({ id }) => id);
  return { added: [], removed, changed: [], notes: ['There would be no registry, so nothing would be judged.'] };
}

function standing({ state, gaps }: ScenarioCoverage): string {
  return [state, ...gaps.map(({ kind, detail }) => `${kind} ${detail}`)].join('\n');
}

function settingNotes(registry: Registry, old: Registry | null): string[] {
  if (!old) return [];
  const [a, b] = [old.settings, registry.settings];
  const notes: string[] = [];
  if (a.gate.block !== b.gate.block) notes.push(`gate.block would change from ${a.gate.block} to ${b.gate.block}.`);
  if (a.gate.from !== b.gate.from) notes.push(`gate.from would change from ${a.gate.from} to ${b.gate.from}.`);
  if (!isSame(a.docs, b.docs)) notes.push('The docs roots would change.');
  return notes;
}

function isSame(a: Registry['settings']['docs'], b: Registry['settings']['docs']): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/**
 * What is wrong with the registry: everything if it is invalid, else what the pull request's change of it brings.
 *
 * @param judgement by the base branch's registry; null where that is not valid
 * @param own by the head's registry; null where it is unchanged or not valid
 */
export function registryFindings(
  { base, head }: Registries,
  judgement: Judgement | null,
  own: JudgedSite | null,
  today: string,
): Finding[] {
  const linted = judgement && head ? lintThoroughly(judgedHead(judgement), today) : [];
  const isNew = notAmong([...base.mistakes, ...linted]);
  if (head?.state === 'invalid') {
    const all = [...head.mistakes, ...lintRegistry(head.registry, today)];
    // Whatever makes it invalid is told, new or not.
    const told = all.filter((mistake) => mistake.kind === 'registry-invalid' || isNew(mistake));
    return mistakeFindings(told, isError);
  }
  if (head?.state === 'absent') return [];
  if (base.state === 'invalid') return head ? [repairFinding(base.mistakes)] : mistakeFindings(base.mistakes, isError);
  if (!head || !own) return [];
  return mistakeFindings([...head.mistakes, ...lintThoroughly(own, today)].filter(isNew), isError);
}

function judgedHead({ registry, after, coverageAfter, options }: Judgement): JudgedSite {
  return { registry, site: after.site, coverage: coverageAfter, search: options.search };
}

function isError({ severity }: Mistake): boolean {
  return severity === 'error';
}

/** Returns a test for mistakes that were not there before; where they stood does not matter. */
function notAmong(old: readonly Mistake[]): (mistake: Mistake) => boolean {
  const keyOf = ({ kind, scenario, message }: Mistake) => `${kind}\0${scenario ?? ''}\0${message}`;
  const known = new Set(old.map(keyOf));
  return (mistake) => !known.has(keyOf(mistake));
}

/** Said where the base branch's registry is broken and the pull request's is not. */
function repairFinding(mistakes: readonly Mistake[]): Finding {
  const first = mistakes.find(isError) as Mistake;
  return findingAt(
    'registry-warning',
    null,
    first,
    'The registry on the base branch is invalid, so nothing was judged; that of this change is valid.',
    `Merge the repair. What is wrong on the base branch: ${first.message}`,
  );
}
