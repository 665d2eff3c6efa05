/** Limits that GitHub enforces but its OpenAPI leaves out, or states in another unit. Each names where it was seen. */

interface Annotation {
  start_line?: number;
  end_line?: number;
  start_column?: number;
  end_column?: number;
  title?: string;
  message?: string;
  raw_details?: string;
}
interface CheckRunBody {
  name?: string;
  status?: string;
  conclusion?: string;
  details_url?: string;
  output?: { summary?: string; text?: string; annotations?: Annotation[] };
}

/** "summary exceeds a maximum bytesize of 65535" (github/docs#35252); the OpenAPI says characters. */
const OUTPUT_BYTES = 65_535;
/** "The maximum size is 64 KB", in the description of annotations. */
const ANNOTATION_BYTES = 64 * 1024;
const ANNOTATION_TITLE = 255;
/** "body is too long (maximum is 65536 characters)" (peter-evans/create-or-update-comment#182). */
export const COMMENT_CHARACTERS = 65_536;
const PER_PAGE = 100;

const bytes = (text: unknown): number => (typeof text === 'string' ? Buffer.byteLength(text) : 0);
const characters = (text: unknown): number => (typeof text === 'string' ? [...text].length : 0);

/** Problems of a request whose method, path and body already have the right shape (or not; then this says less). */
export function beyondTheSchema(operationId: string, query: URLSearchParams, body: unknown): string[] {
  const problems = pageProblems(query);
  if (typeof body !== 'object' || body === null) return problems;
  if (operationId === 'checks/create' || operationId === 'checks/update') {
    problems.push(...checkRunProblems(body as CheckRunBody, operationId === 'checks/create'));
  }
  if (operationId === 'issues/create-comment' || operationId === 'issues/update-comment') {
    problems.push(...commentProblems((body as { body?: unknown }).body));
  }
  return problems;
}

function pageProblems(query: URLSearchParams): string[] {
  const problems: string[] = [];
  if (Number(query.get('per_page') ?? 1) > PER_PAGE) problems.push(`query per_page: more than ${PER_PAGE}`);
  if (Number(query.get('per_page') ?? 1) < 1) problems.push('query per_page: less than 1');
  if (Number(query.get('page') ?? 1) < 1) problems.push('query page: less than 1');
  return problems;
}

export function commentProblems(text: unknown): string[] {
  if (typeof text === 'string' && text.trim() === '') return ['body /body is blank'];
  return characters(text) > COMMENT_CHARACTERS ? [`body /body: more than ${COMMENT_CHARACTERS} characters`] : [];
}

function checkRunProblems(run: CheckRunBody, created: boolean): string[] {
  const problems: string[] = [];
  // The schema says so for updates only.
  if (created && run.status === 'completed' && !run.conclusion) problems.push('body: completed needs a conclusion');
  if (run.conclusion && run.status && run.status !== 'completed') {
    problems.push(`body: a conclusion sets completed, not ${run.status}`);
  }
  if (run.conclusion === 'stale') problems.push('body /conclusion: only GitHub sets stale');
  if (run.name === '') problems.push('body /name is blank');
  if (run.details_url !== undefined && !/^https?:\/\//.test(run.details_url)) {
    problems.push('body /details_url: must use http or https');
  }
  for (const key of ['summary', 'text'] as const) {
    if (bytes(run.output?.[key]) > OUTPUT_BYTES) problems.push(`body /output/${key}: more than ${OUTPUT_BYTES} bytes`);
  }
  const annotations = Array.isArray(run.output?.annotations) ? run.output.annotations : [];
  return [...problems, ...annotations.flatMap((one, at) => annotationProblems(one, `body /output/annotations/${at}`))];
}

function annotationProblems(annotation: Annotation, at: string): string[] {
  const problems: string[] = [];
  const { start_line: start = 1, end_line: end = start, start_column: from, end_column: to } = annotation;
  if (start < 1 || end < start) problems.push(`${at}: lines ${start} to ${end}`);
  if (start !== end && (from !== undefined || to !== undefined)) problems.push(`${at}: columns need a single line`);
  if (from !== undefined && to !== undefined && to < from) problems.push(`${at}: columns ${from} to ${to}`);
  if (characters(annotation.title) > ANNOTATION_TITLE) problems.push(`${at}/title: more than ${ANNOTATION_TITLE}`);
  for (const key of ['message', 'raw_details'] as const) {
    if (bytes(annotation[key]) > ANNOTATION_BYTES) problems.push(`${at}/${key}: more than 64 KB`);
  }
  return problems;
}
