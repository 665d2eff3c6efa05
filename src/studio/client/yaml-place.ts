/** Where in a registry the cursor stands. Indentation tells it, because a half-typed text is seldom valid YAML. */
export interface YamlPlace {
  /** Keys from the top, `[]` for an item of a list. */
  path: string[];
  /** The keys that stand beside this one. */
  siblings: ReadonlySet<string>;
  /** What is being written: a key, or the value of the last key of the path. */
  writes: 'key' | 'value';
  /** The part of the written word that stands before the cursor. */
  word: string;
  /** The column at which keys of this map stand. */
  column: number;
}

interface Line {
  /** Columns of the dashes before the content. */
  dashes: number[];
  /** The column of the content. */
  column: number;
  key: string | null;
}

const LINE = /^(\s*)((?:- +)*)(-$)?(.*)$/;
const KEY = /^(["']?)([\w-]+)\1\s*:(?:\s|$)/;

/** @param line index of the line in `lines` */
export function yamlPlaceAt(lines: readonly string[], line: number, cursor: number): YamlPlace | null {
  const before = (lines[line] ?? '').slice(0, cursor);
  if (/(?:^|\s)#[^"']*$/.test(before)) return null;
  const { dashes, column, key } = readLine(before);
  const content = before.slice(column);
  const word = /[^\s"'[\]{},]*$/.exec(content)?.[0] ?? '';
  const { path, siblings } = around(lines, line, dashes, column);
  if (key !== null) return { path: [...path, key, ...inFlow(content)], siblings, writes: 'value', word, column };
  if (/[\s"'[{]/.test(content.trimStart())) return { path, siblings, writes: 'value', word, column };
  return { path, siblings, writes: 'key', word, column };
}

/** Between brackets an item is being written. */
function inFlow(content: string): string[] {
  return /:\s*\[/.test(content) && !/\]\s*$/.test(content) ? ['[]'] : [];
}

/** The column at which the line after this one begins; null after an empty one. */
export function indentAfter(text: string): number | null {
  const bare = text.replace(/(?:^|\s)#[^"']*$/, '').trimEnd();
  if (bare === '') return null;
  const { dashes, column, key } = readLine(bare);
  if (key === null && dashes.length > 0) return dashes.at(-1) as number;
  return bare.endsWith(':') ? column + 2 : column;
}

function readLine(text: string): Line {
  const [, indent = '', dashed = '', last = '', content = ''] = LINE.exec(text) ?? [];
  const dashes = Array.from(`${dashed}${last}`.matchAll(/-/g), ({ index }) => indent.length + index);
  return {
    dashes,
    column: indent.length + dashed.length + last.length,
    key: KEY.exec(content)?.[2] ?? null,
  };
}

function around(
  lines: readonly string[],
  line: number,
  dashes: readonly number[],
  column: number,
): Pick<YamlPlace, 'path' | 'siblings'> {
  const path: string[] = [];
  const siblings = new Set(below(lines, line, column));
  let at = column;
  let isMap = true;
  let isFirst = true;
  const enterItems = (columns: readonly number[]) => {
    for (const dash of columns.toReversed()) {
      path.unshift('[]');
      at = dash;
      isMap = false;
      isFirst = false;
    }
  };
  enterItems(dashes);
  for (let i = line - 1; i >= 0 && (at > 0 || !isMap || isFirst); i -= 1) {
    const text = lines[i] as string;
    if (/^\s*(?:#|$)/.test(text)) continue;
    const found = readLine(text);
    if (isMap && isFirst && found.column === at && found.key !== null) siblings.add(found.key);
    if (isMap && found.column === at && found.dashes.length > 0) enterItems(found.dashes);
    else if (found.key !== null && isParent(found, at, isMap)) {
      path.unshift(found.key);
      at = found.column;
      isMap = true;
      isFirst = false;
      enterItems(found.dashes);
    }
  }
  return { path, siblings };
}

/** A list may stand at the column of its own key. */
function isParent({ column, dashes }: Line, at: number, isMap: boolean): boolean {
  return column < at || (!isMap && column === at && dashes.length === 0);
}

function below(lines: readonly string[], line: number, column: number): string[] {
  const keys: string[] = [];
  for (const text of lines.slice(line + 1)) {
    if (/^\s*(?:#|$)/.test(text)) continue;
    const found = readLine(text);
    if (found.column < column || found.dashes.some((dash) => dash < column)) break;
    if (found.column === column && found.key !== null) keys.push(found.key);
  }
  return keys;
}
