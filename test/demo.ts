/**
 * Reviews an example pull request end to end: real commits in a temporary folder, read by the built command line.
 * `--repaired` reviews it once more after its author has repaired what Signpost found.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { readExample } from './read-example.ts';
import { makeRepository } from './temp-repository.ts';

const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const REPAIRED = 'src/content/docs/webhooks.mdx';

const { before, after } = readExample('token-exchange');
const repaired = process.argv.includes('--repaired');

const repository = makeRepository(Object.fromEntries(before));
repository.branch('explain-the-error');
repository.commit(Object.fromEntries(after), { message: 'Explain exchange_rejected' });
if (repaired)
  repository.commit({ [REPAIRED]: before.get(REPAIRED)! }, { message: 'Give the heading its old name back' });

console.log(
  'A pull request to the docs of an invented product says why an exchange is rejected, and renames a heading.',
);
console.log(repaired ? 'Its author has since given the heading its old name back.\n' : '');
spawnSync(process.execPath, [CLI, 'review', '--base', 'main', '--head', 'HEAD', '--quiet'], {
  cwd: repository.dir,
  stdio: 'inherit',
});
if (!repaired) console.log('\nSee it pass once the heading has its old name back: npm run demo -- --repaired');
