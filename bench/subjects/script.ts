import { join } from 'node:path';
import type { Subject } from './subject.ts';

/** A script of bench/ that prints what it measured as JSON. */
export function script(file: string, args: readonly string[]): Subject {
  const path = join(import.meta.dirname, '..', file);
  const command = { program: process.execPath, args: ['--import', 'tsx', path, ...args] };
  return {
    name: [file, ...args].join(' '),
    isShared: false,
    prepare: command,
    command: () => command,
    check: () => null,
  };
}
