import type { Point, Result } from '../results.ts';
import { figuresOf, significant } from './figures.ts';

/** A point of a curve: how many times what the first point of its axis takes. */
interface Mark {
  at: number;
  times: number;
}

interface Panel {
  title: string;
  axis: Point['axis'];
  series: { name: Point['series']; marks: Mark[] }[];
}

const WIDTH = 760;
const HEIGHT = 380;
const PLOT = { width: 270, height: 230, top: 70 };
const LEFTS = [70, 450];
const SERIES = ['warm', 'cold'] as const;
/** Both panels share it, so that their slopes can be compared; small wavering must not look like a mountain. */
const LEAST_RANGE = [1, 100] as const;

const STYLE = `
    .card { fill: #ffffff; } text { fill: #1f2328; font: 12px system-ui, sans-serif; } .title { font-size: 14px; font-weight: 600; }
    .frame, .tick { stroke: #8c959f; fill: none; } .grid { stroke: #d8dee4; } .bound { stroke: #57606a; stroke-dasharray: 5 4; fill: none; }
    .warm { stroke: #0969da; fill: none; stroke-width: 2.5; } .cold { stroke: #bc4c00; fill: none; stroke-width: 2.5; }
    .dot-warm { fill: #0969da; } .dot-cold { fill: #bc4c00; }
    @media (prefers-color-scheme: dark) {
      .card { fill: #0d1117; } text { fill: #e6edf3; } .grid { stroke: #30363d; } .bound { stroke: #8b949e; }
      .warm { stroke: #58a6ff; } .cold { stroke: #f0883e; } .dot-warm { fill: #58a6ff; } .dot-cold { fill: #f0883e; }
    }`;

/**
 * How the cost of a review grows with pages and with scenarios, both axes logarithmic; null where no curve was measured.
 * @param rows one result of each row
 */
export function growthChart(rows: readonly Result[]): string | null {
  const panels = [panelOf(rows, 'pages', 'pages of the site'), panelOf(rows, 'scenarios', 'scenarios of the registry')];
  if (panels.every(({ series }) => series.length === 0)) return null;
  const times = panels.flatMap(({ series }) => series.flatMap(({ marks }) => marks.map((mark) => mark.times)));
  const range: Range = [
    decade(Math.min(LEAST_RANGE[0], ...times), Math.floor),
    decade(Math.max(LEAST_RANGE[1], ...times), Math.ceil),
  ];
  const parts = panels.map((panel, i) => drawPanel(panel, LEFTS[i]!, range));
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="How the cost of a review grows">\n` +
    `  <style>${STYLE}\n  </style>\n` +
    `  <rect class="card" width="${WIDTH}" height="${HEIGHT}" rx="8"/>\n` +
    `  <text class="title" x="${LEFTS[0]}" y="28">Cost of reviewing one changed page</text>\n` +
    `${parts.join('\n')}\n${legend()}\n</svg>\n`
  );
}

function panelOf(rows: readonly Result[], axis: Point['axis'], title: string): Panel {
  const series = SERIES.map((name) => {
    const own = rows.filter(({ point }) => point?.axis === axis && point.series === name);
    const marks = own.flatMap((row) => {
      const figures = figuresOf(row);
      return figures === null ? [] : [{ at: row.point!.at, times: figures.value.median }];
    });
    const from = own[0]?.point?.from;
    return { name, marks: marks.length > 0 && from !== undefined ? [{ at: from, times: 1 }, ...marks] : [] };
  });
  return { title, axis, series: series.filter(({ marks }) => marks.length > 0) };
}

/** The least and the most of the upright axis. */
type Range = readonly [number, number];

function drawPanel({ title, axis, series }: Panel, left: number, [y0, y1]: Range): string {
  const marks = series.flatMap((each) => each.marks);
  if (marks.length === 0) return label(left + PLOT.width / 2, PLOT.top + PLOT.height / 2, `${title}: not measured`);
  const [x0, x1] = [
    decade(Math.min(...marks.map(({ at }) => at)), Math.floor),
    decade(Math.max(...marks.map(({ at }) => at)), Math.ceil),
  ];
  const x = (at: number) => left + (Math.log10(at / x0) / Math.log10(x1 / x0)) * PLOT.width;
  const y = (times: number) => PLOT.top + PLOT.height * (1 - Math.log10(times / y0) / Math.log10(y1 / y0));
  const bottom = PLOT.top + PLOT.height;
  const bound = Math.min(x1, x0 * y1);
  return [
    `  <text x="${left}" y="${PLOT.top - 10}">by ${title}</text>`,
    ...decades(x0, x1).map(
      (at) =>
        tick(x(at), bottom + 18, at.toLocaleString('en'), 'middle') + line('grid', x(at), PLOT.top, x(at), bottom),
    ),
    ...decades(y0, y1).map(
      (times) =>
        tick(left - 8, y(times) + 4, `${times}×`, 'end') + line('grid', left, y(times), left + PLOT.width, y(times)),
    ),
    `  <rect class="frame" x="${left}" y="${PLOT.top}" width="${PLOT.width}" height="${PLOT.height}"/>`,
    line('bound', x(x0), y(1), x(bound), y(bound / x0)),
    ...series.map(({ name, marks: of }) => curve(name, of, x, y)),
    label(left + PLOT.width / 2, bottom + 40, `${axis} (logarithmic)`),
    `  <text transform="translate(${left - 48} ${PLOT.top + PLOT.height / 2}) rotate(-90)" text-anchor="middle">times the first point</text>`,
  ].join('\n');
}

function curve(name: string, marks: readonly Mark[], x: (at: number) => number, y: (times: number) => number): string {
  const points = marks.map(({ at, times }) => `${round(x(at))},${round(y(times))}`).join(' ');
  const dots = marks.map(
    ({ at, times }) =>
      `<circle class="dot-${name}" cx="${round(x(at))}" cy="${round(y(times))}" r="3.5"><title>${at.toLocaleString('en')}: ${significant(times)}×</title></circle>`,
  );
  const last = marks.at(-1)!;
  const aside = name === 'cold' ? -2 : 10;
  const value = tick(x(last.at) + 7, y(last.times) + aside, `${significant(last.times)}×`, 'start');
  return `  <polyline class="${name}" points="${points}"/>${dots.join('')}\n${value}`;
}

function legend(): string {
  const y = HEIGHT - 14;
  const entries = [
    ['warm', 'pages cached'],
    ['cold', 'nothing cached'],
    ['bound', 'if cost grew in proportion'],
  ] as const;
  return entries
    .map(([name, text], i) => {
      const left = 70 + i * 160;
      return `  ${line(name, left, y - 4, left + 24, y - 4)}<text x="${left + 30}" y="${y}">${text}</text>`;
    })
    .join('\n');
}

const decade = (value: number, round: (of: number) => number) =>
  10 ** round(Math.log10(value) + (round === Math.ceil ? -1e-9 : 1e-9));
const decades = (from: number, to: number) =>
  Array.from({ length: Math.round(Math.log10(to / from)) + 1 }, (_, i) => from * 10 ** i);
const round = (value: number) => Number(value.toFixed(1));
const line = (name: string, x1: number, y1: number, x2: number, y2: number) =>
  `<line class="${name}" x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}"/>`;
const tick = (x: number, y: number, text: string, anchor: string) =>
  `  <text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${text}</text>`;
const label = (x: number, y: number, text: string) => tick(x, y, text, 'middle');
