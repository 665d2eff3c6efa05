import type { State } from '../../coverage/coverage.ts';
import type { CheckAnswer, ScenarioDetail, ScenarioRow, ShownMiss, ShownSection } from '../protocol.ts';
import { byId, element, markedText, requirement, sign } from './dom.ts';

const STATES: readonly State[] = ['missing', 'partial', 'covered', 'waived'];

/** The order in the bar, with the good end first. */
const BAR: readonly State[] = ['covered', 'partial', 'missing', 'waived'];

const WORDS: Record<State, string> = { missing: 'Missing', partial: 'Partial', covered: 'Covered', waived: 'Waived' };

interface Shown {
  item: HTMLLIElement;
  /** What it shows. If that is unchanged, it is not drawn again. */
  key: string;
}

/** The list of scenarios with their states. The one under the cursor is open. */
export class ScenarioList {
  readonly #list = byId<HTMLUListElement>('scenarios');
  readonly #filter = byId<HTMLInputElement>('filter');
  readonly #onPick: (row: ScenarioRow) => void;
  #shown = new Map<string, Shown>();
  #only: State | null = null;
  #focus: string | null = null;
  #detail = '';
  rows: readonly ScenarioRow[] = [];

  constructor(onPick: (row: ScenarioRow) => void) {
    this.#onPick = onPick;
    this.#filter.addEventListener('input', () => this.#hide());
    byId('counts').append(...STATES.map((state) => this.#countButton(state)));
  }

  /** The scenario that a line of a file belongs to. */
  at(path: string, line: number): ScenarioRow | null {
    return this.rows.findLast((row) => row.path === path && row.line <= line) ?? null;
  }

  /**
   * @param isBroken whether the registry has errors: scenarios that are gone are then kept as they were, in grey
   */
  show({ rows, counts, detail }: CheckAnswer, focus: string | null, isBroken: boolean): void {
    const there = new Set(rows.map(({ id }) => id));
    const stale = isBroken ? this.rows.filter(({ id }) => !there.has(id)) : [];
    this.rows = inFileOrder(rows, stale);
    this.#drawCounts(counts);
    this.#drawRows(new Set(stale.map(({ id }) => id)), focus);
    this.#drawDetail(focus, detail);
    this.#hide();
  }

  #drawRows(stale: ReadonlySet<string>, focus: string | null): void {
    const before = this.#shown;
    this.#shown = new Map();
    for (const row of this.rows) {
      const [isStale, isOpen] = [stale.has(row.id), row.id === focus];
      const key = JSON.stringify([row.title, row.gravity, row.state, row.lack, isStale, isOpen]);
      const known = before.get(row.id);
      const item = known?.item ?? element('li');
      if (known?.key !== key) this.#drawRow(item, row, isStale, isOpen);
      this.#shown.set(row.id, { item, key });
    }
    const items = Array.from(this.#shown.values(), ({ item }) => item);
    const { children } = this.#list;
    // An element that is not moved keeps the focus.
    if (items.length !== children.length || items.some((item, i) => item !== children[i]))
      this.#list.replaceChildren(...items);
  }

  #drawRow(item: HTMLLIElement, row: ScenarioRow, isStale: boolean, isOpen: boolean): void {
    const { id, title, gravity, state, lack } = row;
    const lacks = lack !== '' && state !== 'missing' && !isOpen && ` · lacks ${lack}`;
    const pick = () => this.#onPick(this.rows.find((each) => each.id === id) as ScenarioRow);
    const button = element(
      'button.scenario',
      { 'aria-expanded': String(isOpen) },
      { onclick: pick },
      sign(`dot.${state}`),
      element('span.hidden', `${WORDS[state]}: `),
      element('span.names', element('span.title', title), element('span.id', id, lacks)),
      element(`span.gravity.${gravity}`, { title: `Gravity: ${gravity}` }, gravity),
    );
    const detail = item.querySelector(':scope > .detail');
    item.className = `entry${isOpen ? ' open' : ''}${isStale ? ' stale' : ''}`;
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
        const part = element(`span.${state}`);
        part.style.flexGrow = String(counts[state] / all);
        return part;
      }),
    );
    for (const state of STATES) byId(`count-${state}`).textContent = String(counts[state]);
  }

  #countButton(state: State): HTMLElement {
    const button = element(
      'button.count',
      { 'aria-pressed': 'false' },
      sign(`dot.${state}`),
      element('strong', { id: `count-${state}` }, '0'),
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

  /** Hides what does not fit the filter, except for the scenario under the cursor. */
  #hide(): void {
    const words = this.#filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of this.rows) {
      const text = `${row.id} ${row.title} ${row.lack} ${row.gravity}`.toLowerCase();
      const fits = words.every((word) => text.includes(word)) && (this.#only === null || row.state === this.#only);
      const item = this.#shown.get(row.id)?.item;
      if (item) item.hidden = !fits && row.id !== this.#focus;
      if (fits) count += 1;
    }
    const empty = byId('empty');
    empty.hidden = count > 0;
    empty.textContent =
      this.rows.length === 0 ? 'No scenarios yet. Add one under “scenarios:”.' : 'None fits the filter.';
  }
}

/** Puts the stale rows where they stood. */
function inFileOrder(rows: readonly ScenarioRow[], stale: readonly ScenarioRow[]): ScenarioRow[] {
  if (stale.length === 0) return [...rows];
  const paths = [...new Set([...rows, ...stale].map(({ path }) => path))];
  return [...rows, ...stale].sort((a, b) => paths.indexOf(a.path) - paths.indexOf(b.path) || a.line - b.line);
}

/** Scrolls the list alone, because the page must not move while somebody types. */
function reveal(item: HTMLElement): void {
  const box = item.closest('.scenarios') as HTMLElement;
  const [inner, outer] = [item.getBoundingClientRect(), box.getBoundingClientRect()];
  if (inner.top < outer.top || inner.bottom > outer.bottom) box.scrollTop += inner.top - outer.top;
}

/** Explains a scenario's state: the sections that count for or against it, and those that come near. */
function detailElement({ verdict, sections, further, misses }: ScenarioDetail): HTMLElement {
  return element(
    'div.detail',
    element('p.verdict', verdict),
    ...sections.map(sectionElement),
    further > 0 && element('p.further', `${further} more ${further === 1 ? 'section' : 'sections'} looked at.`),
    misses.length > 0 && element('h3', 'Comes near'),
    misses.length > 0 && element('ul.misses', ...misses.map(missElement)),
    sections.length + misses.length === 0 && element('p.further', 'No section comes near it.'),
  );
}

function sectionElement(section: ShownSection): HTMLElement {
  const { label, place, route, standing, counts, requirements, blocks, omitted } = section;
  return element(
    counts ? 'article.evidence' : 'article.evidence.aside',
    element('h3', label || '(no title)'),
    element('p.place', element('code', place), ' ', element('span.route', route)),
    element('p.standing', `${standing}.`),
    element(
      'ul.requirements',
      ...requirements.map(({ met, what, where }) =>
        requirement(met, met ? 'Met: ' : 'Not met: ', element('span', what), ' ', element('span.where', where)),
      ),
    ),
    element(
      'div.page',
      ...blocks.map(({ kind, text, line, marks }) =>
        element(
          `${kind === 'code' ? 'pre' : 'p'}.block.${kind}`,
          { title: `Line ${line}` },
          ...markedText(text, marks),
        ),
      ),
      omitted > 0 && element('p.further', `… ${omitted} more blocks`),
    ),
  );
}

function missElement({ label, place, lacks, edit }: ShownMiss): HTMLElement {
  const words = lacks.flatMap((lack, i) => [i > 0 && ', ', element('span.lacking', lack)]);
  return element(
    'li.miss',
    element('strong', label || '(no title)'),
    ' ',
    element('code.place', place),
    element('br'),
    ...(lacks.length === 0 ? [] : ['Lacks ', ...words, '. ']),
    edit !== '' && `${edit.charAt(0).toUpperCase()}${edit.slice(1)}.`,
  );
}
