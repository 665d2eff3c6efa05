import type { SectionFacts } from '../markdown/page-facts.ts';
import type { Section } from './page.ts';

/**
 * Which heading a reader is under. Within one file its own facts say so; a partial's headings, and whatever follows
 * them, hang where the depths put them on the page. Headings never reach out of a container such as `<details>`.
 */
export class ReadingFlow {
  /** The last heading that a partial left open, by the container in which it stands. */
  readonly #last = new Map<Section, Section>();

  /** The section that a new one hangs from, given the one its own file puts it under. */
  parentOf(facts: Pick<SectionFacts, 'kind' | 'depth'>, above: Section): Section {
    if (facts.kind !== 'heading') return above;
    let parent = this.#last.get(containerOf(above)) ?? above;
    while (parent.parent && isOpenEnded(parent) && (parent.kind === 'bold' || parent.depth >= facts.depth)) {
      parent = parent.parent;
    }
    return parent;
  }

  begins(section: Section, parent: Section, inPartial: boolean): void {
    if (section.kind !== 'heading') return;
    const container = containerOf(parent);
    if (inPartial || this.#last.has(container)) this.#last.set(container, section);
  }

  /**
   * After a partial shown in the section `index` of a file: the sections of that file, by index, whose further text
   * stands under the partial's last heading.
   */
  *continuations(
    sections: readonly Section[],
    facts: readonly SectionFacts[],
    index: number,
  ): Generator<[number, Section]> {
    const container = containerOf(sections[index] as Section);
    const last = this.#last.get(container);
    if (!last) return;
    for (let at = index; at >= 0; at = (facts[at] as SectionFacts).parent) {
      const section = sections[at] as Section;
      if (containerOf(section) !== container) return;
      yield [at, last];
    }
  }
}

/** Headings and bold leads end where the next begins; every other kind has an end of its own. */
function isOpenEnded(section: Section): boolean {
  return section.kind === 'heading' || section.kind === 'bold';
}

function containerOf(section: Section): Section {
  let at = section;
  while (isOpenEnded(at) && at.parent) at = at.parent;
  return at;
}
