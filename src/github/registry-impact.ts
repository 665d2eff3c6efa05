import { registryPaths } from '../registry/registry-files.ts';
import type { RegistryInput } from '../review/compare/load-registry.ts';
import type { Snapshot, Snapshots } from '../review/compare/snapshot.ts';
import { counted, listed } from '../review/findings/wording.ts';
import type { Review } from '../review/review.ts';
import { type ReviewInput, reviewDocs } from '../review/review-docs.ts';
import { describeFailure } from './failure.ts';
import { type GitHubContext, Superseded, stopIfSuperseded } from './github-context.ts';
import { loadSnapshots } from './load-snapshots.ts';
import { listOpen, type PullRequest } from './pull-request.ts';
import { findOrigins } from './read-pull-request.ts';
import { RepositoryReader } from './repository-reader.ts';

/** Open pull requests that are judged by a new registry; the ones that changed last come first. */
const MOST_PULL_REQUESTS = 20;

/**
 * Adds to the preview of a changed registry which open pull requests it would block that pass today. That decides no
 * verdict, so a failure to read them is only mentioned.
 */
export async function withImpact(
  review: Review,
  pull: PullRequest,
  input: ReviewInput,
  context: GitHubContext,
): Promise<Review> {
  const { preview } = review;
  const registry = preview === null ? null : registryOf(input.snapshots.head, input.snapshots, input.registry);
  if (preview === null || registry === null) return review;
  const note = await impactNote(pull, registry, input, context);
  return { ...review, preview: { ...preview, notes: [...preview.notes, note] } };
}

/** The head's registry, given as files; null where there is none. */
function registryOf({ tree }: Snapshot, { blobs }: Snapshots, { defaults }: RegistryInput): RegistryInput | null {
  const files = registryPaths(tree.keys()).flatMap((path) => {
    const blob = blobs.get(tree.get(path)?.blob ?? '');
    return blob && 'text' in blob ? [{ path, text: blob.text }] : [];
  });
  return files.length === 0 ? null : { files, defaults };
}

async function impactNote(
  pull: PullRequest,
  registry: RegistryInput,
  input: ReviewInput,
  context: GitHubContext,
): Promise<string> {
  try {
    const open = await listOpen(context.github, pull.repo, { base: pull.base.ref, per_page: MOST_PULL_REQUESTS + 1 });
    const others = open.filter(({ number }) => number !== pull.number).slice(0, MOST_PULL_REQUESTS);
    if (others.length === 0) return 'No other pull request is open to this branch that it could block.';
    const blocked: number[] = [];
    for (const other of others) {
      stopIfSuperseded(context);
      if (await wouldBlock(other, registry, input, context)) blocked.push(other.number);
    }
    const among = others.length === MOST_PULL_REQUESTS ? `${others.length} looked at` : 'open';
    return blocked.length === 0
      ? `It would block none of the ${counted(others.length, 'pull request')} ${among}.`
      : `It would block ${counted(blocked.length, 'pull request')} of the ${others.length} ${among}: ${listed(blocked.map(String))}.`;
  } catch (error) {
    if (error instanceof Superseded || describeFailure(error, context.now()).kind === 'ours') throw error;
    return 'Which open pull requests it would block could not be read.';
  }
}

async function wouldBlock(
  other: PullRequest,
  registry: RegistryInput,
  input: ReviewInput,
  context: GitHubContext,
): Promise<boolean> {
  const { github } = context;
  const reader = new RepositoryReader(github, other.repo, []);
  const origins = await findOrigins(github, other);
  const snapshots = await loadSnapshots(reader, other.head.sha, origins, [input.registry, registry], context);
  const judged = { ...input, snapshots, waive: [] };
  return reviewDocs(judged).verdict === 'pass' && reviewDocs({ ...judged, registry }).verdict === 'fail';
}
