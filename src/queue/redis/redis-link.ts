import { Redis, type RedisOptions } from 'ioredis';
import type { Logger } from '../../runtime/log.ts';
import { QueueUnavailable } from '../job-queue.ts';

/** All keys are in one slot of a Redis Cluster; BullMQ's too. */
export const PREFIX = '{signpost}';

/** A piece of Lua that Redis runs as one step. Its keys are made from `PREFIX`, given as KEYS[1]. */
interface Script<Answer> {
  lua: string;
  /** Stands for the type of what it gives; never set. */
  answer?: Answer;
}

export function script<Answer>(lua: string): Script<Answer> {
  return { lua: `local P = KEYS[1] .. ':'\n${lua}` };
}

/** Milliseconds: a webhook that cannot be kept has to be answered long before GitHub gives up. */
const COMMAND_TIMEOUT = 2_000;
const LOOK_EVERY = 1_000;

/** Fails at once where Redis is away: nothing may wait for it without an end. */
const IMPATIENT: RedisOptions = {
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  commandTimeout: COMMAND_TIMEOUT,
  connectTimeout: COMMAND_TIMEOUT,
};
/** Waits for Redis, as what blocks until there is work has to. */
const PATIENT: RedisOptions = { maxRetriesPerRequest: null, connectTimeout: COMMAND_TIMEOUT };

/** The way to Redis, and whether it is open. */
export class RedisLink {
  readonly #url: string;
  readonly #log: Logger;
  /** For commands that fail where Redis is away. */
  readonly commands: Redis;
  readonly #clients: Redis[] = [];
  readonly #timer: NodeJS.Timeout;
  readonly #onReturn: (() => void)[] = [];
  #away: string | null = 'not reached yet';
  #told = false;

  constructor(url: string, log: Logger) {
    this.#url = url;
    this.#log = log;
    this.commands = this.#open(IMPATIENT);
    this.commands.on('ready', () => void this.#look());
    this.commands.on('close', () => this.#isAway(this.#away ?? 'the connection is closed'));
    this.#timer = setInterval(() => void this.#look(), LOOK_EVERY);
    this.#timer.unref();
  }

  /** A connection of its own that waits where Redis is away. */
  patient(): Redis {
    return this.#open(PATIENT);
  }

  /** Why nothing can be asked now; null while all is well. */
  whyAway(): string | null {
    return this.#away;
  }

  /** Called whenever Redis is back, and when it is reached first. */
  onReturn(call: () => void): void {
    this.#onReturn.push(call);
  }

  /** Asks something of Redis. @throws {QueueUnavailable} at once where it is away, and within two seconds where it hangs */
  async ask<Answer>(question: (redis: Redis) => Promise<Answer>): Promise<Answer> {
    if (this.#away !== null) throw new QueueUnavailable(`Redis cannot be reached: ${this.#away}`);
    try {
      return await question(this.commands);
    } catch (error) {
      throw new QueueUnavailable(`Redis cannot be reached: ${reasonOf(error)}`, { cause: error });
    }
  }

  /** Runs a script as `ask` would. */
  run<Answer>({ lua }: Script<Answer>, ...values: (string | number)[]): Promise<Answer> {
    return this.ask((redis) => redis.eval(lua, 1, PREFIX, ...values) as Promise<Answer>);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#told = true;
    for (const client of this.#clients) client.disconnect();
  }

  #open(options: RedisOptions): Redis {
    const retryStrategy = (times: number) => Math.min(50 * 2 ** Math.min(times, 6), 2_000);
    const client = new Redis(this.#url, { ...options, retryStrategy });
    // Each attempt to connect ends in an error of its own; one line says it for all of them.
    client.on('error', (error: unknown) => {
      if (client === this.commands) this.#isAway(reasonOf(error));
    });
    this.#clients.push(client);
    return client;
  }

  async #look(): Promise<void> {
    if (this.commands.status !== 'ready') return;
    try {
      await this.commands.ping();
    } catch (error) {
      this.#isAway(reasonOf(error));
      return;
    }
    if (this.#away === null) return;
    this.#away = null;
    this.#told = false;
    this.#log.info('Redis answers');
    for (const call of this.#onReturn) call();
  }

  #isAway(reason: string): void {
    this.#away = reason;
    if (this.#told) return;
    this.#told = true;
    this.#log.error({ reason }, 'Redis cannot be reached; webhooks are answered with 503 until it is back');
  }
}

/** Without the address, which may hold a password. */
function reasonOf(error: unknown): string {
  const { code, message, name } = error as { code?: string; message?: string; name?: string };
  if (name === 'MaxRetriesPerRequestError') return 'the connection broke';
  return code ?? (message ?? '').split('\n')[0]!.slice(0, 100);
}
