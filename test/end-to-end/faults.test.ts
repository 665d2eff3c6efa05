import { afterEach, describe, expect, it } from 'vitest';
import type { Fault } from '../fake-github/faults.ts';
import { COVERED_SITE } from '../github/signpost-on-github.ts';
import { BREAKING, commentsOf, endState, runsOf, type Scene, setScene, withoutHashes } from './scene.ts';

/** Every call of a review that knows nothing yet, not even a token: operation and occurrence, in the order of names. */
const CALLS = [
  'apps/create-installation-access-token 1',
  'checks/create 1',
  'checks/update 1',
  'git/get-tree 1',
  'git/get-tree 2',
  'graphql 1',
  'graphql 2',
  'graphql/add-comment 1',
  'repos/compare-commits-with-basehead 1',
  'repos/get-collaborator-permission-level 1',
  'repos/get-content 1',
];

const FAULTS: Record<string, Fault> = {
  'is answered with 500': { kind: 'status', status: 500 },
  'meets a secondary limit (403)': { kind: 'secondary-limit', status: 403 },
  'meets a secondary limit (403, retry-after)': { kind: 'secondary-limit', status: 403, retryAfter: 1 },
  'meets a secondary limit (429, retry-after)': { kind: 'secondary-limit', status: 429, retryAfter: 1 },
  'finds the connection broken': { kind: 'reset' },
  'is done but its answer is lost': { kind: 'response-lost' },
  'is never answered': { kind: 'hang' },
};

let scene: Scene;
afterEach(() => scene.running.end());
const start = () => setScene(COVERED_SITE, undefined, { timeout: 400 });

/** Reviews a pull request of a new owner, of whom nothing is known, while a call fails. */
async function review(owner: string, plan?: { call: string; fault: Fault; times?: number }) {
  const { github, calls, tell } = scene;
  const unlike = Object.entries({ ...COVERED_SITE, ...BREAKING }).map(([path, text]) => [
    path,
    `${text}\n# ${owner}\n`,
  ]);
  const { [Object.keys(BREAKING)[0]!]: broken, ...others } = Object.fromEntries(unlike) as Record<string, string>;
  const page = `${COVERED_SITE['docs/troubleshooting.md']}\n# ${owner}\n`;
  const docs = github.repository(`${owner}/docs`, { ...others, 'docs/troubleshooting.md': page });
  docs.collaborator('jo', 'write');
  const pull = docs.openPullRequest({ files: { 'docs/troubleshooting.md': broken! } });
  pull.comment('jo', '/signpost explain blank-tokens');
  calls();
  const before = github.requests.filter(({ fault }) => fault).length;
  if (plan) {
    const [operation = '', at] = plan.call.split(' ');
    github.faults.add(operation, plan.fault, { from: Number(at), times: plan.times ?? 1 });
  }
  await tell(pull.event('opened'));
  const met = github.requests.filter(({ fault }) => fault).length - before;
  github.faults.clear();
  const end = JSON.stringify(withoutHashes(endState(docs, pull)), null, 1).replaceAll(owner, 'OWNER');
  return { end, docs, pull, met, calls: calls() };
}

it('a review that nothing disturbs makes these calls, one check run and one comment', async () => {
  scene = await start();
  const { docs, pull, calls } = await review('acme-0');
  expect(
    calls.map((name, at) => `${name} ${calls.slice(0, at + 1).filter((one) => one === name).length}`).sort(),
  ).toEqual(CALLS);
  expect(runsOf(docs, pull.headSha)).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
  expect(commentsOf(pull)).toHaveLength(1);
});

describe('the end is the same where each of these calls in turn', () => {
  it.each(Object.entries(FAULTS))('%s', async (_, fault) => {
    scene = await start();
    const undisturbed = await review('acme-0');
    for (const [at, call] of CALLS.entries()) {
      const { end, met } = await review(`acme-${at + 1}`, { call, fault });
      expect.soft([call, met]).toEqual([call, 1]);
      expect.soft(end, call).toBe(undisturbed.end);
    }
  });

  it.each([
    ['fails so long that it is published as not judged', { kind: 'status', status: 503 }],
    ['finds the connection broken again and again', { kind: 'reset' }],
  ] satisfies [string, Fault][])('%s', async (_, fault) => {
    scene = await start();
    const undisturbed = await review('acme-0');
    for (const [at, call] of CALLS.entries()) {
      const { end, met } = await review(`acme-${at + 1}`, { call, fault, times: 4 });
      expect.soft([call, met]).toEqual([call, 4]);
      expect.soft(end, call).toBe(undisturbed.end);
    }
  });
});

it('the end is the same where GitHub cuts answers, refuses with 200, or sends other ones', async () => {
  scene = await start();
  const undisturbed = await review('acme-0');
  const spoilt: [call: string, fault: Fault][] = [
    ['git/get-tree 1', { kind: 'truncated-tree', keep: 1 }],
    ['git/get-tree 2', { kind: 'truncated-tree', keep: 2 }],
    ['graphql 1', { kind: 'truncated-text' }],
    ['graphql 2', { kind: 'truncated-text' }],
    ['graphql 1', { kind: 'wrong-text' }],
    ['graphql 2', { kind: 'wrong-text' }],
    ['graphql 1', { kind: 'graphql-errors', fields: 1 }],
    ['graphql 2', { kind: 'graphql-errors', fields: 1 }],
    ['graphql/add-comment 1', { kind: 'graphql-errors', fields: 1 }],
    ['graphql/add-comment 1', { kind: 'graphql-errors', fields: 2 }],
    ['graphql/add-comment 1', { kind: 'graphql-refusal', type: 'UNPROCESSABLE', message: 'was submitted too quickly' }],
    ['graphql/add-comment 1', { kind: 'stale-comments' }],
  ];
  for (const [at, [call, fault]] of spoilt.entries()) {
    const { end, met } = await review(`acme-${at + 1}`, { call, fault });
    expect.soft([call, met]).toEqual([call, 1]);
    expect.soft(end, `${call} ${fault.kind}`).toBe(undisturbed.end);
  }
});

it('says in the check run what failed while it lasts, and judges by itself once it is over', async () => {
  scene = await start();
  const fault: Fault = { kind: 'status', status: 503 };
  const { docs, pull } = await review('acme-1', { call: 'git/get-tree 1', fault, times: 8 });
  const runs = runsOf(docs, pull.headSha);
  expect(runs[0]).toMatchObject({ status: 'completed', conclusion: 'action_required' });
  expect(runs[0]?.output.summary).toMatch(/status 503, request `[0-9A-F]+`/);
  expect(runs.at(-1)).toMatchObject({ status: 'completed', conclusion: 'failure' });
});
