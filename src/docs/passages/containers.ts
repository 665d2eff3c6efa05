import { type ComponentRole, isInlineHtml, roleOf, roleOfDirective } from '../markdown/component-names.ts';
import { UNKNOWN_DEPTH } from './passage.ts';

const TAG = /<(\/?)([A-Za-z][\w.:-]*)/g;
const VOID = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));
/** What makes a section of its own, or may. */
const SCOPES: ReadonlySet<ComponentRole> = new Set(['details', 'accordion', 'step', 'tab', 'callout', 'card']);
/** Elements whose text is one block however many blank lines it holds. */
const WHOLE = new Set('tr td th h1 h2 h3 h4 h5 h6 summary'.split(' '));

/** Something that is open. */
interface Container {
  name: string;
  /** Headings and bold leads inside it end with it. */
  isScope: boolean;
  /** A list item was met inside it, which may hold what follows. */
  hasList: boolean;
  indent: number;
}

/** The elements and `:::` containers that are open while a text is read line by line, as far as its tags tell. */
export class Containers {
  readonly #open: Container[] = [];
  #scopes = 0;
  #least = 0;
  #indent = 0;
  /** Something was met of which it is not known where it ends. */
  isLost = false;
  /** A tag that is not complete at the end of its line, and whether it gives a title. */
  #tag: string | null = null;
  givesTitle = false;
  /** Open elements whose whole text is one block. */
  #wholes: string[] = [];
  #hadWhole = false;

  startLine(indent: number): void {
    this.#least = this.#scopes;
    this.#indent = indent;
    this.#hadWhole = this.#wholes.length > 0;
  }

  /** How many of those are open that end what they hold, and how many at the least were on the line. */
  get depth(): number {
    return this.isLost ? UNKNOWN_DEPTH : Math.min(this.#scopes, UNKNOWN_DEPTH);
  }

  get leastDepth(): number {
    return this.isLost ? UNKNOWN_DEPTH : Math.min(this.#least, UNKNOWN_DEPTH);
  }

  get isEmpty(): boolean {
    return this.#open.length === 0;
  }

  get isInDirective(): boolean {
    return this.#open.some(({ name }) => name.startsWith(':'));
  }

  get isInTag(): boolean {
    return this.#tag !== null;
  }

  get isInWhole(): boolean {
    return this.#wholes.length > 0;
  }

  /** On this line stands text of an element whose whole text is one block. */
  get metWhole(): boolean {
    return this.#hadWhole || this.isInWhole;
  }

  get isInTitle(): boolean {
    return this.#wholes.includes('h1');
  }

  noteListItem(): void {
    const inner = this.#open.at(-1);
    if (inner) inner.hasList = true;
  }

  /** Within containers that are open, and certainly in no list item of them. */
  get isInNoItem(): boolean {
    const scope = this.#open.findLastIndex((container) => container.isScope);
    const within = this.#open.slice(Math.max(0, scope));
    if (within.length === 0 || within.some((container) => container.hasList)) return false;
    return scope >= 0 || within[0]?.indent === 0;
  }

  /** `:::name` opens, and colons alone close the outermost that has no more of them, with all that is inside of it. */
  readDirective(content: string): void {
    const [, colons = '', name = ''] = /^(:{3,})[ \t]*([\w-]*)/.exec(content) ?? [];
    if (/^:{3,}[ \t]*$/.test(content)) {
      this.#leaveFrom(this.#open.findIndex((open) => open.name.startsWith(':') && open.name.length <= colons.length));
    } else this.#enter(colons, SCOPES.has(roleOfDirective(name)));
  }

  readTags(content: string): void {
    const from = this.#tag === null ? 0 : this.#endTag(content);
    TAG.lastIndex = from;
    for (let match = from < 0 ? null : TAG.exec(content); match && this.#tag === null; match = TAG.exec(content)) {
      const [, slash, name] = match as unknown as [string, string, string];
      if (VOID.has(name)) continue;
      if (slash !== '') this.#closeTag(name);
      else this.#openTag(name, content, match.index);
    }
  }

  #openTag(name: string, content: string, at: number): void {
    const end = tagEnd(content, at);
    if (end < 0) this.#tag = name;
    else {
      this.givesTitle = false;
      if (content[end - 1] !== '/') this.#enterElement(name);
    }
  }

  /** Of a tag that began on an earlier line. @returns the offset after it; -1 where it goes on */
  #endTag(content: string): number {
    const end = tagEnd(content, 0);
    if (end < 0) return -1;
    const name = this.#tag as string;
    this.#tag = null;
    this.givesTitle = false;
    if (content[end - 1] !== '/') this.#enterElement(name);
    return end + 1;
  }

  #enterElement(name: string): void {
    if (isInlineHtml(name)) return;
    this.#enter(name, isScopeName(name) || name === 'li' || name === 'blockquote');
    if (!WHOLE.has(name) && roleOf(name) !== 'title') return;
    this.#wholes.push(name);
    this.#hadWhole = true;
  }

  #enter(name: string, isScope: boolean): void {
    this.#open.push({ name, isScope, hasList: false, indent: this.#indent });
    if (isScope) this.#scopes += 1;
  }

  #closeTag(name: string): void {
    if (isInlineHtml(name)) return;
    this.#leave(name);
    const at = this.#wholes.lastIndexOf(name);
    if (at >= 0) this.#wholes.length = at;
    // Rows and cells may be left open: what encloses them ends them.
    else if (/^(?:table|thead|tbody|tr)$/.test(name))
      this.#wholes = this.#wholes.filter((open) => !/^t[rdh]$/.test(open));
  }

  #leave(name: string): void {
    const at = this.#open.findLastIndex((open) => open.name === name);
    // What closes out of turn may be read as closing something else.
    if (at !== this.#open.length - 1) this.isLost = true;
    this.#leaveFrom(at);
  }

  #leaveFrom(at: number): void {
    if (at < 0) return;
    for (const { isScope } of this.#open.splice(at)) if (isScope) this.#scopes -= 1;
    this.#least = Math.min(this.#least, this.#scopes);
  }
}

function isScopeName(name: string): boolean {
  return SCOPES.has(roleOf(name) ?? 'plain');
}

/** Whether a line begins with a tag, and its first one that opens has a section of its own. */
export function opensScope(words: string): boolean {
  const name = words[0] === '<' ? /<([A-Za-z][\w.:-]*)/.exec(words)?.[1] : undefined;
  return name !== undefined && isScopeName(name);
}

/** The offset of the `>` that ends the tag which is open at `from`; -1 where it stands on a later line. */
function tagEnd(line: string, from: number): number {
  for (let at = line.indexOf('>', from); at >= 0; at = line.indexOf('>', at + 1)) if (line[at - 1] !== '=') return at;
  return -1;
}
