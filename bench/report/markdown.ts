import { GROUPS, type Result, type Results, type SiteFacts } from '../results.ts';
import { budgetText, figuresOf, significant, spread } from './figures.ts';
import { worstOf } from './worst.ts';

const COLUMNS = ['work', 'budget', 'measured', 'CPU', 'takes', 'memory', 'met'];

/** The results as docs/performance.md shows them: of each row the worst site, then each site. */
export function markdownResults(results: Results): string {
  const { rows, sites } = results;
  const areMany = sites.length > 1;
  const worst = worstOf(rows);
  const groups = GROUPS.map((group) => [group, worst.filter((row) => row.group === group)] as const);
  const tables = groups.filter(([, of]) => of.length > 0).map(([group, of]) => `**${group}**\n\n${table(of, areMany)}`);
  const skipped = rows.flatMap(({ title, site, measured }) =>
    measured.kind === 'skipped' ? [`- ${on(site, title)}: not measured, ${measured.reason.split('\n')[0]}.`] : [],
  );
  return [
    where(results),
    ...tables,
    ...(areMany ? sites.map((site) => siteTable(site, rows)) : []),
    ...(skipped.length > 0 ? [skipped.join('\n')] : []),
  ].join('\n\n');
}

function siteTable(site: SiteFacts, rows: readonly Result[]): string {
  const own = rows.filter((row) => row.site === site.name);
  return `**${describe(site)}**\n\n${table(own.map((row) => ({ ...row, title: `${row.group}: ${row.title}` })))}`;
}

function table(rows: readonly Result[], namesSite = false): string {
  const columns = namesSite ? [...COLUMNS, 'worst on'] : COLUMNS;
  const lines = rows.map((row) => [...cellsOf(row), ...(namesSite ? [row.site ?? ''] : [])]);
  return [columns, columns.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function cellsOf(row: Result): string[] {
  const figures = figuresOf(row);
  const title = row.title.replaceAll('|', '\\|');
  if (figures === null) return [title, budgetText(row.budget), 'not measured', '', '', '', ''];
  const { value, unit, cpu, seconds, peakMiB, isMet } = figures;
  return [
    ...[title, budgetText(row.budget), spread(value, unit)],
    cpu === null ? '' : `${significant(cpu.median)}×`,
    seconds === null ? '' : `${significant(seconds.median)} s`,
    peakMiB === null ? '' : `${Math.round(peakMiB)} MiB`,
    isMet === null ? '' : isMet ? 'yes' : '**no**',
  ];
}

const on = (site: string | null, title: string): string => (site === null ? title : `${title}, ${site}`);

const describe = ({ name, pages, bytes }: SiteFacts): string =>
  `${name}: ${pages.toLocaleString('en')} pages, ${(bytes / 1e6).toFixed(1)} MB`;

function where({ date, commit, machine, runs, sites, peers, seed }: Results): string {
  const { cpu, cores, memoryGiB, system, node, git, load } = machine;
  const versions = Object.entries(peers).map(([name, version]) => `${name} ${version}`);
  return [
    `Measured on ${date.slice(0, 10)} at commit \`${commit}\`, ${runs} ${runs === 1 ? 'run' : 'runs'} each, seed ${seed}.`,
    `Machine: ${cpu}, ${cores} cores, ${memoryGiB} GiB, ${system}, Node ${node}, git ${git};`,
    `load average ${load[0].toFixed(1)} at the start and ${load[1].toFixed(1)} at the end.`,
    `Against: ${versions.join(', ')}.`,
    sites.length > 1
      ? `On ${sites.length} sites: of each row, and of each point of the picture, the worst; then each site.`
      : `Site: ${sites.map(describe).join()}.`,
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
