import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSeed } from './chaos/run-seed.ts';
import { type BuiltServer, buildServer } from './processes.ts';
import { hasRedis } from './redis-server.ts';

let built: BuiltServer;
beforeAll(async () => {
  built = await buildServer();
});
afterAll(() => built.end());

/** A dozen here; `npm run bench:chaos -- --seeds 200` runs as many as there is time for. */
const SEEDS = Array.from({ length: 12 }, (_, at) => at + 1);

describe.skipIf(!hasRedis && !process.env.CI)('whatever happens to processes, webhooks, GitHub and Redis', () => {
  it.each(SEEDS)(
    'every open pull request ends with the right verdict, told once (seed %i)',
    { timeout: 90_000 },
    async (seed) => {
      const { wrong, story } = await runSeed(built, { seed, steps: 16 });
      expect(wrong, story.join('\n')).toEqual([]);
    },
  );
});
