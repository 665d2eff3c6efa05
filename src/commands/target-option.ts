import type { OptionFacts } from './command.ts';

export interface TargetValues {
  repo: string;
  file?: string;
  defaults?: string;
  dryRun?: boolean;
}

export const TARGET_OPTIONS: readonly OptionFacts[] = [
  { flags: '--file <PATH>', description: 'the registry file to write into (default: the settings file)' },
  { flags: '--dry-run', description: 'show the change as a diff and write nothing' },
  { flags: '--defaults <FILE>', description: "the owner's registry, for its private names" },
];
