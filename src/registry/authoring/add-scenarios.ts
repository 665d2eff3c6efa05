import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  parseDocument,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { ScenarioDraft } from '../scenario-draft.ts';
import { scenarioInline, scenarioLines } from '../scenario-text.ts';

/** The text is no registry that a scenario can be added to. */
export class UnwritableRegistry extends Error {
  override readonly name = 'UnwritableRegistry';
}

/**
 * Appends scenarios to the text of a registry file. What stands there stays as it is, comments, order, indentation,
 * line ends and byte order mark; only a list that is empty loses its `[]`.
 * @throws {UnwritableRegistry} where the text is not valid YAML, or its `scenarios` are no list of its own
 */
export function addScenarios(text: string, drafts: readonly ScenarioDraft[]): string {
  if (drafts.length === 0) return text;
  const bom = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const body = text.slice(bom.length);
  const document = parseDocument(body, { schema: 'core', merge: false, uniqueKeys: false });
  const [error] = document.errors;
  if (error) throw new UnwritableRegistry(`not valid YAML: ${error.message.split('\n')[0]}`);
  return bom + new RegistryText(body, document).with(drafts);
}

/** One registry file in which the place for new entries is found by the positions of its nodes. */
class RegistryText {
  private readonly text: string;
  private readonly document: Document.Parsed;
  private readonly newline: string;

  constructor(text: string, document: Document.Parsed) {
    this.text = text;
    this.document = document;
    this.newline = text.includes('\r\n') ? '\r\n' : '\n';
  }

  with(drafts: readonly ScenarioDraft[]): string {
    const root = this.document.contents;
    if (root === null || (isScalar(root) && root.value === null)) return this.withKey(0, drafts);
    if (!isMap(root)) throw new UnwritableRegistry('it is no map of keys and values');
    const pair = (root as YAMLMap).items.find(({ key }) => isScalar(key) && key.value === 'scenarios');
    if (!pair) {
      if (root.flow) return this.inFlow(root, [`scenarios: ${inlineList(drafts)}`]);
      return this.withKey(this.columnOf(startOf(root)), drafts);
    }
    const { key, value } = pair;
    if (isSeq(value)) return this.withList(value, root, this.columnOf(startOf(key)), drafts);
    if (value === null || (isScalar(value) && value.value === null)) return this.withValue(pair, root, drafts);
    if (isAlias(value)) throw new UnwritableRegistry('its "scenarios" are an alias of another list; write them out');
    throw new UnwritableRegistry('its "scenarios" are no list');
  }

  private withList(list: YAMLSeq, root: YAMLMap, column: number, drafts: readonly ScenarioDraft[]): string {
    if (!list.flow && list.items.length > 0) return this.afterLast(list, drafts);
    const [start, end] = list.range!;
    const inner = this.text.slice(start, end);
    const bare = /^\[[ \t]*\]$/.test(inner) && !list.anchor && !list.tag;
    if (bare && !root.flow) return this.inPlaceOf(start, end, column, drafts);
    return this.inFlow(list, drafts.map(scenarioInline));
  }

  /** `scenarios:` with nothing, or `null`, behind it. */
  private withValue(pair: YAMLMap['items'][number], root: YAMLMap, drafts: readonly ScenarioDraft[]): string {
    const after = this.text.indexOf(':', endOf(pair.key)) + 1;
    const written = isScalar(pair.value) ? (pair.value.source ?? '') : '';
    const end = written === '' ? after : this.text.indexOf(written, after) + written.length;
    if (root.flow) return `${this.text.slice(0, after)} ${inlineList(drafts)}${this.text.slice(end)}`;
    return this.inPlaceOf(after, end, this.columnOf(startOf(pair.key)), drafts);
  }

  /** Takes a value of one line away, and puts the entries under the line that its key stands in. */
  private inPlaceOf(start: number, end: number, column: number, drafts: readonly ScenarioDraft[]): string {
    const before = this.text.slice(0, start).trimEnd();
    const emptied = new RegistryText(before + this.text.slice(end), this.document);
    const at = emptied.pastComments(emptied.lineEnd(before.length), column + 1);
    return emptied.withLines(at, blockLines(drafts, column + 2, 2, false));
  }

  private afterLast(list: YAMLSeq, drafts: readonly ScenarioDraft[]): string {
    const dash = list.range![0];
    const column = this.columnOf(dash);
    const first = startOf(list.items[0]);
    const gap = /^- +$/.test(this.text.slice(dash, first)) ? first - dash : 2;
    const [previous, last] = list.items.slice(-2);
    const apart = last !== undefined && this.isApart(endOf(previous), startOf(last));
    const at = this.pastComments(this.lineEnd(endOf(list.items.at(-1))), Math.max(column, 1));
    return this.withLines(at, blockLines(drafts, column, gap, apart));
  }

  /** Whether an empty line stands between; a block scalar's end lies behind its line. */
  private isApart(from: number, to: number): boolean {
    const end = this.text.slice(0, from).trimEnd().length;
    return /\n[ \t]*\r?\n/.test(this.text.slice(end, to));
  }

  /** At the end of the document, under a key of its own. */
  private withKey(column: number, drafts: readonly ScenarioDraft[]): string {
    const marker = /^\.\.\.[ \t]*(?:\r?\n|$)/m.exec(this.text);
    const lines = [`${' '.repeat(column)}scenarios:`, ...blockLines(drafts, column + 2, 2, false)];
    return this.withLines(marker?.index ?? this.text.length, lines);
  }

  /** Behind the last item of a list or map in brackets, on a line of its own where that item has one. */
  private inFlow(collection: YAMLMap | YAMLSeq, items: readonly string[]): string {
    const [start, end] = collection.range!;
    const last = collection.items.at(-1);
    if (last === undefined) {
      const close = end - 1;
      return `${this.text.slice(0, close)}${items.join(', ')}${this.text.slice(close)}`;
    }
    const at = startOf(last);
    const from = endOf(last);
    const lineStart = this.text.lastIndexOf('\n', at) + 1;
    const indent = this.text.slice(lineStart, at);
    const ownLine = lineStart > start && indent.trim() === '';
    const rest = /^([ \t]*,)?[ \t]*(?:#.*)?\r?\n/.exec(this.text.slice(from));
    if (!ownLine || !rest) {
      return this.text.slice(0, from) + items.map((item) => `, ${item}`).join('') + this.text.slice(from);
    }
    const comma = rest[1] === undefined ? ',' : '';
    const next = from + rest[0].length;
    const lines = items.map((item) => `${indent}${item},${this.newline}`);
    return this.text.slice(0, from) + comma + this.text.slice(from, next) + lines.join('') + this.text.slice(next);
  }

  private withLines(at: number, lines: readonly string[]): string {
    const before = this.text.slice(0, at);
    const break_ = before === '' || before.endsWith('\n') ? '' : this.newline;
    return before + break_ + lines.map((line) => line + this.newline).join('') + this.text.slice(at);
  }

  /** Past comments that are indented at least so far, which belong to what stands above them. */
  private pastComments(from: number, column: number): number {
    let end = from;
    for (let at = from; at < this.text.length; at = this.lineEnd(at, true)) {
      const line = this.text.slice(at, this.lineEnd(at, true));
      const indent = /^ */.exec(line)![0].length;
      if (line.trim() === '') continue;
      if (line[indent] !== '#' || indent < column) break;
      end = at + line.length;
    }
    return end;
  }

  /** Where the next line begins; an offset at the start of a line stays, unless that line is asked for. */
  private lineEnd(offset: number, whole = false): number {
    if (!whole && offset > 0 && this.text[offset - 1] === '\n') return offset;
    const end = this.text.indexOf('\n', offset);
    return end === -1 ? this.text.length : end + 1;
  }

  private columnOf(offset: number): number {
    return offset - (this.text.lastIndexOf('\n', offset - 1) + 1);
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

function startOf(node: unknown): number {
  if (isPair(node)) return startOf(node.key);
  return (node as { range: [number, number, number] }).range[0];
}

/** Where the last thing written of a node ends: of a block collection that is its last value's, without comments. */
export function endOf(node: unknown): number {
  if (isPair(node)) {
    const { key, value } = node;
    const isWritten = value !== null && !(isScalar(value) && value.value === null && (value.source ?? '') === '');
    return isWritten ? endOf(value) : endOf(key);
  }
  const last = isCollection(node) && !node.flow ? node.items.at(-1) : undefined;
  return last === undefined ? (node as { range: [number, number, number] }).range[1] : endOf(last);
}
