import { answerRequest, type GitHubParts, type RecordedRequest } from './answer-request.ts';
import { type Contract, createContract } from './contract.ts';
import { FakeRepository } from './fake-repository.ts';
import { Faults } from './faults.ts';
import type { FileContent } from './git-objects.ts';
import { freshLimit, RateLimits } from './rate-limits.ts';
import { type AnswerRequest, makeFetch, type RunningServer, startServer } from './server.ts';
import type { Delivery, Installation, Permissions, Token, World } from './state.ts';
import { installationEvent, installationRepositoriesEvent, type WebhookEvent } from './webhook-payloads.ts';
import { Deliverer, type DeliverOptions, type Target } from './webhooks.ts';
import { commitTo, createWorld, findUser, isoSeconds, makeRepository } from './world.ts';

export interface FakeGitHubOptions {
  appId?: number;
  slug?: string;
  webhookSecret?: string;
  /** Events that the app subscribes to in its manifest. */
  events?: string[];
  /** What installations grant; metadata is always read. */
  permissions?: Permissions;
  /** Milliseconds since 1970. */
  now?: () => number;
}
export interface NewRepository {
  private?: boolean;
  /** Leave the app uninstalled. */
  installed?: boolean;
  /** Base branch; `main` when left out. */
  defaultBranch?: string;
}

const EVENTS = ['pull_request', 'merge_group', 'check_run', 'check_suite', 'issue_comment', 'push'];
const PERMISSIONS: Permissions = { contents: 'read', pull_requests: 'write', checks: 'write', merge_queues: 'read' };

let contract: Contract | undefined;

/** GitHub with nothing in it. Give it repositories, point an app at its URL or `fetch`, and send the app webhooks. */
export function createFakeGitHub(options: FakeGitHubOptions = {}): FakeGitHub {
  return new FakeGitHub(options);
}

export class FakeGitHub {
  readonly world: World;
  readonly faults = new Faults();
  readonly limits: RateLimits;
  /** Every request in the order of arrival. */
  readonly requests: RecordedRequest[] = [];
  /** How long an operation takes before GitHub does anything, in milliseconds; at once unless set. */
  latency: ((operationId: string) => number) | null = null;
  /** The API without a socket. */
  readonly fetch: typeof fetch;
  readonly #violations: string[] = [];
  readonly #permissions: Permissions;
  readonly #deliverer: Deliverer;
  readonly #answer: AnswerRequest;
  readonly #ended = new AbortController();
  #server: RunningServer | undefined;
  #offset = 0;

  constructor({
    appId = 424_242,
    slug = 'signpost',
    webhookSecret = 'test-secret',
    events = EVENTS,
    permissions = PERMISSIONS,
    now = Date.now,
  }: FakeGitHubOptions) {
    contract ??= createContract();
    this.world = createWorld({ appId, slug, webhookSecret, events, now: () => now() + this.#offset });
    this.#permissions = { metadata: 'read', ...permissions };
    this.limits = new RateLimits(this.world);
    this.#deliverer = new Deliverer(this.world, contract);
    const parts: GitHubParts = {
      ...{ world: this.world, contract, faults: this.faults, limits: this.limits, requests: this.requests },
      violations: this.#violations,
      redeliver: (delivery) => this.#deliverer.redeliver(delivery),
      latencyOf: (operationId) => this.latency?.(operationId) ?? 0,
    };
    this.#answer = (request) => answerRequest(parts, request);
    this.fetch = makeFetch(this.#answer, () => this.world.apiUrl, this.#ended.signal);
  }

  /** What an app needs to be this app. */
  get credentials(): { appId: number; privateKey: string; webhookSecret: string } {
    return { appId: this.world.app.id, privateKey: this.world.privateKey, webhookSecret: this.world.webhookSecret };
  }

  /** Serves the API on the loopback; returns its base URL. */
  async start(): Promise<string> {
    this.#server ??= await startServer(this.#answer);
    this.world.apiUrl = this.#server.url;
    return this.#server.url;
  }

  /** Ends the server and breaks what hangs. Throws when the app broke the contract and no test took the violations. */
  async stop(): Promise<void> {
    this.#ended.abort();
    await this.#deliverer.settled();
    await this.#server?.close();
    this.#server = undefined;
    const violations = this.takeViolations();
    if (violations.length > 0) throw new Error(`requests that GitHub does not know:\n  ${violations.join('\n  ')}`);
  }

  /** Requests and answers outside of GitHub's description so far; forgotten afterwards. */
  takeViolations(): string[] {
    return this.#violations.splice(0);
  }

  /** A repository with one commit of these files, and the app installed on it. */
  repository(name: string, files: Record<string, FileContent> = {}, options: NewRepository = {}): FakeRepository {
    const state = makeRepository(this.world, name);
    Object.assign(state, { private: options.private ?? false, defaultBranch: options.defaultBranch ?? 'main' });
    if (Object.keys(files).length > 0) commitTo(this.world, state, state.defaultBranch, files, { message: 'Begin' });
    const repository = new FakeRepository(this.world, state);
    if (options.installed !== false) this.install(repository);
    return repository;
  }

  /** Adds repositories of one owner to the owner's installation, which is made when missing. */
  install(...repositories: FakeRepository[]): Installation {
    const owner = repositories[0]?.state.owner;
    if (!owner || repositories.some(({ state }) => state.owner !== owner)) throw new Error('one owner, please');
    const known = [...this.world.installations.values()].find(({ account }) => account === owner);
    const installation = known ?? this.#newInstallation(owner.login);
    for (const { state } of repositories) installation.repositories.add(state);
    return installation;
  }

  #newInstallation(login: string): Installation {
    const fresh = () => freshLimit(this.world.now());
    const installation: Installation = {
      id: 5_000_000 + this.world.next(),
      account: findUser(this.world, login),
      permissions: { ...this.#permissions },
      repositories: new Set(),
      suspended: false,
      limits: { core: fresh(), graphql: fresh() },
    };
    this.world.installations.set(installation.id, installation);
    return installation;
  }

  /** Takes the app off a repository; its tokens lose it at once. Returns the webhook of it. */
  uninstall(repository: FakeRepository): WebhookEvent {
    const installation = this.installationOf(repository);
    installation.repositories.delete(repository.state);
    for (const token of this.world.tokens.values()) token.repositories.delete(repository.state);
    return installationRepositoriesEvent(this.world, installation, 'removed', [repository.state]);
  }

  installationOf(repository: FakeRepository): Installation {
    const found = [...this.world.installations.values()].find((one) => one.repositories.has(repository.state));
    if (!found) throw new Error(`the app is not installed on ${repository.fullName}`);
    return found;
  }

  installationEvent(repository: FakeRepository, action: 'created' | 'deleted'): WebhookEvent {
    return installationEvent(this.world, this.installationOf(repository), action);
  }

  repositoriesAddedEvent(...repositories: [FakeRepository, ...FakeRepository[]]): WebhookEvent {
    const states = repositories.map(({ state }) => state);
    return installationRepositoriesEvent(this.world, this.installationOf(repositories[0]), 'added', states);
  }

  /** An installation token, as if the app had asked for it. */
  tokenFor(repository: FakeRepository): string {
    const installation = this.installationOf(repository);
    const token = `ghs_test_${this.world.next()}`;
    const { permissions, repositories } = installation;
    const made: Token = {
      installation,
      permissions,
      repositories: new Set(repositories),
      expires: this.world.now() + 3_600_000,
    };
    this.world.tokens.set(token, made);
    return token;
  }

  revokeTokens(): void {
    this.world.tokens.clear();
  }

  /** Sends a webhook to the app and waits for its answer. */
  deliver(event: WebhookEvent, target: Target, options?: DeliverOptions): Promise<Delivery> {
    return this.#deliverer.deliver(event, target, options);
  }

  /** Oldest first. */
  get deliveries(): readonly Delivery[] {
    return this.world.deliveries;
  }

  /** Waits for redeliveries that the app asked for. */
  settled(): Promise<void> {
    return this.#deliverer.settled();
  }

  /** Requests of an operation. */
  calls(operationId: string): RecordedRequest[] {
    return this.requests.filter((request) => request.operationId === operationId);
  }

  /** After `requests` more requests every connection breaks, as if the app had crashed between two calls. */
  killSwitch(requests: number): void {
    this.faults.killSwitch(requests);
  }

  /** Lets time pass for tokens, limits and dates. */
  advance(milliseconds: number): void {
    this.#offset += milliseconds;
  }

  get time(): string {
    return isoSeconds(this.world.now());
  }
}
