import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeCommit, describeMachine } from '../machine.ts';

const FILE = join(import.meta.dirname, '../../docs/reliability.md');

/**
 * Puts a table into docs/reliability.md, with the date and the machine.
 * @param name of the command, and of its place there
 * @param loadBefore the load average when it began
 */
export function writeReliability(name: 'chaos' | 'load', table: string, loadBefore: number): void {
  const start = `<!-- ${name}: written by \`npm run bench:${name} -- --write-docs\` -->`;
  const end = `<!-- end of ${name} -->`;
  const text = readFileSync(FILE, 'utf8');
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/reliability.md has no place for ${name}`);
  const { cpu, cores, memoryGiB, node, system, load } = describeMachine(loadBefore);
  const date = new Date().toISOString().slice(0, 10);
  const machine = `${cpu}, ${cores} cores, ${memoryGiB} GiB, ${system}, Node ${node}`;
  const averages = `load average ${load[0].toFixed(1)} before and ${load[1].toFixed(1)} after`;
  const said = `${date}, commit ${describeCommit()}: ${machine}; ${averages}.`;
  writeFileSync(FILE, `${text.slice(0, from)}${start}\n${said}\n\n${table}\n${text.slice(to)}`);
}
