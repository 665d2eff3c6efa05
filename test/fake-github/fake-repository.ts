import { type CheckRunAction, checkRunEvent, checkSuiteEvent } from './check-webhooks.ts';
import { FakePullRequest, mergeInto, tipOf } from './fake-pull-request.ts';
import type { FileContent } from './git-objects.ts';
import { type CheckRunBody, createCheckRun, latest } from './rest/checks.ts';
import type { CheckRun, Pull, Repository, Role, World } from './state.ts';
import { type MergeGroup, mergeGroupEvent, pushEvent, type WebhookEvent } from './webhook-payloads.ts';
import { commitTo, findRepository, findUser, fullName, makeApp, makeRepository, timestamp } from './world.ts';

export interface NewPullRequest {
  /** What the head branch changes, in one commit on top of `from`; the branch as it stands when left out. */
  files?: Record<string, FileContent>;
  title?: string;
  body?: string | null;
  author?: string;
  /** Name of the head branch. */
  branch?: string;
  base?: string;
  /** Commit or branch that the head branch starts from; the tip of the base when left out. */
  from?: string;
  draft?: boolean;
  /** From a fork of the author. */
  fork?: boolean;
}

/** One repository in the hands of a test. */
export class FakeRepository {
  readonly state: Repository;
  readonly #world: World;

  constructor(world: World, state: Repository) {
    this.#world = world;
    this.state = state;
  }

  get fullName(): string {
    return fullName(this.state);
  }
  get defaultBranchSha(): string {
    return tipOf(this.state, this.state.defaultBranch);
  }
  get pullRequests(): FakePullRequest[] {
    return [...this.state.pulls.values()].map((pull) => new FakePullRequest(this.#world, pull));
  }

  /** Commits to a branch, made from the default branch when new. Returns the commit. */
  commit(branch: string, files: Record<string, FileContent>, message = 'Change files'): string {
    const { refs, defaultBranch } = this.state;
    const onto = refs.get(`refs/heads/${branch}`) ?? refs.get(`refs/heads/${defaultBranch}`);
    return commitTo(this.#world, this.state, branch, files, { message, ...(onto && { onto }) });
  }

  /** A commit that shares nothing with the others. */
  commitOrphan(branch: string, files: Record<string, FileContent>): string {
    if (this.state.refs.has(`refs/heads/${branch}`)) throw new Error(`branch ${branch} exists`);
    return commitTo(this.#world, this.state, branch, files);
  }

  collaborator(login: string, role: Role): void {
    this.state.roles.set(findUser(this.#world, login).login.toLowerCase(), role);
  }

  openPullRequest({
    files,
    title = 'Change the docs',
    body = null,
    author = 'ann',
    base = 'main',
    ...more
  }: NewPullRequest): FakePullRequest {
    const { branch = `change-${this.state.nextNumber}`, from = base, draft = false, fork = false } = more;
    const owner = findUser(this.#world, author);
    const repository = fork ? this.#forkOf(author) : this.state;
    // Only people with write access can push a branch here.
    if (!fork && !this.state.roles.has(author.toLowerCase())) this.collaborator(author, 'write');
    const onto = this.state.git.commits.has(from) ? from : tipOf(this.state, from);
    const sha = files
      ? commitTo(this.#world, repository, branch, files, { message: title, author, onto })
      : tipOf(repository, branch);
    const number = this.state.nextNumber++;
    const now = timestamp(this.#world);
    const pull: Pull = {
      id: 2_000_000_000 + this.#world.next(),
      number,
      ...{ title, body, author: owner, draft },
      state: 'open',
      locked: false,
      base: { repository: this.state, ref: base, sha: tipOf(this.state, base) },
      head: { repository, owner: repository.owner, ref: branch, sha },
      previous: {},
      createdAt: now,
      updatedAt: now,
      closedAt: null,
      mergedAt: null,
      mergeCommit: null,
      mergedBy: null,
    };
    this.state.pulls.set(number, pull);
    this.state.refs.set(`refs/pull/${number}/head`, sha);
    return new FakePullRequest(this.#world, pull);
  }

  #forkOf(login: string): Repository {
    const name = `${login}/${this.state.name}`;
    return findRepository(this.#world, name) ?? makeRepository(this.#world, name, this.state);
  }

  /** What the merge queue builds: the pull requests merged one after another on top of the base. */
  mergeGroup(...pulls: FakePullRequest[]): FakeMergeGroup {
    return this.#queue(tipOf(this.state, pulls[0]?.state.base.ref ?? this.state.defaultBranch), pulls);
  }

  /** The same behind another group, whose head it starts from. */
  mergeGroupBehind(group: FakeMergeGroup, ...pulls: FakePullRequest[]): FakeMergeGroup {
    return this.#queue(group.headSha, pulls);
  }

  #queue(baseSha: string, pulls: FakePullRequest[]): FakeMergeGroup {
    const last = pulls.at(-1)?.state;
    if (!last) throw new Error('a merge group needs a pull request');
    // GitHub's example of this webhook has a SHA there that is not the base's.
    const headRef = `refs/heads/gh-readonly-queue/${last.base.ref}/pr-${last.number}-${last.head.sha}`;
    let headSha = baseSha;
    for (const { state: pull } of pulls) {
      const base = headSha;
      headSha = mergeInto(this.#world, this.state, base, pull);
      this.state.mergeQueue.push({ id: this.#world.next(), pull, headRef, base, head: headSha });
    }
    this.state.refs.set(headRef, headSha);
    const group = { repository: this.state, baseRef: `refs/heads/${last.base.ref}`, baseSha, headRef, headSha };
    return new FakeMergeGroup(this.#world, group, pulls);
  }

  /** Oldest first, of all apps. */
  checkRunsFor(sha: string): readonly CheckRun[] {
    return this.state.checkRuns.filter((run) => run.headSha === sha);
  }

  /** What branch protection says of a required check: the newest run of the name counts; neutral and skipped pass. */
  requiredCheck(sha: string, name: string): 'expected' | 'pending' | 'passing' | 'failing' {
    const run = latest(this.checkRunsFor(sha)).findLast((one) => one.name === name && one.app === this.#world.app);
    if (!run) return 'expected';
    if (run.status !== 'completed') return 'pending';
    return ['success', 'neutral', 'skipped'].includes(run.conclusion ?? '') ? 'passing' : 'failing';
  }

  /** A check run of somebody else's app. */
  otherAppCheckRun(slug: string, body: CheckRunBody): CheckRun {
    const app = this.#world.apps.get(slug) ?? makeApp(this.#world, 800_000 + this.#world.next(), slug);
    this.#world.apps.set(slug, app);
    return createCheckRun(this.#world, this.state, app, body);
  }

  checkRunEvent(run: CheckRun, action: CheckRunAction, sender?: string): WebhookEvent {
    return checkRunEvent(this.#world, this.state, run, action, sender);
  }

  /** `rerequested` is the "Re-run" button on the page of a pull request. */
  checkSuiteEvent(sha: string, action: 'requested' | 'rerequested', sender?: string): WebhookEvent {
    return checkSuiteEvent(this.#world, this.state, sha, action, sender);
  }

  /** The push that made the tip of a branch. */
  pushEvent(branch: string): WebhookEvent {
    const after = tipOf(this.state, branch);
    return pushEvent(
      this.#world,
      this.state,
      `refs/heads/${branch}`,
      this.state.git.commits.get(after)?.parents[0],
      after,
    );
  }
}

export class FakeMergeGroup {
  readonly state: MergeGroup;
  readonly #world: World;
  readonly #pulls: FakePullRequest[];

  constructor(world: World, state: MergeGroup, pulls: FakePullRequest[]) {
    this.#world = world;
    this.state = state;
    this.#pulls = pulls;
  }

  get headSha(): string {
    return this.state.headSha;
  }
  get baseSha(): string {
    return this.state.baseSha;
  }

  checksRequested(): WebhookEvent {
    return mergeGroupEvent(this.#world, this.state);
  }

  /** Ends the group; `merged` moves the base to its head. Returns the webhook of it. */
  destroy(reason: 'merged' | 'invalidated' | 'dequeued'): WebhookEvent {
    const { repository, headRef, headSha, baseRef } = this.state;
    const told = mergeGroupEvent(this.#world, this.state, reason);
    repository.refs.delete(headRef);
    repository.mergeQueue = repository.mergeQueue.filter((entry) => entry.headRef !== headRef);
    if (reason === 'merged') {
      repository.refs.set(baseRef, headSha);
      for (const pull of this.#pulls) pull.markMerged(headSha);
    }
    return told;
  }
}
