import { expect, it } from 'vitest';
import { completeCheck, type OpenCheck, startCheck } from '../../src/github/publish-check.ts';
import type { Annotation, CheckRun } from '../../src/report/comment/check-run.ts';
import { type Scene, setScene } from './signpost-on-github.ts';

function annotation(line: number): Annotation {
  return {
    path: 'docs/security.md',
    start_line: line,
    end_line: line,
    annotation_level: 'warning',
    title: 'title',
    message: `line ${line}`,
    raw_details: 'details',
  };
}

function run(annotations: number): CheckRun {
  const pages: Annotation[][] = [];
  for (let at = 0; at < annotations; at += 50)
    pages.push(Array.from({ length: Math.min(50, annotations - at) }, (_, i) => annotation(at + i + 1)));
  return { conclusion: 'failure', title: 'Title', summary: 'Summary', text: 'Text', annotations: pages, actions: [] };
}

function target(scene: Scene) {
  return {
    repo: scene.repo,
    head: scene.docs.defaultBranchSha,
    externalId: 'pr:1',
    detailsUrl: 'https://example.com/1',
  };
}

/** A run that is in progress, whether new or taken over. */
async function start(scene: Scene, more: Partial<Scene['context']> = {}): Promise<OpenCheck> {
  const check = await startCheck(target(scene), { ...scene.context, ...more });
  if ('conclusion' in check) throw new Error('a verdict stands already');
  return check;
}

const runsOf = (scene: Scene) => scene.docs.checkRunsFor(scene.docs.defaultBranchSha);
const updates = (scene: Scene) => scene.fake.calls('checks/update').length;

it('is in progress at once, and completed with what the review says', async () => {
  const scene = setScene();
  const check = await start(scene);
  expect(runsOf(scene)).toMatchObject([
    { name: 'Signpost', status: 'in_progress', externalId: 'pr:1', conclusion: null },
  ]);
  await completeCheck(check, run(0), scene.context);
  expect(runsOf(scene)).toMatchObject([
    { status: 'completed', conclusion: 'failure', output: { title: 'Title', summary: 'Summary', text: 'Text' } },
  ]);
  expect(scene.fake.takeViolations()).toEqual([]);
});

it('adds annotations fifty a request and gives the verdict with the last', async () => {
  const scene = setScene();
  const check = await start(scene);
  await completeCheck(check, run(120), scene.context);
  expect(runsOf(scene)[0]?.annotations.map(({ message }) => message)).toEqual(
    Array.from({ length: 120 }, (_, at) => `line ${at + 1}`),
  );
  expect(scene.fake.calls('checks/update').map(({ body }) => (body as { status?: string }).status)).toEqual([
    undefined,
    undefined,
    'completed',
  ]);
});

it.each(['response-lost', 'reset'] as const)('makes one run and annotates once whatever happens: %s', async (kind) => {
  const scene = setScene();
  scene.fake.faults.add('checks/create', { kind });
  scene.fake.faults.add('checks/update', { kind }, { from: 1 });
  scene.fake.faults.add('checks/update', { kind }, { from: 3 });
  const check = await start(scene);
  await completeCheck(check, run(60), scene.context);
  expect(runsOf(scene)).toHaveLength(1);
  expect(runsOf(scene)[0]).toMatchObject({ status: 'completed', conclusion: 'failure' });
  expect(runsOf(scene)[0]?.annotations).toHaveLength(60);
});

it('does not annotate twice where only the verdict was lost', async () => {
  const scene = setScene();
  const check = await start(scene);
  scene.fake.faults.add('checks/update', { kind: 'response-lost' });
  await completeCheck(check, run(10), scene.context);
  expect([updates(scene), runsOf(scene)[0]?.annotations.length]).toEqual([1, 10]);
});

it('takes over the run that an earlier attempt left in progress, but only its own', async () => {
  const scene = setScene();
  const left = await start(scene);
  await startCheck({ ...target(scene), externalId: 'pr:2' }, scene.context);
  scene.docs.otherAppCheckRun('rival', {
    name: 'Signpost',
    head_sha: scene.docs.defaultBranchSha,
    external_id: 'pr:1',
  });
  const again = await start(scene, { recovering: true });
  expect(again.id).toBe(left.id);
  await completeCheck(again, run(0), scene.context);
  const fresh = await start(scene, { recovering: true });
  expect(fresh.id).not.toBe(left.id);
});

it('is the answer already where an attempt that was cut off had given it', async () => {
  const scene = setScene();
  const began = scene.context.now();
  const since = (answeredSince: number | undefined) =>
    startCheck(target(scene), { ...scene.context, recovering: true, answeredSince });
  await completeCheck(await start(scene), run(0), scene.context);
  expect(await since(began)).toEqual({ conclusion: 'failure' });
  expect(await since(0)).toEqual({ conclusion: 'failure' });
  expect(runsOf(scene)).toHaveLength(1);
  expect(await since(began + 60_000)).toMatchObject({ externalId: 'pr:1' });
  expect(runsOf(scene)).toHaveLength(2);
});

it.each([
  ['about other pull requests', 'pr:1,2', 'success'],
  ['that was not judged', 'pr:1', 'action_required'],
] as const)('is no answer where its newest run is one %s', async (_, externalId, conclusion) => {
  const scene = setScene();
  await completeCheck({ ...(await start(scene)), externalId }, { ...run(0), conclusion }, scene.context);
  const again = { ...scene.context, recovering: true, answeredSince: 0 };
  expect(await startCheck({ ...target(scene), about: [1] }, again)).toHaveProperty('id');
});

it('writes nothing where another process may have taken the job over', async () => {
  const scene = setScene();
  const check = await start(scene);
  const lost = { ...scene.context, isLost: () => true };
  await expect(startCheck(target(scene), lost)).rejects.toThrow('taken the job over');
  await expect(completeCheck(check, run(0), lost)).rejects.toThrow('taken the job over');
  expect(runsOf(scene).map(({ status }) => status)).toEqual(['in_progress']);
});

it('passes on what GitHub refuses', async () => {
  const scene = setScene();
  await expect(startCheck({ ...target(scene), head: 'f'.repeat(40) }, scene.context)).rejects.toMatchObject({
    status: 422,
  });
  expect(scene.fake.calls('checks/create')).toHaveLength(1);
});
