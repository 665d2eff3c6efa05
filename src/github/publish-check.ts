import type { Annotation } from '../report/check-annotations.ts';
import { CHECK_NAME, type CheckRun } from '../report/check-run.ts';
import { brokeDown } from './failure.ts';
import { type Occasion, timestamp } from './occasion.ts';
import { named, type Repository } from './repository.ts';

/** What a check run is about. */
export interface CheckTarget {
  repo: Repository;
  /** The commit that is judged. */
  head: string;
  /** `pr:12`, `pr:12,13` or `mg:refs/heads/…`: by this a button's event finds back, which names no pull request of a fork. */
  externalId: string;
  /** Where people read more. */
  detailsUrl: string | null;
}

/** A check run of ours that is in progress. */
export interface OpenCheck extends CheckTarget {
  id: number;
}

/**
 * Says that a commit is being judged. A completed run cannot be opened again, so each attempt makes a new one, and
 * GitHub counts the newest. Where GitHub broke down it looks first whether the run exists by now.
 */
export async function startCheck(target: CheckTarget, occasion: Occasion): Promise<OpenCheck> {
  const left = occasion.recovering ? await findOpenCheck(target, occasion) : null;
  if (left !== null) return { ...target, id: left };
  try {
    return { ...target, id: await createCheck(target, occasion) };
  } catch (error) {
    if (!brokeDown(error)) throw error;
    return { ...target, id: (await findOpenCheck(target, occasion)) ?? (await createCheck(target, occasion)) };
  }
}

async function createCheck(target: CheckTarget, occasion: Occasion): Promise<number> {
  const { data } = await occasion.github.write.rest.checks.create({
    ...named(target.repo),
    name: CHECK_NAME,
    head_sha: target.head,
    external_id: target.externalId,
    status: 'in_progress',
    started_at: timestamp(occasion),
    ...detailsOf(target),
    output: {
      title: 'Judging the docs…',
      summary: 'Signpost is reading what this change does to the signs in the docs.',
    },
  });
  return data.id;
}

async function findOpenCheck({ repo, head, externalId }: CheckTarget, { github }: Occasion): Promise<number | null> {
  const { data } = await github.read.rest.checks.listForRef({
    ...named(repo),
    ref: head,
    check_name: CHECK_NAME,
    app_id: github.app.id,
    status: 'in_progress',
    filter: 'all',
    per_page: 100,
  });
  const ours = data.check_runs.filter(
    ({ app, external_id }) => app?.id === github.app.id && external_id === externalId,
  );
  return ours.length === 0 ? null : Math.max(...ours.map(({ id }) => id));
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
  await occasion.github.write.rest.checks.update({
    ...named(check.repo),
    check_run_id: check.id,
    output,
    ...(last ? verdict : {}),
  });
}

function detailsOf({ detailsUrl }: CheckTarget): { details_url?: string } {
  return detailsUrl === null ? {} : { details_url: detailsUrl };
}
