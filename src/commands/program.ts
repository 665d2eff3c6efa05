import { InvalidArgumentError, Option, Command as Parser } from 'commander';
import { suggest } from '../registry/suggest.ts';
import type { Command, CommonValues, OptionFacts } from './command.ts';
import { type Io, VERSION } from './command-context.ts';
import { COMMANDS, GROUPS } from './table.ts';

/** Runs a command with the values that were typed. */
type Execute = (command: Command, values: CommonValues) => Promise<void>;

/** Builds the parser of the whole command line. It throws `CommanderError` and never ends the process. */
export function buildProgram(io: Io, execute: Execute): Parser {
  const program = new Parser('signpost')
    .description(
      'Reviews docs for troubleshooting coverage: every known failure named, explained and linked to its fix.',
    )
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .exitOverride()
    .configureOutput(outputTo(io));
  program.addHelpText('after', EXIT_CODES);
  for (const command of COMMANDS) addCommand(parentFor(command, program), command, execute);
  return program;
}

const EXIT_CODES = `
Exit codes:
  0  pass
  1  findings that block
  2  not judged, or bad usage
  3  a bug in Signpost

Every command has its own help: signpost review --help`;

function outputTo({ stdout, stderr }: Io) {
  return {
    writeOut: (text: string) => void stdout.write(text),
    writeErr: (text: string) => void stderr.write(text),
    getOutHelpWidth: () => stdout.columns ?? 80,
    getErrHelpWidth: () => stderr.columns ?? 80,
  };
}

function parentFor({ name }: Command, program: Parser): Parser {
  const [group, inner] = name.split(' ');
  if (inner === undefined || group === undefined) return program;
  const added = program.commands.find((each) => each.name() === group);
  return added ?? program.command(group).description(GROUPS[group] ?? '');
}

function addCommand(parent: Parser, command: Command, execute: Execute): void {
  const { name, argument, summary, description, options, examples } = command;
  const parser = parent
    .command(name.split(' ').at(-1)!)
    .summary(summary)
    .description(description)
    .showHelpAfterError(`Run \`signpost ${name} --help\` for what it takes.`)
    .addHelpText('after', `\nExamples:\n${examples.map(exampleLines).join('\n')}`);
  if (argument) parser.argument(argument.optional ? `[${argument.name}]` : `<${argument.name}>`, argument.description);
  for (const option of [...options, ...commonOptions(command)]) parser.addOption(parserOption(option));
  parser.action(async () => {
    const given = argument ? { [argument.name.toLowerCase()]: parser.args[0] } : {};
    await execute(command, { ...parser.opts<CommonValues>(), ...given });
  });
}

const exampleLines = ([typed, does]: readonly [string, string]): string => `  $ signpost ${typed}\n      ${does}`;

function commonOptions({ formats }: Command): OptionFacts[] {
  return [
    { flags: '--repo <DIR>', description: 'a work tree or a bare repository', default: '.' },
    {
      flags: '--format <NAME>',
      description: `how it is said: ${formats.join(', ')}`,
      default: formats[0]!,
      choices: formats,
    },
    { flags: '--output <FILE>', description: 'write the result to a file' },
    { flags: '--quiet', description: 'the result alone, no progress and no notes' },
    { flags: '--no-color', description: 'plain text, as with NO_COLOR in the environment' },
  ];
}

function parserOption({ flags, description, default: value, choices, repeatable }: OptionFacts): Option {
  const option = new Option(flags, description);
  if (value !== undefined) option.default(value, value);
  if (choices) option.argParser((value: string) => known(value, choices));
  if (repeatable) option.argParser((value: string, previous: string[] = []) => [...previous, value]);
  return option;
}

function known(value: string, choices: readonly string[]): string {
  if (choices.includes(value)) return value;
  const near = suggest(value, choices);
  const meant = near === null ? '' : ` Did you mean ${near}?`;
  throw new InvalidArgumentError(`It must be one of ${choices.join(', ')}.${meant}`);
}
