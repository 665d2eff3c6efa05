import { readFileSync } from 'node:fs';

/** What a process has taken so far, as Linux counts it. */
export interface Taken {
  /** Seconds of CPU time. */
  cpu: number;
  /** The most memory that it had, in MiB. */
  peak: number;
}

/** `CLK_TCK` of every Linux that Node runs on. */
const TICKS = 100;

export function takenBy(pid: number): Taken {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name in parentheses may hold blanks.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user = '0', system = '0'] = fields.slice(11, 13);
  const peak = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0';
  return { cpu: (Number(user) + Number(system)) / TICKS, peak: Number(peak) / 1024 };
}
