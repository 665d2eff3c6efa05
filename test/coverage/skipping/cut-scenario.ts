import type { Random } from '../../../bench/site/random.ts';
import { isUnspaced, tokenize } from '../../../src/coverage/terms.ts';
import type { Scenario } from '../../../src/registry/registry.ts';
import { scenarioOf } from '../../site-of.ts';

/** A line of a page with what stands around it. */
export interface Spot {
  line: string;
  /** Some lines before and after it. */
  near: string;
  /** The heading above. */
  label: string;
  /** The name of the page. */
  page: string;
}

/** A scenario and the words of the line that it is made of. */
export interface Cut {
  scenario: Scenario;
  words: string[];
}

type Terms = Pick<Cut, 'words'> & Partial<Scenario>;

const WORD = /[\p{L}\p{N}\p{M}]+(?:[-_.'][\p{L}\p{N}\p{M}]+)*/gu;

function wordsOf(text: string): string[] {
  return (text.match(WORD) ?? []).flatMap((word) =>
    isUnspaced(word) ? tokenize(word).map(({ start, end }) => word.slice(start, end)) : [word],
  );
}

function some(list: readonly string[], most: number, random: Random): string[] {
  if (list.length === 0) return [];
  return Array.from({ length: 1 + random.below(most) }, () => random.pick(list));
}

function identifier(line: string, random: Random): Terms {
  const words = wordsOf(line);
  const telling = words.filter((word) => /[-_.\d]|[a-z][A-Z]/.test(word));
  const word = random.pick(telling.length > 0 && random.chance(0.8) ? telling : words);
  return { words: [word], codes: [word] };
}

/** As it stands, signs and all. */
function asItStands(line: string, random: Random): Terms {
  const code = random.pick(line.split(/\s+/).filter((part) => tokenize(part).length > 0));
  return { words: wordsOf(code), codes: [code] };
}

function message(line: string, random: Random): Terms {
  const found = [...line.matchAll(WORD)];
  const from = random.below(found.length);
  const run = found.slice(from, from + 2 + random.below(4));
  const last = run.at(-1) as RegExpMatchArray;
  const words = run.map(([word]) => word);
  const code = random.chance(0.5)
    ? line.slice(run[0]?.index, (last.index as number) + last[0].length)
    : words.join(' ');
  if (random.chance(0.6)) return { words, codes: [code] };
  const blank = random.pick(words);
  const left = random.chance(0.3) ? blank.slice(0, random.below(blank.length)) : '';
  return { words: words.filter((word) => word !== blank), codes: [code.replace(blank, () => `${left}{x}`)] };
}

function symptom({ line, label }: Spot, random: Random): Terms {
  const words = some(wordsOf(line), 3, random);
  const more = random.chance(0.4) ? some(wordsOf(label), 2, random) : [random.pick(wordsOf(line))];
  const phrase = [...words, ...more].map((word) => (random.chance(0.1) ? `${word}|nothing` : word));
  return { words: [...words, ...more], symptoms: [phrase.join(' ')] };
}

/** A scenario of a page's own words: it is named there as long as these are shown. */
export function cutScenario(id: string, spot: Spot, random: Random): Cut {
  const { line, near, page } = spot;
  const form = random.below(10);
  const { words, ...terms } =
    form < 3
      ? identifier(line, random)
      : form < 4
        ? asItStands(line, random)
        : form < 6
          ? message(line, random)
          : symptom(spot, random);
  const urls = Array.from(near.matchAll(/\]\(([^()\s]+)/g), ([, url]) => url as string);
  const causes = random.chance(0.5) ? [some(wordsOf(random.chance(0.5) ? line : near), 3, random).join(' ')] : [];
  const links = random.chance(0.2) ? [random.pick([...urls, '/keys', '/keys#token', '/absent'])] : [];
  const pages = random.chance(0.7) ? [] : [random.pick([page, '**', 'other'])];
  const never = random.chance(0.05) ? [random.pick(wordsOf(near))] : [];
  const except = random.chance(0.05) ? [random.pick(wordsOf(near))] : [];
  return { words, scenario: scenarioOf({ id, title: words.join(' '), ...terms, causes, links, pages, never, except }) };
}
