import type { Readable, Writable } from 'node:stream';
import { UsageFailure } from './usage-failure.ts';

export interface TextQuestion {
  message: string;
  /** Shown where nothing is typed yet; it is no answer. */
  placeholder?: string;
  /** Stands there from the start and can be changed. */
  initial?: string;
  /** What is wrong with an answer, null where nothing is; the person is asked until it is null. */
  problem?: (answer: string) => string | null;
}

export interface Choice<Value> {
  value: Value;
  label: string;
  hint?: string;
}

export interface ChoiceQuestion<Value> {
  message: string;
  choices: readonly Choice<Value>[];
  initial?: Value;
}

/** Asks the person at the terminal. Every question throws `Cancelled` when it is left with Ctrl-C or Esc. */
export interface Prompts {
  /** Says what the questions are about. */
  begin(title: string): Promise<void>;
  text(question: TextQuestion): Promise<string>;
  confirm(question: { message: string; initial: boolean }): Promise<boolean>;
  select<Value extends string>(question: ChoiceQuestion<Value>): Promise<Value>;
  /** Any number of the choices, none too. */
  multiselect<Value extends string>(
    question: Omit<ChoiceQuestion<Value>, 'initial'> & { initial?: readonly Value[] },
  ): Promise<Value[]>;
  /** Shows something between two questions; lines are not wrapped. */
  show(text: string, title?: string): Promise<void>;
}

/** The person left the questions. */
export class Cancelled extends UsageFailure {
  constructor() {
    super('Cancelled, and nothing was written.', 'Run it again whenever you like.');
  }
}

/** Prompts on a real terminal; null where one of the streams is none. The library is loaded with the first question. */
export function terminalPrompts(
  input: Readable & { isTTY?: boolean },
  output: Writable & { isTTY?: boolean },
): Prompts | null {
  if (input.isTTY !== true || output.isTTY !== true) return null;
  const streams = { input, output };
  const load = () => import('@clack/prompts');
  const ask = async <Answer>(question: (clack: Clack) => Promise<Answer | symbol>): Promise<Answer> => {
    const clack = await load();
    const answer = await question(clack);
    if (clack.isCancel(answer)) throw new Cancelled();
    return answer as Answer;
  };
  return {
    begin: async (title) => (await load()).intro(title, streams),
    text: ({ message, placeholder, initial, problem }) =>
      ask<string>((clack) =>
        clack.text({
          ...streams,
          message,
          ...(placeholder !== undefined && { placeholder }),
          ...(initial !== undefined && { initialValue: initial }),
          validate: (answer) => problem?.(answer ?? '') ?? undefined,
        }),
      ).then((answer) => answer ?? ''),
    confirm: ({ message, initial }) =>
      ask<boolean>((clack) => clack.confirm({ ...streams, message, initialValue: initial })),
    select: ({ message, choices, initial }) =>
      ask((clack) =>
        clack.select<string>({
          ...streams,
          message,
          options: choices.map((choice) => ({ ...choice })),
          ...(initial !== undefined && { initialValue: initial }),
        }),
      ) as Promise<never>,
    multiselect: ({ message, choices, initial = [] }) =>
      ask((clack) =>
        clack.multiselect<string>({
          ...streams,
          message,
          options: choices.map((choice) => ({ ...choice })),
          initialValues: [...initial],
          required: false,
        }),
      ) as Promise<never>,
    show: async (text, title) => (await load()).note(text, title, streams),
  };
}

type Clack = typeof import('@clack/prompts');
