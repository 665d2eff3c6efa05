/** A floor: reads the pages of a commit from git, whole. `node read-blobs.mjs REPO REV ROOT...` */
import { spawn } from 'node:child_process';

const [repo, rev, ...roots] = process.argv.slice(2);

async function read(input, ...args) {
  const child = spawn('git', ['-C', repo, ...args], { stdio: [input === null ? 'ignore' : 'pipe', 'pipe', 'inherit'] });
  child.stdin?.end(input);
  const chunks = [];
  for await (const chunk of child.stdout) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const listed = (await read(null, 'ls-tree', '-r', '-z', rev, '--', ...roots)).toString('utf8').split('\0');
const ids = listed.flatMap((line) => (/\.mdx?$/.test(line) ? [line.split(/[\s]/)[2]] : []));
const bytes = await read(`${ids.join('\n')}\n`, 'cat-file', '--batch', '--buffer');
console.log(`${ids.length} pages, ${bytes.length} bytes`);
