import type { Code, Construct, Effects, Event, Extension, State, TokenizeContext } from 'micromark-util-types';
import { DelimiterRuns } from './delimiter-runs.ts';

/** How many tokens or characters the parser may look at again for each character of a page, and on any page. */
const AGAIN_FOR_EACH = 2;
const AGAIN_ON_ANY_PAGE = 20_000;
/** To move a token in a list costs this much less than to look at it; to compare two names, this much. */
const MOVES = 64;
const NAMES = 16;

const BACKTICK = 96;
const CARET = 94;
const UNDERSCORE = 95;
const LINE_ENDINGS = [-5, -4, -3];
const WORD = Array.from('+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', (at) => at.charCodeAt(0));

/** Ends the parse of a page. */
export class TooMuchBacktracking extends Error {
  override message = 'too much in one paragraph, list or quote';
  line: number;
  column: number;

  constructor({ line, column }: { line: number; column: number }) {
    super();
    this.line = line;
    this.column = column;
  }
}

/**
 * For each mark the parser walks back through its paragraph to find the partner, or ahead to find the end; a paragraph
 * of marks without any takes it time by the square of their number. These constructs never succeed: before the parser
 * reads a mark they count how far it will walk, and end the parse where that gets long for the length of the page.
 */
export function boundBacktracking(text: string): Extension {
  const walks = new Walks(text);
  const mark = look((at) => walks.mark(at));
  const run = watch((at, code, effects, nok) => walks.run(at, code, effects, nok));
  const constructs: Record<number, Construct> = {
    33: watch((at, code, effects, nok) => walks.image(at, code, effects, nok)),
    38: mark,
    42: run,
    60: watch((at, code, effects, nok) => walks.html(at, code, effects, nok)),
    91: watch((at, code, effects, nok) => walks.bracket(at, code, effects, nok)),
    92: mark,
    93: look((at) => walks.bracketEnd(at)),
    [UNDERSCORE]: run,
    [BACKTICK]: {
      ...run,
      previous() {
        return isFirst(this, BACKTICK);
      },
    },
    126: run,
  };
  const lineEnding = look((at) => walks.lineEnding(at));
  for (const code of LINE_ENDINGS) constructs[code] = lineEnding;
  // Only where the parser stops at words, to look for bare addresses.
  const word = { ...look((at) => walks.word(at)), previous: () => false };
  for (const code of /@|www\.|https?:/i.test(text) ? WORD : []) constructs[code] = word;
  return {
    document: { 91: watch((at, code, effects, nok) => walks.footnote(at, code, effects, nok, true)) },
    flow: { null: look((at) => walks.line(at)) },
    contentInitial: { 91: look((at) => walks.definition(at)) },
    text: constructs,
    string: { 38: mark, 92: mark },
  };
}

function look(see: (at: TokenizeContext) => void): Construct {
  return watch((at, code, _, nok) => {
    see(at);
    return nok(code);
  });
}

/** A construct that fails; where `look` reads on, it returns the state and fails by itself. */
function watch(look: (at: TokenizeContext, code: Code, effects: Effects, nok: State) => State | undefined): Construct {
  return {
    tokenize(effects, _, nok) {
      return (code) => look(this, code, effects, nok);
    },
  };
}

class Walks {
  readonly #text: string;
  #left: number;
  /** The paragraph, heading or cell that is read. */
  #at: TokenizeContext | null = null;
  /** How many tokens stand before each bracket that is open in it. */
  #brackets: number[] = [];
  #runs = new DelimiterRuns();
  /** How often tokens were taken out or put in, and up to which token that has been counted. */
  #moves = 0;
  #counted = 0;
  #footnotes = 0;
  /** The lines up to the next blank one, and where they begin in the text. */
  #block = '';
  #blockStart = 0;

  constructor(text: string) {
    this.#text = text;
    this.#left = text.length * AGAIN_FOR_EACH + AGAIN_ON_ANY_PAGE;
    const total = this.#left;
    (globalThis as any).__walks?.push(() => total - this.#left);
  }

  /** A line that continues a container without its marker: what began before it is looked for in all of that. */
  line(at: TokenizeContext): void {
    if (at.parser.lazy[at.now().line]) this.#spend(at, at.events.length);
  }

  definition(at: TokenizeContext): void {
    this.#spend(at, at.parser.defined.length / NAMES);
  }

  /** What may be a footnote or the call of one. */
  footnote(at: TokenizeContext, code: Code, effects: Effects, nok: State, isDefinition: boolean): State {
    effects.enter('data');
    effects.consume(code);
    return (next) => {
      if (next === CARET) this.#spend(at, this.#footnotes / NAMES);
      if (next === CARET && isDefinition) this.#footnotes++;
      return nok(next);
    };
  }

  /** Before each mark: whatever was taken out or put in before moved all tokens that came since. */
  mark(at: TokenizeContext): void {
    const { events } = at;
    if (at !== this.#at) {
      this.#at = at;
      this.#brackets = [];
      this.#runs = new DelimiterRuns();
      this.#moves = 0;
      this.#counted = 0;
    }
    this.#spend(at, ((events.length - this.#counted) * this.#moves) / MOVES);
    this.#counted = events.length;
    if (isData(events, 1) && isData(events, 3) && !isData(events, 5)) this.#moves++;
  }

  /** Blanks at the end of a line become tokens of their own. */
  lineEnding(at: TokenizeContext): void {
    this.mark(at);
    if (at.previous === 32 || at.previous === -1 || at.previous === -2) this.#moves++;
  }

  /** A bare address does not begin in brackets. */
  word(at: TokenizeContext): void {
    this.mark(at);
    if (this.#brackets.length > 0) this.#spend(at, at.events.length - (this.#brackets.at(-1) as number));
  }

  bracket(at: TokenizeContext, code: Code, effects: Effects, nok: State): State {
    this.mark(at);
    this.#brackets.push(at.events.length);
    return this.footnote(at, code, effects, nok, false);
  }

  bracketEnd(at: TokenizeContext): void {
    this.mark(at);
    const { events, parser } = at;
    let start = this.#brackets.pop();
    // The call of a footnote takes its bracket away.
    while (start !== undefined && !events[start]?.[1].type.startsWith('label')) start = this.#brackets.pop();
    this.#runs.endFrom(start ?? 0);
    this.#spend(at, events.length - (start ?? 0) + (parser.defined.length + this.#footnotes) / NAMES);
  }

  image(at: TokenizeContext, code: Code, effects: Effects, nok: State): State {
    this.mark(at);
    const start = at.events.length;
    effects.enter('data');
    effects.consume(code);
    return (next) => {
      if (next === 91) this.#brackets.push(start);
      return nok(next);
    };
  }

  html(at: TokenizeContext, code: Code, effects: Effects, nok: State): State {
    this.mark(at);
    effects.enter('data');
    effects.consume(code);
    return (next) => {
      if (next === 63) this.#spend(at, this.#ahead(at, '?>'));
      if (next !== 33) return nok(next);
      effects.consume(next);
      return (third) => {
        this.#spend(at, this.#ahead(at, third === 45 ? '-->' : third === 91 ? ']]>' : '>'));
        return nok(third);
      };
    };
  }

  run(at: TokenizeContext, code: Code, effects: Effects, nok: State): State | undefined {
    if (code === UNDERSCORE) this.word(at);
    else this.mark(at);
    if (!isFirst(at, code)) return nok(code);
    const before = at.previous;
    const start = at.events.length;
    let size = 0;
    const inside: State = (after) => {
      if (after === code) {
        size++;
        effects.consume(after);
        return inside;
      }
      if (code === BACKTICK) this.#spend(at, this.#ahead(at, '`'.repeat(size)));
      else {
        const { walk, pairs } = this.#runs.pair(code, size, { before, after }, start);
        this.#spend(at, walk);
        this.#moves += pairs;
      }
      return nok(after);
    };
    effects.enter('data');
    return inside(code);
  }

  /** How far ahead in the block its end is, or how much is read in vain; for a code span another run of that size. */
  #ahead(at: TokenizeContext, end: string): number {
    const { offset } = at.now();
    if (offset < this.#blockStart || offset >= this.#blockStart + this.#block.length) {
      const blank = /\n[\s>]*(?:\n|$)/g;
      blank.lastIndex = offset;
      this.#block = this.#text.slice(offset, blank.exec(this.#text)?.index);
      this.#blockStart = offset;
    }
    const from = offset - this.#blockStart;
    const found = end.startsWith('`') ? indexOfRun(this.#block, end, from) : this.#block.indexOf(end, from);
    return (found < 0 ? this.#block.length : found) - from;
  }

  #spend(at: TokenizeContext, steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) throw new TooMuchBacktracking(at.now());
  }
}

function indexOfRun(text: string, run: string, from: number): number {
  const runs = /`+/g;
  runs.lastIndex = from;
  for (let found = runs.exec(text); found; found = runs.exec(text)) if (found[0] === run) return found.index;
  return -1;
}

function isData(events: Event[], fromEnd: number): boolean {
  return events.at(-fromEnd)?.[1].type === 'data';
}

/** Escaped, a mark before it is no part of a run. */
function isFirst(at: TokenizeContext, code: Code): boolean {
  return at.previous !== code || at.events.at(-1)?.[1].type === 'characterEscape';
}
