import type { Evidence } from '../../coverage/coverage.ts';
import type { Scenario } from '../../registry/registry.ts';

const MAX_LABEL = 80;
const MAX_LISTED = 3;

/** A phrase of the registry as people say it: of each `a|b` the first that is a word. */
export function plainPhrase(phrase: string): string {
  return phrase.split(/\s+/).map(firstChoice).filter(Boolean).join(' ');
}

function firstChoice(word: string): string {
  const choices = word.split('|').filter(Boolean);
  return choices.find((choice) => /[\p{L}\p{N}]/u.test(choice)) ?? choices[0] ?? '';
}

/** “Label” (path:line). */
export function sectionAt({ label, path, line }: Pick<Evidence, 'label' | 'path' | 'line'>): string {
  return `${quoted(label)} (${path}:${line})`;
}

/** A label of the docs in quotes, cut where it is very long. */
export function quoted(label: string): string {
  const points = [...label.slice(0, 2 * MAX_LABEL + 2)];
  return points.length > MAX_LABEL ? `“${points.slice(0, MAX_LABEL).join('')}…”` : `“${label}”`;
}

/** How readers know the failure: by its codes in backticks, else by its first symptom in quotes. */
export function nameOf(scenario: Scenario): string {
  const codes = scenario.codes.map((code) => `\`${code}\``);
  return codes.length > 0 ? listed(codes, 'or') : quoted(plainPhrase(scenario.symptoms[0] as string));
}

/** "a, b and c"; beyond three the rest is counted. */
export function listed(items: readonly string[], word: 'and' | 'or' = 'and'): string {
  const rest = items.length - MAX_LISTED;
  const shown = rest > 0 ? [...items.slice(0, MAX_LISTED), `${rest} more`] : items;
  if (shown.length < 2) return shown.join('');
  return `${shown.slice(0, -1).join(', ')} ${word} ${shown.at(-1)}`;
}

/** "1 gap", "2 gaps". */
export function counted(count: number, noun: string): string {
  return `${count} ${count === 1 ? noun : `${noun}s`}`;
}
