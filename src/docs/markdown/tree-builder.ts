import type { Nodes, Root } from 'mdast';
import type {
  CompileContext,
  CompileData,
  Extension,
  OnEnterError,
  OnExitError,
  Token,
} from 'mdast-util-from-markdown';
import { toString as plainText } from 'mdast-util-to-string';
import type { Event } from 'micromark-util-types';
import { CORE_ENTER, CORE_EXIT } from './core-handlers.ts';
import { isList, listItemsOf } from './list-items.ts';

type Config = CompileContext['config'];

/** The handlers of CommonMark and of its extensions, of which the last to name a token counts. */
export function configure(extensions: readonly Extension[]): Config {
  const canContainEols = ['emphasis', 'fragment', 'heading', 'paragraph', 'strong'];
  const config: Config = {
    enter: { ...CORE_ENTER },
    exit: { ...CORE_EXIT },
    canContainEols,
    afterExit: [],
    beforeEnter: [],
    transforms: [],
  };
  for (const extension of extensions) {
    Object.assign(config.enter, extension.enter);
    Object.assign(config.exit, extension.exit);
    canContainEols.push(...(extension.canContainEols ?? []));
  }
  return config;
}

/**
 * Builds a syntax tree from micromark's events, as mdast-util-from-markdown does but in a fraction of its time: places
 * are the tokens' own, one context serves all handlers, and what nobody reads is left out.
 */
export class TreeBuilder implements CompileContext {
  readonly config: Config;
  readonly data: CompileData = {};
  readonly stack: CompileContext['stack'];
  readonly tokenStack: CompileContext['tokenStack'] = [];
  sliceSerialize: CompileContext['sliceSerialize'] = () => '';
  readonly #root: Root = { type: 'root', children: [] };
  /** Of each open list, innermost last, the item that is open; null where its first is yet to come. */
  readonly #items: (Token | null)[] = [];

  constructor(config: Config) {
    this.config = config;
    this.stack = [this.#root];
  }

  /** Throws where elements of JSX are not closed. */
  build(events: readonly Event[]): Root {
    const items = listItemsOf(events);
    for (const [kind, token, { sliceSerialize }] of events) {
      this.sliceSerialize = sliceSerialize;
      const isOpening = kind === 'enter';
      if (isOpening && token.type === 'listItemPrefix') this.#nextItem(items.get(token) as Token);
      if (!isOpening && isList(token)) this.#closeItem();
      this.config[kind][token.type]?.call(this, token);
      if (isOpening && isList(token)) this.#items.push(null);
    }
    const open = this.tokenStack.at(-1);
    if (open) open[1]?.call(this, undefined, open[0]);
    return this.#root;
  }

  buffer(): undefined {
    this.stack.push({ type: 'fragment', children: [] });
  }

  resume(): string {
    return plainText(this.stack.pop());
  }

  enter(node: Nodes, token: Token, onError?: OnEnterError | null): undefined {
    (this.stack[this.stack.length - 1] as Root).children.push(node as Root['children'][number]);
    this.stack.push(node);
    this.tokenStack.push([token, onError ?? undefined]);
    node.position = { start: token.start, end: token.end };
  }

  exit(token: Token, onError?: OnExitError | null): undefined {
    const node = this.stack.pop() as Nodes;
    const [opening, onMismatch] = this.tokenStack.pop() as CompileContext['tokenStack'][number];
    if (opening.type !== token.type) (onError ?? onMismatch)?.call(this, token, opening);
    (node.position as NonNullable<Nodes['position']>).end = token.end;
  }

  #nextItem(item: Token): void {
    this.#closeItem();
    this.#items.push(item);
    this.config.enter.listItem?.call(this, item);
  }

  /** Ends the item of the innermost list, if one is open. */
  #closeItem(): void {
    const item = this.#items.pop();
    if (item) this.config.exit.listItem?.call(this, item);
  }
}
