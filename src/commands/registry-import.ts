import { type Repository, WORKTREE } from '../local-git/repository.ts';
import type { ToldFailure } from '../registry/authoring/import/draft-failure.ts';
import { ImportMistake } from '../registry/authoring/import/import-mistake.ts';
import type { ImportFormat } from '../registry/authoring/import/read-failures.ts';
import { formatsOf } from '../report/formats.ts';
import type { RegistryAdditions } from '../review/review.ts';
import { type Command, type CommonValues, oneOf, several } from './command.ts';
import type { CommandContext } from './command-context.ts';
import { readInput } from './named-files.ts';
import { inFormat } from './outcome.ts';
import { TARGET_OPTIONS, type TargetValues } from './registry-options.ts';
import { CACHE_OPTION, type CachedValues, withRepository } from './repository.ts';
import { numberOf, UsageFailure } from './usage-failure.ts';

interface ImportValues extends CommonValues, TargetValues, CachedValues {
  input?: string;
  from?: ImportFormat;
  map?: string[];
  codes?: string[];
  update?: boolean;
  least: string;
}

const FORMATS: readonly ImportFormat[] = ['csv', 'json', 'jsonl', 'openapi', 'list'];

export const REGISTRY_IMPORT: Command<ImportValues> = {
  name: 'registry import',
  argument: {
    name: 'INPUT',
    description: 'a file of tickets, themes or codes, or an OpenAPI description; - for what is piped in',
    optional: true,
  },
  summary: 'make scenarios from tickets, an API description or sources',
  description:
    'Makes scenarios from an export of tickets or themes, the error codes of an OpenAPI description, a plain list, or ' +
    'codes in sources. Rows of one code or theme become one scenario, customers are counted, quotes are scrubbed. What ' +
    'the registry has already stays as it is.',
  options: [
    oneOf('--from <NAME>', `what the file is (default: by its name): ${FORMATS.join(', ')}`, FORMATS),
    several(
      '--map <FIELD=COLUMN,…>',
      'which column tells what: title, code, theme, quote, customer, customers, environment, page, date, cause, link',
    ),
    several('--codes <GLOB:PATTERN>', 'codes in files of the work tree, by an RE2 pattern'),
    { flags: '--least <N>', description: 'leave out what fewer tickets tell of', default: '1' },
    { flags: '--update', description: 'raise customers and add quotes of scenarios that are there already' },
    ...TARGET_OPTIONS,
    CACHE_OPTION,
  ],
  formats: formatsOf('registry import'),
  examples: [
    ['registry import tickets.csv --dry-run', 'what an export of the helpdesk would add'],
    ['registry import tickets.csv --map title=Subject,code="Error code",customer=Account', 'with columns by name'],
    ['registry import openapi.yaml', 'the error codes of an API description'],
    ["registry import --codes 'src/**/*.go:ERR_[A-Z_]+'", 'the error codes of sources'],
    ['registry import - --from list', 'one failure from each line of what is piped in'],
  ],
  async run(values, context) {
    const change = await importFailures(values, context);
    const text = await inFormat('registry import', change, values, context);
    return { text, exitCode: change.unwritten === 'invalid' ? 1 : 0 };
  },
};

/** @throws {UsageFailure} */
async function importFailures(values: ImportValues, context: CommandContext): Promise<RegistryAdditions> {
  const [
    { judgeChange, registryTarget, writeTarget },
    { codesInTree, sourcePattern },
    { draftCode },
    { intoRegistry },
  ] = await Promise.all([
    import('./registry-target.ts'),
    import('./codes-option.ts'),
    import('../registry/authoring/import/draft-failure.ts'),
    import('../registry/authoring/import/into-registry.ts'),
  ]);
  const patterns = (values.codes ?? []).map(sourcePattern);
  const { input } = values;
  if (input === undefined && patterns.length === 0) {
    throw new UsageFailure('There is nothing to import.', "Name a file, or sources with --codes 'GLOB:PATTERN'.");
  }
  const target = await registryTarget(values, context);
  const told = input === undefined ? [] : await fileFailures(input, target.registry.settings.private, values, context);
  const codesIn = async (repository: Repository) => {
    const { tree } = await repository.snapshot(WORKTREE);
    return patterns.flatMap((pattern) => codesInTree(pattern, tree, repository));
  };
  const codes = patterns.length === 0 ? [] : await withRepository(values.repo, context, codesIn);
  const { text, entries } = intoRegistry(target, [...told, ...codes.map(draftCode)], values.update ?? false);
  const change = await judgeChange(target, text, entries, values, context);
  if (change.unwritten === null && text !== target.text) await writeTarget(target, text);
  return change;
}

async function fileFailures(
  typed: string,
  privateNames: readonly string[],
  values: ImportValues,
  context: CommandContext,
): Promise<ToldFailure[]> {
  const least = numberOf('--least', values.least, 6);
  const { path, text } = await readInput(typed, context);
  context.progress.announce(`reading ${path}…`);
  const { formatOf, readFailures } = await import('../registry/authoring/import/read-failures.ts');
  const format = values.from ?? formatOf(path, text);
  if (format === null)
    throw new UsageFailure(`${path} does not tell what it is.`, `Say it with --from: ${FORMATS.join(', ')}.`);
  try {
    return readFailures(path, text, format, { map: values.map ?? [], least, privateNames });
  } catch (error) {
    if (!(error instanceof ImportMistake)) throw error;
    const place = error.line === null ? path : `${path}:${error.line}`;
    throw new UsageFailure(`${place}: ${error.message}.`, error.advice);
  }
}
