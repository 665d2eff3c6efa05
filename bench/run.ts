/** `npm run bench`: see README.md beside this file. */
import { spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CommanderError } from 'commander';
import { describeCommit, describeMachine, loadNow, peerVersions } from './machine.ts';
import { type Tell, withBench } from './measure/run-bench.ts';
import { CommandFailure } from './measure/run-process.ts';
import { type Options, parseOptions } from './options.ts';
import { profileRow } from './profile/profile-row.ts';
import { growthChart } from './report/growth-chart.ts';
import { markdownResults, replaceResults } from './report/markdown.ts';
import { parseResults } from './report/parse-results.ts';
import { terminalTable } from './report/terminal-table.ts';
import { worstOf } from './report/worst.ts';
import { type Measured, RESULTS_VERSION, type Result, type Results } from './results.ts';
import { type Bench, ROWS, type Row } from './rows.ts';
import { arePeersInstalled, PEERS } from './subjects/peers.ts';

const DOCS = join(import.meta.dirname, '../docs');
const PICTURE = 'images/performance.svg';

const started = Date.now();
const tell: Tell = (text) =>
  console.error(`${String(Math.round((Date.now() - started) / 1000)).padStart(5)} s  ${text}`);

/** Whoever stops a run stops what it runs, and leaves no folder behind. */
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

try {
  await main(parseOptions(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof CommanderError)) console.error(`bench: ${(error as Error).message}`);
  process.exitCode = error instanceof CommanderError ? error.exitCode : 1;
}

async function main(options: Options): Promise<void> {
  if (options.list) return console.log(ROWS.map(({ name, title }) => `${name.padEnd(32)}${title}`).join('\n'));
  if (options.from !== undefined)
    return publish(parseResults(options.from, await readFile(options.from, 'utf8')), options);
  if (!arePeersInstalled()) installPeers();
  if (options.profile !== undefined) {
    const row = rowNamed(options.profile);
    return withBench(options, tell, async (bench) => console.log(await profileRow(row, bench, options.timeout)));
  }
  const rows = chosenRows(options);
  await publish(await withBench(options, tell, (bench) => measureAll(rows, bench, options)), options);
}

async function publish(results: Results, { output, writeDocs }: Options): Promise<void> {
  console.log(`\n${terminalTable(results)}\n\n${describeSpread(results)}`);
  if (output !== undefined) await writeResults(output, results);
  if (writeDocs) await writeDocuments(results);
}

function installPeers(): void {
  console.error('Installing the tools to measure against, once: npm ci --prefix bench/peers');
  const { status } = spawnSync('npm', ['ci', '--prefix', PEERS], { stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error('the tools could not be installed; `npm ci --prefix bench/peers` says why');
}

/** Rows that `--quick` leaves out are named all the same: no budget is passed over in silence. */
function chosenRows({ only, quick }: Options): readonly Row[] {
  if (only.length > 0) return only.map(rowNamed);
  return ROWS.map((row) => (quick && !row.isQuick ? { ...row, measure: leftOut, isOfSites: false } : row));
}

async function leftOut(): Promise<Measured> {
  return { kind: 'skipped', reason: 'left out by --quick' };
}

function rowNamed(name: string): Row {
  const row = ROWS.find((each) => each.name === name);
  if (!row) throw new Error(`no row is named ${name}; \`npm run bench -- --list\` names them`);
  return row;
}

async function measureAll(rows: readonly Row[], bench: Bench, { runs, seed, output }: Options): Promise<Results> {
  const loadBefore = loadNow();
  const sites = await bench.sites();
  const resultsOf = (measured: readonly Result[]): Results => ({
    ...{ version: RESULTS_VERSION, date: new Date(started).toISOString(), commit: describeCommit() },
    ...{ machine: describeMachine(loadBefore), runs, seed, peers: peerVersions() },
    sites: sites.map(({ name, pages, bytes, changed }) => ({ name, pages, bytes, changed })),
    rows: [...measured],
  });
  const results: Result[] = [];
  for (const row of rows) {
    const { isQuick: _, isOfSites, measure, subject: __, ...facts } = row;
    for (const site of isOfSites ? sites : sites.slice(0, 1)) {
      tell(`${row.name}: ${row.title}${isOfSites ? `, ${site.name}` : ''}`);
      const measured = await orSkipped(() => measure(bench, site), row);
      results.push({ ...facts, site: isOfSites ? site.name : null, measured });
      // A long run that is stopped leaves what it measured.
      if (output !== undefined) await writeResults(output, resultsOf(results));
    }
  }
  return resultsOf(results);
}

/** A row that cannot be measured must not take the others with it. */
async function orSkipped(measure: () => Promise<Measured>, { name }: Row): Promise<Measured> {
  try {
    return await measure();
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    tell(`${name} cannot be measured: ${error.message}`);
    return { kind: 'skipped', reason: error.message };
  }
}

function describeSpread({ sites, machine, runs, commit }: Results): string {
  const told = sites.map(({ name, pages }) => `${name} (${pages} pages)`);
  return (
    `Medians (least – most) of ${runs} ${runs === 1 ? 'run' : 'runs'}; × is against markdownlint-cli2 on the same pages unless said.\n` +
    `${told.join('; ')}.\n${machine.cpu}, ${machine.cores} cores, Node ${machine.node}; Signpost at ${commit}.`
  );
}

async function writeResults(folder: string, results: Results): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
  await writeFile(join(folder, 'results.md'), `${markdownResults(results)}\n`);
  const chart = growthChart(worstOf(results.rows));
  if (chart !== null) await writeFile(join(folder, 'growth.svg'), chart);
}

async function writeDocuments(results: Results): Promise<void> {
  const document = join(DOCS, 'performance.md');
  const chart = growthChart(worstOf(results.rows));
  if (chart !== null) await writeFile(join(DOCS, PICTURE), chart);
  const told = `${chart === null ? '' : `![How the cost of a review grows with pages and with scenarios](${PICTURE})\n\n`}${markdownResults(results)}`;
  await writeFile(document, replaceResults(await readFile(document, 'utf8'), told));
}
