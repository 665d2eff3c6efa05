import { draftMistakes } from '../registry/authoring/edit-registry.ts';
import { proposeId } from '../registry/authoring/propose-id.ts';
import type { ScenarioDraft } from '../registry/authoring/scenario-draft.ts';
import type { Settings } from '../registry/registry.ts';
import type { Prompts, TextQuestion } from './prompts.ts';

export interface Asking {
  prompts: Prompts;
  /** What is known already and is not asked for. */
  given: Partial<ScenarioDraft>;
  taken: ReadonlySet<string>;
  settings: Settings;
}

type ListField = 'codes' | 'symptoms' | 'causes' | 'links' | 'pages' | 'quotes';

/** What is asked for each list, and an example of an answer. */
const LISTS: Readonly<Record<ListField, readonly [message: string, placeholder: string]>> = {
  codes: ['Error code or message that users see', 'exchange_rejected (Enter for none)'],
  symptoms: ['Phrase of two to four words that names the failure', 'keys are blank|empty (Enter for none)'],
  causes: ['Words that the docs must say as the reason', 'callback_check_url not set (Enter for none)'],
  links: ['Route or URL where the fix is', '/callback-check/ (Enter for none)'],
  pages: ['Page where readers look', 'guides/troubleshooting (Enter for the whole site)'],
  quotes: ['What a customer said, without names', 'it says connected, and both keys are empty (Enter for none)'],
};

/** Asks for one scenario, field by field; every answer is held against the registry's own rules as it is typed. */
export async function askScenario(asking: Asking): Promise<ScenarioDraft> {
  const { prompts, given, taken } = asking;
  const title =
    given.title ??
    (await askField('title', { message: 'The failure in one line', placeholder: 'Keys are empty' }, asking));
  const id = given.id ?? (await askId(proposeId(title, taken), asking));
  const codes = await askList('codes', asking);
  const symptoms = await askList('symptoms', asking, codes.length === 0);
  return {
    ...given,
    id,
    title,
    codes,
    symptoms,
    causes: await askList('causes', asking),
    links: await askList('links', asking),
    pages: await askList('pages', asking),
    quotes: await askList('quotes', asking),
    impact: given.impact ?? (await askImpact(prompts)),
  };
}

function askId(initial: string, asking: Asking): Promise<string> {
  const message = 'Its id, which never changes';
  return askField('id', { message, initial }, asking, (id) => (asking.taken.has(id) ? `${id} is taken` : null));
}

/** One answer after the other until an empty one. */
async function askList(field: ListField, asking: Asking, required = false): Promise<string[]> {
  const known = asking.given[field];
  if (known !== undefined) return known;
  const [message, placeholder] = LISTS[field];
  const answers: string[] = [];
  for (;;) {
    const isNeeded = required && answers.length === 0;
    const question =
      answers.length === 0 ? { message, placeholder } : { message: 'Another', placeholder: 'Enter to go on' };
    const needed = (text: string) => (text === '' && isNeeded ? 'A scenario needs a code or a phrase' : null);
    const answer = await askField(field, question, asking, needed, !isNeeded);
    if (answer === '') return answers;
    answers.push(answer);
  }
}

/** What is only doubtful is said once: whoever presses Enter again means it. */
async function askField(
  field: 'id' | 'title' | ListField,
  question: TextQuestion,
  { prompts, settings }: Asking,
  problem: (answer: string) => string | null = () => null,
  mayBeEmpty = false,
): Promise<string> {
  let doubted: string | null = null;
  const answer = await prompts.text({
    ...question,
    problem(typed) {
      const text = typed.trim();
      const own = problem(text);
      if (own !== null || text === '') return own ?? (mayBeEmpty ? null : 'It needs an answer');
      const [worst] = fieldMistakes(field, text, settings);
      if (!worst || (worst.severity === 'warning' && doubted === text)) return null;
      doubted = text;
      return `${worst.message}${worst.severity === 'warning' ? ' (Enter again to keep it)' : ''}`;
    },
  });
  return answer.trim();
}

function fieldMistakes(field: 'id' | 'title' | ListField, text: string, settings: Settings) {
  const draft: ScenarioDraft = { id: 'new-scenario', title: 'New scenario', causes: ['some cause'] };
  const filled = { ...draft, [field]: field === 'id' || field === 'title' ? text : [text] };
  const mistakes = draftMistakes(filled, field, settings);
  return mistakes.sort((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'));
}

async function askImpact(prompts: Prompts): Promise<NonNullable<ScenarioDraft['impact']>> {
  const customers = await prompts.text({
    message: 'How many customers are known to have met it',
    placeholder: '0',
    problem: (text) => (/^\d{0,9}$/.test(text.trim()) ? null : 'Write a number'),
  });
  const environment = await prompts.select({
    message: 'Where',
    choices: [
      { value: 'unknown', label: 'Not known' },
      { value: 'production', label: 'In production', hint: 'weighs more' },
      { value: 'development', label: 'In development or a test' },
    ],
  });
  const recurring = await prompts.confirm({ message: 'Does it come back?', initial: false });
  return {
    ...(Number(customers) > 0 && { customers: Number(customers) }),
    ...(environment !== 'unknown' && { environment }),
    ...(recurring && { recurring }),
  };
}
