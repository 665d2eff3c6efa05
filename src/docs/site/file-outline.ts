import { findFrontmatter, readFrontmatter } from '../markdown/frontmatter.ts';
import { importsInText } from '../markdown/module-statements.ts';
import { ownText } from '../own-text.ts';
import type { FileOutline, TextBlob } from '../tree.ts';
import { firstHeading } from './page-title.ts';
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
