import type { Event, ParseContext, Token, TokenizeContext } from 'micromark-util-types';

/**
 * micromark's events with what stands in them: the document's hold chunks of flow, those chunks of text, and so on.
 * Says what micromark's own `postprocess` says. That goes over all events, and copies them, once for each level of
 * nesting; here each is looked at twice.
 */
export function withNested(events: readonly Event[]): Event[] {
  const nested = tokenizeNested(events);
  const all: Event[] = [];
  assemble(events, nested, all);
  return all;
}

/** The events in each chunk. */
type Nested = Map<Token, readonly Event[]>;

/** Level by level, for text is read by the definitions that were found above its own level. */
function tokenizeNested(events: readonly Event[]): Nested {
  const nested: Nested = new Map();
  let level: (readonly Event[])[] = [events];
  while (level.length > 0) {
    const next: (readonly Event[])[] = [];
    for (const part of level) {
      for (let i = 0; i < part.length; i += 1) {
        const [kind, token, context] = part[i] as Event;
        if (kind !== 'enter' || !token.contentType) continue;
        if (token.type === 'chunkFlow' && part[i - 1]?.[1].type === 'listItemPrefix') markFirstText(token);
        if (!nested.has(token)) tokenizeChain(token, context, nested);
        next.push(nested.get(token) as readonly Event[]);
      }
    }
    level = next;
  }
  return nested;
}

/** GFM's task lists must know which text is an item's first. */
function markFirstText({ _tokenizer }: Token): void {
  const events = _tokenizer?.events ?? [];
  const start = events[0]?.[1].type === 'lineEndingBlank' ? 2 : 0;
  if (events[start]?.[1].type !== 'content') return;
  for (let i = start + 1; i < events.length; i += 1) {
    const [, token] = events[i] as Event;
    if (token.type === 'content') return;
    if (token.type === 'chunkText') token._isInFirstContentOfListItem = true;
  }
}

/** Text goes on over the lines of its container: one tokenizer reads all the chunks of a chain. */
function tokenizeChain(first: Token, context: TokenizeContext, nested: Nested): void {
  const tokenizer = first._tokenizer ?? tokenizerFor(first, context.parser);
  const { events } = tokenizer;
  const chain: Token[] = [];
  for (let token: Token | undefined = first; token; token = token.next) {
    if (!token._tokenizer) write(token, context, tokenizer, chain.length > 0);
    chain.push(token);
  }
  const parts = splitAtLines(events, chain.length);
  for (const [i, token] of chain.entries()) nested.set(token, parts[i] ?? []);
}

function tokenizerFor(token: Token, parser: ParseContext): TokenizeContext {
  const tokenizer = parser[token.contentType as NonNullable<Token['contentType']>](token.start);
  if (token._contentTypeTextTrailing) tokenizer._contentTypeTextTrailing = true;
  return tokenizer;
}

function write(token: Token, context: TokenizeContext, tokenizer: TokenizeContext, goesOn: boolean): void {
  const stream = context.sliceStream(token);
  if (!token.next) stream.push(null);
  if (goesOn) tokenizer.defineSkip(token.start);
  if (token._isInFirstContentOfListItem) tokenizer._gfmTasklistFirstContentOfListItem = true;
  tokenizer.write(stream);
  if (token._isInFirstContentOfListItem) tokenizer._gfmTasklistFirstContentOfListItem = undefined;
}

/** Each chunk but the last ends with its line end. */
function splitAtLines(events: readonly Event[], count: number): (readonly Event[])[] {
  if (count === 1) return [events];
  const parts: (readonly Event[])[] = [];
  let from = 0;
  for (let i = 1; i < events.length && parts.length < count - 1; i += 1) {
    if (!isLineEnd(events[i - 1] as Event, events[i] as Event)) continue;
    parts.push(events.slice(from, i + 1));
    from = i + 1;
  }
  parts.push(events.slice(from));
  return parts;
}

function isLineEnd([before, opened]: Event, [kind, token]: Event): boolean {
  if (kind !== 'exit' || before !== 'enter' || opened.type !== token.type) return false;
  return token.start.line !== token.end.line;
}

function assemble(events: readonly Event[], nested: Nested, all: Event[]): void {
  for (let i = 0; i < events.length; i += 1) {
    const event = events[i] as Event;
    const [kind, token] = event;
    if (kind === 'enter' && token.contentType) {
      assemble(nested.get(token) as readonly Event[], nested, all);
      i += 1;
    } else if (kind === 'exit' && token._container) endContainer(event, all);
    else all.push(event);
  }
}

/** A container ends before the line ends that follow its last line. */
function endContainer(event: Event, all: Event[]): void {
  let first: number | null = null;
  for (let i = all.length - 1; i >= 0; i -= 1) {
    const [kind, token] = all[i] as Event;
    if (token.type === 'lineEnding' || token.type === 'lineEndingBlank') {
      if (kind === 'exit') continue;
      if (first !== null) (all[first] as Event)[1].type = 'lineEndingBlank';
      token.type = 'lineEnding';
      first = i;
    } else if (token.type !== 'linePrefix' && token.type !== 'listItemIndent') break;
  }
  if (first === null) all.push(event);
  else {
    event[1].end = { ...(all[first] as Event)[1].start };
    all.splice(first, 0, event);
  }
}
