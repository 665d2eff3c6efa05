import { isRefused } from './failure.ts';
import type { GitHub } from './installation-client.ts';
import { listRepositories } from './installation-sweep.ts';
import type { Occasion } from './occasion.ts';
import { holdsScenarios, readOwnerDefaults } from './owner-defaults.ts';
import type { PullRequest } from './pull-request.ts';
import { openPullRequests } from './pushed.ts';
import type { Repository } from './repository.ts';

/** The pull requests that a change of the owner's registry concerns, repository by repository. */
export interface OwnerConcerned {
  /** Those that were not looked at yet. */
  repos: Repository[];
  /** Settings alone change nothing where a repository has no registry; scenarios of the owner's count there as well. */
  withoutRegistry: boolean;
  /** Found, and not judged yet. */
  pulls: PullRequest[];
}

/** @param hadScenarios whether the owner's registry held scenarios before it changed */
export async function findConcernedByOwner(
  ownerRepo: Repository,
  hadScenarios: boolean,
  occasion: Occasion,
): Promise<OwnerConcerned> {
  const defaults = await readOwnerDefaults(ownerRepo, occasion);
  const repos = await listRepositories(occasion.github);
  return { repos, withoutRegistry: hadScenarios || holdsScenarios(defaults), pulls: [] };
}

/** Takes the next few. What fails leaves the rest where it was, for another attempt. */
export async function takeConcerned(left: OwnerConcerned, count: number, { github }: Occasion): Promise<PullRequest[]> {
  for (let [repo] = left.repos; repo && left.pulls.length < count; [repo] = left.repos) {
    left.pulls.push(...(await concernedIn(repo, left, github)));
    left.repos.shift();
  }
  return left.pulls.splice(0, count);
}

async function concernedIn(repo: Repository, left: OwnerConcerned, github: GitHub): Promise<PullRequest[]> {
  try {
    const open = await openPullRequests(github, repo);
    return open.length === 0 || left.withoutRegistry || (await hasRegistry(repo, github)) ? open : [];
  } catch (error) {
    // Gone or closed to us since it was listed.
    if (!isRefused(error)) throw error;
    return [];
  }
}

const REGISTRY = `query($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    ${['signpost.yml', 'signpost.yaml', 'signpost'].map((name, at) => `r${at}: object(expression: "HEAD:.github/${name}") { oid }`).join('\n    ')}
  }
}`;

/** Whether the default branch holds a registry. */
async function hasRegistry({ owner, name }: Repository, { read }: GitHub): Promise<boolean> {
  const { repository } = await read.graphql<{ repository: Record<string, { oid: string } | null> | null }>(REGISTRY, {
    owner,
    name,
  });
  return Object.values(repository ?? {}).some((found) => found !== null);
}
