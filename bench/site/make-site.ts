import { namePages, type PageNames } from './page-names.ts';
import { byHome, type PlannedScenario, planScenarios } from './plan-scenarios.ts';
import { paragraph } from './prose.ts';
import { randomOf } from './random.ts';
import { inventVocabulary, type Vocabulary } from './vocabulary.ts';
import { contentOf, PARTIALS_ROOT, writePage } from './write-page.ts';

export interface SiteOptions {
  seed: number;
  pages: number;
  scenarios: number;
}

/** A docs site that nobody wrote. The same options give the same site, byte by byte. */
export interface MadeSite {
  names: PageNames;
  vocabulary: Vocabulary;
  scenarios: PlannedScenario[];
  /** Path → text of every file, made when asked for: a large site never stands in memory. */
  files(): Generator<readonly [path: string, text: string]>;
}

const PARTIALS = 24;

const CONFIG =
  "import starlight from '@astrojs/starlight';\nimport { defineConfig } from 'astro/config';\n\n" +
  "export default defineConfig({\n  site: 'https://docs.example.com',\n  integrations: [starlight({ title: 'Docs' })],\n});\n";

export function makeSite({ seed, pages, scenarios: count }: SiteOptions): MadeSite {
  const vocabulary = inventVocabulary(seed);
  const names = namePages(pages, seed, vocabulary);
  const scenarios = planScenarios(count, seed, vocabulary, names);
  const writer = (kind: number, i: number) => ({ random: randomOf(seed, kind, i), vocabulary, names });
  return {
    ...{ names, vocabulary, scenarios },
    *files() {
      yield ['astro.config.mjs', CONFIG];
      const partials = Array.from({ length: PARTIALS }, (_, i) => `_setup-${i}.mdx`);
      for (const [i, partial] of partials.entries()) {
        const text = `${paragraph(writer(5, i))}\n\n${paragraph(writer(6, i))}\n`;
        yield [`${PARTIALS_ROOT}/${partial}`, text];
      }
      const homes = byHome(scenarios);
      for (let page = 0; page < pages; page++) {
        const own = writer(7, page);
        const content = contentOf(names.title(page), homes.get(page) ?? [], scenarios, partials, own);
        yield [names.path(page), writePage(content, own)];
      }
    },
  };
}
