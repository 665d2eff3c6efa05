import { type Token, tokenize } from '../config-tokens.ts';
import type { ModuleLink } from '../tree.ts';

/** The import and export statements of one module that pass names on; what it makes itself is left out. */
export interface ModuleStatements {
  /** Local name → what it stands for. */
  imports: Map<string, ModuleLink>;
  /** Exported name → what it stands for. */
  exports: Map<string, ModuleLink>;
  /** Modules all of whose exports, `default` aside, are passed on. */
  stars: string[];
}

/** Longer modules are generated ones; they are not read. */
const MAX_LENGTH = 1_000_000;

/** Reads a module's statements from its text (ECMA-262, sections 16.2.2 and 16.2.3); runs nothing, never throws. */
export function moduleStatements(text: string): ModuleStatements {
  return new StatementReader(text.length > MAX_LENGTH ? [] : tokenize(text)).read();
}

/** `name` or `name as other`, of values alone. */
type Renamed = [name: string, other: string];

class StatementReader {
  readonly #tokens: readonly Token[];
  readonly #found: ModuleStatements = { imports: new Map(), exports: new Map(), stars: [] };
  /** Exported name → local name; imports may follow the exports that name them. */
  readonly #locals: Renamed[] = [];

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  read(): ModuleStatements {
    for (let at = 0; at < this.#tokens.length; at++) {
      if (this.#is(at, 'word', 'import')) this.#readImport(at + 1);
      else if (this.#is(at, 'word', 'export')) this.#readExport(at + 1);
    }
    const { imports, exports } = this.#found;
    for (const [local, name] of this.#locals) {
      const link = imports.get(local);
      if (link) exports.set(name, link);
    }
    return this.#found;
  }

  /** `A from`, `A, {B} from`, `A, * as B from`, `{B as C} from`, `* as B from`. */
  #readImport(start: number): void {
    let names: Renamed[] = [];
    let at = start;
    if (this.#is(at, 'word')) names.push(['default', this.#valueAt(at++)]);
    if (names.length > 0 && this.#is(at, 'mark', ',')) at++;
    // In `import type { A } from` no comma follows the word.
    else if (names.length > 0 && !this.#is(at, 'word', 'from')) return;
    if (this.#is(at, 'mark', '*')) {
      names.push(['*', this.#valueAt(at + 2)]);
      at += 3;
    } else if (this.#is(at, 'mark', '{')) {
      names = names.concat(this.#list(at));
      at = this.#close(at) + 1;
    }
    const specifier = this.#specifier(at);
    if (specifier === null) return;
    for (const [name, local] of names) this.#found.imports.set(local, { specifier, name });
  }

  #readExport(at: number): void {
    if (this.#is(at, 'mark', '*')) this.#readStar(at + 1);
    else if (this.#is(at, 'mark', '{')) this.#readList(at);
    else if (this.#is(at, 'word', 'default') && this.#is(at + 1, 'word')) {
      this.#locals.push([this.#valueAt(at + 1), 'default']);
    }
  }

  #readStar(at: number): void {
    const isNamed = this.#is(at, 'word', 'as');
    const specifier = this.#specifier(isNamed ? at + 2 : at);
    if (specifier === null) return;
    if (isNamed) this.#found.exports.set(this.#valueAt(at + 1), { specifier, name: '*' });
    else this.#found.stars.push(specifier);
  }

  #readList(at: number): void {
    const names = this.#list(at);
    const specifier = this.#specifier(this.#close(at) + 1);
    for (const [name, other] of names) {
      if (specifier === null) this.#locals.push([name, other]);
      else this.#found.exports.set(other, { specifier, name });
    }
  }

  /** The entries in braces. Ends at a brace inside, which no list has: so no token is read for more than one list. */
  #list(open: number): Renamed[] {
    const names: Renamed[] = [];
    let words: string[] = [];
    for (let at = open + 1; at < this.#tokens.length && !this.#is(at, 'mark', '{'); at++) {
      const ends = this.#is(at, 'mark', '}');
      if (!ends && !this.#is(at, 'mark', ',')) {
        words.push(this.#valueAt(at));
        continue;
      }
      const [name, as, other] = words;
      if (words.length === 1) names.push([name as string, name as string]);
      else if (words.length === 3 && as === 'as') names.push([name as string, other as string]);
      if (ends) return names;
      words = [];
    }
    return [];
  }

  #specifier(at: number): string | null {
    return this.#is(at, 'word', 'from') && this.#is(at + 1, 'string') ? this.#valueAt(at + 1) : null;
  }

  #close(open: number): number {
    return (this.#tokens[open] as Token).close;
  }

  #valueAt(at: number): string {
    return this.#tokens[at]?.value ?? '';
  }

  #is(at: number, kind: Token['kind'], value = this.#valueAt(at)): boolean {
    return this.#tokens[at]?.kind === kind && this.#valueAt(at) === value;
  }
}

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
