import { importsInText } from './extract/imports.ts';
import type { ModuleLink } from './extract/module-statements.ts';
import { findFrontmatter, readFrontmatter } from './frontmatter.ts';
import type { Frontmatter } from './page-facts.ts';
import { firstHeading } from './page-title.ts';
import { namedFiles } from './partial-files.ts';
import type { TextBlob } from './tree.ts';

/**
 * What a site must know of a Markdown file to list it and to find what it may show: a function of its text alone, plain
 * JSON, told without parsing it.
 */
export interface FileOutline {
  frontmatter: Frontmatter;
  /** The offset at which its frontmatter ends. */
  start: number;
  /** Its first `# heading` where its frontmatter has no title. */
  heading: string | null;
  /** Everything that may name another Markdown file. */
  named: string[];
  /** All that it may import from modules. */
  links: ModuleLink[];
}

const remembered = new WeakMap<TextBlob, FileOutline>();

/** A file's outline, as it was remembered with the blob or worked out once. */
export function outlineOf(blob: TextBlob): FileOutline {
  const known = blob.outline ?? remembered.get(blob);
  if (known) return known;
  const outline = readOutline(blob.text);
  remembered.set(blob, outline);
  return outline;
}

/** Equal for two files that name the same ones. */
export function namesIn(blob: TextBlob): string {
  const { named, links } = outlineOf(blob);
  return JSON.stringify([named, links]);
}

function readOutline(text: string): FileOutline {
  const frontmatter = readFrontmatter(text);
  return {
    frontmatter,
    start: findFrontmatter(text)?.end ?? 0,
    heading: frontmatter.title === null ? firstHeading(text) : null,
    named: namedFiles(text),
    links: importsInText(text),
  };
}
