import { GROUPS, type Result, type Results } from '../results.ts';
import { amount, budgetText, figuresOf, significant, spread } from './figures.ts';
import { worstOf } from './worst.ts';

const MARKS = { true: '✔', false: '✖', null: ' ' } as const;

/** The results at 80 columns: of each row the worst site, then each site. */
export function terminalTable({ rows, sites }: Pick<Results, 'rows' | 'sites'>): string {
  if (sites.length < 2) return blocks(rows, '', cells).join('\n\n');
  const named = (row: Result) => [...cells(row, false), row.site ?? ''];
  const each = sites.flatMap(({ name }) => {
    const own = rows.filter(({ site }) => site === name);
    return blocks(own, `${name}: `, cells);
  });
  return [...blocks(worstOf(rows), '', named), ...each].join('\n\n');
}

/** A table for each group. @param before stands before the group's name */
function blocks(rows: readonly Result[], before: string, cellsOf: (row: Result) => string[]): string[] {
  const groups = GROUPS.map((group) => [group, rows.filter((row) => row.group === group)] as const);
  return groups
    .filter(([, of]) => of.length > 0)
    .map(([group, of]) => `${before}${group}\n${align(of.map((row) => cellsOf(row)))}`);
}

/** Median, spread and CPU of one row. */
function cells(row: Result, hasSpread = true): string[] {
  const figures = figuresOf(row);
  if (figures === null) return [' ', row.title, 'not measured', '', budgetText(row.budget)];
  const { value, unit, cpu, isMet } = figures;
  return [
    MARKS[`${isMet}`],
    row.title,
    hasSpread ? spread(value, unit) : amount(value.median, unit),
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
