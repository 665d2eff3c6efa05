/**
 * One run of the chaos test: what happens, and when, follows from a seed; how processes interleave does not, so a seed
 * that failed is a good place to look, not a promise. After the dust has settled, every open pull request must have one
 * verdict for its head, the right one, no run left in progress, and at most one comment, and every open merge group one
 * right verdict.
 */
import { type Random, randomOf } from '../../../bench/site/random.ts';
import type { FakeGitHub } from '../../fake-github/fake-github.ts';
import type { FakeRepository } from '../../fake-github/fake-repository.ts';
import type { WebhookEvent } from '../../fake-github/webhook-payloads.ts';
import type { SignedWebhook } from '../../fake-github/webhooks.ts';
import { COVERED_SITE, UNCOVERED } from '../../github/signpost-on-github.ts';
import { fakeGitHub } from '../../server/running-service.ts';
import type { BuiltServer, ServerProcess } from '../processes.ts';
import { type RedisServer, startRedis } from '../redis-server.ts';
import { FAULTS } from './faults.ts';
import { lateRuns } from './late-runs.ts';
import { type Candidate, MergeQueues } from './merge-queues.ts';
import { type Happening, timeline } from './timeline.ts';

export interface ChaosOptions {
  seed: number;
  steps?: number;
}

/** What a run did, and what was wrong in the end. */
export interface ChaosResult {
  seed: number;
  pullRequests: number;
  did: Record<string, number>;
  /** Milliseconds from the last disturbance to the end state. */
  settled: number;
  /** One sentence each; none where all is well. */
  wrong: string[];
  /** What happened, in order. */
  story: string[];
}

const BREAKS = { 'docs/troubleshooting.md': UNCOVERED };
const MENDS = { 'docs/troubleshooting.md': String(COVERED_SITE['docs/troubleshooting.md']) };
const REGISTRY = '.github/signpost.yml';
const LENIENT = `${String(COVERED_SITE[REGISTRY])}\ngate: { block: off }\n`;

/** Seconds. */
const LEASE = 1;
const MOST_SETTLING = 20;
/** Milliseconds. The first time at once: webhooks that were lost are only known to GitHub. */
const SWEEP_EVERY = 5_000;
const QUIET = 700;

/** A pull request, and what is right for it. */
interface Watched extends Candidate {
  breaks: boolean;
  /** Heads that were rightly judged more than once, because they were opened again. */
  again: Set<string>;
}

export async function runSeed(built: BuiltServer, { seed, steps = 20 }: ChaosOptions): Promise<ChaosResult> {
  const chaos = new Chaos(built, seed);
  try {
    await chaos.begin();
    for (let step = 0; step < steps; step += 1) await chaos.step();
    return await chaos.settle();
  } finally {
    await chaos.end();
  }
}

class Chaos {
  readonly #built: BuiltServer;
  readonly #seed: number;
  readonly #random: Random;
  readonly #github: FakeGitHub = fakeGitHub();
  readonly #repositories: FakeRepository[] = [];
  readonly #watched: Watched[] = [];
  readonly #servers = new Set<{ server: ServerProcess; role: string; frozen: boolean }>();
  readonly #gone: { role: string; server: ServerProcess }[] = [];
  readonly #did = new Map<string, number>();
  readonly #story: Happening[] = [];
  readonly #sent: Promise<unknown>[] = [];
  readonly #queues: MergeQueues;
  #redis: RedisServer | null = null;
  #redisState: 'up' | 'down' | 'frozen' = 'up';
  #isLenient = false;
  #pushes = 0;

  constructor(built: BuiltServer, seed: number) {
    this.#built = built;
    this.#seed = seed;
    this.#random = randomOf(seed);
    const tell = (what: string, about: string, event: WebhookEvent) => {
      this.#note(what, about);
      this.#send(event, about);
    };
    this.#queues = new MergeQueues(this.#random, tell, (commit) => this.#lateRuns(commit));
  }

  async begin(): Promise<void> {
    this.#redis = await startRedis();
    for (const name of ['acme/docs', 'bolt/docs']) this.#repositories.push(this.#github.repository(name, COVERED_SITE));
    const roles = ['web', 'web', 'worker', 'worker'];
    // In the order of their roles, whichever is ready first: by their place in it a seed chooses among them.
    const started = await Promise.all(roles.map((role) => this.#launch(role)));
    for (const each of started) this.#servers.add(each);
    for (let open = 0; open < 3; open += 1) this.#open();
  }

  async step(): Promise<void> {
    const acts: [weight: number, act: () => unknown][] = [
      [5, () => this.#open()],
      [6, () => this.#push()],
      [1, () => this.#closeOrReopen()],
      [4, () => this.#queues.enqueue(this.#watched)],
      [2, () => this.#queues.dissolve()],
      [1, () => this.#changeRegistry()],
      [5, () => this.#fault()],
      [4, () => this.#kill()],
      [3, () => this.#freezeOrThaw()],
      [2, () => this.#disturbRedis()],
    ];
    const chances = acts.flatMap(([weight, act]) => Array.from({ length: weight }, () => act));
    await this.#random.pick(chances)();
    await sleep(this.#random.below(250));
  }

  /** Ends all disturbance, lets the hour pass after which everything is looked at again, and waits for the end state. */
  async settle(): Promise<ChaosResult> {
    this.#github.faults.clear();
    for (const each of this.#servers) if (each.frozen) each.server.thaw();
    if (this.#redisState === 'down') await this.#redis!.restart();
    if (this.#redisState === 'frozen') this.#redis!.thaw();
    const began = Date.now();
    await Promise.all(this.#sent);
    let settled = 0;
    for (let swept = 0, since = 0; Date.now() - began < MOST_SETTLING * 1_000; await sleep(100)) {
      if (Date.now() - swept > SWEEP_EVERY) {
        swept = Date.now();
        await this.#sweepNow();
      }
      const isWell = this.#wrong().length === 0 && (await this.#isQuiet());
      if (!isWell) since = 0;
      else if (since === 0) since = Date.now();
      settled = (since || Date.now()) - began;
      if (isWell && Date.now() - since > QUIET) break;
    }
    const wrong = this.#wrong();
    if (!(await this.#isQuiet())) wrong.push('the queue does not come to rest');
    wrong.push(...this.#github.takeViolations().map((each) => `GitHub would refuse: ${each}`));
    for (const { server } of this.#servers)
      if (server.output().includes('this is a bug')) wrong.push(`a process broke: ${server.output().slice(-2_000)}`);
    const did = Object.fromEntries([...this.#did].sort());
    const story = wrong.length === 0 ? this.#story.map(({ text }) => text) : this.#whole(wrong);
    return { seed: this.#seed, pullRequests: this.#watched.length, did, settled, wrong, story };
  }

  async end(): Promise<void> {
    for (const { server } of this.#servers) await server.signal('SIGKILL');
    await this.#redis?.end();
    await this.#github.stop().catch(() => {});
  }

  #note(what: string, about = ''): void {
    this.#did.set(what, (this.#did.get(what) ?? 0) + 1);
    this.#story.push({ at: Date.now(), text: `${what} ${about}`.trim() });
  }

  async #start(role: string): Promise<void> {
    this.#servers.add(await this.#launch(role));
  }

  async #launch(role: string): Promise<{ server: ServerProcess; role: string; frozen: boolean }> {
    const environment = { LEASE_SECONDS: String(LEASE), SIGNPOST_ROLE: role, REDIS_URL: this.#redis!.url };
    return { server: await this.#built.start(this.#github, environment), role, frozen: false };
  }

  #open(): void {
    const repository = this.#random.pick(this.#repositories);
    const breaks = this.#random.below(2) === 0;
    const pull = repository.openPullRequest({ files: breaks ? BREAKS : { 'docs/notes.md': '# Notes\n' } });
    const name = `${repository.fullName}#${pull.number}`;
    this.#watched.push({ name, pull, repository, breaks, isOpen: true, again: new Set() });
    this.#note('open', `${name} ${pull.headSha.slice(0, 7)} ${breaks ? 'breaks' : 'is harmless'}`);
    this.#send(pull.event('opened'), name);
  }

  #push(): void {
    const one = this.#random.pick(this.#watched);
    if (!one.isOpen) return;
    one.breaks = this.#random.below(2) === 0;
    this.#pushes += 1;
    one.pull.push({ ...(one.breaks ? BREAKS : MENDS), 'docs/notes.md': `# ${this.#pushes}\n` });
    this.#note('push', `${one.name} ${one.pull.headSha.slice(0, 7)} ${one.breaks ? 'breaks' : 'mends'}`);
    this.#send(one.pull.event('synchronize'), one.name);
    this.#queues.leave(one);
  }

  #closeOrReopen(): void {
    const one = this.#random.pick(this.#watched);
    if (one.pull.state.mergedAt !== null) return;
    if (one.isOpen) one.pull.close();
    else one.pull.reopen();
    one.isOpen = !one.isOpen;
    one.again.add(one.pull.headSha);
    this.#note(one.isOpen ? 'reopen' : 'close', one.name);
    this.#send(one.pull.event(one.isOpen ? 'reopened' : 'closed'), one.name);
    if (!one.isOpen) this.#queues.leave(one);
  }

  /** In all repositories, so that one flag tells what is right. */
  #changeRegistry(): void {
    this.#isLenient = !this.#isLenient;
    this.#note('registry', this.#isLenient ? 'lenient' : 'strict');
    for (const repository of this.#repositories) {
      repository.commit('main', { [REGISTRY]: this.#isLenient ? LENIENT : String(COVERED_SITE[REGISTRY]) });
      this.#send(repository.pushEvent('main'), repository.fullName);
      this.#queues.rebuild(repository);
    }
  }

  #fault(): void {
    const [operation, fault] = this.#random.pick(FAULTS);
    this.#github.faults.add(operation, fault, { from: 1 + this.#random.below(2), times: 1 + this.#random.below(2) });
    this.#note('fault', `${operation} ${JSON.stringify(fault)}`);
  }

  /** Another one takes its place, as a supervisor would have it. */
  async #kill(): Promise<void> {
    const one = this.#random.pick([...this.#servers]);
    this.#note('kill', `${one.role} ${one.server.pid}`);
    this.#servers.delete(one);
    this.#gone.push(one);
    await one.server.signal('SIGKILL');
    await this.#start(one.role);
  }

  #freezeOrThaw(): void {
    const one = this.#random.pick([...this.#servers]);
    if (one.frozen) one.server.thaw();
    else one.server.freeze();
    one.frozen = !one.frozen;
    this.#note(one.frozen ? 'freeze' : 'thaw', `${one.role} ${one.server.pid}`);
  }

  async #disturbRedis(): Promise<void> {
    const redis = this.#redis!;
    if (this.#redisState === 'down') await redis.restart();
    if (this.#redisState === 'frozen') redis.thaw();
    const next = this.#redisState === 'up' ? this.#random.pick(['down', 'frozen', 'restarted'] as const) : 'up';
    if (next === 'down') await redis.kill();
    if (next === 'frozen') redis.freeze();
    if (next === 'restarted') await redis.restart();
    this.#redisState = next === 'restarted' ? 'up' : next;
    this.#note(`redis ${next}`);
  }

  /** Some are lost, some come twice, each at whichever process takes webhooks. */
  #send(event: WebhookEvent, about: string): void {
    const { action = '' } = event.payload;
    const name = `${event.name} ${String(action)} ${about}`;
    const fate = this.#random.below(20);
    const lost = fate < 3;
    const copies = fate >= 17 ? 1 + this.#random.below(2) : 0;
    const chosen = this.#random.below(1_000);
    const target = (webhook: SignedWebhook) => this.#balance(webhook, chosen);
    if (lost) this.#note('webhook lost', name);
    if (copies > 0) this.#note('webhook repeated', name);
    const options = { lost, timeoutMilliseconds: 1_500 };
    this.#sent.push(
      this.#github.deliver(event, target, options).then(async ({ request, statusCode }) => {
        this.#story.push({ at: Date.now(), text: `webhook answered ${statusCode} ${name}` });
        for (let copy = 0; copy < copies; copy += 1) await this.#balance(request, chosen + copy + 1).catch(() => {});
      }),
    );
  }

  async #balance({ headers, body }: SignedWebhook, chosen: number): Promise<{ status: number }> {
    const webs = [...this.#servers].filter(({ role }) => role !== 'worker');
    const { hook } = webs[chosen % webs.length]!.server;
    const { status } = await fetch(hook, { method: 'POST', headers, body, signal: AbortSignal.timeout(1_500) });
    return { status };
  }

  /** A process that comes up after the sweep's time has passed looks at everything again. */
  async #sweepNow(): Promise<void> {
    await this.#redis!.command('DEL', '{signpost}:sweep');
    await this.#start('worker');
  }

  async #isQuiet(): Promise<boolean> {
    const [web] = [...this.#servers].filter(({ role }) => role === 'web');
    const { text } = await web!.server.get('metrics');
    const states = [...text.matchAll(/^signpost_queue_jobs\{state="(\w+)"\} (\d+)$/gm)];
    return states.length > 0 && states.every(([, state, count]) => state === 'dead' || count === '0');
  }

  #wrong(): string[] {
    const pulls = this.#watched.filter(({ isOpen }) => isOpen).flatMap((one) => this.#wrongWith(one));
    return [...pulls, ...this.#queues.wrong()];
  }

  #wrongWith({ name: full, pull, breaks, again }: Watched): string[] {
    const runs = pull.checkRuns.filter(({ name }) => name === 'Signpost');
    const lasting = runs.filter(({ conclusion }) => conclusion === 'success' || conclusion === 'failure');
    const right = breaks && !this.#isLenient ? 'failure' : 'success';
    const comments = pull.comments.filter(({ user }) => user.login === 'signpost[bot]').length;
    const name = `${full} ${pull.headSha.slice(0, 7)}`;
    const told = runs.map(({ status, conclusion }) => conclusion ?? status).join(', ') || 'none';
    const wrong: string[] = [];
    if (runs.at(-1)?.conclusion !== right) wrong.push(`${name}: the newest run should be ${right}; runs: ${told}`);
    if (runs.some(({ status }) => status !== 'completed'))
      wrong.push(`${name}: a run is left in progress; runs: ${told}`);
    const isOnce = !again.has(pull.headSha) && !this.#did.has('registry') && !this.#did.has('push to main');
    if (lasting.length > 1 + this.#lateRuns(pull.headSha) && isOnce)
      wrong.push(`${name}: more than one verdict; runs: ${told}`);
    if (comments > 1 || (comments === 0 && right === 'failure')) wrong.push(`${name}: ${comments} comments`);
    return wrong;
  }

  #lateRuns(commit: string): number {
    return lateRuns(this.#github, commit, LEASE * 1_000);
  }

  /** All of the repository that the first mistake is about, or only what was done where it is about none. */
  #whole([first = '']: readonly string[]): string[] {
    const about = this.#repositories.find(({ fullName }) => first.startsWith(fullName));
    const servers = [...this.#gone, ...this.#servers];
    const processes = servers.map(({ role, server }) => ({ role, pid: server.pid, output: server.output() }));
    return timeline(about?.fullName ?? 'nobody/nothing', this.#story, this.#github, processes);
  }
}

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
