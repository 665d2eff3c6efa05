import { lintAgainstSite, lintBreadth } from '../coverage/lint-against-site.ts';
import { lintRegistry } from '../registry/lint-registry.ts';
import type { Mistake } from '../registry/registry.ts';
import type { Judgement } from './compare/judge-pull-request.ts';
import type { Registries } from './compare/load-registries.ts';
import type { Finding } from './findings/finding.ts';
import type { OwnJudgement } from './registry-preview.ts';

/**
 * What is wrong with the registry: everything if it is invalid, else what the pull request's change of it brings.
 *
 * @param judgement by the base branch's registry; null where that is not valid
 * @param own by the head's registry; null where it is unchanged or not valid
 */
export function registryFindings(
  { base, head }: Registries,
  judgement: Judgement | null,
  own: OwnJudgement | null,
  today: string,
): Finding[] {
  const linted = judgement && head ? lintThoroughly(judgedHead(judgement), today) : [];
  const old = [...base.mistakes, ...linted];
  if (head?.state === 'invalid') {
    const all = [...head.mistakes, ...lintRegistry(head.registry, today)];
    return mistakeFindings(withErrors(all, old), isError);
  }
  if (head?.state === 'absent') return [];
  if (base.state === 'invalid') return head ? [repairFinding(base.mistakes)] : mistakeFindings(base.mistakes, isError);
  if (!head || !own) return [];
  const now = [...head.mistakes, ...lintThoroughly(own, today)];
  return mistakeFindings(newMistakes(old, now), isError);
}

function judgedHead({ registry, after, coverageAfter, options }: Judgement): OwnJudgement {
  return { registry, site: after.site, coverage: coverageAfter, search: options.search };
}

/** All that can be said against a sound registry, with the site it is for. */
export function lintJudged({ registry, site, coverage }: Omit<OwnJudgement, 'search'>, today: string): Mistake[] {
  return [...lintRegistry(registry, today), ...lintAgainstSite(site, registry, coverage)];
}

/** The same with what takes longer to find, for whoever works on the registry. */
export function lintThoroughly(judged: OwnJudgement, today: string): Mistake[] {
  return [...lintJudged(judged, today), ...lintBreadth(judged.site, judged.registry, judged.search)];
}

/** Registry mistakes as findings. */
export function mistakeFindings(mistakes: readonly Mistake[], blocks: (mistake: Mistake) => boolean): Finding[] {
  return mistakes.map((mistake) => {
    const { kind, scenario, severity, path, line, endLine, column, message, advice } = mistake;
    return { kind, scenario, severity, blocking: blocks(mistake), path, line, endLine, column, message, advice };
  });
}

function isError({ severity }: Mistake): boolean {
  return severity === 'error';
}

/** What makes the registry invalid, old or new, and whatever else is new. */
function withErrors(mistakes: readonly Mistake[], old: readonly Mistake[]): Mistake[] {
  const news = new Set(newMistakes(old, mistakes));
  return mistakes.filter((mistake) => mistake.kind === 'registry-invalid' || news.has(mistake));
}

/** The mistakes that were not there before, wherever they stood. */
function newMistakes(before: readonly Mistake[], after: readonly Mistake[]): Mistake[] {
  const known = new Set(before.map(mistakeKey));
  return after.filter((mistake) => !known.has(mistakeKey(mistake)));
}

function mistakeKey({ kind, scenario, message }: Mistake): string {
  return `${kind}\0${scenario ?? ''}\0${message}`;
}

/** Said where the base branch's registry is broken and the pull request's is not. */
function repairFinding(mistakes: readonly Mistake[]): Finding {
  const { path, line, message } = mistakes.find(isError) as Mistake;
  return {
    kind: 'registry-warning',
    scenario: null,
    severity: 'warning',
    blocking: false,
    path,
    line,
    endLine: line,
    column: null,
    message: 'The registry on the base branch is invalid, so nothing was judged; that of this change is valid.',
    advice: `Merge the repair. What is wrong on the base branch: ${message}`,
  };
}
