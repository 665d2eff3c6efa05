import { Command, InvalidArgumentError } from 'commander';
import { PULLS } from './workload/pull-requests.ts';

/** What a run of the benchmarks was asked for. */
export interface Options {
  corpus?: string;
  rev: string;
  registry?: string;
  runs: number;
  seed: number;
  quick: boolean;
  only: string[];
  output?: string;
  from?: string;
  writeDocs: boolean;
  profile?: string;
  timeout: number;
  list: boolean;
}

const EXAMPLES = `
Examples:
  $ npm run bench
      every row, on made sites of up to 100,000 pages
  $ npm run bench -- --quick
      fewer runs, on a made site of 1,000 pages alone
  $ npm run bench -- --corpus ../docs --rev main --registry ../docs/.github/signpost.yml
      the ratios on docs of your own
  $ npm run bench -- --quick --only review-warm-100 --only floor-node
      two rows; --list names them all
  $ npm run bench -- --profile audit-cold-100
      where the time of one row goes: the top ten functions by self time
  $ npm run bench -- --write-docs
      write the results into docs/performance.md and its picture
`;

const QUICK_RUNS = 3;
const RUNS = 5;

/** @throws {CommanderError} for bad usage, and for `--help`, once it is printed */
export function parseOptions(argv: readonly string[]): Options {
  const program = new Command('npm run bench --')
    .description('Measures Signpost against other tools that read docs, and against what cannot be avoided.')
    .option('--corpus <DIR>', 'docs to measure on: a work tree, a bare repository or a bundle (default: a made site)')
    .option('--rev <REV>', 'the commit of the corpus', 'HEAD')
    .option('--registry <FILE>', 'a registry whose scenarios come first; more are made up')
    .option('--runs <N>', `runs of each row (default: ${RUNS}, with --quick ${QUICK_RUNS})`, wholeNumber)
    .option('--seed <N>', 'decides what made sites say', wholeNumber, 1)
    .option('--quick', 'fewer runs, and no site of more than 1,000 pages', false)
    .option('--only <NAME>', 'measure this row alone (repeatable)', (name: string, all: string[] = []) => [
      ...all,
      name,
    ])
    .option('--timeout <SECONDS>', 'skip a row whose process takes longer', wholeNumber, 600)
    .option('--output <DIR>', 'write results.json, results.md and growth.svg there')
    .option('--from <FILE>', 'tell a results.json again in place of measuring')
    .option('--write-docs', 'write the results into docs/', false)
    .option('--profile <NAME>', 'profile the process of this row in place of measuring')
    .option('--list', 'name all rows', false)
    .addHelpText('after', EXAMPLES)
    .exitOverride();
  const { only = [], ...values } = program
    .parse(argv, { from: 'user' })
    .opts<Omit<Options, 'runs' | 'only'> & { runs?: number; only?: string[] }>();
  const refuse = (message: string): never => program.error(`error: ${message}`);
  if (values.registry !== undefined && values.corpus === undefined)
    refuse('--registry needs --corpus: a made site has its own');
  if (values.writeDocs && only.length > 0) refuse('--write-docs needs every row: leave --only out');
  if ((values.runs ?? 0) > PULLS) refuse(`--runs goes up to ${PULLS}: no two runs see the same pull request`);
  return { ...values, only, runs: values.runs ?? (values.quick ? QUICK_RUNS : RUNS) };
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('a whole number from 1 is needed');
  return Number(text);
}
