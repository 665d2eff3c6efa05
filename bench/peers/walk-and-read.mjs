/** A floor: walks a folder and reads every page in it. `node walk-and-read.mjs DIR` */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

let pages = 0;
let bytes = 0;
for (const entry of readdirSync(process.argv[2], { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !/\.mdx?$/.test(entry.name)) continue;
  bytes += readFileSync(join(entry.parentPath, entry.name), 'utf8').length;
  pages += 1;
}
console.log(`${pages} pages, ${bytes} characters`);
