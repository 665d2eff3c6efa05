import type { Mistake } from '../../registry/registry.ts';
import { asSentence, byId, element } from './dom.ts';

/** Nobody reads a longer list. */
const MOST_SHOWN = 200;

/** The list of the problems of all files, below the text. A click on one leads to its line. */
export class ProblemList {
  readonly #list = byId<HTMLUListElement>('problem-list');
  readonly #onPick: (problem: Mistake) => void;
  #key = '';

  constructor(onPick: (problem: Mistake) => void) {
    this.#onPick = onPick;
  }

  /** @param pending whether more advice is being looked for */
  show(problems: readonly Mistake[], pending: boolean): void {
    const key = JSON.stringify([problems, pending]);
    if (key === this.#key) return;
    this.#key = key;
    const sorted = problems.toSorted((a, b) => rank(a) - rank(b) || a.path.localeCompare(b.path) || a.line - b.line);
    this.#list.replaceChildren(...sorted.slice(0, MOST_SHOWN).map((problem) => this.#item(problem)));
    const errors = problems.filter(({ severity }) => severity === 'error').length;
    const count = byId('problem-count');
    count.textContent = `${wordsFor(errors, problems.length - errors)}${pending ? ' · looking further…' : ''}`;
    count.className = errors > 0 ? 'error' : '';
  }

  #item(problem: Mistake): HTMLElement {
    const { severity, line, path, message, advice } = problem;
    const said = element('span', asSentence(message), ' ', element('span.advice', advice));
    const lead = { title: path, onclick: () => this.#onPick(problem) };
    return element(`li.${severity}`, element('button.problem', lead, element('span.at', `Line ${line}`), said));
  }
}

function rank({ severity }: Mistake): number {
  return severity === 'error' ? 0 : 1;
}

function wordsFor(errors: number, warnings: number): string {
  const parts = [
    errors > 0 && `${errors} ${errors === 1 ? 'mistake' : 'mistakes'}`,
    warnings > 0 && `${warnings} ${warnings === 1 ? 'piece' : 'pieces'} of advice`,
  ];
  return parts.filter(Boolean).join(', ') || 'No problems';
}
