import type { Random } from '../../../bench/site/random.ts';
import { tokenize } from '../../../src/coverage/terms.ts';
import type { Framework } from '../../../src/docs/frameworks/framework.ts';
import { linesOutsideSamples } from '../../../src/docs/markdown/source-text.ts';
import type { Scenario } from '../../../src/registry/registry.ts';
import { cutScenario, type Spot } from './cut-scenario.ts';
import { placeText, titleBlock } from './line-marks.ts';
import { writeWord } from './word-marks.ts';

/** A small site, of real pages that were written otherwise in places, and scenarios made of their words. */
export interface Trial {
  files: Record<string, string>;
  framework: Framework;
  scenarios: Scenario[];
  /** How often something was written otherwise, and how often of these it was words that a scenario is named by. */
  mutations: { all: number; inWords: number };
}

// biome-ignore format: one list
const FRAMEWORKS: readonly Framework[] = ['starlight', 'docusaurus', 'mintlify', 'nextra', 'fumadocs', 'vitepress', 'plain'];
const MOST_CHARACTERS = 3000;
/** What marks elsewhere on the page refer to. */
const REFERRED: readonly string[] = [
  '[ref]: /keys',
  '> [ref]: /keys',
  '- [ref]:\n  /keys "t"',
  '[two\nlines]: /keys',
  '[ref]: </a key>',
  '[^1]: A note.',
];
/** Ways to show another file. */
const SHOWN_PART: readonly string[] = [
  "import Part from './_part.mdx';\n\n<Part />",
  "import { Part } from './parts';\n\nMore\n\n<Part />",
  '<Snippet file="_part.mdx" />',
  '<!--@include: ./_part.mdx-->',
];
const CLAIMS: readonly ((id: string) => string)[] = [
  (id) => `<!-- signpost: documents ${id} -->`,
  (id) => `<!--signpost: documents other,${id}-->`,
  (id) => `{/* signpost: documents\n  ${id} */}`,
  (id) => `text{/*signpost: documents ${id}*/}text`,
  (id) => `text<!-- Signpost: documents ${id}\n-->`,
];

/** A trial that the random numbers decide. */
export function makeTrial(texts: readonly string[], random: Random): Trial {
  const trial: Trial = {
    files: {
      'docs/keys.mdx': '---\ntitle: Keys\n---\n\n## Token\n\nRotate keys.\n',
      'docs/_part.mdx': excerpt(random.pick(texts), random, 600),
      'docs/parts.ts': "export { default as Part } from './_part.mdx';\n",
    },
    framework: random.pick(FRAMEWORKS),
    scenarios: [],
    mutations: { all: 0, inWords: 0 },
  };
  for (const name of ['a', 'b']) {
    const page = excerpt(random.pick(texts), random, random.logBetween(200, MOST_CHARACTERS));
    const text = rewrite(page, name, trial, random);
    trial.files[`docs/${name}.${random.chance(0.7) ? 'mdx' : 'md'}`] = text;
  }
  return trial;
}

/** A page, or some of its sections. */
function excerpt(text: string, random: Random, most: number): string {
  if (text.length <= most) return text;
  const lines = text.split('\n');
  const starts = [0, ...[...linesOutsideSamples(lines)].filter((i) => /^#{1,6}\s|^$/.test(lines[i] as string))];
  const from = random.chance(0.2) ? 0 : random.pick(starts);
  return lines
    .slice(from)
    .join('\n')
    .slice(0, most)
    .replace(/\n[^\n]*$/, '\n');
}

function rewrite(text: string, page: string, trial: Trial, random: Random): string {
  const lines = text.split('\n');
  const withWords = lines.flatMap((line, i) => (tokenize(line).length > 1 ? [i] : []));
  if (withWords.length === 0) return text;
  for (let spots = random.pick([1, 1, 1, 2, 3]); spots > 0; spots--) {
    const at = random.pick(withWords);
    const spot = spotAt(lines, at, page);
    const cut = Array.from({ length: 3 }, () => cutScenario(`s${trial.scenarios.length}`, spot, random));
    for (const { scenario } of cut) trial.scenarios.push({ ...scenario, id: `s${trial.scenarios.length}` });
    const { words } = random.pick(cut);
    if (random.chance(0.2)) continue;
    lines[at] = rewriteLine(spot, words, trial, random);
  }
  for (let more = random.pick([0, 0, 1, 2]); more > 0; more--) {
    const at = random.pick([0, lines.length, random.below(lines.length)]);
    lines.splice(at, 0, '', random.pick([...REFERRED, ...SHOWN_PART]), '');
  }
  if (random.chance(0.1)) {
    const claim = random.pick(CLAIMS)(random.pick(trial.scenarios).id);
    lines.splice(random.below(lines.length), 0, claim);
  }
  if (random.chance(0.05)) lines.unshift(titleBlock(wordsOf(random.pick(lines)), random));
  return lines.join(random.chance(0.1) ? '\r\n' : '\n');
}

const wordsOf = (line: string) => line.match(/[\p{L}\p{N}][\p{L}\p{N} ]*/u)?.[0] ?? 'Title';

function spotAt(lines: readonly string[], at: number, page: string): Spot {
  const near = lines.slice(Math.max(0, at - 3), at + 4).join('\n');
  const label = lines.slice(0, at).findLast((line) => /^#{1,6}\s/.test(line)) ?? '';
  return { line: lines[at] as string, near, label, page };
}

function rewriteLine({ line }: Spot, words: Spot['line'][], trial: Trial, random: Random): string {
  const spans = words.flatMap((word) => {
    const start = line.indexOf(word);
    return start < 0 || word === '' ? [] : [{ start, end: start + word.length }];
  });
  const elsewhere = tokenize(line);
  const inWords = spans.length > 0 && random.chance(0.8);
  const { start, end } = random.pick(inWords ? spans : elsewhere);
  trial.mutations.all++;
  if (inWords) trial.mutations.inWords++;
  const moved = random.chance(0.35);
  const written = moved && random.chance(0.4) ? line.slice(start, end) : writeWord(line.slice(start, end), random);
  const whole = line.slice(0, start) + written + line.slice(end);
  const text = moved ? `\n${place(whole.replace(/^[\s#>|*-]+/, ''), trial, random)}\n` : whole;
  return random.chance(0.1) ? text.replace(/^/gm, '> ') : text;
}

/** Puts a line's text into another block, or into a file that is shown there. */
function place(text: string, trial: Trial, random: Random): string {
  if (random.chance(0.9)) return placeText(text, random);
  trial.files['docs/_part.mdx'] = `${text}\n`;
  return random.pick(SHOWN_PART);
}
