/** `import X from`, `import * as X from`, `import X, {…} from`, `import {default as X} from` a Markdown file. */
const IMPORT =
  /^[ \t]*import[ \t]+(?:\*[ \t]*as[ \t]+)?(?:\{[^{}'"]{0,200}\bdefault[ \t]+as[ \t]+)?([\p{ID_Start}$_][\p{ID_Continue}$]*)[^'"();]{0,400}?\bfrom\s*(["'])([^"'\n]+\.mdx?(?:\?[^"'\n]*)?)\2/gmu;

/** Local name of each Markdown file that a piece of ESM imports → its specifier as written. */
export function markdownImports(esm: string): Record<string, string> {
  return Object.fromEntries(Array.from(esm.matchAll(IMPORT), ([, name, , path]) => [name as string, path as string]));
}
