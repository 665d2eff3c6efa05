import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';

/** All keys are in one slot of a Redis Cluster; BullMQ's too. */
export const PREFIX = '{signpost}';

/** A piece of Lua that Redis runs as one step. Its keys are made from `PREFIX`, given as KEYS[1]. */
export class Script<Answer> {
  readonly #lua: string;
  readonly #sha: string;

  constructor(lua: string) {
    this.#lua = `local P = KEYS[1] .. ':'\n${lua}`;
    this.#sha = createHash('sha1').update(this.#lua).digest('hex');
  }

  async run(redis: Redis, ...values: (string | number)[]): Promise<Answer> {
    try {
      return (await redis.evalsha(this.#sha, 1, PREFIX, ...values)) as Answer;
    } catch (error) {
      // After a restart Redis knows no script.
      if (!(error as Error).message.startsWith('NOSCRIPT')) throw error;
      return (await redis.eval(this.#lua, 1, PREFIX, ...values)) as Answer;
    }
  }
}
