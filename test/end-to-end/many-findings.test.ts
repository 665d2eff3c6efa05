import { afterEach, expect, it } from 'vitest';
import { REGISTRY, registry, SECURITY } from '../review/build-snapshots.ts';
import { commentsOf, runsOf, type Scene, setScene } from './scene.ts';

let scene: Scene;
afterEach(() => scene.running.end());

const numbers = Array.from({ length: 120 }, (_, at) => 1_000 + at);
/** Four bytes a character, because GitHub counts bytes where it says characters. */
const LONG = '🚧'.repeat(60);
const scenarios = numbers.map((number) =>
  [
    `  - id: failure-${number}`,
    `    title: "${LONG} ${number}"`,
    `    codes: [ERR-${number}]`,
    `    causes: ["quota ${number} exceeded"]`,
    '    impact: { customers: 3 }',
    `    quotes: ["${LONG} ${LONG}"]\n`,
  ].join('\n'),
);
const page = (cause: (number: number) => string) =>
  ['---', 'title: Errors', '---', '', ...numbers.flatMap((number) => [`## ERR-${number}`, '', cause(number), ''])].join(
    '\n',
  );

it('tells 120 findings in three pages of annotations, and stays within what GitHub takes', async () => {
  const covering = page((number) => `This means that quota ${number} exceeded its limit.`);
  scene = await setScene({
    [REGISTRY]: registry(scenarios.join('')),
    'docs/errors.md': covering,
    'docs/security.md': SECURITY,
  });
  const { docs, tell, calls, github } = scene;
  const pull = docs.openPullRequest({ files: { 'docs/errors.md': page(() => 'This means something.') } });
  calls();
  await tell(pull.event('opened'));
  expect(calls().filter((call) => call === 'checks/update')).toHaveLength(3);
  const [run, ...others] = runsOf(docs, pull.headSha);
  expect(others).toEqual([]);
  expect(run).toMatchObject({ status: 'completed', conclusion: 'failure' });
  expect(new Set(run?.annotations.map(({ start_line }) => start_line)).size).toBe(120);
  expect(run?.annotations).toHaveLength(120);
  const texts = [run?.output.summary, run?.output.text, commentsOf(pull)[0]?.body];
  for (const text of texts) expect(Buffer.byteLength(text ?? '')).toBeLessThanOrEqual(60_000);
  expect(Math.max(...texts.map((text) => Buffer.byteLength(text ?? '')))).toBeGreaterThan(10_000);
  expect(commentsOf(pull)[0]?.body).toMatch(/more scenarios|left out|not shown/);

  await tell(docs.checkRunEvent(run!, 'rerequested'));
  expect(runsOf(docs, pull.headSha).map(({ annotations }) => annotations.length)).toEqual([120, 120]);
  expect(github.takeViolations()).toEqual([]);
});
