import { createHash, randomBytes } from 'node:crypto';
import { authenticate, authorize } from './authentication.ts';
import type { CheckedRequest, Contract } from './contract.ts';
import { type Fault, type Faults, spoil } from './faults.ts';
import { executeGraphql, graphqlOperation } from './graphql-execute.ts';
import { type RateLimits, type Resource, secondaryLimit } from './rate-limits.ts';
import { apps } from './rest/apps.ts';
import { type Answer, type Call, GitHubError, type Handler, type Viewer } from './rest/call.ts';
import { checks } from './rest/checks.ts';
import { comments } from './rest/comments.ts';
import { getContent } from './rest/contents.ts';
import { gitData } from './rest/git.ts';
import { pulls } from './rest/pulls.ts';
import { repositories } from './rest/repositories.ts';
import type { Delivery, World } from './state.ts';

export interface PlainRequest {
  method: string;
  /** Path and query as sent. */
  target: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  body?: string;
}
export interface PlainResponse {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}
/** 'reset' breaks the connection, 'hang' leaves it open without an answer. */
export type Outcome = PlainResponse | 'reset' | 'hang';

export interface RecordedRequest {
  /** When it arrived, in milliseconds since the epoch. */
  at: number;
  /** `graphql` for a query, `graphql/add-comment` and the like for a mutation; undefined for what GitHub has no operation for. */
  operationId: string | undefined;
  method: string;
  target: string;
  body: unknown;
  headers: Record<string, string>;
  /** The answer's status, also when it was lost; 0 when GitHub did nothing. */
  status: number;
  milliseconds: number;
  installationId: number | undefined;
  fault: Fault | undefined;
}

export interface GitHubParts {
  world: World;
  contract: Contract;
  faults: Faults;
  limits: RateLimits;
  requests: RecordedRequest[];
  /** What the app did that GitHub's description does not allow, and what the fake answered so; tests expect none. */
  violations: string[];
  redeliver(delivery: Delivery): void;
  /** Milliseconds. */
  latencyOf(operationId: string): number;
}

export const handlers: Record<string, Handler> = {
  ...apps,
  ...checks,
  ...comments,
  ...gitData,
  ...pulls,
  ...repositories,
  'repos/get-content': getContent,
};

/** One request from arrival to answer: record, contract, fault, authentication, limits, handler, contract again. */
export async function answerRequest(github: GitHubParts, request: PlainRequest): Promise<Outcome> {
  const started = performance.now();
  const graphql = request.method === 'POST' && /^(?:\/api)?\/graphql$/.test(request.target);
  const body = readBody(request);
  const checked = graphql ? graphqlRequest() : github.contract.checkRequest({ ...request, body });
  const operationId = graphql ? graphqlOperation(body) : checked.operation?.id;
  const fault = github.faults.take(operationId ?? request.target);
  const { method, target, headers } = request;
  const record: RecordedRequest = {
    at: Date.now(),
    operationId,
    method,
    target,
    body,
    headers,
    status: 0,
    milliseconds: 0,
    installationId: undefined,
    fault,
  };
  github.requests.push(record);
  if (fault?.kind === 'reset' || fault?.kind === 'hang') return fault.kind;
  const latency = github.latencyOf(operationId ?? '');
  if (latency > 0) await new Promise((resolve) => setTimeout(resolve, latency));
  if (fault?.kind === 'delay') await new Promise((resolve) => setTimeout(resolve, fault.milliseconds));
  const response = respond(github, request, checked, record);
  record.status = response.status;
  record.milliseconds = performance.now() - started;
  return fault?.kind === 'response-lost' ? 'reset' : response;
}

const isGraphql = (operationId: string | undefined): boolean => /^graphql(?:\/|$)/.test(operationId ?? '');
const graphqlRequest = (): CheckedRequest => ({ params: {}, query: new URLSearchParams(), problems: [] });

function readBody({ body }: PlainRequest): unknown {
  if (body === undefined || body === '') return undefined;
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return Symbol('not JSON');
  }
}

function respond(
  github: GitHubParts,
  request: PlainRequest,
  checked: CheckedRequest,
  record: RecordedRequest,
): PlainResponse {
  const { world, limits } = github;
  const { operationId, fault, body } = record;
  const resource: Resource = isGraphql(operationId) ? 'graphql' : 'core';
  let viewer: Viewer = { kind: 'app' };
  let answer: Answer;
  try {
    throwFault(fault);
    checkAllowed(github, request, checked, body);
    if (operationId === undefined) throw new GitHubError(404, 'Not Found');
    viewer = authenticate(world, operationId, request.headers.authorization);
    if (viewer.kind === 'installation') record.installationId = viewer.token.installation.id;
    if (operationId !== 'rate-limit/get') limits.take(viewer, resource, pointsOf(request, operationId), operationId);
    if (!isGraphql(operationId)) authorize(viewer, operationId);
    const { params, query } = checked;
    const { headers, target } = request;
    const afterwards = fault?.kind === 'meanwhile' ? fault.happens : undefined;
    const call = { world, viewer, params, query, body, headers, target, redeliver: github.redeliver, afterwards };
    answer = isGraphql(operationId) ? answerGraphql(github, call, fault) : (handlers[operationId] as Handler)(call);
    answer = { ...answer, body: spoil(fault, answer.body) };
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    answer = errorAnswer(error);
  }
  if (operationId !== undefined && !isGraphql(operationId) && !Buffer.isBuffer(answer.body)) {
    github.violations.push(
      ...github.contract.checkResponse(operationId, answer.status, answer.body).map((text) => `answer: ${text}`),
    );
  }
  const response = written(request, answer);
  if (response.status === 304) limits.giveBack(viewer, resource);
  Object.assign(response.headers, limits.headers(viewer, resource));
  return response;
}

function throwFault(fault: Fault | undefined): void {
  if (fault?.kind === 'status') throw new GitHubError(fault.status, fault.message ?? `Injected ${fault.status}`);
  if (fault?.kind === 'secondary-limit') throw secondaryLimit(fault.status, fault.retryAfter);
}

/** Versions that GitHub serves; any other is refused (its page on API versions). */
const VERSIONS = ['2022-11-28', '2026-03-10'];

function checkAllowed(
  github: GitHubParts,
  { method, target, headers }: PlainRequest,
  checked: CheckedRequest,
  body: unknown,
): void {
  const refuse = (status: number, message: string, problems: string[]): never => {
    github.violations.push(...problems.map((text) => `${method} ${target}: ${text}`));
    throw new GitHubError(status, message, { errors: problems });
  };
  if (!headers['user-agent']) refuse(403, 'Request forbidden by administrative rules.', ['no User-Agent']);
  const version = headers['x-github-api-version'];
  if (version !== undefined && !VERSIONS.includes(version))
    refuse(400, 'unsupported version', [`API version ${version}`]);
  if (typeof body === 'symbol') refuse(400, 'Problems parsing JSON', ['the body is not JSON']);
  if (checked.problems.length > 0) refuse(checked.operation ? 422 : 404, 'Invalid request.', checked.problems);
}

/** "GET 1 point, writes 5; a query 1, a mutation 5", on GitHub's page on rate limits. */
const pointsOf = ({ method }: PlainRequest, operationId: string): number =>
  method === 'GET' || operationId === 'graphql' ? 1 : 5;

function answerGraphql(github: GitHubParts, call: Call, fault: Fault | undefined): Answer {
  if (fault?.kind === 'graphql-refusal') {
    const { type, message } = fault;
    return { status: 200, body: { data: null, errors: [{ type, message }] } };
  }
  const { result, problems } = executeGraphql(call);
  github.violations.push(...problems.map((text) => `graphql: ${text}`));
  return { status: 200, body: result };
}

function errorAnswer({ status, message, headers, errors }: GitHubError): Answer {
  const documentation = 'https://docs.github.com/rest';
  const body = { message, ...(errors && { errors }), documentation_url: documentation, status: String(status) };
  return { status, headers, body };
}

function written({ method, headers }: PlainRequest, { status, headers: own = {}, body }: Answer): PlainResponse {
  const raw = Buffer.isBuffer(body);
  const bytes = raw ? body : Buffer.from(body === undefined ? '' : JSON.stringify(body));
  const type = raw ? 'application/vnd.github.raw+json; charset=utf-8' : 'application/json; charset=utf-8';
  const etag = `W/"${createHash('sha256').update(bytes).digest('hex')}"`;
  const always = {
    'x-github-request-id': randomBytes(10).toString('hex').toUpperCase(),
    'x-github-api-version-selected': headers['x-github-api-version'] ?? (VERSIONS[0] as string),
    ...own,
  };
  if (method !== 'GET' || status !== 200) {
    return { status, headers: { ...always, ...(bytes.length > 0 && { 'content-type': type }) }, body: bytes };
  }
  const known = headers['if-none-match']?.split(',').some((one) => one.trim() === etag);
  if (known) return { status: 304, headers: { ...always, etag }, body: Buffer.alloc(0) };
  return { status, headers: { ...always, etag, 'content-type': type }, body: bytes };
}
