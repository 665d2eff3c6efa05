import type { Readable, Writable } from 'node:stream';
import type { ConfirmOptions, MultiSelectOptions, SelectOptions, TextOptions } from '@clack/prompts';
import { UsageFailure } from './usage-failure.ts';

export interface TextQuestion extends TextOptions {
  /** What is wrong with an answer. The person is asked until there is nothing. */
  validate?: (answer: string | undefined) => string | undefined;
}

/** Asks the person at the terminal. Every question throws `Cancelled` when it is left with Ctrl-C or Esc. */
export interface Prompts {
  /** Shows a title before the first question. */
  begin(title: string): Promise<void>;
  text(question: TextQuestion): Promise<string>;
  confirm(question: ConfirmOptions): Promise<boolean>;
  select<Value extends string>(question: SelectOptions<Value>): Promise<Value>;
  /** Any number of the choices, or none. */
  multiselect<Value extends string>(question: MultiSelectOptions<Value>): Promise<Value[]>;
  /** Shows a text between two questions, without wrapping its lines. */
  show(text: string, title?: string): Promise<void>;
}

/** The person left the questions. */
export class Cancelled extends UsageFailure {
  constructor() {
    super('Cancelled, and nothing was written.', 'Run it again whenever you like.');
  }
}

/** Prompts on a terminal; null where one of the streams is none. The library is loaded at the first question. */
export function terminalPrompts(
  input: Readable & { isTTY?: boolean },
  output: Writable & { isTTY?: boolean },
): Prompts | null {
  if (input.isTTY !== true || output.isTTY !== true) return null;
  const streams = { input, output };
  const load = () => import('@clack/prompts');
  const answered = async <Answer>(ask: (clack: Clack) => Promise<Answer>) => {
    const clack = await load();
    const answer = await ask(clack);
    if (clack.isCancel(answer)) throw new Cancelled();
    return answer as Exclude<Answer, symbol>;
  };
  return {
    begin: async (title) => (await load()).intro(title, streams),
    text: async (question) => (await answered((clack) => clack.text({ ...question, ...streams }))) ?? '',
    confirm: (question) => answered((clack) => clack.confirm({ ...question, ...streams })),
    select: (question) => answered((clack) => clack.select({ ...question, ...streams })),
    multiselect: (question) => answered((clack) => clack.multiselect({ required: false, ...question, ...streams })),
    show: async (text, title) => (await load()).note(text, title, streams),
  };
}

type Clack = typeof import('@clack/prompts');
