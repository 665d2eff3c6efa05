import type { TryAnswer, TryRequest } from '../protocol.ts';
import { trySentence } from './ask-server.ts';
import { byId, element, markedText, requirement } from './dom.ts';

/** Shows which scenarios some words would name. */
export class TryBox {
  readonly #words = byId<HTMLTextAreaElement>('try-words');
  readonly #place = byId<HTMLSelectElement>('try-place');
  readonly #results = byId('try-results');
  readonly #onPick: (id: string) => void;
  #asked = 0;

  constructor(onPick: (id: string) => void) {
    this.#onPick = onPick;
    this.#words.addEventListener('input', () => void this.run());
    this.#place.addEventListener('change', () => void this.run());
  }

  /** Asks again, by the registry as it was checked last. */
  async run(): Promise<void> {
    const words = this.#words.value.trim();
    this.#asked += 1;
    const asked = this.#asked;
    if (words === '') return this.#results.replaceChildren();
    const answer = await trySentence({ words, place: this.#place.value as TryRequest['place'] }).catch(() => null);
    if (answer && asked === this.#asked) this.#show(answer);
  }

  #show({ text, results }: TryAnswer): void {
    const [best] = results;
    if (!best) {
      this.#results.replaceChildren(element('p.further', 'It names no scenario, and none comes near.'));
      return;
    }
    const items = results.map(({ id, names, term, why }) =>
      requirement(
        names,
        names ? 'Names ' : 'Does not name ',
        element('button.link', { onclick: () => this.#onPick(id) }, id),
        ' ',
        element('span.term', `“${term}”`),
        ' ',
        element('span.where', why),
      ),
    );
    this.#results.replaceChildren(
      element('p.tried', ...markedText(text, best.spans)),
      element('ul.requirements', ...items),
    );
  }
}
