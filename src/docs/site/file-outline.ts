import { findFrontmatter, readFrontmatter } from '../markdown/frontmatter.ts';
import type { ModuleLink } from '../markdown/module-statements.ts';
import { importsInText } from '../markdown/module-statements.ts';
import type { Frontmatter } from '../markdown/page-facts.ts';
import { ownText } from '../own-text.ts';
import type { TextBlob } from '../tree.ts';
import { firstHeading } from './page-title.ts';
import { namedFiles } from './partial-files.ts';

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
