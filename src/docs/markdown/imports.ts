import type { ModuleLink } from '../tree.ts';
import { moduleStatements } from './module-statements.ts';

/** What a page imports, by local name. */
export interface PageImports {
  /** Markdown files, as written. */
  imports: Record<string, string>;
  /** Names from modules, which may pass a Markdown file on. */
  named: Record<string, ModuleLink>;
}

const MARKDOWN = /\.mdx?(?:[?#].*)?$/i;

/** True for the specifier of a Markdown file; bundlers take a query after the name. */
export function namesMarkdown(specifier: string): boolean {
  return MARKDOWN.test(specifier);
}

/** What a piece of ESM imports; of a Markdown file only the whole of it counts. */
export function readImports(esm: string): PageImports {
  const imports = [...moduleStatements(esm).imports];
  const markdown = imports.filter(([, { specifier, name }]) => namesMarkdown(specifier) && isContent(name));
  const named = imports.filter(([, { specifier }]) => !namesMarkdown(specifier));
  return {
    imports: Object.fromEntries(markdown.map(([local, { specifier }]) => [local, specifier])),
    named: Object.fromEntries(named),
  };
}

/** A Markdown file's export that is the component itself; the others hold frontmatter and the like. */
export function isContent(name: string): boolean {
  return name === 'default' || name === '*';
}

/** From the start of a statement up to the next; imports stand at the start of a line or after another. */
const STATEMENT = /(?:^|;)[ \t]*(?:import|export)\b/gm;
const FROM = /\bfrom\s*(?:"[^"\n]{1,300}"|'[^'\n]{1,300}')/g;

/** All that a page's raw text may import from modules, samples included: more than it does, and never less. */
export function importsInText(text: string): ModuleLink[] {
  const starts = Array.from(text.matchAll(STATEMENT), ({ index }) => index);
  return starts.flatMap((start, i) => {
    const statement = text.slice(start, starts[i + 1]);
    const end = [...statement.matchAll(FROM)].at(-1);
    if (!end) return [];
    return Object.values(readImports(statement.slice(0, end.index + end[0].length)).named);
  });
}
