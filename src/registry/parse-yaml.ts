import { Composer, type CST, type Document, Parser } from 'yaml';
import { LibraryNodes } from './library-nodes.ts';
import { readSimpleYaml } from './simple-yaml.ts';
import type { YamlNode, YamlProblem, YamlTree } from './yaml-tree.ts';

/** A registry needs five levels. The library's composer is recursive, and without a limit it runs out of memory. */
const MAX_DEPTH = 50;

/**
 * Reads one YAML 1.2 document (core schema, merge keys off) with positions. Never throws: what is wrong
 * becomes a problem. Aliases share their node; duplicate keys are kept for the caller to refuse, because
 * the library compares every key with every other.
 */
export function parseYaml(text: string): YamlTree {
  const root = readSimpleYaml(text);
  return root === undefined ? parseWithLibrary(text) : { root, problems: [], readable: true };
}

/** The same without the short cut. */
export function parseWithLibrary(text: string): YamlTree {
  const tokens = [...new Parser().parse(text)];
  const tooDeep = offsetBelow(tokens, MAX_DEPTH);
  if (tooDeep !== null) {
    const problem = problemAt('TOO_DEEP', 'nested too deeply', tooDeep, tooDeep);
    return { root: null, problems: [problem], readable: false };
  }
  const composer = new Composer({ schema: 'core', merge: false, uniqueKeys: false });
  const [document, second] = composer.compose(tokens, true, text.length);
  const problems = second ? [problemAt('MULTIPLE_DOCS', '', second.range[0], second.range[0])] : [];
  return treeOf(document!, problems);
}

/** Where a token stands that is nested more than so many collections deep. */
function offsetBelow(tokens: CST.Token[], limit: number): number | null {
  const open = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = open.pop(); next; next = open.pop()) {
    const { token, depth } = next;
    if (depth > limit) return token.offset;
    if (token.type === 'document' && token.value) open.push({ token: token.value, depth });
    if (!('items' in token)) continue;
    for (const { key, value } of token.items) {
      if (key) open.push({ token: key, depth: depth + 1 });
      if (value) open.push({ token: value, depth: depth + 1 });
    }
  }
  return null;
}

function treeOf(document: Document.Parsed, problems: YamlProblem[]): YamlTree {
  const reader = new LibraryNodes();
  const root = document.contents ? reader.read(document.contents) : null;
  // Other warnings are about style, such as where a closing bracket stands.
  const unknownTags = document.warnings.filter(({ code }) => code === 'TAG_RESOLVE_FAILED');
  const errors = [...document.errors, ...unknownTags];
  const syntax = errors.map(({ code, message, pos }) =>
    UNCLOSED_QUOTE.test(message)
      ? problemAt(code, 'the quote that opens here is never closed', reader.lastScalar, pos[1])
      : problemAt(code, message, pos[0], pos[1]),
  );
  const aliases = reader.problems.map(({ message, start, end }) => problemAt('ALIAS', message, start, end));
  const all = [...problems, ...syntax, ...aliases];
  if (syntax.length === 0 || !root) return { root, problems: all, readable: all.length === 0 };
  const firstError = syntax.reduce((least, { start }) => Math.min(least, start), Number.POSITIVE_INFINITY);
  return { root: before(root, firstError), problems: [...problems, ...syntax], readable: false };
}

/** The library reports an open quote where the file ends, because it swallowed the rest. */
const UNCLOSED_QUOTE = /^Missing closing .quote/;

/** What stands wholly before an offset: whole keys of the root, and whole items of the lists under them. */
function before(root: YamlNode, offset: number): YamlNode | null {
  if (root.kind !== 'map') return null;
  const pairs = root.pairs.flatMap((pair) => {
    if (pair.value.end < offset) return [pair];
    if (pair.value.kind !== 'list') return [];
    return [{ ...pair, value: { ...pair.value, items: pair.value.items.filter((item) => item.end < offset) } }];
  });
  return { ...root, pairs };
}

const ADVICE: Readonly<Record<string, string>> = {
  ALIAS: 'Write the values out.',
  BAD_SCALAR_START: 'Put the value in quotes.',
  BLOCK_AS_IMPLICIT_KEY: 'A value that holds ": " must stand in quotes.',
  MULTILINE_IMPLICIT_KEY: 'Check the indentation; a value that holds ": " must stand in quotes.',
  MULTIPLE_DOCS: 'Keep one document for each file and remove the line "---".',
  TAB_AS_INDENT: 'Indent with spaces.',
  TAG_RESOLVE_FAILED: 'Remove the tag.',
  TOO_DEEP: 'A registry needs five levels at most.',
};

function problemAt(code: string, message: string, start: number, end: number): YamlProblem {
  const said = code === 'MULTIPLE_DOCS' ? 'a second document starts here; a registry file holds one' : cut(message);
  const advice = ADVICE[code] ?? 'Check indentation, brackets and quotes at this line and the one above.';
  return { message: `not valid YAML: ${said}`, advice, start, end };
}

function cut(message: string): string {
  return message.length > 120 ? `${message.slice(0, 119)}…` : message;
}
