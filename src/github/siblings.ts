import type { PullRequest } from './pull-request.ts';
import type { Repository } from './repository.ts';

/**
 * What a GraphQL query has to ask for, to be read by `siblingsIn`: pull requests whose branch has the same name, in this
 * repository or a fork, and those that GitHub ties to the commit. Neither is complete. Of a commit that the default
 * branch holds GitHub names no open pull requests, and a branch of another name may have the same head.
 */
export function siblingFields(head: string): string {
  return `sameBranch: pullRequests(headRefName: $branch, states: OPEN, last: 100) { nodes {${SIBLING}} }
    sameCommit: object(oid: "${head}") { ... on Commit { associatedPullRequests(last: 100) { nodes {${SIBLING}} } } }`;
}

const SIBLING =
  ' number state url isDraft isCrossRepository headRefName headRefOid baseRefName baseRefOid baseRepository { nameWithOwner } ';

export interface SiblingsAnswer {
  sameBranch: Nodes | null;
  sameCommit: { associatedPullRequests?: Nodes | null } | null;
}

interface Nodes {
  nodes: (SiblingAnswer | null)[] | null;
}

interface SiblingAnswer {
  number: number;
  state: string;
  url: string;
  isDraft: boolean;
  isCrossRepository: boolean;
  headRefName: string;
  headRefOid: string;
  baseRefName: string;
  baseRefOid: string;
  baseRepository: { nameWithOwner: string } | null;
}

/** The open pull requests of a repository that have this commit as their head, by number; each of them once. */
export function siblingsIn({ sameBranch, sameCommit }: SiblingsAnswer, repo: Repository, head: string): PullRequest[] {
  const nodes = [...(sameBranch?.nodes ?? []), ...(sameCommit?.associatedPullRequests?.nodes ?? [])];
  const here = `${repo.owner}/${repo.name}`.toLowerCase();
  const found = new Map<number, PullRequest>();
  for (const node of nodes) {
    if (node === null || node.state !== 'OPEN' || node.headRefOid !== head) continue;
    if (node.baseRepository?.nameWithOwner.toLowerCase() === here) found.set(node.number, pullRequestOf(node, repo));
  }
  return [...found.values()];
}

function pullRequestOf(node: SiblingAnswer, repo: Repository): PullRequest {
  return {
    repo,
    number: node.number,
    url: node.url,
    base: { ref: node.baseRefName, sha: node.baseRefOid },
    head: { ref: node.headRefName, sha: node.headRefOid },
    isFork: node.isCrossRepository,
    isDraft: node.isDraft,
    isOpen: true,
  };
}
