import { findFrontmatter } from '../markdown/frontmatter.ts';

const FENCE = /^ {0,3}(`{3,}|~{3,})/;

/** The text of the first `# heading` of a page's raw text, without markup; null where it has none. */
export function firstHeading(text: string): string | null {
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
