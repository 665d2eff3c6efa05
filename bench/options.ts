import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { corporaIn, nameOfCorpus } from './workload/corpora.ts';
import { PULLS } from './workload/pull-requests.ts';
import type { Corpus } from './workload/workload.ts';

/** What a run of the benchmarks was asked for. */
export interface Options {
  /** Real docs to measure on, beside the made site. */
  corpora: Corpus[];
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
      on docs of your own as well
  $ npm run bench -- --corpus ../docs --corpus ../guides.bundle --rev v2 --registry ../guides.yml
      on two docs; --rev and --registry belong to the second
  $ npm run bench -- --corpora ../corpora --corpus ../corpora/guides.bundle --registry ../guides.yml
      on all docs of a folder, one of which has a registry
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
  const named: Corpus[] = [];
  const others: Corpus[] = [];
  const last = (): Corpus => {
    const corpus = named.at(-1);
    if (!corpus) throw new InvalidArgumentError('It belongs to the --corpus before it, and there is none.');
    return corpus;
  };
  const program = new Command('npm run bench --')
    .description('Measures Signpost against other tools that read docs, and against what cannot be avoided.')
    .option('--corpus <DIR>', 'real docs: a work tree, a bare repository or a bundle (repeatable)', (dir) => {
      named.push({ dir, rev: 'HEAD', registry: null });
    })
    .option('--rev <REV>', 'the commit of the corpus named before (default: HEAD)', (rev) => {
      last().rev = rev;
    })
    .option('--registry <FILE>', 'a registry for it, whose scenarios come first; more are made up', (file) => {
      last().registry = file;
    })
    .option('--corpora <DIR>', 'all bundles and repositories in a folder; --corpus says more of one', (folder) => {
      others.push(...corporaIn(folder));
    })
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
    .option('--profile <NAME>', 'profile the process of this row in place of measuring, on the first site')
    .option('--list', 'name all rows', false)
    .addHelpText('after', EXAMPLES)
    .exitOverride();
  const { only = [], ...values } = program
    .parse(argv, { from: 'user' })
    .opts<Omit<Options, 'runs' | 'only' | 'corpora'> & { runs?: number; only?: string[] }>();
  const refuse = (message: string): never => program.error(`error: ${message}`);
  if (values.writeDocs && only.length > 0) refuse('--write-docs needs every row: leave --only out');
  if ((values.runs ?? 0) > PULLS) refuse(`--runs goes up to ${PULLS}: no two runs see the same pull request`);
  const corpora = [
    ...named,
    ...others.filter(({ dir }) => !named.some((corpus) => resolve(corpus.dir) === resolve(dir))),
  ];
  const names = corpora.map(nameOfCorpus);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) refuse(`two corpora are named ${twice}`);
  return { ...values, corpora, only, runs: values.runs ?? (values.quick ? QUICK_RUNS : RUNS) };
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('a whole number from 1 is needed');
  return Number(text);
}
