import { AUDIT } from './audit.ts';
import type { Command } from './command.ts';
import { EXPLAIN } from './explain.ts';
import { REGISTRY_CHECK } from './registry-check.ts';
import { REGISTRY_SCHEMA } from './registry-schema.ts';
import { REPLAY } from './replay.ts';
import { REVIEW } from './review.ts';

/** Every command, in the order of `--help`. A new one is one file and one line here. */
export const COMMANDS: readonly Command[] = [REVIEW, AUDIT, EXPLAIN, REPLAY, REGISTRY_CHECK, REGISTRY_SCHEMA];

/** What the first word of a command of two words is about. */
export const GROUPS: Readonly<Record<string, string>> = {
  registry: 'look after the registry: `check` finds its mistakes, `schema` prints its format',
};
