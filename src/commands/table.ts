import { AUDIT } from './audit.ts';
import type { Command } from './command.ts';
import { EXPLAIN } from './explain.ts';
import { INIT } from './init.ts';
import { REGISTRY_ADD } from './registry-add.ts';
import { REGISTRY_CHECK } from './registry-check.ts';
import { REGISTRY_IMPORT } from './registry-import.ts';
import { REGISTRY_SCHEMA } from './registry-schema.ts';
import { REPLAY } from './replay.ts';
import { REVIEW } from './review.ts';
import { STUDIO } from './studio.ts';

/** Every command, in the order of `--help`. A new one is one file and one line here. */
export const COMMANDS: readonly Command[] = [
  INIT,
  REVIEW,
  AUDIT,
  EXPLAIN,
  REPLAY,
  STUDIO,
  REGISTRY_CHECK,
  REGISTRY_SCHEMA,
  REGISTRY_ADD,
  REGISTRY_IMPORT,
];

/** The description of each group: the first word of a command of two words. */
export const GROUPS: Readonly<Record<string, string>> = {
  registry: 'look after the registry: find its mistakes, print its format, add failures to it',
};
