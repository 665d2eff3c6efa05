import type { Command, Finished } from '../measure/run-process.ts';

/** Something whose runs are measured. */
export interface Subject {
  /** How it is named in results. */
  name: string;
  /** Run once, untimed, before the first run: it warms what should be warm, and shows that the work is done. */
  prepare: Command;
  /** @throws {CommandFailure} if the output shows that the work was not done @returns what is worth knowing of it, or null */
  check(finished: Finished): string | null;
  /** Whether one preparation serves all rows that use it. */
  isShared: boolean;
  /** The command of one run, from 0. */
  command(run: number): Command;
}
