import {
  CONVERSATION_FIELDS,
  type Comment,
  type Conversation,
  conversationOf,
  type PullRequestAnswer,
} from './conversation.ts';
import { brokeDown, ReadFailure } from './failure.ts';
import type { GitHub } from './installation-client.ts';
import type { PullRequest } from './pull-request.ts';
import type { Repository } from './repository.ts';

/** A blob as GraphQL gives it; `text` is null for a binary one, and cut where it is long. */
export interface BlobAnswer {
  oid: string;
  text: string | null;
  isTruncated: boolean;
}

interface Answers {
  repository: Answer | null;
}

type Answer = Record<string, BlobAnswer | PullRequestAnswer | null> & Partial<SiblingsAnswer>;

/** A branch and its tip. */
interface Head {
  ref: string;
  sha: string;
}

/**
 * Asks GraphQL about one repository. The first query for blobs also asks for the conversations on the pull requests, and
 * for the pull requests that share a head, so that a review of a few changed pages takes one query.
 */
export class RepositoryReader {
  readonly github: GitHub;
  readonly repo: Repository;
  readonly #pulls: readonly number[];
  readonly #head: Head | null;
  #first: Promise<Answer> | null = null;

  /**
   * @param pulls the pull requests whose conversations are needed
   * @param head the one that `sharing` is about
   */
  constructor(github: GitHub, repo: Repository, pulls: readonly number[], head: Head | null = null) {
    this.github = github;
    this.repo = repo;
    this.#pulls = pulls;
    this.#head = head;
  }

  /**
   * Reads a few blobs in one query, or in more where GitHub cannot answer so many at once.
   * @returns answers by id; null where GitHub has no such blob
   */
  async blobs(ids: readonly string[]): Promise<ReadonlyMap<string, BlobAnswer | null>> {
    try {
      const answer = await this.#ask(ids.map(blobField));
      return new Map(ids.map((id, at) => [id, (answer[`b${at}`] ?? null) as BlobAnswer | null]));
    } catch (error) {
      if (ids.length === 1 || !brokeDown(error)) throw error;
      const half = Math.ceil(ids.length / 2);
      return new Map([...(await this.blobs(ids.slice(0, half))), ...(await this.blobs(ids.slice(half)))]);
    }
  }

  /** By number, all comments of each; numbers that are no pull requests are left out. */
  async conversations(): Promise<ReadonlyMap<number, Conversation>> {
    const first = await (this.#first ?? this.#ask([]));
    const all = new Map<number, Conversation>();
    for (const number of this.#pulls) {
      const page = first[`p${number}`] as PullRequestAnswer | null;
      if (page) all.set(number, await this.#whole(number, page));
    }
    return all;
  }

  /** @throws {ReadFailure} where GitHub has no such pull request */
  async conversation(number: number): Promise<Conversation> {
    const conversation = (await this.conversations()).get(number);
    if (!conversation) throw new ReadFailure(`GitHub has no pull request ${number} here`, true);
    return conversation;
  }

  /** The open pull requests that have the head, as far as GitHub can tell; none where no head was given. */
  async sharing(): Promise<PullRequest[]> {
    if (this.#head === null) return [];
    const { sameBranch = null, sameCommit = null } = await (this.#first ?? this.#ask([]));
    return siblingsIn({ sameBranch, sameCommit }, this.repo, this.#head.sha);
  }

  #ask(fields: readonly string[]): Promise<Answer> {
    if (this.#first) return this.#query(fields, null);
    const siblings = this.#head === null ? [] : [siblingFields(checkedId(this.#head.sha))];
    const first = this.#query([...this.#pulls.map(pullRequestField), ...siblings, ...fields], null);
    this.#first = first;
    first.catch(() => {
      this.#first = null;
    });
    return first;
  }

  async #query(fields: readonly string[], after: string | null): Promise<Answer> {
    const { owner, name } = this.repo;
    const given: Record<string, string | null> = { after, branch: this.#head?.ref ?? null };
    const used = Object.entries(given).filter(([key]) => fields.some((field) => field.includes(`$${key}`)));
    const query = `query($owner: String!, $name: String!${used.map(([key]) => `, $${key}: String`).join('')}) {
  repository(owner: $owner, name: $name) {
    ${fields.join('\n    ')}
  }
}`;
    const variables = { owner, name, ...Object.fromEntries(used) };
    const asked = this.github.read.graphql<Answers>(query, variables);
    const { repository } = await asked.catch(partOf);
    if (!repository) throw new ReadFailure('GitHub hides this repository from Signpost', true);
    return repository;
  }

  async #whole(number: number, first: PullRequestAnswer): Promise<Conversation> {
    let page: PullRequestAnswer | null = first;
    let comments: Comment[] = [];
    while (page) {
      const part: Conversation = conversationOf(page);
      part.comments.unshift(...comments);
      comments = part.comments;
      const { hasNextPage, endCursor } = page.comments.pageInfo;
      if (!hasNextPage) return part;
      page = (await this.#query([pullRequestField(number)], endCursor))[`p${number}`] as PullRequestAnswer | null;
    }
    throw new ReadFailure(`GitHub has pull request ${number} no longer`, true);
  }
}

/** Takes the rest of an answer in which something was not found, such as a pull request that is only an issue. */
function partOf(error: unknown): Answers {
  const { data, errors } = error as { data?: Answers | null; errors?: { type?: string }[] };
  if (!data || !errors?.every(({ type }) => type === 'NOT_FOUND')) throw error;
  return data;
}

function pullRequestField(number: number): string {
  return `p${number}: pullRequest(number: ${number}) {${CONVERSATION_FIELDS}\n    }`;
}

function blobField(id: string, at: number): string {
  return `b${at}: object(oid: "${checkedId(id)}") { ... on Blob { oid text isTruncated } }`;
}

/** Ids come from git trees and webhooks; anything else is refused, for it would change the query. */
function checkedId(id: string): string {
  if (!/^[0-9a-f]{40,64}$/.test(id)) throw new ReadFailure('GitHub sent an id that is none of git', true);
  return id;
}

/**
 * The GraphQL fields that `siblingsIn` reads: pull requests whose branch has the same name, in this repository or a fork,
 * and those that GitHub ties to the commit. Neither list is complete: a branch of another name may have the same head,
 * and GitHub names no open pull requests for a commit that is in the default branch.
 */
function siblingFields(head: string): string {
  return `sameBranch: pullRequests(headRefName: $branch, states: OPEN, last: 100) { nodes {${SIBLING}} }
    sameCommit: object(oid: "${head}") { ... on Commit { associatedPullRequests(last: 100) { nodes {${SIBLING}} } } }`;
}

const SIBLING =
  ' number state url isDraft isCrossRepository headRefName headRefOid baseRefName baseRefOid baseRepository { nameWithOwner } ';

interface SiblingsAnswer {
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
function siblingsIn({ sameBranch, sameCommit }: SiblingsAnswer, repo: Repository, head: string): PullRequest[] {
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
  const { number, url, isDraft, isCrossRepository: isFork } = node;
  const base = { ref: node.baseRefName, sha: node.baseRefOid };
  const head = { ref: node.headRefName, sha: node.headRefOid };
  return { repo, number, url, base, head, isFork, isDraft, isOpen: true };
}
