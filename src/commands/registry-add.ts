import { proposeId } from '../registry/authoring/propose-id.ts';
import type { ScenarioDraft } from '../registry/authoring/scenario-draft.ts';
import type { Mistake, Scenario } from '../registry/registry.ts';
import { formatsOf } from '../report/formats.ts';
import { penFor } from '../report/terminal/terminal-pen.ts';
import { diffLines } from '../report/terminal/terminal-registry.ts';
import type { RegistryAdditions } from '../review/review.ts';
import { type Command, type CommonValues, type OptionFacts, oneOf, several } from './command.ts';
import type { CommandContext } from './command-context.ts';
import { inFormat } from './outcome.ts';
import { Cancelled, type Prompts } from './prompts.ts';
import { TARGET_OPTIONS, type TargetValues } from './registry-options.ts';
import { CACHE_OPTION, type CachedValues } from './repository.ts';
import { numberOf, UsageFailure } from './usage-failure.ts';

type ListFlag = 'code' | 'symptom' | 'except' | 'cause' | 'link' | 'never' | 'page' | 'quote';
type TextFlag = 'id' | 'title' | 'audience' | 'owner' | 'customers' | 'environment';
type FieldValues = Partial<Record<ListFlag, string[]> & Record<TextFlag, string>>;

interface AddValues extends CommonValues, TargetValues, CachedValues, FieldValues {
  category?: Scenario['category'];
  recurring?: boolean;
}

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
  oneOf('--category <NAME>', 'who can fix it: docs, product or mixed', ['docs', 'product', 'mixed']),
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
  async run(values, context) {
    const change = await addScenario(values, context);
    const text = await inFormat('registry add', change, values, context);
    return { text, exitCode: change.unwritten === 'invalid' ? 1 : 0 };
  },
};

/** @throws {UsageFailure} if flags lack something, or the person does not want it after all */
async function addScenario(values: AddValues, context: CommandContext): Promise<RegistryAdditions> {
  const [{ judgeChange, registryTarget, writeTarget }, { addScenarios, draftMistakes }] = await Promise.all([
    import('./registry-target.ts'),
    import('../registry/authoring/edit-registry.ts'),
  ]);
  const target = await registryTarget(values, context);
  const { scenarios, settings } = target.registry;
  const taken = new Set(scenarios.map(({ id }) => id));
  const prompts = values.title === undefined ? context.prompts : null;
  await prompts?.begin(`A new scenario in ${target.name}`);
  const mistakes: Asking['mistakes'] = (draft, field) => draftMistakes(draft, field, settings);
  const draft = prompts
    ? await askScenario({ prompts, given: given(values), taken, mistakes })
    : fromFlags(values, taken);
  const after = addScenarios(target.text, [draft]);
  const entry = { action: 'added' as const, id: draft.id, title: draft.title, source: '', why: '' };
  const change = await judgeChange(target, after, [entry], values, context);
  if (change.unwritten !== null) return change;
  if (prompts) await agree(prompts, change, context);
  await writeTarget(target, after);
  return change;
}

async function agree(prompts: Prompts, change: RegistryAdditions, { progress, width }: CommandContext): Promise<void> {
  progress.clear();
  await prompts.show(diffLines(change, penFor({ color: false, width })), change.path);
  const isWanted = await prompts.confirm({ message: `Write it into ${change.path}?`, initialValue: true });
  if (!isWanted) throw new Cancelled();
}

function fromFlags(values: AddValues, taken: ReadonlySet<string>): ScenarioDraft {
  const { title, ...rest } = given(values);
  if (title === undefined || title.trim() === '') throw lacking('--title');
  if (!rest.codes && !rest.symptoms) throw lacking('a --code or a --symptom');
  if (rest.id !== undefined && taken.has(rest.id)) {
    throw new UsageFailure(`The id ${rest.id} is taken.`, `Leave --id out, and it is ${proposeId(title, taken)}.`);
  }
  return { ...rest, title, id: rest.id ?? proposeId(title, taken) };
}

function lacking(what: string): UsageFailure {
  return new UsageFailure(`A scenario needs ${what}.`, 'Give it, or run `signpost registry add` at a terminal.');
}

/** The fields that were given by flags. */
function given(values: AddValues): Partial<ScenarioDraft> {
  const { id, title, except, never, audience, owner, category } = values;
  const { code: codes, symptom: symptoms, cause: causes, link: links, page: pages, quote: quotes } = values;
  const lists = { codes, symptoms, except, causes, links, never, pages, quotes };
  const fields = { id, title, ...lists, audience, owner, category, impact: impactOf(values) };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function impactOf({ customers, environment, recurring }: AddValues): ScenarioDraft['impact'] {
  if (customers === undefined && environment === undefined && !recurring) return undefined;
  return {
    ...(customers !== undefined && { customers: numberOf('--customers', customers, 9) }),
    ...(environment !== undefined && { environment }),
    ...(recurring && { recurring }),
  };
}

interface Asking {
  prompts: Prompts;
  /** The fields that are known and are not asked for. */
  given: Partial<ScenarioDraft>;
  taken: ReadonlySet<string>;
  /** What the registry's reader and linter say of one field. */
  mistakes(draft: ScenarioDraft, field: keyof ScenarioDraft): Mistake[];
}

type ListField = 'codes' | 'symptoms' | 'causes' | 'links' | 'pages' | 'quotes';
type AskedField = 'id' | 'title' | ListField;

/** The question for each list, in the order in which they are asked, with an example of an answer. */
const LISTS: Readonly<Record<ListField, readonly [message: string, placeholder: string]>> = {
  codes: ['Error code or message that users see', 'exchange_rejected (Enter for none)'],
  symptoms: ['Phrase of two to four words that names the failure', 'keys are blank|empty (Enter for none)'],
  causes: ['Words that the docs must say as the reason', 'callback_check_url not set (Enter for none)'],
  links: ['Route or URL where the fix is', '/callback-check/ (Enter for none)'],
  pages: ['Page where readers look', 'guides/troubleshooting (Enter for the whole site)'],
  quotes: ['What a customer said, without names', 'it says connected, and both keys are empty (Enter for none)'],
};

/** Asks for a scenario, field by field. Each answer is checked by the registry's own rules as it is typed. */
async function askScenario(asking: Asking): Promise<ScenarioDraft> {
  const { given, taken } = asking;
  const what = { message: 'The failure in one line', placeholder: 'Keys are empty' };
  const title = given.title ?? (await askField('title', what, asking));
  const name = { message: 'Its id, which never changes', initialValue: proposeId(title, taken) };
  const free = (id: string) => (taken.has(id) ? `${id} is taken` : needed(id));
  const id = given.id ?? (await askField('id', name, asking, free));
  const draft: ScenarioDraft = { ...given, id, title };
  for (const field of Object.keys(LISTS) as ListField[]) {
    const isNeeded = field === 'symptoms' && !draft.codes?.length;
    draft[field] = given[field] ?? (await askList(field, asking, isNeeded));
  }
  return { ...draft, impact: given.impact ?? (await askImpact(asking.prompts)) };
}

/** Asks for one item after the other until an answer is empty. */
async function askList(field: ListField, asking: Asking, required: boolean): Promise<string[]> {
  const [message, placeholder] = LISTS[field];
  const answers: string[] = [];
  for (;;) {
    const isFirst = answers.length === 0;
    const question = isFirst ? { message, placeholder } : { message: 'Another', placeholder: 'Enter to go on' };
    const isLacking = (text: string) => text === '' && required && isFirst;
    const problem = (text: string) => (isLacking(text) ? 'A scenario needs a code or a phrase' : undefined);
    const answer = await askField(field, question, asking, problem);
    if (answer === '') return answers;
    answers.push(answer);
  }
}

function needed(text: string): string | undefined {
  return text === '' ? 'It needs an answer' : undefined;
}

/** Tells of a warning once: a person who presses Enter again wants to keep the answer. */
async function askField(
  field: AskedField,
  question: { message: string; placeholder?: string; initialValue?: string },
  { prompts, mistakes }: Asking,
  problem: (answer: string) => string | undefined = needed,
): Promise<string> {
  let doubted: string | null = null;
  const answer = await prompts.text({
    ...question,
    validate(typed = '') {
      const text = typed.trim();
      const own = problem(text);
      if (own !== undefined || text === '') return own;
      const found = mistakes(draftWith(field, text), field);
      const worst = found.find(({ severity }) => severity === 'error') ?? found[0];
      if (!worst || (worst.severity === 'warning' && doubted === text)) return undefined;
      doubted = text;
      return `${worst.message}${worst.severity === 'warning' ? ' (Enter again to keep it)' : ''}`;
    },
  });
  return answer.trim();
}

function draftWith(field: AskedField, text: string): ScenarioDraft {
  const value = field === 'id' || field === 'title' ? text : [text];
  return { id: 'new-scenario', title: 'New scenario', causes: ['some cause'], [field]: value };
}

async function askImpact(prompts: Prompts): Promise<NonNullable<ScenarioDraft['impact']>> {
  const customers = await prompts.text({
    message: 'How many customers are known to have met it',
    placeholder: '0',
    validate: (text = '') => (/^\d{0,9}$/.test(text.trim()) ? undefined : 'Write a number'),
  });
  const environment = await prompts.select({
    message: 'Where',
    options: [
      { value: 'unknown', label: 'Not known' },
      { value: 'production', label: 'In production', hint: 'weighs more' },
      { value: 'development', label: 'In development or a test' },
    ],
  });
  const recurring = await prompts.confirm({ message: 'Does it come back?', initialValue: false });
  return {
    ...(Number(customers) > 0 && { customers: Number(customers) }),
    ...(environment !== 'unknown' && { environment }),
    ...(recurring && { recurring }),
  };
}
