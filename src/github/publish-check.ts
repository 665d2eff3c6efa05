import type { Annotation } from '../report/comment/check-run.ts';
import { CHECK_NAME, type CheckRun } from '../report/comment/check-run.ts';
import { pullsIn } from './check-subjects.ts';
import { brokeDown } from './failure.ts';
import { type Occasion, timestamp } from './occasion.ts';
import { named, type Repository } from './repository.ts';
import { write } from './superseded.ts';

/** What a check run is about. */
export interface CheckTarget {
  repo: Repository;
  /** The commit that is judged. */
  head: string;
  /** `pr:12`, `pr:12,13` or `mg:refs/heads/…`: by this a button's event finds back, which names no pull request of a fork. */
  externalId: string;
  /** Where people read more. */
  detailsUrl: string | null;
  /** Pull requests that a run has to be about to be the answer; none where `externalId` alone says it. */
  about?: readonly number[];
}

/** A check run of ours that is in progress. */
export interface OpenCheck extends CheckTarget {
  id: number;
}

/** A verdict of ours that stands already. */
export interface StandingCheck {
  conclusion: 'success' | 'failure';
}

/**
 * Says that a commit is being judged. A completed run cannot be opened again, so each attempt makes a new one, and
 * GitHub counts the newest. Where GitHub broke down it looks first whether the run exists by now.
 */
export async function startCheck(target: CheckTarget, occasion: Occasion): Promise<OpenCheck | StandingCheck> {
  const left = occasion.recovering ? await findLeft(target, occasion) : null;
  if (left !== null) return left;
  try {
    return await createCheck(target, occasion);
  } catch (error) {
    if (!brokeDown(error)) throw error;
    return (await findOpenCheck(target, occasion)) ?? createCheck(target, occasion);
  }
}

/** Makes a run in progress. Not repeated by itself. */
export async function createCheck(target: CheckTarget, occasion: Occasion): Promise<OpenCheck> {
  const run = {
    ...named(target.repo),
    name: CHECK_NAME,
    head_sha: target.head,
    external_id: target.externalId,
    status: 'in_progress' as const,
    started_at: timestamp(occasion),
    ...detailsOf(target),
    output: {
      title: 'Judging the docs…',
      summary: 'Signpost is reading what this change does to the signs in the docs.',
    },
  };
  const { data } = await write(occasion, () => occasion.github.write.rest.checks.create(run));
  return { ...target, id: data.id };
}

async function findOpenCheck(target: CheckTarget, occasion: Occasion): Promise<OpenCheck | null> {
  return openAmong(await ourRuns(target, occasion, { status: 'in_progress' }), target);
}

/** What an earlier attempt left: a run to go on with, or a verdict. */
async function findLeft(target: CheckTarget, occasion: Occasion): Promise<OpenCheck | StandingCheck | null> {
  if (occasion.answeredSince === undefined) return findOpenCheck(target, occasion);
  const runs = await ourRuns(target, occasion);
  const open = openAmong(runs, target);
  const [newest] = runs;
  if (open !== null || newest === undefined) return open;
  const { conclusion } = newest;
  const isLasting = conclusion === 'success' || conclusion === 'failure';
  // GitHub keeps whole seconds, so that a verdict from before can seem to be one.
  const isNew = Date.parse(newest.started_at ?? '') >= Math.floor(occasion.answeredSince / 1_000) * 1_000;
  return isLasting && isNew && answersFor(newest.external_id, target) ? { conclusion } : null;
}

function answersFor(externalId: string | null, { externalId: own, about = [] }: CheckTarget): boolean {
  if (about.length === 0) return externalId === own;
  const told = pullsIn(externalId);
  return told.length === about.length && about.every((number) => told.includes(number));
}

type OurRun = Awaited<ReturnType<Occasion['github']['read']['rest']['checks']['listForRef']>>['data']['check_runs'][0];

/** Newest first. */
async function ourRuns(
  { repo, head }: CheckTarget,
  { github }: Occasion,
  only: { status?: 'in_progress' } = {},
): Promise<OurRun[]> {
  const { data } = await github.read.rest.checks.listForRef({
    ...named(repo),
    ref: head,
    check_name: CHECK_NAME,
    app_id: github.app.id,
    ...only,
    filter: 'all',
    per_page: 100,
  });
  return data.check_runs.filter(({ app }) => app?.id === github.app.id).sort((a, b) => b.id - a.id);
}

function openAmong(runs: readonly OurRun[], target: CheckTarget): OpenCheck | null {
  const open = runs.find(({ status, external_id }) => status !== 'completed' && external_id === target.externalId);
  return open === undefined ? null : { ...target, id: open.id };
}

/** Completes a run: annotations first, 50 a request and each request adding to those before, the verdict with the last. */
export async function completeCheck(check: OpenCheck, run: CheckRun, occasion: Occasion): Promise<void> {
  const pages = run.annotations.length > 0 ? run.annotations : [[]];
  let told = 0;
  for (const [at, annotations] of pages.entries()) {
    told += annotations.length;
    const last = at === pages.length - 1;
    await update(check, { run, annotations, told, last }, occasion);
  }
}

interface Update {
  run: CheckRun;
  annotations: Annotation[];
  /** How many annotations the run has after this. */
  told: number;
  last: boolean;
}

/** Repeats an update that broke down only where GitHub has not done it: it would annotate twice. */
async function update(check: OpenCheck, change: Update, occasion: Occasion): Promise<void> {
  try {
    await send(check, change, occasion);
  } catch (error) {
    if (!brokeDown(error)) throw error;
    const { data } = await occasion.github.read.rest.checks.get({ ...named(check.repo), check_run_id: check.id });
    const annotated = data.output.annotations_count >= change.told;
    if (annotated && (!change.last || data.status === 'completed')) return;
    await send(check, annotated ? { ...change, annotations: [] } : change, occasion);
  }
}

async function send(check: OpenCheck, { run, annotations, last }: Update, occasion: Occasion): Promise<void> {
  const { title, summary, text, conclusion, actions } = run;
  const output = {
    title,
    summary,
    ...(text === '' ? {} : { text }),
    ...(annotations.length > 0 ? { annotations } : {}),
  };
  const verdict = {
    status: 'completed' as const,
    conclusion,
    completed_at: timestamp(occasion),
    external_id: check.externalId,
    ...detailsOf(check),
    actions,
  };
  const about = { ...named(check.repo), check_run_id: check.id };
  await write(occasion, () => occasion.github.write.rest.checks.update({ ...about, output, ...(last ? verdict : {}) }));
}

function detailsOf({ detailsUrl }: CheckTarget): { details_url?: string } {
  return detailsUrl === null ? {} : { details_url: detailsUrl };
}
