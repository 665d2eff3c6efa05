import { createHmac, randomUUID } from 'node:crypto';
import type { Contract } from './contract.ts';
import type { Delivery, World } from './state.ts';
import type { WebhookEvent } from './webhook-payloads.ts';
import { isoSeconds } from './world.ts';

/** A webhook as it goes over the wire; its signature is over exactly these bytes. */
export interface SignedWebhook {
  headers: Record<string, string>;
  body: string;
}
/** The URL of the app's webhooks, or a function in its place. */
export type Target = string | ((webhook: SignedWebhook) => Promise<{ status: number }>);

export interface DeliverOptions {
  /** GitHub gives up after 10 s. */
  timeoutMilliseconds?: number;
  /** The webhook never reaches the app, and the delivery is listed so. */
  lost?: boolean;
}

/** "The checks permission subscribes automatically"; every app hears of its own installations. */
const ALWAYS = ['check_run', 'check_suite', 'installation', 'installation_repositories'];
const GITHUB_WAITS = 10_000;

export function signWebhook(world: World, { name, payload }: WebhookEvent, guid: string): SignedWebhook {
  const body = JSON.stringify(payload);
  const sign = (algorithm: string): string => createHmac(algorithm, world.webhookSecret).update(body).digest('hex');
  const headers = {
    accept: '*/*',
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/fake',
    'x-github-delivery': guid,
    'x-github-event': name,
    'x-github-hook-id': '1',
    'x-github-hook-installation-target-id': String(world.app.id),
    'x-github-hook-installation-target-type': 'integration',
    'x-hub-signature': `sha1=${sign('sha1')}`,
    'x-hub-signature-256': `sha256=${sign('sha256')}`,
  };
  return { headers, body };
}

/** Sends webhooks and remembers how the app answered, as the list of deliveries tells it. */
export class Deliverer {
  readonly #world: World;
  readonly #contract: Contract;
  readonly #targets = new Map<string, Target>();
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(world: World, contract: Contract) {
    this.#world = world;
    this.#contract = contract;
  }

  /** Throws when GitHub would not send it: not subscribed, no installation, or a payload of another form. */
  async deliver(event: WebhookEvent, target: Target, options: DeliverOptions = {}): Promise<Delivery> {
    if (!ALWAYS.includes(event.name) && !this.#world.app.events.includes(event.name)) {
      throw new Error(`the app does not subscribe to ${event.name}`);
    }
    if (event.installationId === null) throw new Error(`no installation hears of this ${event.name}`);
    const problems = this.#contract.checkWebhook(event.name, event.payload);
    if (problems.length > 0) throw new Error(`the fake built a wrong webhook:\n  ${problems.join('\n  ')}`);
    const guid = randomUUID();
    this.#targets.set(guid, target);
    const { action = null } = event.payload;
    const { installationId, repositoryId } = event;
    const about = { guid, event: event.name, action, installationId, repositoryId };
    return await this.#send(about, signWebhook(this.#world, event, guid), target, options);
  }

  /** The same GUID and bytes once more, as GitHub does it: at the same place, listed as a new delivery. */
  redeliver(delivery: Delivery): void {
    const target = this.#targets.get(delivery.guid);
    if (target === undefined) throw new Error(`no target for ${delivery.guid}`);
    const sent = this.#send({ ...delivery, redelivery: true }, delivery.request, target, {});
    this.#underWay.add(sent);
    void sent.finally(() => this.#underWay.delete(sent));
  }

  /** Waits for the redeliveries that are under way. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  async #send(about: About, webhook: SignedWebhook, target: Target, options: DeliverOptions): Promise<Delivery> {
    const started = performance.now();
    const answer = options.lost
      ? FAILED
      : await this.#call(target, webhook, options.timeoutMilliseconds ?? GITHUB_WAITS);
    const { guid, event, action, installationId, repositoryId, redelivery = false } = about;
    const delivery: Delivery = {
      id: 600_000_000_000 + this.#world.next(),
      ...{ guid, event, action, installationId, repositoryId, redelivery },
      deliveredAt: isoSeconds(this.#world.now()),
      duration: Math.round(performance.now() - started) / 1_000,
      status: answer.said,
      statusCode: answer.status,
      url: typeof target === 'string' ? target : 'https://app.example.com/api/github/webhooks',
      request: webhook,
      response: { headers: {}, body: '' },
    };
    this.#world.deliveries.push(delivery);
    return delivery;
  }

  async #call(
    target: Target,
    { headers, body }: SignedWebhook,
    wait: number,
  ): Promise<{ status: number; said: string }> {
    try {
      const signal = AbortSignal.timeout(wait);
      const call =
        typeof target === 'string'
          ? fetch(target, { method: 'POST', headers, body, signal })
          : target({ headers, body });
      const { status } = await Promise.race([call, rejectedBy(signal)]);
      return { status, said: status < 400 ? 'OK' : `Invalid HTTP Response: ${status}` };
    } catch (error) {
      return (error as Error).name === 'TimeoutError' ? { status: 0, said: 'timed out' } : FAILED;
    }
  }
}

type About = Pick<Delivery, 'guid' | 'event' | 'action' | 'installationId' | 'repositoryId'> & { redelivery?: boolean };
const FAILED = { status: 0, said: 'failed to connect to host' };

function rejectedBy(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
