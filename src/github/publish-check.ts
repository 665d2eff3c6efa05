import type { Annotation } from '../report/comment/check-run.ts';
import { CHECK_NAME, type CheckRun } from '../report/comment/check-run.ts';
import { isLasting, type OurCheckRun, ourCheckRuns, pullsIn } from './check-runs.ts';
import { brokeDown } from './failure.ts';
import { type GitHubContext, timestamp, write } from './github-context.ts';
import { named, type Repository } from './repository.ts';

/** What a check run is about. */
export interface CheckTarget {
  repo: Repository;
  /** The commit that is judged. */
  head: string;
  /** `pr:12`, `pr:12,13` or `mg:refs/heads/…`: events of buttons carry it, but name no pull request of a fork. */
  externalId: string;
  /** Where people read more. */
  detailsUrl: string | null;
  /** The pull requests that an earlier run must be about to count; the same external id unless given. */
  about?: readonly number[];
}

/** A check run of ours that is in progress. */
export interface OpenCheck extends CheckTarget {
  id: number;
}

/** A completed run of ours that tells a verdict. */
type StandingCheck = Pick<OurCheckRun, 'conclusion'>;

/**
 * Shows that a commit is being judged. A completed run cannot be opened again, so each attempt makes a new one, and
 * GitHub counts the newest. Where GitHub broke down, it looks first whether the run was made all the same.
 */
export async function startCheck(target: CheckTarget, context: GitHubContext): Promise<OpenCheck | StandingCheck> {
  const left = context.recovering ? await findLeft(target, context) : null;
  if (left !== null) return left;
  try {
    return await createCheck(target, context);
  } catch (error) {
    if (!brokeDown(error)) throw error;
    return (await findOpenCheck(target, context)) ?? createCheck(target, context);
  }
}

/** Makes a run in progress. Not repeated by itself. */
export async function createCheck(target: CheckTarget, context: GitHubContext): Promise<OpenCheck> {
  const run = {
    ...named(target.repo),
    name: CHECK_NAME,
    head_sha: target.head,
    external_id: target.externalId,
    status: 'in_progress' as const,
    started_at: timestamp(context),
    details_url: target.detailsUrl ?? undefined,
    output: {
      title: 'Judging the docs…',
      summary: 'Signpost is reading what this change does to the signs in the docs.',
    },
  };
  const { data } = await write(context, () => context.github.write.rest.checks.create(run));
  return { ...target, id: data.id };
}

async function findOpenCheck(target: CheckTarget, { github }: GitHubContext): Promise<OpenCheck | null> {
  return openAmong(await ourCheckRuns(github, target, { status: 'in_progress' }), target);
}

/** What an earlier attempt left: a run to go on with, or a verdict. */
async function findLeft(target: CheckTarget, context: GitHubContext): Promise<OpenCheck | StandingCheck | null> {
  if (context.answeredSince === undefined) return findOpenCheck(target, context);
  const runs = await ourCheckRuns(context.github, target);
  const open = openAmong(runs, target);
  const [newest] = runs;
  if (open !== null || newest === undefined) return open;
  // GitHub keeps whole seconds, so that a verdict from before can seem to be one.
  const isNew = Date.parse(newest.started_at ?? '') >= Math.floor(context.answeredSince / 1_000) * 1_000;
  if (!isNew || !isLasting(newest) || !answersFor(newest.external_id, target)) return null;
  return { conclusion: newest.conclusion };
}

function answersFor(externalId: string | null, { externalId: own, about = [] }: CheckTarget): boolean {
  if (about.length === 0) return externalId === own;
  const told = pullsIn(externalId);
  return told.length === about.length && about.every((number) => told.includes(number));
}

function openAmong(runs: readonly OurCheckRun[], target: CheckTarget): OpenCheck | null {
  const open = runs.find(({ status, external_id }) => status !== 'completed' && external_id === target.externalId);
  return open === undefined ? null : { ...target, id: open.id };
}

/** Completes a run. Each request adds up to 50 annotations; the last one brings the verdict. */
export async function completeCheck(check: OpenCheck, run: CheckRun, context: GitHubContext): Promise<void> {
  const pages = run.annotations.length > 0 ? run.annotations : [[]];
  let told = 0;
  for (const [at, annotations] of pages.entries()) {
    told += annotations.length;
    const last = at === pages.length - 1;
    await update(check, { run, annotations, told, last }, context);
  }
}

interface Update {
  run: CheckRun;
  annotations: Annotation[];
  /** How many annotations the run has after this. */
  told: number;
  last: boolean;
}

/** Repeats a failed update only where GitHub has not carried it out: it would add the annotations twice. */
async function update(check: OpenCheck, change: Update, context: GitHubContext): Promise<void> {
  try {
    await send(check, change, context);
  } catch (error) {
    if (!brokeDown(error)) throw error;
    const { data } = await context.github.read.rest.checks.get({ ...named(check.repo), check_run_id: check.id });
    const annotated = data.output.annotations_count >= change.told;
    if (annotated && (!change.last || data.status === 'completed')) return;
    await send(check, annotated ? { ...change, annotations: [] } : change, context);
  }
}

async function send(check: OpenCheck, { run, annotations, last }: Update, context: GitHubContext): Promise<void> {
  const { title, summary, text, conclusion, actions } = run;
  const output = { title, summary, ...(text !== '' && { text }), ...(annotations.length > 0 && { annotations }) };
  const verdict = {
    status: 'completed' as const,
    conclusion,
    completed_at: timestamp(context),
    external_id: check.externalId,
    details_url: check.detailsUrl ?? undefined,
    actions,
  };
  const about = { ...named(check.repo), check_run_id: check.id };
  await write(context, () => context.github.write.rest.checks.update({ ...about, output, ...(last ? verdict : {}) }));
}
