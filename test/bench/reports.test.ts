import { describe, expect, it } from 'vitest';
import { cpuRatios, type Pair, summarize, wallRatios } from '../../bench/measure/statistics.ts';
import { type CpuProfile, modulesOfBundle, sharesOf } from '../../bench/profile/cpu-profile.ts';
import { figuresOf, spread } from '../../bench/report/figures.ts';
import { growthChart } from '../../bench/report/growth-chart.ts';
import { markdownResults, replaceResults } from '../../bench/report/markdown.ts';
import { parseResults } from '../../bench/report/parse-results.ts';
import { terminalTable } from '../../bench/report/terminal-table.ts';
import { worstOf } from '../../bench/report/worst.ts';
import { type Measured, RESULTS_VERSION, type Result, type Results, type Unit } from '../../bench/results.ts';
import { ROWS } from '../../bench/rows.ts';

const sample = (wallMs: number, cpuMs: number | null = wallMs) => ({ wallMs, cpuMs, peakMiB: 100 });
const pair = (a: number, b: number): Pair => ({ a: sample(a), b: sample(b) });
const ratio = (...pairs: Pair[]): Measured => ({ kind: 'ratio', against: 'markdownlint-cli2', pairs, facts: null });

function row(measured: Measured, facts: Partial<Result> = {}): Result {
  return { name: 'a', title: 'A row', group: 'Audit', budget: null, site: null, ...facts, measured };
}

const growing = (axis: 'pages' | 'scenarios', at: number, times: number): Result =>
  row(ratio(pair(100, 100 * times)), { group: 'Growth', point: { axis, at, from: 10, series: 'warm' } });

describe('statistics', () => {
  it('takes the median of the ratios of pairs, so that a slow spell of both says nothing', () => {
    const pairs = [pair(100, 10), pair(1_000, 100), pair(200, 40)];
    expect(summarize(wallRatios(pairs))).toEqual({ median: 0.1, min: 0.1, max: 0.2 });
  });

  it('takes the middle of two', () => {
    expect(summarize([3, 1]).median).toBe(2);
    expect(() => summarize([])).toThrow('nothing was measured');
  });

  it('has no ratio of CPU time where one was not measured', () => {
    expect(cpuRatios([pair(2, 1)])).toEqual([0.5]);
    expect(cpuRatios([pair(2, 1), { a: sample(1, null), b: sample(1) }])).toBeNull();
  });
});

describe('figures', () => {
  it('meets a budget by the median, and misses it by more', () => {
    const budget = { most: 0.1, unit: '×' } as const;
    expect(figuresOf(row(ratio(pair(10, 1)), { budget }))?.isMet).toBe(true);
    expect(figuresOf(row(ratio(pair(10, 1.1)), { budget }))?.isMet).toBe(false);
    expect(figuresOf(row(ratio(pair(10, 1))))?.isMet).toBeNull();
    expect(figuresOf(row({ kind: 'skipped', reason: 'late' }, { budget }))).toBeNull();
  });

  it.each([
    [{ median: 0.0437, min: 0.031, max: 0.5 }, '×', '0.044× (0.031 – 0.50)'],
    [{ median: 6, min: 6, max: 6 }, 'calls', '6 calls'],
    [{ median: 249.6, min: 0, max: 1_000 }, 'MiB', '250 MiB (0 – 1000)'],
  ] as const)('%j %s is told as %s', (summary, unit, told) => {
    expect(spread(summary, unit)).toBe(told);
  });
});

describe('the worst site', () => {
  const late: Measured = { kind: 'skipped', reason: 'late' };

  it('counts for each row, in the order of rows', () => {
    const rows = [
      row(ratio(pair(10, 1)), { site: 'docs' }),
      row(ratio(pair(10, 3)), { site: 'made' }),
      row(ratio(pair(10, 2)), { name: 'b', site: 'docs' }),
      row(late, { name: 'b', site: 'made' }),
      row(late, { name: 'c', site: 'docs' }),
      row(ratio(pair(10, 1)), { name: 'd' }),
    ];
    expect(worstOf(rows).map(({ name, site }) => [name, site])).toEqual([
      ['a', 'made'],
      ['b', 'docs'],
      ['c', 'docs'],
      ['d', null],
    ]);
  });
});

describe('tables', () => {
  const budget = { most: 0.2, unit: '×' } as const;
  const rows = [
    row(ratio(pair(10, 1)), { budget, site: 'made' }),
    row(ratio(pair(10, 3)), { name: 'b', title: 'Another | row', budget, site: 'made' }),
    row(
      { kind: 'skipped', reason: 'took more than 1 s: node\nmore' },
      { name: 'c', group: 'Floors', title: 'A floor' },
    ),
  ];
  const results: Results = {
    ...{
      version: RESULTS_VERSION,
      date: '2026-01-02T03:04:05Z',
      commit: 'abcdef1',
      runs: 1,
      seed: 1,
      peers: { remark: '1.0' },
      rows,
    },
    machine: { cpu: 'C', cores: 2, memoryGiB: 4, system: 'linux 6', node: '20.0.0', git: '2.39', load: [0, 1] },
    sites: [{ name: 'made', pages: 1_000, bytes: 4_500_000, changed: 'a.mdx' }],
  };
  const onTwo: Results = {
    ...results,
    sites: [{ name: 'docs', pages: 57, bytes: 500_000, changed: 'b.md' }, ...results.sites],
    rows: [row(ratio(pair(10, 4)), { budget, site: 'docs' }), ...rows],
  };

  it('mark what is met and what is not, group by group', () => {
    expect(terminalTable(results).split('\n')).toEqual([
      'Audit',
      '✔  A row          0.10×  cpu 0.10×  ≤ 0.2×',
      '✖  Another | row  0.30×  cpu 0.30×  ≤ 0.2×',
      '',
      'Floors',
      '   A floor  not measured',
    ]);
  });

  it('name the worst site of each row first, and then tell each site', () => {
    expect(terminalTable(onTwo).split('\n')).toEqual([
      'Audit',
      '✖  A row          0.40×  cpu 0.40×  ≤ 0.2×  docs',
      '✖  Another | row  0.30×  cpu 0.30×  ≤ 0.2×  made',
      '',
      'Floors',
      '   A floor  not measured',
      '',
      'docs: Audit',
      '✖  A row  0.40×  cpu 0.40×  ≤ 0.2×',
      '',
      'made: Audit',
      '✔  A row          0.10×  cpu 0.10×  ≤ 0.2×',
      '✖  Another | row  0.30×  cpu 0.30×  ≤ 0.2×',
    ]);
    const text = markdownResults(onTwo);
    expect(text).toContain('| A row | ≤ 0.2× | 0.40× | 0.40× | 0.0040 s | 100 MiB | **no** | docs |');
    expect(text).toContain('**docs: 57 pages, 0.5 MB**\n\n| work |');
    expect(text).toContain('| Audit: A row | ≤ 0.2× | 0.10× | 0.10× | 0.0010 s | 100 MiB | yes |');
    expect(text.indexOf('**docs:')).toBeLessThan(text.indexOf('**made:'));
  });

  it.each([1, 2])('fit 80 columns, sites: %i', (count) => {
    const values = (unit: Unit): Measured => ({ kind: 'values', unit, values: [1_000, 2_000, 1_500], facts: null });
    const ratios = ratio(pair(100, 1_111), pair(100, 1_234), pair(100, 2_345));
    const sites = [{ ...results.sites[0]!, name: 'scalekit-docs at v2' }, onTwo.sites[0]!].slice(0, count);
    const widest = ROWS.map((facts) => {
      const { unit } = facts.budget ?? { unit: '×' };
      const measured = unit === '×' ? ratios : values(unit);
      return { ...facts, measured, site: facts.isOfSites ? sites[0]!.name : null };
    });
    const long = terminalTable({ rows: widest, sites })
      .split('\n')
      .filter((line) => line.length > 80);
    expect(long).toEqual([]);
  });

  it('say in Markdown where and when, escape titles, and name what was left out and why', () => {
    const text = markdownResults(results);
    expect(text).toContain('Measured on 2026-01-02 at commit `abcdef1`, 1 run each, seed 1.');
    expect(text).toContain('| Another \\| row | ≤ 0.2× | 0.30× | 0.30× | 0.0030 s | 100 MiB | **no** |');
    expect(text).toContain('- A floor: not measured, took more than 1 s: node.');
  });

  it('replace only what stands between the markers', () => {
    const [start, end] = ['<!-- results: written by `npm run bench -- --write-docs` -->', '<!-- end of results -->'];
    expect(replaceResults(`a\n${start}\nold\n${end}\nb`, 'new')).toBe(`a\n${start}\n\nnew\n\n${end}\nb`);
    expect(() => replaceResults(`${end}${start}`, 'new')).toThrow('needs the lines');
  });
});

describe('kept results', () => {
  it('are read again, and refused where they are of another version', () => {
    const text = JSON.stringify({ version: RESULTS_VERSION, rows: [] });
    expect(parseResults('a.json', text).rows).toEqual([]);
    expect(() => parseResults('a.json', '{ "version": 1 }')).toThrow(
      `a.json holds results of version 1, and ${RESULTS_VERSION} is needed: measure again`,
    );
  });
});

describe('rows', () => {
  it('have names of their own', () => {
    expect(new Set(ROWS.map(({ name }) => name)).size).toBe(ROWS.length);
  });
});

describe('the picture', () => {
  it('draws what grows tenfold along the diagonal, and what does not grow along the floor', () => {
    const svg = growthChart([growing('pages', 100, 10), growing('scenarios', 100, 1), growing('scenarios', 1_000, 1)])!;
    const lines = [...svg.matchAll(/polyline class="warm" points="([^"]+)"/g)].map(([, points]) =>
      points!.split(' ').map((point) => point.split(',').map(Number) as [number, number]),
    );
    const [pages, scenarios] = lines as [[number, number][], [number, number][]];
    const bound = /class="bound" x1="([\d.]+)" y1="([\d.]+)" x2="([\d.]+)" y2="([\d.]+)"/
      .exec(svg)!
      .slice(1)
      .map(Number);
    expect(pages).toEqual([bound.slice(0, 2), bound.slice(2)]);
    expect(new Set(scenarios.map(([, y]) => y)).size).toBe(1);
    expect(scenarios.map(([x]) => x)).toEqual([...scenarios.map(([x]) => x)].sort((a, b) => a - b));
  });

  it('says where a curve is missing, and is none without any', () => {
    expect(growthChart([growing('pages', 100, 2)])).toContain('scenarios of the registry: not measured');
    expect(growthChart([row(ratio(pair(1, 1)))])).toBeNull();
  });

  it('is well formed and asks for no font or file', () => {
    const svg = growthChart([growing('pages', 100, 2)])!;
    const open = [...svg.matchAll(/<(\w+)(?:\s[^>]*[^/])?>/g)].map(([, name]) => name);
    expect([...svg.matchAll(/<\/(\w+)>/g)].map(([, name]) => name).sort()).toEqual(open.sort());
    expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|url\(|NaN|Infinity/);
  });
});

describe('a profile', () => {
  const frame = (id: number, functionName: string, url: string, lineNumber: number) => ({
    id,
    callFrame: { functionName, url, lineNumber },
  });
  const profile: CpuProfile = {
    nodes: [
      frame(1, '(idle)', '', 0),
      frame(2, 'parse', 'dist/a.js', 2),
      frame(3, '', 'dist/a.js', 5),
      frame(4, '(gc)', '', 0),
    ],
    samples: [1, 2, 2, 3, 4],
    timeDeltas: [9_000, 1_000, 2_000, 1_000, 1_000],
  };
  const moduleOf = modulesOfBundle('// node_modules/@a/b/lib/x.js\n\nfunction parse\n// src/docs/y.ts\n\n() => {}');

  it('names self time by function and by package, without what is idle', () => {
    const { functions, modules } = sharesOf([profile], (_, line) => moduleOf(line) ?? 'a.js');
    expect(functions.map(({ name, milliseconds }) => [name, milliseconds])).toEqual([
      ['parse  node_modules/@a/b/lib/x.js', 3],
      ['(anonymous)  src/docs/y.ts:6', 1],
      ['(gc)  V8', 1],
    ]);
    expect(modules.map(({ name, part }) => [name, part])).toEqual([
      ['@a/b', 0.6],
      ['src/docs/y.ts', 0.2],
      ['V8', 0.2],
    ]);
  });

  it('knows nothing of lines before the first module', () => {
    expect(modulesOfBundle('x\n// src/a.ts')(0)).toBeNull();
  });
});
