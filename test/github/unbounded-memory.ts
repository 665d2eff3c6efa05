import { rememberPages } from '../../src/coverage/memory.ts';
import type { Memory } from '../../src/github/memory.ts';

/** A memory without bounds, for one test. */
export function unboundedMemory(): Memory {
  return {
    trees: new Map(),
    texts: new Map(),
    ...rememberPages(),
    permissions: new Map(),
    owners: new Map(),
    answers: new Map(),
  };
}
