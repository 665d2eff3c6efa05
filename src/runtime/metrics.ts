import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export type Metrics = ReturnType<typeof createMetrics>;

/** Seconds: a warm review takes a few, a large site read for the first time a minute. */
const BUCKETS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];

type JobState = 'waiting' | 'running' | 'delayed' | 'dead';

/**
 * What a Prometheus server may ask for; every label has few values, and none names a repository or a person.
 * @param counts how many jobs there are, by state; asked whenever somebody reads, null where nobody can tell
 */
export function createMetrics(counts: () => Promise<Record<JobState, number> | null>) {
  const registry = new Registry();
  const registers = [registry];
  const counter = <Label extends string>(name: string, labelNames: Label[], help: string) =>
    new Counter<Label>({ name: `signpost_${name}_total`, help, labelNames, registers });
  collectDefaultMetrics({ register: registry });
  const reviews = counter('jobs', ['kind', 'outcome'], 'Jobs that came to their end, by kind and outcome.');
  const seconds = new Histogram({
    name: 'signpost_job_seconds',
    help: 'How long jobs took, without waiting in the queue.',
    labelNames: ['kind'] as const,
    buckets: BUCKETS,
    registers,
  });
  const failures = counter(
    'failures',
    ['kind'],
    'Jobs that ended in an error: outside (GitHub, the network) or ours (a bug).',
  );
  const deliveries = counter(
    'deliveries',
    ['event', 'outcome'],
    'Webhooks received, by event and what became of them.',
  );
  const refusals = counter(
    'refused_requests',
    ['status'],
    'Requests turned away before their signature was looked at, by HTTP status.',
  );
  const calls = counter(
    'github_requests',
    ['operation', 'status'],
    "Requests to GitHub, by operation and HTTP status; 'none' where no answer came.",
  );
  new Gauge({
    name: 'signpost_queue_jobs',
    help: 'Jobs in the queue, by state; where processes share it, each tells the same.',
    labelNames: ['state'] as const,
    registers,
    async collect() {
      this.reset();
      for (const [state, count] of Object.entries((await counts()) ?? {})) this.set({ state }, count);
    },
  });
  return {
    /** A job came to its end. @param kind of its task @param outcome a verdict, or why there is none */
    finished(kind: string, outcome: string, took: number): void {
      reviews.inc({ kind, outcome });
      seconds.observe({ kind }, took);
    },
    /** A job ended in an error: `outside` for GitHub and the network, `ours` for a bug. */
    failed: (kind: 'outside' | 'ours'): void => failures.inc({ kind }),
    /** A webhook was received. @param outcome what became of it */
    delivered: (event: string, outcome: 'queued' | 'repeated' | 'ignored' | 'failed'): void =>
      deliveries.inc({ event, outcome }),
    /** A request was turned away before its signature was looked at. */
    refused: (status: number): void => refusals.inc({ status: String(status) }),
    /** A `fetch` that counts what it asks GitHub. */
    counted:
      (inner = fetch): typeof fetch =>
      async (input, init) => {
        const operation = operationOf(init?.method ?? 'GET', String(input instanceof Request ? input.url : input));
        try {
          const answer = await inner(input, init);
          calls.inc({ operation, status: String(answer.status) });
          return answer;
        } catch (error) {
          calls.inc({ operation, status: 'none' });
          throw error;
        }
      },
    /** All of it in Prometheus' text format. */
    read: async () => ({ contentType: registry.contentType as string, text: await registry.metrics() }),
  };
}

/** Words of GitHub's paths; whatever else stands in a path is a name or a number, and becomes `*`. */
const PATH_WORDS = new Set(
  (
    'access_tokens annotations app attempts blobs check-runs collaborators comments commits compare contents ' +
    'deliveries git graphql hook installation installations issues permission pulls rate_limit reactions ref ' +
    'repos repositories trees'
  ).split(' '),
);

// Names an operation, as in `GET /repos/*/*/git/trees/*`. What follows `contents` may hold slashes and becomes one star.
export function operationOf(method: string, url: string): string {
  const { pathname } = new URL(url);
  const segments = pathname
    .replace(/^\/api\/(?=v3\/|graphql$)/, '/')
    .replace(/^\/v3\//, '/')
    .split('/')
    .slice(1);
  const named = segments.map((segment, at) => (isWord(segments, at) ? segment : '*'));
  const path = named.join('/').replace(/^(repos\/\*\/\*\/(?:contents|git\/ref|compare))\/.+$/, '$1/*');
  return `${method.toUpperCase()} /${path}`;
}

/** Whether a segment is a word of GitHub's; an owner or a repository may have such a word as its name. */
function isWord(segments: readonly string[], at: number): boolean {
  const inName = segments[0] === 'repos' && (at === 1 || at === 2);
  return !inName && PATH_WORDS.has(segments[at] as string);
}
