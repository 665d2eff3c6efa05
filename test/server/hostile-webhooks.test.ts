import { createHmac, randomUUID } from 'node:crypto';
import examples from '@octokit/webhooks-examples';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningService, runService, WEBHOOK_PATH, WEBHOOK_SECRET } from './running-service.ts';

let running: RunningService;
beforeAll(async () => {
  running = await runService();
});
afterAll(() => running.end());

const EVENTS = [
  ...['pull_request', 'merge_group', 'check_run', 'check_suite', 'issue_comment', 'push'],
  ...['installation', 'installation_repositories', 'ping', 'constructor', 'pull_request.opened'],
];
const ACTIONS = ['opened', 'synchronize', 'edited', 'closed', 'checks_requested', 'rerequested', 'created', 'deleted'];

async function send(event: string, body: string): Promise<number> {
  const headers = {
    'content-type': 'application/json',
    'x-github-event': event,
    'x-github-delivery': randomUUID(),
    'x-hub-signature-256': `sha256=${createHmac('sha256', WEBHOOK_SECRET).update(body).digest('hex')}`,
  };
  return (await running.get(WEBHOOK_PATH, { method: 'POST', body, headers })).status;
}

/** Takes one thing out of a payload, or puts something else in its place. */
function spoil(payload: unknown, path: readonly number[], value: unknown): unknown {
  const copy = structuredClone(payload);
  let at = copy as Record<string, unknown>;
  for (const step of path) {
    const keys = Object.keys(at);
    const key = keys[step % Math.max(1, keys.length)];
    if (key === undefined) return copy;
    const next = at[key];
    if (typeof next === 'object' && next !== null && step !== path.at(-1)) at = next as Record<string, unknown>;
    else {
      at[key] = value;
      return copy;
    }
  }
  return copy;
}

const PAYLOADS = (examples as unknown as { name: string; examples: object[] }[])
  .filter(({ name }) => EVENTS.includes(name))
  .flatMap(({ name, examples: all }) => all.map((payload) => [name, payload] as const));

/** Only GitHub can sign; where its payload is none, 500 has it listed as failed. */
const ANSWERS = [200, 400, 500];

/** And takes what is sound. */
async function stillAlive(): Promise<void> {
  expect((await running.get('/healthz')).status).toBe(200);
  expect(await send('ping', '{"zen":"x"}')).toBe(200);
}

it('answers any signed JSON and lives', async () => {
  const value = fc.jsonValue({ maxDepth: 4 });
  const payload = fc.record({ action: fc.constantFrom(...ACTIONS), installation: fc.constant({ id: 1 }), x: value });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...EVENTS), fc.oneof(value, payload), async (event, body) => {
      expect(ANSWERS).toContain(await send(event, JSON.stringify(body)));
    }),
    { numRuns: 150 },
  );
  await stillAlive();
});

it('answers GitHub’s own payloads with any one thing in them gone or turned into something else, and lives', async () => {
  const steps = fc.array(fc.nat(40), { minLength: 1, maxLength: 5 });
  const value = fc.constantFrom(null, '', 0, [], {}, 'x'.repeat(5_000), '\u0000', -1, { id: null });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...PAYLOADS), steps, value, async ([event, payload], path, replacement) => {
      expect(ANSWERS).toContain(await send(event, JSON.stringify(spoil(payload, path, replacement))));
    }),
    { numRuns: 150 },
  );
  await stillAlive();
});

it.each([
  ['nested 100,000 deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ['a key of a megabyte', JSON.stringify({ ['k'.repeat(1_000_000)]: 1 })],
  ['a prototype', '{"__proto__":{"installation":{"id":1}},"constructor":{"prototype":{"polluted":true}}}'],
  [
    'a comment of five megabytes',
    JSON.stringify({ action: 'created', comment: { body: '/signpost '.repeat(500_000) } }),
  ],
  ['half of it', '{"action":"opened","pull_req'],
  ['no JSON', '<xml/>'],
])('answers %s and lives', async (_, body) => {
  expect(ANSWERS).toContain(await send('issue_comment', body));
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  await stillAlive();
});
