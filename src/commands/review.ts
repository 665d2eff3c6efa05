import type { Cache } from '../cache/cache.ts';
import { type Repository, WORKTREE } from '../local-git/repository.ts';
import { formatsOf, render } from '../report/formats.ts';
import type { RegistryInput } from '../review/compare/load-registry.ts';
import type { Snapshots } from '../review/compare/snapshot.ts';
import type { Review } from '../review/review.ts';
import type { Command, CommonValues, Occasion } from './command.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { orNotJudged, unjudgedReview } from './not-judged.ts';
import { REGISTRY_OPTIONS, type RegistryValues, registryInput } from './registry-option.ts';
import { CACHE_OPTION, type CachedValues, loadBlobs, withRepository } from './repository.ts';
import { type Stopwatch, startStopwatch } from './stopwatch.ts';
import { UsageFailure, unknownScenario } from './usage-failure.ts';

interface ReviewValues extends CommonValues, RegistryValues, CachedValues {
  base?: string;
  head?: string;
  direct?: boolean;
  waive?: string[];
}

export const REVIEW: Command<ReviewValues> = {
  name: 'review',
  summary: 'say what a change does to the signs in the docs',
  description:
    'Compares the docs at HEAD with those at the merge base of BASE and HEAD, by the registry of BASE, ' +
    'and says which known failures the change documents, breaks or leaves without cause or fix.',
  options: [
    { flags: '--base <REV>', description: 'the branch that the change goes to (default: the default branch)' },
    { flags: '--head <REV>', description: 'the change; WORKTREE for uncommitted work (default: HEAD)' },
    { flags: '--direct', description: 'compare with BASE itself, not with the merge base' },
    ...REGISTRY_OPTIONS,
    CACHE_OPTION,
    { flags: '--waive <ID>', description: 'do not require this scenario (repeatable)', repeatable: true },
  ],
  formats: formatsOf('review'),
  examples: [
    ['review', 'the current branch, as a pull request to the default branch'],
    ['review --head WORKTREE', 'the same with what is not committed yet'],
    [
      'review --base origin/main --head HEAD --format github',
      'in a workflow: findings at the lines of the pull request',
    ],
    ['review --base main --head topic --format markdown', 'the comment that a pull request would get'],
  ],
  run(values, occasion) {
    const stopwatch = startStopwatch();
    const tell = (review: Review) => {
      const told = { ...occasion, milliseconds: stopwatch.milliseconds(), comment: {} };
      return render('review', values.format, review, told) ?? '';
    };
    const { base = '', head = 'HEAD' } = values;
    return orNotJudged(
      values,
      async () => {
        const review = await reviewPullRequest(values, occasion, stopwatch);
        refuseUnknownIds(values.waive ?? [], review);
        return { text: tell(review), exitCode: EXIT_CODES[review.verdict] };
      },
      (reason) => tell(unjudgedReview({ base, head }, reason)),
    );
  },
};

async function reviewPullRequest(values: ReviewValues, occasion: Occasion, stopwatch: Stopwatch): Promise<Review> {
  const registry = await registryInput(values, occasion);
  const [{ snapshots, pages }, { reviewDocs }] = await Promise.all([
    stopwatch.read(() => readPullRequest(values, registry, occasion)),
    import('../review/review-docs.ts'),
  ]);
  occasion.progress.announce('judging the docs…');
  const { today } = occasion;
  const { waive = [], direct = false } = values;
  const cache = stopwatch.measured(pages);
  const review = stopwatch.judge(() => reviewDocs({ snapshots, registry, today, waive, direct, cache }));
  pages.save(occasion.now());
  return review;
}

interface PullRequest {
  snapshots: Snapshots;
  pages: Cache;
}

function readPullRequest(values: ReviewValues, registry: RegistryInput, occasion: Occasion): Promise<PullRequest> {
  return withRepository(values.repo, occasion, async (repository) => {
    const { base, mergeBase, head } = await readSnapshots(values, repository, occasion);
    const read = mergeBase ? [mergeBase, base, head] : [base, head];
    const options = { registry, judgedBy: base.tree };
    const { blobs, pages } = await loadBlobs(repository, read, options, values, occasion);
    return { snapshots: { base, mergeBase, head, blobs }, pages };
  });
}

async function readSnapshots(
  values: ReviewValues,
  repository: Repository,
  occasion: Occasion,
): Promise<Omit<Snapshots, 'blobs'>> {
  const revisions = [await baseOf(values, repository, occasion), values.head ?? 'HEAD'] as const;
  const commits = await Promise.all([repository.commit(revisions[0]), repository.commit(revisions[1])]);
  const [from, to] = [named(revisions[0], commits[0]), named(revisions[1], commits[1])];
  const [base, common] = await Promise.all([
    repository.snapshot(from),
    values.direct ? from : repository.mergeBase(...commits),
  ]);
  const near = (commit: string) => (commit === from ? base : repository.snapshot(commit, base));
  const [head, mergeBase] = await Promise.all([near(to), common === null ? null : near(common)]);
  return { base, mergeBase, head };
}

/** What is asked for once more by the commit that it stood for. */
function named(revision: string, commit: string): string {
  return revision === WORKTREE ? WORKTREE : commit;
}

async function baseOf(values: ReviewValues, repository: Repository, { note }: Occasion): Promise<string> {
  const base = values.base ?? (await repository.defaultBranch());
  if (base === null) {
    throw new UsageFailure('This repository has no default branch to compare with.', 'Name the base with `--base`.');
  }
  if (!values.base) note(`Comparing with ${base}; name another one with --base.`);
  if (!values.head) note('Looking at HEAD; for what is not committed yet, add --head WORKTREE.');
  return base;
}

/** A slip of the pen in a waiver must not pass in silence. Where no registry was judged, nothing is known of ids. */
function refuseUnknownIds(waive: readonly string[], { scenarios, registry, verdict }: Review): void {
  if (verdict !== 'pass' && scenarios.length === 0) return;
  const ids = scenarios.map(({ scenario }) => scenario.id);
  const unknown = waive.find((id) => !ids.includes(id));
  if (unknown !== undefined) throw unknownScenario(unknown, ids, registry.source);
}
