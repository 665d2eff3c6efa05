import type { LoadResult } from '../load/run-load.ts';

/** As Markdown, a row for each set-up. */
export function loadTable(results: readonly LoadResult[]): string {
  const [first] = results;
  if (!first) return '';
  const { installations, pullRequests, pages, scenarios, jobs } = first;
  const head = ['', 'reviews/s', 'reviews per CPU second', 'webhook answered p50, p99', 'check completed p50, p99'];
  const rest = ['calls per review', 'refused by a limit', 'largest process'];
  const lines = results.map((result) => `| ${cells(result).join(' | ')} |`);
  return [
    `${installations * pullRequests} pull requests at once, ${pullRequests} of each of ${installations} installations; each site`,
    `has ${pages} pages and ${scenarios} scenarios. Every pull request breaks one, so that a comment is written too.`,
    `\`CONCURRENT_JOBS\` is ${jobs}.`,
    '',
    `| ${[...head, ...rest].join(' | ')} |`,
    `|---|${'---:|'.repeat(head.length + rest.length - 1)}`,
    ...lines,
  ].join('\n');
}

function cells(result: LoadResult): string[] {
  const { workers, seconds, answered, completed, callsPerReview, limited, cpu, peak } = result;
  const reviews = result.installations * result.pullRequests;
  const name = workers === 0 ? 'one process' : `1 web, ${workers} ${workers === 1 ? 'worker' : 'workers'}, Redis`;
  return [
    name,
    (reviews / seconds).toFixed(1),
    (reviews / cpu).toFixed(1),
    `${answered.p50.toFixed(0)}, ${answered.p99.toFixed(0)} ms`,
    `${(completed.p50 / 1_000).toFixed(1)}, ${(completed.p99 / 1_000).toFixed(1)} s`,
    callsPerReview.toFixed(1),
    String(limited),
    `${peak.toFixed(0)} MiB`,
  ];
}
