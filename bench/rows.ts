import type { Budget, Group, Measured, Point, RowFacts } from './results.ts';
import { LONG_PAGE_KINDS, LONG_PAGES, type LongPageKind } from './site/long-pages.ts';
import { parsePages, readBlobs, startNode, walkAndRead } from './subjects/floors.ts';
import { markdownlint, remark, textlint } from './subjects/peers.ts';
import { script } from './subjects/script.ts';
import { audit, review, type Temperature } from './subjects/signpost.ts';
import type { Subject } from './subjects/subject.ts';
import { MANY } from './workload/pull-requests.ts';
import type { Workload } from './workload/workload.ts';

/** What a row may ask for. Sites are made when first asked for. */
export interface Bench {
  /** The sites that ratios to other tools are taken on: real docs as given, then a made site. */
  sites(): Promise<readonly Workload[]>;
  /** A made site of this many pages. */
  made(pages: number): Promise<Workload>;
  /** An empty folder. */
  folder(): Promise<string>;
  /** Runs A and B in turn. @param most runs, where fewer will do */
  pairs(a: Subject, b: Subject, most?: number): Promise<Measured>;
  /** The most memory that a subject's largest process takes. */
  peak(subject: Subject, most?: number): Promise<Measured>;
  /** The numbers that a script of bench/ prints, or how many things it names. */
  printed(file: string, args: readonly string[], unit: 's' | 'ms' | 'calls'): Promise<Measured>;
  runs: number;
}

export interface Row extends RowFacts {
  /** Whether `--quick` measures it: what takes long and has no budget waits for a full run. */
  isQuick: boolean;
  /** Whether it is measured on each site; else it hangs on none of them. */
  isOfSites: boolean;
  measure(bench: Bench, site: Workload): Promise<Measured>;
  /** What is measured, for rows that are one process of Signpost or a floor. */
  subject?: (bench: Bench, site: Workload) => Promise<Subject>;
}

const times = (most: number): Budget => ({ most, unit: '×' });

/** Larger sites take minutes; what they show is no matter of a few per cent. */
const LARGE_RUNS = 3;
const HUGE = 100_000;
const MEMORY_SCENARIOS = 1_000;

/** A row that is measured against markdownlint-cli2 on the same pages. */
function against(
  facts: { name: string; title: string; group: Group; budget?: Budget; isQuick?: boolean },
  subject: (site: Workload, folder: string) => Subject,
): Row {
  const make = async (bench: Bench, site: Workload) => subject(site, await bench.folder());
  return {
    ...{ isQuick: true, ...facts, isOfSites: true, budget: facts.budget ?? null, subject: make },
    measure: async (bench, site) => bench.pairs(markdownlint(site), await make(bench, site)),
  };
}

function auditRow(temperature: Temperature, scenarios: number, most?: number): Row {
  const facts = {
    name: `audit-${temperature}-${scenarios}`,
    title: `${temperature}, ${count(scenarios)} scenarios`,
    group: 'Audit' as const,
  };
  return against({ ...facts, ...(most && { budget: times(most) }) }, (site, folder) =>
    audit({ site, scenarios, temperature, folder }),
  );
}

function reviewRow(temperature: Temperature, scenarios: number, most?: number): Row {
  const facts = {
    name: `review-${temperature}-${scenarios}`,
    title: `one page, ${temperature}, ${count(scenarios)} scenarios`,
    group: 'Review' as const,
  };
  return against({ ...facts, ...(most && { budget: times(most) }) }, (site, folder) =>
    review({ site, scenarios, temperature, folder }),
  );
}

const MANY_PAGES: Row = against(
  { name: 'review-warm-30-pages', title: '30 pages, warm, 100 scenarios', group: 'Review' },
  (site, folder) => review({ site, scenarios: 100, temperature: 'warm', folder }, () => MANY),
);

/** A review on a larger site against one on a site of 1,000 pages. */
function pagesRow(temperature: Temperature, pages: number, budget: Budget | null): Row {
  const of = async (bench: Bench, size: number) =>
    review({ site: await bench.made(size), scenarios: 100, temperature, folder: await bench.folder() });
  return {
    name: `growth-${temperature}-${pages}-pages`,
    title: `${temperature}, ${count(pages)} pages against 1,000`,
    group: budget ? 'Review' : 'Growth',
    ...{ budget, isQuick: false, isOfSites: false, subject: (bench) => of(bench, pages) },
    point: { axis: 'pages', at: pages, from: 1_000, series: temperature },
    measure: async (bench) =>
      bench.pairs(await of(bench, 1_000), await of(bench, pages), pages >= HUGE ? LARGE_RUNS : undefined),
  };
}

/** A review with a larger registry against one with ten scenarios. */
function scenariosRow(temperature: Temperature, scenarios: number): Row {
  const of = async (bench: Bench, site: Workload, size = scenarios) =>
    review({ site, scenarios: size, temperature, folder: await bench.folder() });
  const point: Point = { axis: 'scenarios', at: scenarios, from: 10, series: temperature };
  return {
    name: `growth-${temperature}-${scenarios}-scenarios`,
    title: `${temperature}, ${count(scenarios)} scenarios against 10`,
    ...{ group: 'Growth', budget: null, isQuick: true, isOfSites: true, point, subject: of },
    measure: async (bench, site) => bench.pairs(await of(bench, site, 10), await of(bench, site)),
  };
}

function memoryRow(pages: number, most: number): Row {
  const of = async (bench: Bench) =>
    audit({
      ...{ site: await bench.made(pages), scenarios: MEMORY_SCENARIOS },
      ...{ temperature: 'cold', folder: await bench.folder() },
    });
  return {
    name: `memory-${pages}`,
    title: `audit, cold, ${count(pages)} pages`,
    ...{ group: 'Memory', budget: { most, unit: 'MiB' }, isQuick: false, isOfSites: false, subject: of },
    measure: async (bench) => bench.peak(await of(bench), pages >= HUGE ? 1 : LARGE_RUNS),
  };
}

const ENGINE: Row = {
  name: 'app-engine',
  title: 'engine, warm, 100 scenarios',
  ...{ group: 'App', budget: { most: 50, unit: 'ms' }, isQuick: true, isOfSites: true },
  measure: (bench, site) => bench.printed('app-review.ts', [site.repo, '20'], 'ms'),
  subject: async (_, site) => script('app-review.ts', [site.repo, '20']),
};

const CALLS: Row = {
  name: 'app-calls',
  title: 'calls to GitHub, with a comment',
  ...{ group: 'App', budget: { most: 6, unit: 'calls' }, isQuick: true, isOfSites: false },
  measure: (bench) => bench.printed('github-calls.ts', [], 'calls'),
};

/** One page of a million characters, once: what its budget is there to find takes minutes. */
function longPageRow(kind: LongPageKind): Row {
  return {
    name: `page-${kind}`,
    title: LONG_PAGES[kind].title,
    ...{ group: 'Long pages', budget: { most: 10, unit: 's' }, isQuick: true, isOfSites: false },
    measure: (bench) => bench.printed('long-page.ts', [kind], 's'),
    subject: async () => script('long-page.ts', [kind]),
  };
}

export const ROWS: readonly Row[] = [
  auditRow('cold', 10, 0.45),
  auditRow('cold', 100, 0.7),
  auditRow('warm', 100, 0.1),
  reviewRow('cold', 100, 0.7),
  reviewRow('warm', 100, 0.08),
  reviewRow('warm', 10_000, 0.38),
  MANY_PAGES,
  pagesRow('warm', 10_000, times(2)),
  ENGINE,
  CALLS,
  memoryRow(10_000, 350),
  memoryRow(HUGE, 1_200),
  ...LONG_PAGE_KINDS.map(longPageRow),
  against(
    { name: 'peer-remark', title: 'remark-cli, lint and link rules', group: 'Other tools', isQuick: false },
    remark,
  ),
  against(
    { name: 'peer-textlint', title: 'textlint, terminology and prh', group: 'Other tools', isQuick: false },
    textlint,
  ),
  against({ name: 'floor-node', title: 'starting node', group: 'Floors' }, startNode),
  against({ name: 'floor-blobs', title: 'reading the pages from git', group: 'Floors' }, readBlobs),
  against({ name: 'floor-files', title: 'walking and reading the files', group: 'Floors' }, walkAndRead),
  against(
    { name: 'floor-parse', title: 'parsing every page with remark', group: 'Floors', isQuick: false },
    parsePages,
  ),
  pagesRow('warm', HUGE, null),
  pagesRow('cold', 10_000, null),
  pagesRow('cold', HUGE, null),
  ...(['warm', 'cold'] as const).flatMap((each) => [100, 1_000, 10_000].map((size) => scenariosRow(each, size))),
];

function count(of: number): string {
  return of.toLocaleString('en');
}
