import { randomOf } from './random.ts';
import type { Vocabulary } from './vocabulary.ts';

export const DOCS_ROOT = 'src/content/docs';

const PRODUCTS = 12;
const AREAS = 10;

/** Where the pages of a made site are, by their number from 0. */
export interface PageNames {
  readonly count: number;
  /** The path under the docs root without extension. */
  name(page: number): string;
  path(page: number): string;
  route(page: number): string;
  title(page: number): string;
  /** The first folder of the name. */
  product(page: number): string;
}

export function namePages(count: number, seed: number, { words }: Vocabulary): PageNames {
  const random = randomOf(seed, 3);
  const rare = () => words[random.below(words.length)]!;
  const products = Array.from({ length: PRODUCTS }, rare);
  const areas = Array.from({ length: AREAS }, rare);
  const product = (page: number) => products[page % PRODUCTS]!;
  const pair = (page: number) => {
    const own = randomOf(seed, 4, page);
    return [words[own.below(words.length)]!, words[own.below(words.length)]!] as const;
  };
  const name = (page: number) => {
    const area = areas[Math.floor(page / PRODUCTS) % AREAS];
    return `${product(page)}/${area}/${pair(page).join('-')}-${page}`;
  };
  return {
    ...{ count, name, product },
    path: (page) => `${DOCS_ROOT}/${name(page)}.mdx`,
    route: (page) => `/${name(page)}/`,
    title: (page) => `The ${pair(page)[0]} of a ${pair(page)[1]}`,
  };
}
