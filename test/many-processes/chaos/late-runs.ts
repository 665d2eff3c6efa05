import type { FakeGitHub } from '../../fake-github/fake-github.ts';

/**
 * How many runs of a commit were asked for by a process that was stopped after it had looked whether the job was still
 * its own. GitHub knows nothing of that right, so that such a run stands beside the one of the process that took over,
 * and has to get a verdict as well.
 * @param lease milliseconds
 */
export function lateRuns({ requests }: FakeGitHub, commit: string, lease: number): number {
  return requests.filter(({ operationId, body, status, at }) => {
    if (operationId !== 'checks/create' || status !== 201) return false;
    const { head_sha, started_at } = body as { head_sha: string; started_at: string };
    return head_sha === commit && at - Date.parse(started_at) >= lease;
  }).length;
}
