/**
 * Runs the chaos test for many seeds: `npm run bench:chaos -- --seeds 200`. Ends with 1 where something was wrong in the
 * end, and shows what happened before.
 */
import { parseArgs } from 'node:util';
import { type ChaosResult, runSeed } from '../test/many-processes/chaos/run-seed.ts';
import { buildServer } from '../test/many-processes/processes.ts';
import { loadNow } from './machine.ts';
import { chaosTable } from './report/chaos-table.ts';
import { writeReliability } from './report/write-reliability.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
    steps: { type: 'string', default: '20' },
    'write-docs': { type: 'boolean', default: false },
  },
});

const built = await buildServer();
const loadBefore = loadNow();
const results: ChaosResult[] = [];
const began = Date.now();
try {
  for (let seed = Number(values.from); results.length < Number(values.seeds); seed += 1) {
    const result = await runSeed(built, { seed, steps: Number(values.steps) });
    results.push(result);
    tell(result);
  }
} finally {
  await built.end();
}

function tell({ seed, wrong, settled, story }: ChaosResult): void {
  console.log(`seed ${seed}: ${wrong.length === 0 ? `all well, ${settled} ms after the last disturbance` : 'WRONG'}`);
  if (wrong.length === 0) return;
  for (const line of [...wrong, ...story]) console.log(`  ${line}`);
}

const table = chaosTable(results, Date.now() - began);
console.log(`\n${table}`);
if (values['write-docs']) writeReliability('chaos', table, loadBefore);
process.exit(results.some(({ wrong }) => wrong.length > 0) ? 1 : 0);
