import { mergeBase, mergeFiles } from './git-history.ts';
import type { FileContent } from './git-objects.ts';
import { canMerge } from './represent-pull.ts';
import { addComment, deleteComment, editComment } from './rest/comments.ts';
import type { CheckRun, Comment, Pull, Repository, World } from './state.ts';
import {
  type CommentAction,
  issueCommentEvent,
  type PullAction,
  pullRequestEvent,
  type WebhookEvent,
} from './webhook-payloads.ts';
import { commitTo, findUser, mergeCommit, timestamp } from './world.ts';

/** One pull request in the hands of a test: what people do to it, and the webhooks that GitHub sends of it. */
export class FakePullRequest {
  readonly state: Pull;
  readonly #world: World;

  constructor(world: World, state: Pull) {
    this.#world = world;
    this.state = state;
  }

  get number(): number {
    return this.state.number;
  }
  get headSha(): string {
    return this.state.head.sha;
  }
  get baseSha(): string {
    return this.state.base.sha;
  }
  get #repository(): Repository {
    return this.state.base.repository;
  }
  /** Oldest first. */
  get comments(): readonly Comment[] {
    return this.#repository.comments.filter((comment) => comment.issue === this.number);
  }
  /** Of the head commit, oldest first. */
  get checkRuns(): readonly CheckRun[] {
    return this.#repository.checkRuns.filter((run) => run.headSha === this.headSha);
  }

  /** Commits to the head branch; `force` replaces its commits by one on top of the base. Returns the new head. */
  push(files: Record<string, FileContent>, { force = false, message = 'Change files' } = {}): string {
    const { head, base, previous, author } = this.state;
    if (!head.repository) throw new Error('the fork is deleted');
    const options = { message, author: author.login, ...(force && { onto: base.sha }) };
    previous.headSha = head.sha;
    head.sha = commitTo(this.#world, head.repository, head.ref, files, options);
    this.#repository.refs.set(`refs/pull/${this.number}/head`, head.sha);
    base.sha = this.#repository.refs.get(`refs/heads/${base.ref}`) ?? base.sha;
    this.#touch();
    return head.sha;
  }

  retarget(ref: string): void {
    const { base, previous } = this.state;
    const sha = this.#repository.refs.get(`refs/heads/${ref}`);
    if (!sha) throw new Error(`no branch ${ref}`);
    Object.assign(previous, { baseRef: base.ref, baseSha: base.sha });
    Object.assign(base, { ref, sha });
    this.#touch();
  }

  close(): void {
    this.#touch();
    Object.assign(this.state, { state: 'closed', closedAt: this.state.updatedAt });
  }

  reopen(): void {
    this.#touch();
    Object.assign(this.state, { state: 'open', closedAt: null });
  }

  setDraft(draft: boolean): void {
    this.#touch();
    this.state.draft = draft;
  }

  lock(): void {
    this.state.locked = true;
  }

  /** The head stays readable through the base, but `head.repo` is null from now on. */
  deleteFork(): void {
    const { head } = this.state;
    if (!head.repository?.parent) throw new Error('not from a fork');
    this.#world.repositories.delete(`${head.repository.owner.login}/${head.repository.name}`.toLowerCase());
    head.repository = null;
  }

  /** Merges into the tip of the base; throws on a conflict. Returns the merge commit. */
  merge(by = 'ann'): string {
    const { base, head } = this.state;
    const oid = mergeInto(this.#world, this.#repository, tipOf(this.#repository, base.ref), this.state);
    this.#repository.refs.set(`refs/heads/${base.ref}`, oid);
    this.markMerged(oid, by);
    this.state.previous.headSha = head.sha;
    return oid;
  }

  markMerged(commit: string, by = 'ann'): void {
    this.close();
    const mergedBy = findUser(this.#world, by);
    Object.assign(this.state, { mergedAt: this.state.closedAt, mergeCommit: commit, mergedBy });
  }

  get mergeable(): boolean {
    return canMerge(this.state);
  }

  comment(login: string, text: string): Comment {
    return addComment(this.#world, this.#repository, this.number, text, findUser(this.#world, login), null);
  }

  editComment(comment: Comment, text: string): void {
    editComment(this.#world, comment, text);
  }

  hideComment(comment: Comment): void {
    comment.minimized = true;
  }

  deleteComment(comment: Comment): void {
    deleteComment(this.#repository, comment);
  }

  /** The webhook of what was done last. */
  event(action: PullAction): WebhookEvent {
    return pullRequestEvent(this.#world, this.state, action);
  }

  commentEvent(comment: Comment, action: CommentAction, sender?: string): WebhookEvent {
    return issueCommentEvent(this.#world, this.state, comment, action, sender);
  }

  #touch(): void {
    this.state.updatedAt = timestamp(this.#world);
  }
}

export function tipOf({ refs }: Repository, branch: string): string {
  const tip = refs.get(`refs/heads/${branch}`);
  if (!tip) throw new Error(`no branch ${branch}`);
  return tip;
}

/** A merge commit of a pull request on top of `onto`; no branch moves. */
export function mergeInto(world: World, repository: Repository, onto: string, { number, head }: Pull): string {
  const { git } = repository;
  const from = mergeBase(git, onto, head.sha);
  const merged = from && mergeFiles(git.filesOf(from), git.filesOf(onto), git.filesOf(head.sha));
  if (!merged) throw new Error(`pull request ${number} has a conflict`);
  return mergeCommit(world, repository, [onto, head.sha], git.writeTree(merged), `Merge pull request #${number}`);
}
