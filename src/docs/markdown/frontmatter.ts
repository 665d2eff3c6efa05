import { parse as parseToml } from 'smol-toml';
import { parse as parseYaml } from 'yaml';
import { ownText } from '../own-text.ts';
import type { Frontmatter } from '../tree.ts';

/** The block at the very start of a file between two `---` (YAML) or `+++` (TOML) lines. */
export interface FrontmatterBlock {
  format: 'yaml' | 'toml';
  value: string;
  /** Offset in the file just after the closing line's marker. */
  end: number;
}

const OPENING = /^\uFEFF?(---|\+\+\+)[ \t]*(?:\r\n|\n|\r)/;

/** Finds the frontmatter without parsing the page; null where there is none or it is never closed. */
export function findFrontmatter(text: string): FrontmatterBlock | null {
  const opening = OPENING.exec(text);
  if (!opening) return null;
  const closing = opening[1] === '---' ? /^---[ \t]*$/gm : /^\+\+\+[ \t]*$/gm;
  closing.lastIndex = opening[0].length;
  const found = closing.exec(text);
  if (!found) return null;
  return {
    format: opening[1] === '---' ? 'yaml' : 'toml',
    value: text.slice(opening[0].length, found.index),
    end: found.index + found[0].length,
  };
}

/** The source line of the frontmatter's `title`, 1 where it has none. */
export function titleLine(text: string): number {
  const block = findFrontmatter(text);
  const title = block && /^["']?title["']?[ \t]*[:=]/m.exec(block.value);
  if (!title) return 1;
  return 2 + (block.value.slice(0, title.index).match(/\r\n|\n|\r/g)?.length ?? 0);
}

/**
 * The keys that decide title, route and visibility, straight from a file's text. Broken YAML is read
 * line by line as far as that goes; it never throws.
 */
export function readFrontmatter(text: string): Frontmatter {
  const block = findFrontmatter(text);
  const values = block ? readValues(block) : new Map<string, unknown>();
  return {
    title: asText(values.get('title')),
    slug: asText(values.get('slug')),
    permalink: asText(values.get('permalink')),
    id: asText(values.get('id')),
    draft: values.get('draft') === true,
    noindex: values.get('noindex') === true,
    unlisted: values.get('unlisted') === true,
    hidden: values.get('hidden') === true,
  };
}

/** Characters above which frontmatter is data; it is then read line by line. */
const MOST_YAML = 50_000;

type Values = Map<string, unknown>;

function readValues(block: FrontmatterBlock): Values {
  if (block.format === 'toml') return parsed(() => parseToml(block.value)) ?? new Map();
  const simple = scanYaml(block.value);
  if (simple.complete || block.value.length > MOST_YAML) return simple.values;
  return parsed(() => parseYaml(block.value, { logLevel: 'error', uniqueKeys: false })) ?? simple.values;
}

/** Numbers and booleans are shown as written, so they serve as text; collections do not. */
function asText(value: unknown): string | null {
  if (typeof value === 'string') return ownText(value.trim()) || null;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

function parsed(parse: () => unknown): Values | null {
  try {
    const data = parse();
    if (typeof data !== 'object' || data === null || Array.isArray(data)) return null;
    const values: Values = new Map(Object.entries(data));
    if (asksNotToBeIndexed(values)) values.set('noindex', true);
    return values;
  } catch {
    return null;
  }
}

/**
 * Mintlify's `seo.noindex`. A robots `<meta>` under `head` speaks to search engines alone: the site still shows the page
 * to its readers.
 */
function asksNotToBeIndexed(values: Values): boolean {
  const seo = values.get('seo');
  return typeof seo === 'object' && seo !== null && (seo as { noindex?: unknown }).noindex === true;
}

const KEY_LINE = /^(title|slug|permalink|id|draft|noindex|unlisted|hidden)[ \t]*:(?:[ \t]+(.*))?$/;
/** Keys in quotes, a mapping in braces, or `noindex` below the first level: for the whole parser. */
const BEYOND_SCANNING = /^["'{?]|^[ \t-].*noindex/im;

/**
 * Reads the keys that stand as plain `key: scalar` lines, which is nearly every page: a hundred times
 * faster than the YAML parser. `complete` is false where only that parser can tell.
 */
function scanYaml(source: string): { values: Values; complete: boolean } {
  const values: Values = new Map();
  let complete = !BEYOND_SCANNING.test(source);
  const lines = source.split(/\r\n|\n|\r/);
  for (const [i, line] of lines.entries()) {
    const match = KEY_LINE.exec(line);
    if (!match || values.has(match[1] as string)) continue;
    const written = (match[2] ?? '').trim();
    const scalar = simpleScalar(written);
    const continued = /^[ \t]+\S/.test(lines[i + 1] ?? '');
    if (scalar === undefined || continued) complete = false;
    values.set(match[1] as string, scalar === undefined ? written.replace(/^(["'])(.*)\1$/, '$2') : scalar);
  }
  return { values, complete };
}

/** The value of a one-line YAML scalar; undefined where it is not plainly one. */
function simpleScalar(written: string): unknown {
  const quoted = /^(?:"([^"\\]*)"|'([^']*)')(?:[ \t]+#.*)?$/.exec(written);
  if (quoted) return quoted[1] ?? quoted[2];
  if (/^[!&*|>@%`"'{}[\],?-]/.test(written) || /:(?:\s|$)/.test(written)) return undefined;
  const plain = written.replace(/(?:^|[ \t])#.*$/, '').trimEnd();
  if (/^(?:true|True|TRUE)$/.test(plain)) return true;
  if (/^(?:false|False|FALSE)$/.test(plain)) return false;
  return /^(?:|~|null|Null|NULL)$/.test(plain) ? null : plain;
}
