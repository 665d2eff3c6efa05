/**
 * Judges real pages, rewritten at random, with scenarios cut from their own words, with and without skipping pages.
 *
 * `npm run eval:skipping -- [DIR...] [--verdicts 100000] [--seed 1]`: each DIR is a git clone or a folder with Markdown; our
 * own pages by default. Prints each verdict that skipping changes, with the least that shows it, and exits 1 where there is one.
 */
import { parseArgs } from 'node:util';
import { runTrials, type Tally } from './coverage/skipping/differences.ts';
import { ownTexts, textsIn } from './coverage/skipping/texts.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { verdicts: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
});
const texts = positionals.length > 0 ? positionals.flatMap(textsIn) : ownTexts();
if (texts.length === 0) throw new Error(`no Markdown in ${positionals.join(', ')}`);
const [seed, verdicts] = [Number(values.seed), Number(values.verdicts)];

const progress = (tally: Tally) =>
  process.stderr.write(`\r${tally.verdicts} verdicts, ${tally.differences.length} differences`);
const tally = runTrials(texts, { seed, verdicts, progress });
process.stderr.write('\n');

const share = (part: number, of: number) => `${part} (${((100 * part) / of).toFixed(1)} %)`;
const { states, mutations, differences } = tally;
for (const difference of differences) console.log(`differs  ${JSON.stringify(difference, null, 2)}`);
console.log(`texts            ${texts.length}`);
console.log(`pages            ${tally.pages}`);
console.log(`rewritten        ${mutations.all}, in words that match ${share(mutations.inWords, mutations.all)}`);
console.log(`verdicts         ${tally.verdicts}`);
for (const state of ['covered', 'partial', 'missing'] as const)
  console.log(`${state.padEnd(17)}${share(states[state], tally.verdicts)}`);
console.log(`may hide words   ${share(tally.hidden, tally.pages)}`);
console.log(`parsed           ${share(tally.parsed, tally.pages)}`);
console.log(`differences      ${differences.length}`);
if (differences.length > 0) process.exitCode = 1;
