import { gfmAutolinkLiteral } from 'micromark-extension-gfm-autolink-literal';
import { gfmTable } from 'micromark-extension-gfm-table';
import type { Construct, Extension, TokenizeContext } from 'micromark-util-types';

/*
 * Syntax for which the parser stops at nearly every word or line, though few lines hold any. It is looked for only on
 * lines where the raw text shows that it may stand; a pattern may be met in vain, but nothing matches without it.
 */
const EMAIL = /[\w.+-]@[\w.-]/g;
const ADDRESS = /https?:\/\/|www\./gi;
/** The row of dashes below a table's header. */
const DELIMITER_ROW = /^[ \t>]*(?:[|:][ \t|:-]*-|-[ \t-]*[|:])[ \t|:-]*$/gm;
const BLANK = /^[ \t>]*$/;
const LINE_END = /\r\n|\n|\r/;
const LINE_ENDS = /\r\n|\n|\r/g;

type Lines = ReadonlySet<number>;
type Constructs = Record<string, Construct[]>;

const table = gfmTable().flow?.null as Construct;
const emails = autolinks('emailAutolink');
const addresses = autolinks('protocolAutolink', 'wwwAutolink');

/** GFM's tables (section 4.10) and bare addresses (section 6.9), for the lines of a text that may hold them. */
export function rareSyntax(text: string): Extension[] {
  const extensions: Extension[] = [];
  const rows = tableLines(text);
  if (rows.size > 0) extensions.push({ flow: { null: [tableOn(rows)] } });
  for (const [pattern, constructs] of [[ADDRESS, addresses] as const, [EMAIL, emails] as const]) {
    const lines = linesWith(pattern, text);
    if (lines.size > 0) extensions.push({ text: textOn(lines, constructs) });
  }
  return extensions;
}

function autolinks(...names: string[]): Constructs {
  const all = gfmAutolinkLiteral().text as Record<string, Construct | Construct[]>;
  const some = Object.entries(all).map(([code, constructs]) => {
    return [code, [constructs].flat().filter(({ name }) => names.includes(name as string))] as const;
  });
  return Object.fromEntries(some.filter(([, constructs]) => constructs.length > 0));
}

/** Asked at each such character whether an address may begin there, `previous` being the one before it. */
function textOn(lines: Lines, constructs: Constructs): Constructs {
  const limited = new Map<Construct, Construct>();
  for (const construct of new Set(Object.values(constructs).flat())) {
    const previous = construct.previous as NonNullable<Construct['previous']>;
    limited.set(construct, {
      ...construct,
      previous(this: TokenizeContext, code) {
        return previous.call(this, code) && lines.has(this.now().line);
      },
    });
  }
  const entries = Object.entries(constructs).map(([code, list]) => [code, list.map((one) => limited.get(one))]);
  return Object.fromEntries(entries) as Constructs;
}

function tableOn(lines: Lines): Construct {
  return {
    ...table,
    tokenize(effects, ok, nok) {
      return lines.has(this.now().line) ? table.tokenize.call(this, effects, ok, nok) : nok;
    },
  };
}

/** Lines from 1. */
function linesWith(pattern: RegExp, text: string): Lines {
  const lines = new Set<number>();
  let line = 1;
  let counted = 0;
  for (const { index } of text.matchAll(pattern)) {
    line += text.slice(counted, index).match(LINE_ENDS)?.length ?? 0;
    counted = index;
    lines.add(line);
  }
  return lines;
}

/** A table reaches from the header above its row of dashes to the next blank line at most. */
function tableLines(text: string): Lines {
  const found = linesWith(DELIMITER_ROW, text);
  const lines = new Set<number>();
  if (found.size === 0) return lines;
  const written = text.split(LINE_END);
  for (const row of found) {
    if (lines.has(row)) continue;
    lines.add(row - 1);
    for (let line = row; line <= written.length && !BLANK.test(written[line - 1] as string); line += 1) lines.add(line);
  }
  return lines;
}
