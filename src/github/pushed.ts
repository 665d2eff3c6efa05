import { ourCheckRuns } from './check-runs.ts';
import { isRefused } from './failure.ts';
import type { GitHubContext } from './github-context.ts';
import type { GitHub } from './installation-client.ts';
import { listRepositories } from './installation-sweep.ts';
import { holdsScenarios, OWNER_FILE, OWNER_REPOSITORY, readOwnerDefaults } from './owner-defaults.ts';
import { listOpen, type PullRequest } from './pull-request.ts';
import type { Repository } from './repository.ts';

/** What a push to a branch may have changed for the pull requests that go there. */
export interface Push {
  repo: Repository;
  branch: string;
  /**
   * `owner`: what is required in all of the owner's repositories; `registry`: in this one; `docs`: whether a gap is the
   * base's own; null: nothing that is judged.
   */
  touches: 'owner' | 'registry' | 'docs' | null;
}

/** The few facts of a `push` payload. */
interface PushPayload {
  ref: string;
  deleted: boolean;
  forced: boolean;
  commits: { added?: string[]; modified?: string[]; removed?: string[] }[];
  repository: { name: string; html_url?: string | null; default_branch: string; owner: { login?: string } | null };
}

const REGISTRY = /^\.github\/signpost(?:\.ya?ml$|\/)/;
const DOCS = /\.(?:mdx?|markdown)$|(?:^|\/)_redirects$/i;
/** GitHub lists no more commits in one payload. */
const MOST_COMMITS = 2_048;

/** Takes what is needed out of a payload; null for a push to another branch than the default one. */
export function pushOf({ ref, deleted, forced, commits, repository }: PushPayload): Push | null {
  const { name, html_url: url, default_branch: branch, owner } = repository;
  if (deleted || ref !== `refs/heads/${branch}`) return null;
  const paths = commits.flatMap(({ added = [], modified = [], removed = [] }) => [...added, ...modified, ...removed]);
  const unknown = forced || commits.length === 0 || commits.length >= MOST_COMMITS;
  const repo = { owner: owner?.login ?? '', name, url: url ?? '' };
  return { repo, branch, touches: touchedBy(repo, unknown ? null : paths) };
}

/** @param paths null where they are not known */
function touchedBy({ name }: Repository, paths: readonly string[] | null): Push['touches'] {
  if (name === OWNER_REPOSITORY && (paths?.includes(OWNER_FILE) ?? true)) return 'owner';
  if (paths?.some((path) => REGISTRY.test(path)) ?? true) return 'registry';
  return paths?.some((path) => DOCS.test(path)) ? 'docs' : null;
}

/**
 * Finds the open pull requests whose verdict a push to their base can have changed: all of them where the registry
 * changed; where only docs did, those that fail or are being judged, for the base may have closed or opened the same gap.
 */
export async function findConcerned(github: GitHub, { repo, branch, touches }: Push): Promise<PullRequest[]> {
  if (touches === null) return [];
  const open = await listOpen(github, repo, { base: branch });
  if (touches !== 'docs') return open;
  const mayFail: PullRequest[] = [];
  for (const pull of open) if (await failsOrRuns(github, repo, pull.head.sha)) mayFail.push(pull);
  return mayFail;
}

async function failsOrRuns(github: GitHub, repo: Repository, head: string): Promise<boolean> {
  const [run] = await ourCheckRuns(github, { repo, head }, { filter: 'latest', per_page: 1 });
  return run !== undefined && (run.status !== 'completed' || run.conclusion === 'failure');
}

/** The pull requests that a change of the owner's registry concerns, repository by repository. */
export interface OwnerConcerned {
  /** Those that were not looked at yet. */
  repos: Repository[];
  /** Whether repositories without a registry are concerned as well: by scenarios of the owner's, not by settings alone. */
  withoutRegistry: boolean;
  /** Found, and not judged yet. */
  pulls: PullRequest[];
}

/** @param hadScenarios whether the owner's registry held scenarios before it changed */
export async function findConcernedByOwner(
  ownerRepo: Repository,
  hadScenarios: boolean,
  context: GitHubContext,
): Promise<OwnerConcerned> {
  const defaults = await readOwnerDefaults(ownerRepo, context);
  const repos = await listRepositories(context.github);
  return { repos, withoutRegistry: hadScenarios || holdsScenarios(defaults), pulls: [] };
}

/** Takes the next few out of `left`. After a failure `left` still holds the rest, for another attempt. */
export async function takeConcerned(
  left: OwnerConcerned,
  count: number,
  { github }: GitHubContext,
): Promise<PullRequest[]> {
  for (let [repo] = left.repos; repo && left.pulls.length < count; [repo] = left.repos) {
    left.pulls.push(...(await concernedIn(repo, left, github)));
    left.repos.shift();
  }
  return left.pulls.splice(0, count);
}

async function concernedIn(repo: Repository, left: OwnerConcerned, github: GitHub): Promise<PullRequest[]> {
  try {
    const open = await listOpen(github, repo);
    return open.length === 0 || left.withoutRegistry || (await hasRegistry(repo, github)) ? open : [];
  } catch (error) {
    // Gone or closed to us since it was listed.
    if (!isRefused(error)) throw error;
    return [];
  }
}

const HEAD_REGISTRY = `query($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    ${['signpost.yml', 'signpost.yaml', 'signpost'].map((name, at) => `r${at}: object(expression: "HEAD:.github/${name}") { oid }`).join('\n    ')}
  }
}`;

/** Whether the default branch holds a registry. */
async function hasRegistry({ owner, name }: Repository, { read }: GitHub): Promise<boolean> {
  type Answer = { repository: Record<string, { oid: string } | null> | null };
  const { repository } = await read.graphql<Answer>(HEAD_REGISTRY, { owner, name });
  return Object.values(repository ?? {}).some((found) => found !== null);
}
