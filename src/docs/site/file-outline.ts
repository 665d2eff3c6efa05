import { findFrontmatter, readFrontmatter } from '../markdown/frontmatter.ts';
import { importsInText } from '../markdown/module-statements.ts';
import { ownText } from '../own-text.ts';
import type { FileOutline, TextBlob } from '../tree.ts';
import { namedFiles } from './partial-files.ts';

/** A file's outline; it is worked out once, and kept with the blob. */
export function outlineOf(blob: TextBlob): FileOutline {
  blob.outline ??= readOutline(blob.text);
  return blob.outline;
}

/** Equal for two files that name the same ones. */
export function namesIn(blob: TextBlob): string {
  const { named, links } = outlineOf(blob);
  return JSON.stringify([named, links]);
}

/** It is kept for longer than the text. */
function readOutline(text: string): FileOutline {
  const frontmatter = readFrontmatter(text);
  return {
    frontmatter,
    start: findFrontmatter(text)?.end ?? 0,
    heading: frontmatter.title === null ? ownOrNull(firstHeading(text)) : null,
    named: mapped(namedFiles(text), ownText),
    links: mapped(importsInText(text), ({ specifier, name }) => ({
      specifier: ownText(specifier),
      name: ownText(name),
    })),
  };
}

/** Most pages name nothing, and need no list of their own for that. */
const NOTHING: never[] = [];

function mapped<Item>(items: Item[], own: (item: Item) => Item): Item[] {
  return items.length > 0 ? items.map(own) : NOTHING;
}

function ownOrNull(text: string | null): string | null {
  return text === null ? null : ownText(text);
}

const FENCE = /^ {0,3}(`{3,}|~{3,})/;

/** The text of the first `# heading` of a page's raw text, without markup; null where it has none. */
function firstHeading(text: string): string | null {
  let fence: string | null = null;
  let previous = '';
  for (const line of text.slice(findFrontmatter(text)?.end ?? 0).split(/\r\n|\n|\r/)) {
    const mark = FENCE.exec(line)?.[1];
    if (fence !== null) {
      if (mark?.startsWith(fence)) fence = null;
      continue;
    }
    if (mark) fence = mark;
    const heading = /^\uFEFF? {0,3}#[ \t]+(\S.*)$/.exec(line)?.[1] ?? (/^ {0,3}=+[ \t]*$/.test(line) ? previous : '');
    const title = plainText(heading);
    if (title) return title;
    previous = line;
  }
  return null;
}

/** Drops a closing run of `#`, custom ids, emphasis, code marks and link targets. */
function plainText(markup: string): string {
  return markup
    .slice(0, 1000)
    .trim()
    .replace(/(?:^|[ \t])#+$/, '')
    .replace(/\s*(?:\{#[^}\s]*\}|\[#[^\]\s]*\])$/, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/(?<!\\)[`*]|(?<![\w\\])_|_(?!\w)/g, '')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .trim();
}
