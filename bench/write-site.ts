/** `npm run bench:site`: writes a made site, to try things on. */
import { readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { Command, InvalidArgumentError } from 'commander';
import { MAIN, MANY, OTHER, PULLS, pullBranch } from './workload/pull-requests.ts';
import { HISTORY, madeWorkload, REGISTRY_SIZES } from './workload/workload.ts';

const number = (text: string): number => {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('a whole number from 1 is needed');
  return Number(text);
};

const program = new Command('npm run bench:site --')
  .description('Writes a made docs site: a bare repository with pull requests, its files, and registries.')
  .argument('<DIR>', 'a new or empty folder')
  .option('--pages <N>', 'pages of the site', number, 1_000)
  .option('--scenarios <N>', 'scenarios that the site covers, covers in part or leaves out', number, 1_000)
  .option('--merges <N>', 'changes merged onto the site, on a branch of their own, for `signpost replay`', number)
  .option('--seed <N>', 'decides what the site says', number, 1)
  .addHelpText('after', '\nExamples:\n  $ npm run bench:site -- ../made --pages 10000\n')
  .parse();

const [dir = ''] = program.args;
const { pages, scenarios, seed, merges } = program.opts<
  Record<'pages' | 'scenarios' | 'seed', number> & { merges?: number }
>();
await mkdir(dir, { recursive: true });
if (readdirSync(dir).length > 0) program.error(`error: ${dir} is not empty`);

const site = await madeWorkload(dir, { seed, pages, planned: scenarios, isForPeers: true, merges: merges ?? 0 });
const sizes = REGISTRY_SIZES.filter((size) => size <= scenarios);
console.log(`${site.pages} pages, ${(site.bytes / 1e6).toFixed(1)} MB.
Branches of ${site.repo}: ${MAIN}, ${pullBranch(0)} to ${pullBranch(PULLS - 1)} (each changes ${site.changed}),
${OTHER}, ${MANY}${merges ? `; ${HISTORY}, with ${merges} changes after ${MAIN}` : ''}.
Registries: ${sizes.map(site.registry).join(', ') || 'none, as there are fewer than 10 scenarios'}.`);
