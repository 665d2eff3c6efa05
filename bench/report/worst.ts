import type { Result } from '../results.ts';
import { figuresOf } from './figures.ts';

/** Of each row the result on the site where it came to most: that one counts. */
export function worstOf(results: readonly Result[]): Result[] {
  const worst = new Map<string, Result>();
  for (const result of results) {
    const known = worst.get(result.name);
    if (!known || amountOf(result) > amountOf(known)) worst.set(result.name, result);
  }
  return [...worst.values()];
}

/** Less than nothing where it could not be measured. */
const amountOf = (result: Result): number => figuresOf(result)?.value.median ?? -1;
