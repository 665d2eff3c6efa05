import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeCommit, describeMachine, loadNow } from '../machine.ts';

const FILE = join(import.meta.dirname, '../../docs/reliability.md');

/** Puts a table into docs/reliability.md, with the date and the machine. @param name of the command, and of its place there */
export function writeReliability(name: 'chaos' | 'load', table: string): void {
  const start = `<!-- ${name}: written by \`npm run bench:${name} -- --write-docs\` -->`;
  const end = `<!-- end of ${name} -->`;
  const text = readFileSync(FILE, 'utf8');
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/reliability.md has no place for ${name}`);
  const { cpu, cores, memoryGiB, node, system } = describeMachine(loadNow());
  const date = new Date().toISOString().slice(0, 10);
  const said = `${date}, commit ${describeCommit()}: ${cpu}, ${cores} cores, ${memoryGiB} GiB, ${system}, Node ${node}.`;
  writeFileSync(FILE, `${text.slice(0, from)}${start}\n${said}\n\n${table}\n${text.slice(to)}`);
}
