import { GROUPS, type Result, type Results } from '../results.ts';
import { budgetText, figuresOf, significant, spread } from './figures.ts';

const MARKS = { true: '✔', false: '✖', null: ' ' } as const;

/** The results at 80 columns. */
export function terminalTable({ rows }: Pick<Results, 'rows'>): string {
  const groups = GROUPS.map((group) => [group, rows.filter((row) => row.group === group)] as const);
  const blocks = groups.filter(([, of]) => of.length > 0).map(([group, of]) => `${group}\n${align(of.map(cells))}`);
  return blocks.join('\n\n');
}

/** Median, spread and CPU of one row. */
function cells(row: Result): string[] {
  const figures = figuresOf(row);
  if (figures === null) return [' ', row.title, 'not measured', '', budgetText(row.budget)];
  const { value, unit, cpu, isMet } = figures;
  return [
    MARKS[`${isMet}`],
    row.title,
    spread(value, unit),
    cpu === null ? '' : `cpu ${significant(cpu.median)}×`,
    budgetText(row.budget),
  ];
}

export function align(table: readonly string[][]): string {
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  return table
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
