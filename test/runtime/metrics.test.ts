import { describe, expect, it } from 'vitest';
import { createMetrics, operationOf } from '../../src/runtime/metrics.ts';

describe('operations', () => {
  it.each([
    ['get', 'https://api.github.com/repos/acme/docs/git/trees/abc?recursive=1', 'GET /repos/*/*/git/trees/*'],
    ['POST', 'https://api.github.com/repos/acme/issues/check-runs', 'POST /repos/*/*/check-runs'],
    ['PATCH', 'https://github.example.com/api/v3/repos/a/b/check-runs/7', 'PATCH /repos/*/*/check-runs/*'],
    ['POST', 'https://github.example.com/api/graphql', 'POST /graphql'],
    ['POST', 'https://api.github.com/graphql', 'POST /graphql'],
    ['GET', 'https://api.github.com/repos/a/b/contents/.github/signpost.yml', 'GET /repos/*/*/contents/*'],
    ['GET', 'https://api.github.com/repos/a/b/compare/feat/x...y', 'GET /repos/*/*/compare/*'],
    ['POST', 'https://api.github.com/app/installations/12/access_tokens', 'POST /app/installations/*/access_tokens'],
  ])('%s %s', (method, url, operation) => {
    expect(operationOf(method, url)).toBe(operation);
  });
});

it('counts what happened, without names', async () => {
  const metrics = createMetrics(async () => ({ waiting: 1, running: 2, delayed: 3, dead: 4 }));
  metrics.finished('pull request', 'fail', 2);
  metrics.failed('outside');
  metrics.delivered('pull_request', 'queued');
  metrics.refused(413);
  const { contentType, text } = await metrics.read();
  expect(contentType).toContain('text/plain');
  for (const line of [
    'signpost_jobs_total{kind="pull request",outcome="fail"} 1',
    'signpost_job_seconds_bucket{le="2.5",kind="pull request"} 1',
    'signpost_failures_total{kind="outside"} 1',
    'signpost_deliveries_total{event="pull_request",outcome="queued"} 1',
    'signpost_refused_requests_total{status="413"} 1',
    'signpost_queue_jobs{state="delayed"} 3',
    'signpost_queue_jobs{state="dead"} 4',
  ]) {
    expect(text.split('\n')).toContain(line);
  }
});

it('counts requests by operation and status, also those without an answer', async () => {
  const metrics = createMetrics(async () => null);
  const answered = metrics.counted(async () => new Response(null, { status: 404 }));
  await answered('https://api.github.com/app', { method: 'GET' });
  await answered(new Request('https://api.github.com/app'));
  const broken = metrics.counted(() => Promise.reject(new TypeError('fetch failed')));
  await expect(broken('https://api.github.com/app')).rejects.toThrow('fetch failed');
  const { text } = await metrics.read();
  expect(text).toContain('signpost_github_requests_total{operation="GET /app",status="404"} 2');
  expect(text).toContain('signpost_github_requests_total{operation="GET /app",status="none"} 1');
});
