import type { ChaosResult } from '../../test/many-processes/chaos/run-seed.ts';

const HEAD = '| | |\n|---|---:|';

/** What a run of the chaos test did, as a Markdown table. @param took milliseconds of the whole run */
export function chaosTable(results: readonly ChaosResult[], took: number): string {
  const did = new Map<string, number>();
  for (const result of results)
    for (const [what, times] of Object.entries(result.did)) did.set(what, (did.get(what) ?? 0) + times);
  const settled = results.map((result) => result.settled).sort((a, b) => a - b);
  const at = (part: number) => `${((settled[Math.floor((settled.length - 1) * part)] ?? 0) / 1_000).toFixed(1)} s`;
  const seeds = results.map(({ seed }) => seed);
  const sum = (what: string) => String(did.get(what) ?? 0);
  const rows = [
    ['seeds', `${Math.min(...seeds)} to ${Math.max(...seeds)}`],
    ['seeds that did not end as they should', String(results.filter(({ wrong }) => wrong.length > 0).length)],
    [
      'pull requests opened, pushed to, closed or reopened',
      `${sum('open')}, ${sum('push')}, ${add('close', 'reopen')}`,
    ],
    [
      'merge groups built, merged, taken out or built anew',
      `${sum('group')}, ${sum('group merged')}, ${add('group dequeued', 'group invalidated')}`,
    ],
    ['changes of the registry', sum('registry')],
    ['webhooks lost, repeated', `${sum('webhook lost')}, ${sum('webhook repeated')}`],
    ['processes killed', sum('kill')],
    ['processes stopped or let go on', add('freeze', 'thaw')],
    [
      'Redis killed, frozen, restarted at once',
      `${sum('redis down')}, ${sum('redis frozen')}, ${sum('redis restarted')}`,
    ],
    ["faults of GitHub's", sum('fault')],
    [
      'until all was right after the last disturbance: half of the seeds, nine of ten, all',
      `${at(0.5)}, ${at(0.9)}, ${at(1)}`,
    ],
    ['the whole run', `${Math.round(took / 60_000)} min`],
  ];
  return `${HEAD}\n${rows.map(([name, value]) => `| ${name} | ${value} |`).join('\n')}`;

  function add(...names: string[]): string {
    return String(names.reduce((total, name) => total + (did.get(name) ?? 0), 0));
  }
}
