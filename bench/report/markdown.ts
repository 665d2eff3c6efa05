import { GROUPS, type Result, type Results } from '../results.ts';
import { budgetText, figuresOf, significant, spread } from './figures.ts';

const HEAD = '| work | budget | measured | CPU | takes | memory | met |\n|---|---|---|---|---|---|---|';

/** The results as docs/performance.md shows them. */
export function markdownResults(results: Results): string {
  const tables = GROUPS.flatMap((group) => {
    const rows = results.rows.filter((row) => row.group === group);
    return rows.length === 0 ? [] : [`**${group}**\n\n${HEAD}\n${rows.map(tableRow).join('\n')}`];
  });
  const skipped = results.rows.flatMap(({ title, measured }) =>
    measured.kind === 'skipped' ? [`- ${title}: not measured, ${measured.reason.split('\n')[0]}.`] : [],
  );
  return [where(results), ...tables, ...(skipped.length > 0 ? [skipped.join('\n')] : [])].join('\n\n');
}

function tableRow(row: Result): string {
  const figures = figuresOf(row);
  const title = row.title.replaceAll('|', '\\|');
  if (figures === null) return `| ${title} | ${budgetText(row.budget)} | not measured | | | | |`;
  const { value, unit, cpu, seconds, peakMiB, isMet } = figures;
  const cells = [
    ...[title, budgetText(row.budget), spread(value, unit)],
    cpu === null ? '' : `${significant(cpu.median)}×`,
    seconds === null ? '' : `${significant(seconds.median)} s`,
    peakMiB === null ? '' : `${Math.round(peakMiB)} MiB`,
    isMet === null ? '' : isMet ? 'yes' : '**no**',
  ];
  return `| ${cells.join(' | ')} |`;
}

function where({ date, commit, machine, runs, site, peers, seed }: Results): string {
  const { cpu, cores, memoryGiB, system, node, git, load } = machine;
  const versions = Object.entries(peers).map(([name, version]) => `${name} ${version}`);
  return [
    `Measured on ${date.slice(0, 10)} at commit \`${commit}\`, ${runs} ${runs === 1 ? 'run' : 'runs'} each, seed ${seed}.`,
    `Machine: ${cpu}, ${cores} cores, ${memoryGiB} GiB, ${system}, Node ${node}, git ${git};`,
    `load average ${load[0].toFixed(1)} at the start and ${load[1].toFixed(1)} at the end.`,
    `Site: ${site.name}, ${site.pages.toLocaleString('en')} pages, ${(site.bytes / 1e6).toFixed(1)} MB.`,
    `Against: ${versions.join(', ')}.`,
  ].join('\n');
}

const START = '<!-- results: written by `npm run bench -- --write-docs` -->';
const END = '<!-- end of results -->';

/** The document with what stands between the markers replaced. @throws if a marker is missing */
export function replaceResults(document: string, results: string): string {
  const from = document.indexOf(START);
  const to = document.indexOf(END);
  if (from < 0 || to < from) throw new Error(`the document needs the lines ${START} and ${END}`);
  return `${document.slice(0, from + START.length)}\n\n${results}\n\n${document.slice(to)}`;
}
