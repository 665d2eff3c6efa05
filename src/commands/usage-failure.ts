import { suggest } from '../registry/suggest.ts';

/** A command line that cannot be carried out. `message` is one sentence; `advice` says what to do next. */
export class UsageFailure extends Error {
  override readonly name = 'UsageFailure';
  readonly advice: string;

  constructor(message: string, advice: string) {
    super(message);
    this.advice = advice;
  }
}

/** The failure for an id that no scenario has; it names the id that was most likely meant. */
export function unknownScenario(id: string, ids: readonly string[], source: string): UsageFailure {
  const where = source === '' ? 'The registry' : source;
  const near = suggest(id, ids);
  const known = ids.length === 0 ? 'It has no scenarios at all.' : `It has ${someOf(ids)}.`;
  return new UsageFailure(`${where} has no scenario "${id}".`, near === null ? known : `Did you mean "${near}"?`);
}

/** The first few of some names: "a, b and 2 more". */
export function someOf(names: readonly string[]): string {
  const more = names.length > 5 ? ` and ${names.length - 5} more` : '';
  return `${names.slice(0, 5).join(', ')}${more}`;
}

/** @param place where it was looked for: a revision, or some words */
export function noRegistry(place: string): UsageFailure {
  return new UsageFailure(
    `There is no registry in ${place}.`,
    'Write a first `.github/signpost.yml` with `signpost init`, or name a file with `--registry`.',
  );
}

/** The top folder of a repository's work tree, to write into. @throws {UsageFailure} for a bare repository */
export function worktreeOf({ toplevel }: { toplevel: string | null }, typed: string): string {
  if (toplevel !== null) return toplevel;
  throw new UsageFailure(`${typed} is a bare repository, and nothing can be written into it.`, 'Use a clone.');
}

/** The number that an option was given. @param digits how many it may have @throws {UsageFailure} */
export function numberOf(flag: string, typed: string, digits: number): number {
  if (/^\d+$/.test(typed) && typed.length <= digits) return Number(typed);
  throw new UsageFailure(`${flag} takes a number, found "${typed}".`, 'Write it in digits.');
}

/** The message about an error that no command foresees. */
export function bugReport(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `This is a bug in Signpost, please report it with these lines:\n${stack}`;
}
