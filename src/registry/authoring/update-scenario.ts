import { isMap, isScalar, isSeq, type Pair, parseDocument, type YAMLMap } from 'yaml';
import { inlineText } from '../scenario-text.ts';
import { endOf } from './add-scenarios.ts';

/** What is newly known of a scenario that stands in the registry. */
export interface ScenarioUpdate {
  customers?: number;
  /** Added to those that are there. */
  quotes?: readonly string[];
}

interface Edit {
  start: number;
  end: number;
  text: string;
}

/**
 * Writes the number of customers and further quotes into an entry and leaves all else as it is. Null where the entry is
 * not there, or is written in a form that cannot be changed in place, such as an alias.
 */
export function updateScenario(text: string, id: string, update: ScenarioUpdate): string | null {
  const bom = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const body = text.slice(bom.length);
  const document = parseDocument(body, { schema: 'core', merge: false, uniqueKeys: false });
  const list = isMap(document.contents) ? document.contents.get('scenarios') : null;
  const entry = isSeq(list) ? list.items.find((item) => isMap(item) && (item.get('id') as unknown) === id) : null;
  if (!isMap(entry)) return null;
  const writer = new EntryText(body, entry);
  const edits = [
    ...(update.customers === undefined ? [] : [writer.customers(update.customers)]),
    ...(update.quotes?.length ? [writer.quotes(update.quotes)] : []),
  ];
  if (edits.includes(null)) return null;
  // Of two at the same place the first one given comes first, so it is put there last.
  const sorted = (edits as Edit[]).toReversed().toSorted((a, b) => b.start - a.start);
  return bom + sorted.reduce((now, { start, end, text: put }) => now.slice(0, start) + put + now.slice(end), body);
}

class EntryText {
  private readonly text: string;
  private readonly entry: YAMLMap;
  private readonly newline: string;

  constructor(text: string, entry: YAMLMap) {
    this.text = text;
    this.entry = entry;
    this.newline = text.includes('\r\n') ? '\r\n' : '\n';
  }

  customers(customers: number): Edit | null {
    const impact = this.pair(this.entry, 'impact');
    if (!impact) return this.field(`impact: { customers: ${customers} }`);
    if (!isMap(impact.value)) return null;
    const known = this.pair(impact.value, 'customers');
    if (known)
      return isScalar(known.value) && known.value.range ? this.replaced(known.value.range, `${customers}`) : null;
    return this.inMap(impact.value, `customers: ${customers}`);
  }

  quotes(quotes: readonly string[]): Edit | null {
    const written = quotes.map(inlineText);
    const pair = this.pair(this.entry, 'quotes');
    if (!pair) return this.field(`quotes: [${written.join(', ')}]`);
    const { value } = pair;
    if (!isSeq(value) || !value.range) return null;
    const last = value.items.at(-1);
    if (value.flow) {
      const at = last === undefined ? value.range[0] + 1 : rangeOf(last)[1];
      return this.inserted(at, (last === undefined ? '' : ', ') + written.join(', '));
    }
    const dash = this.text.slice(this.lineStart(value.range[0]), value.range[0]);
    return this.afterLine(
      rangeOf(last)[1],
      written.map((quote) => `${dash.replace(/\S/g, ' ')}- ${quote}`),
    );
  }

  /** A new last field of the entry. */
  private field(line: string): Edit | null {
    return this.inMap(this.entry, line);
  }

  private inMap(map: YAMLMap, field: string): Edit | null {
    const [first] = map.items;
    if (first === undefined) return map.range ? this.inserted(map.range[0] + 1, ` ${field} `) : null;
    const start = rangeOf(first.key)[0];
    if (map.flow) return this.inserted(start, `${field}, `);
    return this.afterLine(endOf(map), [' '.repeat(start - this.lineStart(start)) + field]);
  }

  private pair(map: YAMLMap, key: string): Pair | undefined {
    return map.items.find((item) => isScalar(item.key) && item.key.value === key);
  }

  private afterLine(offset: number, lines: readonly string[]): Edit {
    const ended = this.text[offset - 1] === '\n';
    const next = ended ? offset - 1 : this.text.indexOf('\n', offset);
    const text = lines.map((line) => line + this.newline).join('');
    if (next === -1) return this.inserted(this.text.length, this.newline + text);
    return this.inserted(next + 1, text);
  }

  private lineStart(offset: number): number {
    return this.text.lastIndexOf('\n', offset - 1) + 1;
  }

  private inserted(at: number, text: string): Edit {
    return { start: at, end: at, text };
  }

  private replaced([start, end]: readonly [number, number, number], text: string): Edit {
    return { start, end, text };
  }
}

function rangeOf(node: unknown): [number, number, number] {
  return (node as { range: [number, number, number] }).range;
}
