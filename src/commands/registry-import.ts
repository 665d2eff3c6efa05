import { formatsOf, render } from '../report/formats.ts';
import type { Command, CommonValues } from './command.ts';
import { CACHE_OPTION, type CachedValues } from './repository.ts';
import { TARGET_OPTIONS, type TargetValues } from './target-option.ts';

export interface ImportValues extends CommonValues, TargetValues, CachedValues {
  input?: string;
  from?: string;
  map?: string[];
  codes?: string[];
  update?: boolean;
  least?: string;
}

const FORMATS = ['csv', 'json', 'jsonl', 'openapi', 'list'];

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
    {
      flags: '--from <NAME>',
      description: `what the file is (default: by its name): ${FORMATS.join(', ')}`,
      choices: FORMATS,
    },
    {
      flags: '--map <FIELD=COLUMN,…>',
      description:
        'which column tells what: title, code, theme, quote, customer, customers, environment, page, date, cause, link',
      repeatable: true,
    },
    {
      flags: '--codes <GLOB:PATTERN>',
      description: 'codes in files of the work tree, by an RE2 pattern',
      repeatable: true,
    },
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
  async run(values, occasion) {
    const { importFailures } = await import('./import-failures.ts');
    const change = await importFailures(values, occasion);
    const told = { ...occasion, milliseconds: { read: 0, parse: 0, judge: 0, total: 0 }, comment: {} };
    return {
      text: (await render('registry import', values.format, change, told)) ?? '',
      exitCode: change.unwritten === 'invalid' ? 1 : 0,
    };
  },
};
