import type { State } from '../../coverage/coverage.ts';
import { type Html, html, trusted } from './escape-html.ts';

/** In the order in which charts and tables show them. */
export const STATES: readonly State[] = ['covered', 'partial', 'missing', 'waived'];

/** Shapes beside the words, so that no state is told by its colour alone. */
const MARKS: Record<State, string> = {
  covered: '<path d="m3.5 8.5 3 3 6-7" fill="none" stroke="currentColor" stroke-width="2"/>',
  partial:
    '<circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M8 2.5a5.5 5.5 0 0 1 0 11z" fill="currentColor"/>',
  missing: '<path d="m4 4 8 8m0-8-8 8" fill="none" stroke="currentColor" stroke-width="2"/>',
  waived:
    '<circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M4 12 12 4" stroke="currentColor" stroke-width="1.5"/>',
};

/** The state's shapes, once in a page; `stateMark` shows them. */
export const MARK_SYMBOLS = trusted(
  STATES.map((state) => `<symbol id="mark-${state}" viewBox="0 0 16 16">${MARKS[state]}</symbol>`).join(''),
);

/** Stripes and dots, by which charts tell states apart without colour; once in a page. */
export const FILL_PATTERNS = trusted(
  '<pattern id="fill-partial" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">' +
    '<rect class="soft-partial" width="7" height="7"/><rect class="fill-partial" width="2.5" height="7"/></pattern>' +
    '<pattern id="fill-missing" width="8" height="8" patternUnits="userSpaceOnUse">' +
    '<rect class="soft-missing" width="8" height="8"/><circle class="fill-missing" cx="2" cy="2" r="1"/><circle class="fill-missing" cx="6" cy="6" r="1"/></pattern>',
);

/** What charts show, from the ground up: waived scenarios are not required. */
export const CHARTED = ['covered', 'partial', 'missing'] as const satisfies State[];

/** The attributes of an area for a state. */
export const FILLS: Record<(typeof CHARTED)[number], Html> = {
  covered: trusted('class="fill-covered"'),
  partial: trusted('fill="url(#fill-partial)" class="edge-partial"'),
  missing: trusted('fill="url(#fill-missing)" class="edge-missing"'),
};

/** The shape alone, for beside a word. */
export function stateMark(state: State): Html {
  return html`<svg class="mark" aria-hidden="true"><use href="#mark-${state}"/></svg>`;
}

/** Shape and word; the state's own unless another one is given. */
export function stateBadge(state: State, word: string = state): Html {
  return html`<span class="state ${state}">${stateMark(state)}${word}</span>`;
}
