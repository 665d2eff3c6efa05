export type Variables = Readonly<Record<string, string | undefined>>;

/** All mistakes at once, one sentence each; none repeats a secret. */
export class EnvironmentMistakes extends Error {
  override readonly name = 'EnvironmentMistakes';
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(`The environment needs ${mistakes.length === 1 ? 'a repair' : 'repairs'}:\n- ${mistakes.join('\n- ')}`);
    this.mistakes = mistakes;
  }
}

/** A variable's text without blanks around it; undefined where it is empty or unset. */
export type Lookup = (name: string) => string | undefined;

/** One of them; `readEnvironment` collects all. */
export class Mistake extends Error {}

interface Bounds {
  unset: number;
  from: number;
  to: number;
}

export function wholeNumber(of: Lookup, name: string, { unset, from, to }: Bounds): number {
  const text = of(name);
  if (text === undefined) return unset;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= from && value <= to)) throw new Mistake(`${name} must be a whole number from ${from} to ${to}.`);
  return value;
}
