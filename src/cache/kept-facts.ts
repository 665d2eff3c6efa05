import type { PageFacts } from '../docs/markdown/page-facts.ts';
import type { FactsCache } from '../docs/site/site.ts';
import type { CacheFolder } from './cache-folder.ts';
import { BYTES, jsonForm, Section } from './cache-section.ts';

const FORM = jsonForm<PageFacts>();

/** Facts of pages, in memory as on disk: as objects they take three times the room, and most are asked for once. */
export class KeptFacts implements FactsCache {
  readonly #section: Section<Uint8Array>;

  constructor(folder: CacheFolder | null) {
    this.#section = new Section(folder, 'facts', BYTES);
  }

  get(key: string): PageFacts | undefined {
    const bytes = this.#section.get(key);
    return bytes && FORM.decode(bytes);
  }

  set(key: string, facts: PageFacts): void {
    this.#section.set(key, FORM.encode(facts));
  }

  /** @returns whether it wrote */
  save(): boolean {
    return this.#section.save();
  }
}
