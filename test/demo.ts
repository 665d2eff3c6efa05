/**
 * Reviews an example pull request end to end: real commits in a temporary folder, read by the built command line.
 * `--repaired` adds the commit with which its author then closes the gap.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { readExample } from './read-example.ts';
import { makeRepository } from './temp-repository.ts';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));

const { before, after, repaired } = readExample('token-exchange');
const isRepaired = process.argv.includes('--repaired');

const repository = makeRepository(Object.fromEntries(before));
repository.branch('explain-the-error');
repository.commit(Object.fromEntries(after), { message: 'Explain exchange_rejected' });
if (isRepaired) repository.commit(Object.fromEntries(repaired), { message: 'Explain empty keys' });

console.log(
  'The docs of an invented product, and three failures that its users are known to meet. A pull request explains',
);
console.log('the first one, forgets the second, and leaves the third alone, which is covered well.');
if (isRepaired) console.log('A further commit then adds the section that Signpost asked for.');
console.log('\n$ signpost review --base main\n');
spawnSync(process.execPath, [CLI, 'review', '--base', 'main', '--quiet'], { cwd: repository.dir, stdio: 'inherit' });
if (!isRepaired) console.log('\nSee it pass once that section is written: npm run demo -- --repaired');
