/**
 * Sends signed webhooks to the server as it is shipped, before the fake GitHub with its limits and a model of its latency:
 * `npm run bench:load`. `--write-docs` keeps the table in docs/reliability.md, `--output FILE` the figures as JSON.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { buildShipped, type LoadResult, runLoad } from './load/run-load.ts';
import { loadNow } from './machine.ts';
import { loadTable } from './report/load-table.ts';
import { writeReliability } from './report/write-reliability.ts';

const { values } = parseArgs({
  options: {
    installations: { type: 'string', default: '80' },
    jobs: { type: 'string', default: '32' },
    'pull-requests': { type: 'string', default: '3' },
    pages: { type: 'string', default: '40' },
    scenarios: { type: 'string', default: '10' },
    workers: { type: 'string', default: '0,1,2,4' },
    output: { type: 'string' },
    'write-docs': { type: 'boolean', default: false },
  },
});

const options = {
  installations: Number(values.installations),
  jobs: Number(values.jobs),
  pullRequests: Number(values['pull-requests']),
  pages: Number(values.pages),
  scenarios: Number(values.scenarios),
  seed: 1,
};
const loadBefore = loadNow();
const results: LoadResult[] = [];
const built = await buildShipped();
try {
  for (const workers of values.workers.split(',').map(Number)) {
    console.error(workers === 0 ? 'one process…' : `${workers} workers over Redis…`);
    results.push(await runLoad(built, workers, options));
  }
} finally {
  await built.end();
}
const table = loadTable(results);
console.log(table);
if (values.output) writeFileSync(values.output, `${JSON.stringify({ version: 1, kind: 'load', results }, null, 2)}\n`);
if (values['write-docs']) writeReliability('load', table, loadBefore);
process.exit(0);
