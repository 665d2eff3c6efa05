import {
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Pair,
  parseDocument,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { lintRegistry } from '../lint-registry.ts';
import { parseRegistry } from '../parse-registry.ts';
import type { Mistake, Settings } from '../registry.ts';
import { inline, type ScenarioDraft, scenarioInline, scenarioLines } from './scenario-draft.ts';

/** Thrown for text to which no scenario can be added. */
export class UnwritableRegistry extends Error {
  override readonly name = 'UnwritableRegistry';
}

/** What is newly known of a scenario that stands in the registry. */
interface ScenarioUpdate {
  customers?: number;
  /** They are added to the quotes that are there. */
  quotes?: readonly string[];
}

/**
 * Appends scenarios to the text of a registry file. What stands there stays as it is, comments, order, indentation,
 * line ends and byte order mark; only a list that is empty loses its `[]`.
 * @throws {UnwritableRegistry} where the text is not valid YAML, or its `scenarios` are no list of its own
 */
export function addScenarios(text: string, drafts: readonly ScenarioDraft[]): string {
  if (drafts.length === 0) return text;
  const registry = new RegistryText(text);
  const [error] = registry.document.errors;
  if (error) throw new UnwritableRegistry(`not valid YAML: ${error.message.split('\n')[0]}`);
  return registry.with(registry.additions(drafts));
}

/**
 * Writes the number of customers and further quotes into an entry and leaves all else as it is. Null where the entry is
 * not there, or is written in a form that cannot be changed in place, such as an alias.
 */
export function updateScenario(text: string, id: string, { customers, quotes }: ScenarioUpdate): string | null {
  const registry = new RegistryText(text);
  const root = registry.document.contents;
  const list = isMap(root) ? root.get('scenarios') : null;
  const entry = isSeq(list) ? list.items.find((item) => isMap(item) && (item.get('id') as unknown) === id) : null;
  if (!isMap(entry)) return null;
  const edits = [
    ...(customers === undefined ? [] : [registry.customers(entry, customers)]),
    ...(quotes?.length ? [registry.quotes(entry, quotes)] : []),
  ];
  return edits.includes(null) ? null : registry.with(edits as Edit[]);
}

/** What the registry's reader and linter say of one field of a scenario that a person is writing. */
export function draftMistakes(draft: ScenarioDraft, field: keyof ScenarioDraft, settings: Settings): Mistake[] {
  // An entry without a code or symptom is unsound, whatever the field is like.
  const whole = draft.codes?.length || draft.symptoms?.length ? draft : { ...draft, codes: ['some_code'] };
  const text = addScenarios('', [whole]);
  const { registry, mistakes } = parseRegistry([{ path: 'draft', text }]);
  const linted = registry
    ? lintRegistry({ ...registry, settings: { ...registry.settings, ...settings } }, '0000-00-00')
    : [];
  // Every field of an entry in this form begins on a line of its own.
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.slice(4).startsWith(`${field}:`));
  const next = lines.findIndex((line, index) => index > start && !/^ {6}/.test(line));
  return [...mistakes, ...linted].filter(({ line }) => line > start && line <= next);
}

/** A stretch of a text, and what replaces it. */
interface Edit {
  start: number;
  end: number;
  text: string;
}

/** The text of one registry file, and the edits that put something new beside its nodes. */
class RegistryText {
  readonly document: ReturnType<typeof parseDocument>;
  private readonly text: string;
  private readonly byteOrderMark: string;
  private readonly newline: string;

  constructor(file: string) {
    this.text = file.replace(/^\uFEFF/, '');
    this.byteOrderMark = file.slice(0, file.length - this.text.length);
    this.document = parseDocument(this.text, { schema: 'core', merge: false, uniqueKeys: false });
    this.newline = file.includes('\r\n') ? '\r\n' : '\n';
  }

  with(edits: readonly Edit[]): string {
    // The last edit is made first, so that offsets stay true; of two at one place the first one given stays in front.
    const lastFirst = edits.toReversed().toSorted((a, b) => b.start - a.start);
    const put = (now: string, { start, end, text }: Edit) => now.slice(0, start) + text + now.slice(end);
    return this.byteOrderMark + lastFirst.reduce(put, this.text);
  }

  additions(drafts: readonly ScenarioDraft[]): Edit[] {
    const root = this.document.contents;
    if (isNull(root)) return [this.ownKey(0, drafts)];
    if (!isMap(root)) throw new UnwritableRegistry('it is no map of keys and values');
    const pair = pairIn(root, 'scenarios');
    if (!pair) {
      if (root.flow) return this.inBrackets(root, [`scenarios: ${inlineList(drafts)}`]);
      return [this.ownKey(this.columnOf(startOf(root)), drafts)];
    }
    const { value } = pair;
    if (isSeq(value)) return this.inList(value, pair, root, drafts);
    if (isNull(value)) return this.asValue(pair, root, drafts);
    if (isAlias(value)) throw new UnwritableRegistry('its "scenarios" are an alias of another list; write them out');
    throw new UnwritableRegistry('its "scenarios" are no list');
  }

  /** Puts the entries at the end of the document, under a key of their own. */
  private ownKey(column: number, drafts: readonly ScenarioDraft[]): Edit {
    const marker = /^\.\.\.[ \t]*(?:\r?\n|$)/m.exec(this.text);
    const lines = [`${' '.repeat(column)}scenarios:`, ...blockLines(drafts, column + 2, 2, false)];
    return this.lines(marker?.index ?? this.text.length, lines);
  }

  private inList(list: YAMLSeq, pair: Pair, root: YAMLMap, drafts: readonly ScenarioDraft[]): Edit[] {
    if (!list.flow && list.items.length > 0) return [this.afterLast(list, drafts)];
    const [start, end] = list.range!;
    const isBare = /^\[[ \t]*\]$/.test(this.text.slice(start, end)) && !list.anchor && !list.tag;
    if (isBare && !root.flow) return this.inPlaceOf(start, end, pair, drafts);
    return this.inBrackets(list, drafts.map(scenarioInline));
  }

  /** Puts the entries behind a `scenarios:` that has no value, or `null`. */
  private asValue(pair: Pair, root: YAMLMap, drafts: readonly ScenarioDraft[]): Edit[] {
    const start = this.text.indexOf(':', endOf(pair.key)) + 1;
    const written = isScalar(pair.value) ? (pair.value.source ?? '') : '';
    const end = written === '' ? start : this.text.indexOf(written, start) + written.length;
    if (root.flow) return [{ start, end, text: ` ${inlineList(drafts)}` }];
    return this.inPlaceOf(start, end, pair, drafts);
  }

  /** Removes the value of a key, and puts the entries under the line of the key. */
  private inPlaceOf(start: number, end: number, { key }: Pair, drafts: readonly ScenarioDraft[]): Edit[] {
    const column = this.columnOf(startOf(key));
    const at = this.pastComments(this.lineEnd(end), column + 1);
    return [
      { start: this.text.slice(0, start).trimEnd().length, end, text: '' },
      this.lines(at, blockLines(drafts, column + 2, 2, false)),
    ];
  }

  private afterLast(list: YAMLSeq, drafts: readonly ScenarioDraft[]): Edit {
    const dash = list.range![0];
    const column = this.columnOf(dash);
    const first = startOf(list.items[0]);
    const gap = /^- +$/.test(this.text.slice(dash, first)) ? first - dash : 2;
    const [previous, last] = list.items.slice(-2);
    const apart = last !== undefined && this.isApart(endOf(previous), startOf(last));
    const at = this.pastComments(this.lineEnd(endOf(list)), Math.max(column, 1));
    return this.lines(at, blockLines(drafts, column, gap, apart));
  }

  /** Whether an empty line stands between two nodes. A block scalar ends behind its last line break. */
  private isApart(from: number, to: number): boolean {
    const end = this.text.slice(0, from).trimEnd().length;
    return /\n[ \t]*\r?\n/.test(this.text.slice(end, to));
  }

  /** Puts items behind the last one of a list or map in brackets, on own lines if that one has its own line. */
  private inBrackets(collection: YAMLMap | YAMLSeq, items: readonly string[]): Edit[] {
    const [start, end] = collection.range!;
    const last = collection.items.at(-1);
    if (last === undefined) return [insertion(end - 1, items.join(', '))];
    const from = endOf(last);
    const lineStart = this.lineStart(startOf(last));
    const indent = this.text.slice(lineStart, startOf(last));
    const hasOwnLine = lineStart > start && indent.trim() === '';
    const rest = /^([ \t]*,)?[ \t]*(?:#.*)?\r?\n/.exec(this.text.slice(from));
    if (!hasOwnLine || !rest) return [insertion(from, items.map((item) => `, ${item}`).join(''))];
    const lines = items.map((item) => `${indent}${item},`);
    return [insertion(from, rest[1] === undefined ? ',' : ''), this.lines(from + rest[0].length, lines)];
  }

  customers(entry: YAMLMap, customers: number): Edit | null {
    const impact = pairIn(entry, 'impact');
    if (!impact) return this.inMap(entry, `impact: { customers: ${customers} }`);
    if (!isMap(impact.value)) return null;
    const known = pairIn(impact.value, 'customers');
    if (!known) return this.inMap(impact.value, `customers: ${customers}`);
    if (!isScalar(known.value) || !known.value.range) return null;
    const [start, end] = known.value.range;
    return { start, end, text: `${customers}` };
  }

  quotes(entry: YAMLMap, quotes: readonly string[]): Edit | null {
    const written = quotes.map(inline);
    const pair = pairIn(entry, 'quotes');
    if (!pair) return this.inMap(entry, `quotes: [${written.join(', ')}]`);
    const { value } = pair;
    if (!isSeq(value) || !value.range) return null;
    const last = value.items.at(-1);
    if (value.flow) {
      const text = written.join(', ');
      return last === undefined ? insertion(value.range[0] + 1, text) : insertion(rangeOf(last)[1], `, ${text}`);
    }
    const lead = this.text.slice(this.lineStart(value.range[0]), value.range[0]).replace(/\S/g, ' ');
    const lines = written.map((quote) => `${lead}- ${quote}`);
    return this.lines(this.lineEnd(rangeOf(last)[1]), lines);
  }

  /** Adds a field to a map: as the first one in braces, else as the last one. */
  private inMap(map: YAMLMap, field: string): Edit | null {
    const [first] = map.items;
    if (first === undefined) return map.range ? insertion(map.range[0] + 1, ` ${field} `) : null;
    const start = startOf(first);
    if (map.flow) return insertion(start, `${field}, `);
    return this.lines(this.lineEnd(endOf(map)), [' '.repeat(this.columnOf(start)) + field]);
  }

  /** Inserts whole lines, after a line break if the line before has none. */
  private lines(at: number, lines: readonly string[]): Edit {
    const isLineStart = at === 0 || this.text[at - 1] === '\n';
    return insertion(at, (isLineStart ? '' : this.newline) + lines.map((line) => line + this.newline).join(''));
  }

  /** The offset behind the comments that follow. Those indented to `column` belong to what stands above them. */
  private pastComments(from: number, column: number): number {
    const comments = new RegExp(`(?:(?:[^\\S\\n]*\\n)* {${column},}#[^\\n]*(?:\\n|$))*`, 'y');
    comments.lastIndex = from;
    return from + comments.exec(this.text)![0].length;
  }

  /** Where the next line begins, or the offset itself if a line begins there. */
  private lineEnd(offset: number): number {
    if (offset > 0 && this.text[offset - 1] === '\n') return offset;
    const end = this.text.indexOf('\n', offset);
    return end === -1 ? this.text.length : end + 1;
  }

  private lineStart(offset: number): number {
    return this.text.lastIndexOf('\n', offset - 1) + 1;
  }

  private columnOf(offset: number): number {
    return offset - this.lineStart(offset);
  }
}

function blockLines(drafts: readonly ScenarioDraft[], column: number, gap: number, apart: boolean): string[] {
  return drafts.flatMap((draft) => {
    const lines = scenarioLines(draft).map((line, at) => {
      const lead = at === 0 ? `-${' '.repeat(gap - 1)}` : ' '.repeat(gap);
      return ' '.repeat(column) + lead + line;
    });
    return apart ? ['', ...lines] : lines;
  });
}

function inlineList(drafts: readonly ScenarioDraft[]): string {
  return `[${drafts.map(scenarioInline).join(', ')}]`;
}

function insertion(at: number, text: string): Edit {
  return { start: at, end: at, text };
}

function pairIn(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((item) => isScalar(item.key) && item.key.value === key);
}

function isNull(node: unknown): boolean {
  return node === null || (isScalar(node) && node.value === null);
}

function rangeOf(node: unknown): readonly [number, number, number] {
  return (node as { range: [number, number, number] }).range;
}

function startOf(node: unknown): number {
  return isPair(node) ? startOf(node.key) : rangeOf(node)[0];
}

/** Where the text of a node ends. A block collection ends with its last value, without the comments behind it. */
function endOf(node: unknown): number {
  if (isPair(node)) {
    const { key, value } = node;
    return isNull(value) && !(isScalar(value) && value.source) ? endOf(key) : endOf(value);
  }
  const last = isCollection(node) && !node.flow ? node.items.at(-1) : undefined;
  return last === undefined ? rangeOf(node)[1] : endOf(last);
}
