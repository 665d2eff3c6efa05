import type { Scenario } from '../registry/registry.ts';
import { formatsOf, render } from '../report/formats.ts';
import type { Command, CommonValues, OptionFacts } from './command.ts';
import { CACHE_OPTION, type CachedValues } from './repository.ts';
import { TARGET_OPTIONS, type TargetValues } from './target-option.ts';

export interface AddValues extends CommonValues, TargetValues, CachedValues {
  id?: string;
  title?: string;
  code?: string[];
  symptom?: string[];
  except?: string[];
  cause?: string[];
  link?: string[];
  never?: string[];
  page?: string[];
  quote?: string[];
  audience?: string;
  owner?: string;
  category?: Scenario['category'];
  customers?: string;
  environment?: string;
  recurring?: boolean;
}

const several = (flags: string, description: string): OptionFacts => ({ flags, description, repeatable: true });

const FIELD_OPTIONS: readonly OptionFacts[] = [
  { flags: '--title <TEXT>', description: 'the failure in one line, for people' },
  { flags: '--id <ID>', description: 'its permanent name (default: made from the title)' },
  several('--code <TEXT>', 'an error code or message that users see; may be given again, as all up to --quote'),
  several('--symptom <PHRASE>', 'two to four words that name the failure'),
  several('--except <PHRASE>', 'what cancels a hit'),
  several('--cause <PHRASE>', 'what the docs must say as the reason'),
  several('--link <ROUTE>', 'where the fix is: a route or a URL'),
  several('--never <PHRASE>', 'what the docs must not say'),
  several('--page <GLOB>', 'where readers look'),
  several('--quote <TEXT>', "a customer's own words, without names"),
  { flags: '--audience <TEXT>', description: 'who meets it' },
  { flags: '--customers <N>', description: 'how many customers are known to have met it' },
  { flags: '--environment <NAME>', description: 'where they met it, such as production' },
  { flags: '--recurring', description: 'it comes back' },
  {
    flags: '--category <NAME>',
    description: 'who can fix it: docs, product or mixed',
    choices: ['docs', 'product', 'mixed'],
  },
  { flags: '--owner <NAME>', description: 'whom to ask' },
];

export const REGISTRY_ADD: Command<AddValues> = {
  name: 'registry add',
  summary: 'add a scenario to the registry',
  description:
    'Adds one failure to the registry and says what the docs have on it. At a terminal it asks for what is not given; ' +
    'elsewhere --title and a --code or --symptom are needed. Nothing else in the file changes.',
  options: [...FIELD_OPTIONS, ...TARGET_OPTIONS, CACHE_OPTION],
  formats: formatsOf('registry add'),
  examples: [
    ['registry add', 'at a terminal: asks for one field after the other'],
    ['registry add --title "Keys are empty" --symptom "keys are blank|empty" --cause "keyring sealed"', 'in a script'],
    ['registry add --title "Card declined" --code card_declined --dry-run', 'shows what would be written'],
  ],
  async run(values, occasion) {
    const { addScenario } = await import('./add-scenario.ts');
    const change = await addScenario(values, occasion);
    const told = { ...occasion, milliseconds: { read: 0, parse: 0, judge: 0, total: 0 }, comment: {} };
    return {
      text: (await render('registry add', values.format, change, told)) ?? '',
      exitCode: change.unwritten === 'invalid' ? 1 : 0,
    };
  },
};
