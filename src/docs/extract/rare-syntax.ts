import { gfmAutolinkLiteral } from 'micromark-extension-gfm-autolink-literal';
import { gfmTable } from 'micromark-extension-gfm-table';
import type { Construct, Extension } from 'micromark-util-types';

/*
 * Syntax for which the parser stops at nearly every word or line, though most pages hold none of it. It is left out
 * where the raw text shows that it could not match; a pattern may be met in vain, but nothing matches without it.
 */
const EMAIL = /[\w.+-]@[\w.-]/;
const ADDRESS = /https?:\/\/|www\./i;
/** The row of dashes below a table's header. */
const DELIMITER_ROW = /^[ \t>]*(?=[^\n]*[|:])(?=[^\n]*-)[ \t|:-]+$/m;

const table = gfmTable();
const emails = autolinks('emailAutolink');
const addresses = autolinks('protocolAutolink', 'wwwAutolink');

/** GFM's bare addresses (section 6.9) and tables (section 4.10), as far as a text may hold them. */
export function rareSyntax(text: string): Extension[] {
  const extensions: Extension[] = [];
  if (DELIMITER_ROW.test(text)) extensions.push(table);
  if (ADDRESS.test(text)) extensions.push(addresses);
  if (EMAIL.test(text)) extensions.push(emails);
  return extensions;
}

function autolinks(...names: string[]): Extension {
  const all = gfmAutolinkLiteral().text as Record<string, Construct | Construct[]>;
  const text: Record<string, Construct[]> = {};
  for (const [code, constructs] of Object.entries(all)) {
    const some = [constructs].flat().filter(({ name }) => names.includes(name as string));
    if (some.length > 0) text[code] = some;
  }
  return { text };
}
