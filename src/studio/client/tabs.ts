import { byId, element } from './dom.ts';

export interface Tab {
  path: string;
  isShown: boolean;
  isDirty: boolean;
  errors: number;
}

/** One tab for each registry file (https://www.w3.org/WAI/ARIA/apg/patterns/tabs/). */
export class Tabs {
  readonly #list = byId('tabs');
  readonly #onPick: (path: string) => void;
  #key = '';

  constructor(onPick: (path: string) => void) {
    this.#onPick = onPick;
    this.#list.addEventListener('keydown', (event) => this.#step(event));
  }

  show(tabs: readonly Tab[]): void {
    const key = JSON.stringify(tabs);
    if (key === this.#key) return;
    this.#key = key;
    const hadFocus = this.#list.contains(document.activeElement);
    this.#list.replaceChildren(...tabs.map((tab) => this.#tab(tab)));
    if (hadFocus) this.#list.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
  }

  #tab({ path, isShown, isDirty, errors }: Tab): HTMLElement {
    return element(
      isDirty ? 'button.tab.dirty' : 'button.tab',
      { role: 'tab', 'aria-selected': String(isShown), 'aria-controls': 'editor', tabindex: isShown ? '0' : '-1' },
      { title: path, onclick: () => this.#onPick(path) },
      path.replace(/^.*\.github\//, ''),
      isDirty && element('span.unsaved', element('span.hidden', ', not saved')),
      errors > 0 && element('span.errors', { title: `${errors} mistakes` }, String(errors)),
    );
  }

  #step(event: KeyboardEvent): void {
    const tabs = [...this.#list.children] as HTMLElement[];
    const at = tabs.indexOf(document.activeElement as HTMLElement);
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined || at < 0) return;
    tabs[(at + by + tabs.length) % tabs.length]?.click();
    event.preventDefault();
  }
}
