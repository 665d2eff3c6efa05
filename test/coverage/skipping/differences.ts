import { randomOf } from '../../../bench/site/random.ts';
import type { State } from '../../../src/coverage/coverage.ts';
import { judge } from '../../../src/coverage/judge.ts';
import { textsOfRaw } from '../../../src/coverage/page-filter.ts';
import type { PageHits } from '../../../src/coverage/page-search.ts';
import { type HitsCache, ScenarioSearch } from '../../../src/coverage/page-search.ts';
import { PageWords } from '../../../src/coverage/page-words.ts';
import type { PageFacts } from '../../../src/docs/markdown/page-facts.ts';
import { parsePage } from '../../../src/docs/markdown/parse-page.ts';
import { isPageFile } from '../../../src/docs/repo-path.ts';
import { buildSite } from '../../../src/docs/site/build-site.ts';
import type { Scenario } from '../../../src/registry/registry.ts';
import { repository } from '../../docs/repository.ts';
import { docsRoot, registryOf } from '../../site-of.ts';
import { makeTrial, type Trial } from './made-trial.ts';

const OPTIONS = { today: '2026-01-01', waived: new Set<string>() };

/** What is said of scenarios, and how many of the files were parsed for that. */
interface Judged {
  verdicts: { state: State; says: string }[];
  parsed: number;
}

type Site = Pick<Trial, 'files' | 'framework'>;

/** Judges scenarios twice, every page parsed and as usual. */
function judgeTwice({ files, framework }: Site, scenarios: readonly Scenario[], words: PageWords) {
  const cache = new Map<string, PageFacts>();
  let parsed = 0;
  const parse: typeof parsePage = (text, syntax) => {
    parsed++;
    return parsePage(text, syntax);
  };
  const { tree, blobs } = repository(files);
  const site = buildSite(tree, blobs, [{ ...docsRoot, framework }], { cache, parse });
  const judged = (search: ScenarioSearch): Judged => {
    const coverage = judge(site, registryOf(...scenarios), { ...OPTIONS, search });
    const verdicts = [...coverage.values()].map(({ state, gaps, evidence }) => ({
      state,
      says: JSON.stringify([state, gaps, evidence]),
    }));
    return { verdicts, parsed };
  };
  const usual = judged(new ScenarioSearch(scenarios, new Map(), words));
  return { usual, thorough: judged(new ScenarioSearch(scenarios, everywhere(scenarios))) };
}

/** Says of every page that it may name and explain every scenario. */
export function everywhere(scenarios: readonly Scenario[]): HitsCache {
  const all = scenarios.map((_, number) => number);
  const hits: PageHits = { named: all, explained: all, near: [], size: 0 };
  return { get: () => hits, set: () => {} };
}

/** A verdict that skipping changed, with the least of the site and the scenario that still shows it. */
export interface Difference extends Site {
  scenario: Scenario;
  usual: string;
  thorough: string;
}

export interface Tally {
  pages: number;
  /** Pages that were parsed to judge as usual; and those, in which scenarios of theirs may stand, because of marks in words. */
  parsed: number;
  hidden: number;
  verdicts: number;
  states: Record<State, number>;
  mutations: Trial['mutations'];
  differences: Difference[];
}

export interface RunOptions {
  seed: number;
  verdicts: number;
  /** Ends with so many differences. */
  mostDifferences?: number;
  words?: () => PageWords;
  progress?: (tally: Tally) => void;
}

/** Judges made sites with and without skipping until there are enough verdicts. */
export function runTrials(texts: readonly string[], options: RunOptions): Tally {
  const { seed, verdicts, mostDifferences = 10, words = () => new PageWords(), progress } = options;
  const tally: Tally = {
    pages: 0,
    parsed: 0,
    hidden: 0,
    verdicts: 0,
    states: { covered: 0, partial: 0, missing: 0, waived: 0 },
    mutations: { all: 0, inWords: 0 },
    differences: [],
  };
  for (let run = 0; tally.verdicts < verdicts && tally.differences.length < mostDifferences; run++) {
    addTrial(tally, makeTrial(texts, randomOf(seed, run)), words);
    if (run % 100 === 0) progress?.(tally);
  }
  return tally;
}

function addTrial(tally: Tally, trial: Trial, words: () => PageWords): void {
  const { usual, thorough } = judgeTwice(trial, trial.scenarios, words());
  const pages = Object.entries(trial.files).filter(([path]) => isPageFile(path));
  tally.pages += pages.length;
  tally.parsed += usual.parsed;
  tally.hidden += pages.filter(([, text]) => textsOfRaw(text) === null).length;
  tally.mutations.all += trial.mutations.all;
  tally.mutations.inWords += trial.mutations.inWords;
  for (const [i, { state, says }] of thorough.verdicts.entries()) {
    tally.verdicts++;
    tally.states[state]++;
    if (says !== usual.verdicts[i]?.says)
      tally.differences.push(leastOf({ ...trial, scenario: trial.scenarios[i] as Scenario }, words));
  }
}

/** Leaves out of the site and the scenario what is not needed for the difference. */
function leastOf({ files, framework, scenario }: Site & { scenario: Scenario }, words: () => PageWords): Difference {
  const verdictsOf = (fewer: Trial['files'], of: Scenario) => {
    const { usual, thorough } = judgeTwice({ files: fewer, framework }, [of], words());
    return { usual: usual.verdicts[0]?.says ?? '', thorough: thorough.verdicts[0]?.says ?? '' };
  };
  const differs = (fewer: Trial['files'], of: Scenario) => {
    const { usual, thorough } = verdictsOf(fewer, of);
    return usual !== thorough;
  };
  let least = { ...files };
  let named = scenario;
  for (const field of ['codes', 'symptoms', 'causes', 'links', 'pages', 'never', 'except'] as const) {
    const without = { ...named, [field]: [] };
    if (differs(least, without)) named = without;
  }
  for (const path of Object.keys(files)) {
    const { [path]: text = '', ...others } = least;
    if (Object.keys(others).length > 0 && differs(others, named)) least = others;
    else {
      const shorter = (by: string) => (parts: string[]) => differs({ ...least, [path]: parts.join(by) }, named);
      const lines = leastParts(text.split('\n'), shorter('\n'));
      least[path] = leastParts(Array.from(lines.join('\n')), shorter('')).join('');
    }
  }
  return { files: least, framework, scenario: named, ...verdictsOf(least, named) };
}

/** Leaves out parts, many at once where that goes. */
function leastParts(parts: string[], isEnough: (parts: string[]) => boolean): string[] {
  let least = parts;
  for (let size = Math.ceil(parts.length / 2); size > 0; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < least.length; ) {
      const fewer = least.toSpliced(at, size);
      if (isEnough(fewer)) least = fewer;
      else at += size;
    }
  }
  return least;
}
