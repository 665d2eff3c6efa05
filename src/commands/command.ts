import type { CommandContext } from './command-context.ts';

/** The values of the options that every command has. */
export interface CommonValues {
  repo: string;
  format: string;
  output?: string;
  quiet?: boolean;
  color: boolean;
}

/** What a command has to say, and how it ends: 0 pass, 1 findings that block, 2 not judged. */
export interface Outcome {
  text: string;
  exitCode: 0 | 1 | 2;
}

export interface OptionFacts {
  /** As in `--base <REV>`. */
  flags: string;
  description: string;
  default?: string;
  /** The only values that it takes. */
  choices?: readonly string[];
  /** It may be given several times. */
  repeatable?: boolean;
}

/** An option that takes one of a few values. */
export const oneOf = (flags: string, description: string, choices: readonly string[]): OptionFacts => ({
  flags,
  description,
  choices,
});

/** An option that may be given several times. */
export const several = (flags: string, description: string): OptionFacts => ({ flags, description, repeatable: true });

/** One command: what `--help` says about it, and what it does. */
export interface Command<Values extends CommonValues = CommonValues> {
  /** The words after `signpost`: a command, or a group and its command. */
  name: string;
  /** The argument without a flag. Its value is handed over with those of the options, by its name in lower case. */
  argument?: { name: string; description: string; optional?: boolean };
  /** One line for the list of commands. */
  summary: string;
  description: string;
  options: readonly OptionFacts[];
  /** The first is the default. */
  formats: readonly string[];
  examples: readonly (readonly [typed: string, does: string])[];
  /** @throws {UsageFailure | GitFailure} where nothing can be judged */
  run(values: Values, context: CommandContext): Promise<Outcome>;
}
