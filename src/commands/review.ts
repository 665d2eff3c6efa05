import { type Repository, WORKTREE } from '../local-git/repository.ts';
import { formatsOf } from '../report/formats.ts';
import type { Snapshots } from '../review/compare/snapshot.ts';
import type { Review } from '../review/review.ts';
import { type Command, type CommonValues, several } from './command.ts';
import type { CommandContext } from './command-context.ts';
import { EXIT_CODES, inFormat, notJudged } from './outcome.ts';
import { REGISTRY_OPTIONS, type RegistryValues, registryInput } from './registry-options.ts';
import { CACHE_OPTION, type CachedValues, loadBlobs, withRepository } from './repository.ts';
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
    several('--waive <ID>', 'do not require this scenario (repeatable)'),
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
  async run(values, context) {
    const { base = '', head = 'HEAD', waive = [] } = values;
    const unjudged = (error: unknown): Review => ({
      ...notJudged(error, values),
      ...{ base, head, mergeBase: null, preview: null, explanations: [] },
    });
    const review = await reviewPullRequest(values, context).catch(unjudged);
    refuseUnknownIds(waive, review);
    return { text: await inFormat('review', review, values, context), exitCode: EXIT_CODES[review.verdict] };
  },
};

async function reviewPullRequest(values: ReviewValues, context: CommandContext): Promise<Review> {
  const { today, stopwatch } = context;
  const registry = await registryInput(values, context);
  const readPullRequest = () =>
    withRepository(values.repo, context, async (repository) => {
      const { base, mergeBase, head } = await readSnapshots(values, repository, context);
      const read = mergeBase ? [mergeBase, base, head] : [base, head];
      const { blobs, pages } = await loadBlobs(repository, read, { registry, judgedBy: base.tree }, values, context);
      return { snapshots: { base, mergeBase, head, blobs }, pages };
    });
  const [{ snapshots, pages }, { reviewDocs }] = await Promise.all([
    stopwatch.read(readPullRequest),
    import('../review/review-docs.ts'),
  ]);
  context.progress.announce('judging the docs…');
  const { waive = [], direct = false } = values;
  const cache = stopwatch.measured(pages);
  const review = stopwatch.judge(() => reviewDocs({ snapshots, registry, today, waive, direct, cache }));
  pages.save(context.now());
  return review;
}

async function readSnapshots(
  values: ReviewValues,
  repository: Repository,
  context: CommandContext,
): Promise<Omit<Snapshots, 'blobs'>> {
  const revisions = [await baseOf(values, repository, context), values.head ?? 'HEAD'] as const;
  const commits = await Promise.all([repository.commit(revisions[0]), repository.commit(revisions[1])]);
  // From here on the commits are named by their ids, so that a branch that moves meanwhile changes nothing.
  const [from, to] = revisions.map((revision, i) => (revision === WORKTREE ? WORKTREE : commits[i]!)) as [
    string,
    string,
  ];
  const [base, common] = await Promise.all([
    repository.snapshot(from),
    values.direct ? from : repository.mergeBase(...commits),
  ]);
  const near = (commit: string) => (commit === from ? base : repository.snapshot(commit, base));
  const [head, mergeBase] = await Promise.all([near(to), common === null ? null : near(common)]);
  return { base, mergeBase, head };
}

async function baseOf(values: ReviewValues, repository: Repository, { note }: CommandContext): Promise<string> {
  const base = values.base ?? (await repository.defaultBranch());
  if (base === null) {
    throw new UsageFailure('This repository has no default branch to compare with.', 'Name the base with `--base`.');
  }
  if (!values.base) note(`Comparing with ${base}; name another one with --base.`);
  if (!values.head) note('Looking at HEAD; for what is not committed yet, add --head WORKTREE.');
  return base;
}

/** Refuses a waiver for an id that no scenario has. Where no registry was judged, the ids are not known. */
function refuseUnknownIds(waive: readonly string[], { scenarios, registry, verdict }: Review): void {
  if (verdict !== 'pass' && scenarios.length === 0) return;
  const ids = scenarios.map(({ scenario }) => scenario.id);
  const unknown = waive.find((id) => !ids.includes(id));
  if (unknown !== undefined) throw unknownScenario(unknown, ids, registry.source);
}
