import { lintRegistry } from '../registry/lint-registry.ts';
import type { Mistake } from '../registry/registry.ts';
import { type JudgedSite, lintThoroughly } from './check-registry.ts';
import type { Judgement } from './compare/judge-pull-request.ts';
import type { Registries } from './compare/load-registries.ts';
import { type Finding, findingAt } from './findings/finding.ts';

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
  const linted = judgement && head ? lintThoroughly(headOf(judgement), today) : [];
  const isNew = notAmong([...base.mistakes, ...linted]);
  if (head?.state === 'invalid') {
    const all = [...head.mistakes, ...lintRegistry(head.registry, today)];
    // What makes it invalid is said whether it is new or not.
    return mistakeFindings(
      all.filter((mistake) => mistake.kind === 'registry-invalid' || isNew(mistake)),
      isError,
    );
  }
  if (head?.state === 'absent') return [];
  if (base.state === 'invalid') return head ? [repairFinding(base.mistakes)] : mistakeFindings(base.mistakes, isError);
  if (!head || !own) return [];
  return mistakeFindings([...head.mistakes, ...lintThoroughly(own, today)].filter(isNew), isError);
}

function headOf({ registry, after, coverageAfter, options }: Judgement): JudgedSite {
  return { registry, site: after.site, coverage: coverageAfter, search: options.search };
}

/** Registry mistakes as findings. */
export function mistakeFindings(mistakes: readonly Mistake[], blocks: (mistake: Mistake) => boolean): Finding[] {
  return mistakes.map((mistake) => ({ ...mistake, blocking: blocks(mistake) }));
}

function isError({ severity }: Mistake): boolean {
  return severity === 'error';
}

/** Tells mistakes that were not there before, wherever they stood. */
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
