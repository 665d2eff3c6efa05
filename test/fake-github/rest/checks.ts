import { annotationsJson, checkRunJson } from '../represent-review.ts';
import type { Annotation, App, CheckRun, Repository, World } from '../state.ts';
import { resolveCommit, suiteId, timestamp } from '../world.ts';
import { type Call, GitHubError, type Handler, notFound, page, repositoryOf, unprocessable } from './call.ts';

/** The body of creating and updating, as the contract lets it through. */
export interface CheckRunBody {
  name?: string;
  head_sha?: string;
  status?: string;
  conclusion?: string;
  external_id?: string;
  details_url?: string;
  started_at?: string;
  completed_at?: string;
  output?: { title?: string; summary?: string; text?: string; annotations?: Annotation[] };
  actions?: CheckRun['actions'];
}

/** Always a new run, also for the same name, commit and external id: GitHub takes no key from any of them. */
export function createCheckRun(world: World, repository: Repository, app: App, body: CheckRunBody): CheckRun {
  const sha = body.head_sha ?? '';
  if (!repository.git.commits.has(sha)) throw unprocessable(`No commit found for SHA: ${sha}`);
  const run: CheckRun = {
    id: 40_000_000_000 + world.next(),
    suiteId: suiteId(world, repository, app, sha),
    app,
    name: body.name ?? '',
    headSha: sha,
    status: 'queued',
    conclusion: null,
    externalId: '',
    detailsUrl: null,
    startedAt: timestamp(world),
    completedAt: null,
    output: { title: null, summary: null, text: null },
    annotations: [],
    actions: [],
  };
  updateCheckRun(world, run, body);
  repository.checkRuns.push(run);
  return run;
}

export function updateCheckRun(world: World, run: CheckRun, body: CheckRunBody): void {
  const status = body.conclusion ? 'completed' : (body.status ?? run.status);
  if (run.status === 'completed' && status !== 'completed') {
    // Several apps saw this (mergify#1989, lyft/atlantis#265): a new result needs a new run.
    throw unprocessable(`A completed check run cannot become ${status}`);
  }
  run.status = status;
  run.conclusion = body.conclusion ?? run.conclusion;
  run.name = body.name ?? run.name;
  run.externalId = body.external_id ?? run.externalId;
  run.detailsUrl = body.details_url ?? run.detailsUrl;
  run.startedAt = body.started_at ?? run.startedAt;
  const completedAt = status === 'completed' ? (run.completedAt ?? timestamp(world)) : null;
  run.completedAt = body.completed_at ?? completedAt;
  const { annotations = [], ...output } = body.output ?? {};
  run.output = { ...run.output, ...output };
  run.annotations.push(...annotations.map((one) => pickAnnotation(one)));
  run.actions = body.actions ?? run.actions;
}

function pickAnnotation(annotation: Annotation): Annotation {
  const { path, start_line, end_line, annotation_level, message, ...rest } = annotation;
  return { path, start_line, end_line, ...rest, annotation_level, message };
}

function runOf(call: Call): { repository: Repository; run: CheckRun } {
  const repository = repositoryOf(call);
  const run = repository.checkRuns.find((one) => one.id === Number(call.params.check_run_id));
  if (!run) throw notFound();
  return { repository, run };
}

/** The newest run of each app and name, as branch protection counts them. */
export function latest(runs: readonly CheckRun[]): CheckRun[] {
  return [...new Map(runs.map((run) => [`${run.app.id} ${run.name}`, run])).values()];
}

const list: Handler = (call) => {
  const { world, query } = call;
  const repository = repositoryOf(call);
  const sha = resolveCommit(world, repository, call.params.ref ?? '');
  if (!sha) throw unprocessable(`No commit found for SHA: ${call.params.ref}`);
  const [name, app, status] = [query.get('check_name'), query.get('app_id'), query.get('status')];
  const matching = repository.checkRuns.filter(
    (run) =>
      run.headSha === sha &&
      (name === null || run.name === name) &&
      (app === null || run.app.id === Number(app)) &&
      (status === null || run.status === status),
  );
  const runs = (query.get('filter') === 'all' ? matching : latest(matching)).toReversed();
  const answer = page(call, runs, (run) => checkRunJson(world, repository, run));
  return { ...answer, body: { total_count: runs.length, check_runs: answer.body } };
};

export const checks: Record<string, Handler> = {
  'checks/create': (call) => {
    const repository = repositoryOf(call);
    const run = createCheckRun(call.world, repository, call.world.app, call.body as CheckRunBody);
    return { status: 201, body: checkRunJson(call.world, repository, run) };
  },
  'checks/get': (call) => {
    const { repository, run } = runOf(call);
    return { status: 200, body: checkRunJson(call.world, repository, run) };
  },
  'checks/update': (call) => {
    const { repository, run } = runOf(call);
    if (run.app !== call.world.app) {
      throw new GitHubError(
        403,
        `Invalid app_id \`${call.world.app.id}\` - check run can only be modified by the GitHub App that created it.`,
      );
    }
    updateCheckRun(call.world, run, call.body as CheckRunBody);
    return { status: 200, body: checkRunJson(call.world, repository, run) };
  },
  'checks/list-annotations': (call) => {
    const { repository, run } = runOf(call);
    return page(call, annotationsJson(repository, run), (one) => one);
  },
  'checks/list-for-ref': list,
};
