import type { CheckAnswer, ScenarioDetail, ScenarioRow, ShownState } from '../protocol.ts';
import { detailElement } from './detail.ts';
import { byId, element } from './element.ts';

const STATES: readonly ShownState[] = ['missing', 'partial', 'covered', 'waived'];

/** The good end first, as on a gauge. */
const BAR: readonly ShownState[] = ['covered', 'partial', 'missing', 'waived'];

const WORDS: Record<ShownState, string> = {
  missing: 'Missing',
  partial: 'Partial',
  covered: 'Covered',
  waived: 'Waived',
};

interface Shown {
  item: HTMLLIElement;
  /** What it shows, to tell whether it has to be drawn again. */
  key: string;
}

/** The scenarios with their states; the one under the cursor is open. */
export class ScenarioList {
  readonly #list = byId<HTMLUListElement>('scenarios');
  readonly #filter = byId<HTMLInputElement>('filter');
  readonly #onPick: (row: ScenarioRow) => void;
  #shown = new Map<string, Shown>();
  #rows: readonly ScenarioRow[] = [];
  #only: ShownState | null = null;
  #focus: string | null = null;
  #detail = '';

  constructor(onPick: (row: ScenarioRow) => void) {
    this.#onPick = onPick;
    this.#filter.addEventListener('input', () => this.#hide());
    byId('counts').append(...STATES.map((state) => this.#countButton(state)));
  }

  get rows(): readonly ScenarioRow[] {
    return this.#rows;
  }

  /** The scenario in which a line of a file stands. */
  at(path: string, line: number): ScenarioRow | null {
    return this.#rows.findLast((row) => row.path === path && row.line <= line) ?? null;
  }

  /**
   * @param isBroken some entries cannot be read just now: those that are gone stay, greyed, as they last were
   */
  show({ rows, counts, detail }: CheckAnswer, focus: string | null, isBroken: boolean): void {
    const there = new Set(rows.map(({ id }) => id));
    const stale = isBroken ? this.#rows.filter(({ id }) => !there.has(id)) : [];
    this.#rows = inFileOrder(rows, stale);
    this.#drawCounts(counts);
    this.#drawRows(new Set(stale.map(({ id }) => id)), focus);
    this.#drawDetail(focus, detail);
    this.#hide();
  }

  #drawRows(stale: ReadonlySet<string>, focus: string | null): void {
    const shown = new Map<string, Shown>();
    let before: Element | null = null;
    for (const row of this.#rows) {
      const key = JSON.stringify([row.title, row.gravity, row.state, row.lack, stale.has(row.id), row.id === focus]);
      const known = this.#shown.get(row.id);
      const item = known?.item ?? element('li');
      if (known?.key !== key) this.#drawRow(item, row, stale.has(row.id), row.id === focus);
      shown.set(row.id, { item, key });
      const next: Element | null = before ? before.nextElementSibling : this.#list.firstElementChild;
      if (next !== item) this.#list.insertBefore(item, next);
      before = item;
    }
    for (const [id, { item }] of this.#shown) if (!shown.has(id)) item.remove();
    this.#shown = shown;
  }

  #drawRow(item: HTMLLIElement, row: ScenarioRow, isStale: boolean, isOpen: boolean): void {
    const { id, title, gravity, state, lack } = row;
    const button = element(
      'button',
      {
        class: 'scenario',
        attributes: { type: 'button', 'aria-expanded': String(isOpen) },
        onclick: () => this.#onPick(this.#rows.find((each) => each.id === id) as ScenarioRow),
      },
      element('span', { class: `dot ${state}`, attributes: { 'aria-hidden': 'true' } }),
      element('span', { class: 'hidden' }, `${WORDS[state]}: `),
      element(
        'span',
        { class: 'names' },
        element('span', { class: 'title' }, title),
        element('span', { class: 'id' }, id, lack === '' || state === 'missing' || isOpen ? null : ` · lacks ${lack}`),
      ),
      element('span', { class: `gravity ${gravity}`, title: `Gravity: ${gravity}` }, gravity),
    );
    const detail = item.querySelector(':scope > .detail');
    item.className = ['entry', ...(isOpen ? ['open'] : []), ...(isStale ? ['stale'] : [])].join(' ');
    item.dataset.id = id;
    item.dataset.state = state;
    item.replaceChildren(button, ...(isOpen && detail ? [detail] : []));
  }

  #drawDetail(focus: string | null, detail: ScenarioDetail | null): void {
    const item = focus === null ? undefined : this.#shown.get(focus)?.item;
    const key = JSON.stringify(detail);
    const isNew = focus !== this.#focus;
    if (item && detail && (isNew || key !== this.#detail || !item.querySelector('.detail'))) {
      item.querySelector('.detail')?.remove();
      item.append(detailElement(detail));
    }
    this.#focus = focus;
    this.#detail = key;
    if (isNew && item) reveal(item);
  }

  #drawCounts(counts: CheckAnswer['counts']): void {
    const all = Math.max(1, counts.covered + counts.partial + counts.missing + counts.waived);
    byId('bar').replaceChildren(
      ...BAR.map((state) => {
        const part = element('span', { class: state });
        part.style.flexGrow = String(counts[state] / all);
        return part;
      }),
    );
    for (const state of STATES) byId(`count-${state}`).textContent = String(counts[state]);
  }

  #countButton(state: ShownState): HTMLElement {
    const button = element(
      'button',
      { class: 'count', attributes: { type: 'button', 'aria-pressed': 'false' } },
      element('span', { class: `dot ${state}`, attributes: { 'aria-hidden': 'true' } }),
      element('strong', { attributes: { id: `count-${state}` } }, '0'),
      ` ${WORDS[state].toLowerCase()}`,
    );
    button.onclick = () => {
      this.#only = this.#only === state ? null : state;
      for (const other of byId('counts').children) other.setAttribute('aria-pressed', 'false');
      button.setAttribute('aria-pressed', String(this.#only === state));
      this.#hide();
    };
    return button;
  }

  /** The one under the cursor is always shown. */
  #hide(): void {
    const words = this.#filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of this.#rows) {
      const text = `${row.id} ${row.title} ${row.lack} ${row.gravity}`.toLowerCase();
      const fits = words.every((word) => text.includes(word)) && (this.#only === null || row.state === this.#only);
      const item = this.#shown.get(row.id)?.item;
      if (item) item.hidden = !fits && row.id !== this.#focus;
      if (fits) count += 1;
    }
    const empty = byId('empty');
    empty.hidden = count > 0;
    empty.textContent =
      this.#rows.length === 0 ? 'No scenarios yet. Add one under “scenarios:”.' : 'None fits the filter.';
  }
}

/** Those that cannot be read just now stand where they were. */
function inFileOrder(rows: readonly ScenarioRow[], stale: readonly ScenarioRow[]): ScenarioRow[] {
  if (stale.length === 0) return [...rows];
  const paths = [...new Set([...rows, ...stale].map(({ path }) => path))];
  return [...rows, ...stale].sort((a, b) => paths.indexOf(a.path) - paths.indexOf(b.path) || a.line - b.line);
}

/** Within the list alone: the page itself must not move while somebody types. */
function reveal(item: HTMLElement): void {
  const box = item.closest('.scenarios') as HTMLElement;
  const [inner, outer] = [item.getBoundingClientRect(), box.getBoundingClientRect()];
  if (inner.top < outer.top || inner.bottom > outer.bottom) box.scrollTop += inner.top - outer.top;
}
