import type { Event, Token } from 'micromark-util-types';

/** What may stand between the line ends after an item and what follows it. */
const BETWEEN_ITEMS: ReadonlySet<string> = new Set([
  'linePrefix',
  'blockQuotePrefix',
  'blockQuotePrefixWhitespace',
  'blockQuoteMarker',
  'listItemIndent',
]);

/** micromark knows lists and the marks of their items, but not the items: a token for each, by that of its mark. */
export function listItemsOf(events: readonly Event[]): Map<Token, Token> {
  const items = new Map<Token, Token>();
  const open: (Token | null)[] = [];
  for (let i = 0; i < events.length; i += 1) {
    const [kind, token] = events[i] as Event;
    const isNext = kind === 'enter' && token.type === 'listItemPrefix';
    if (isNext || (kind === 'exit' && isList(token))) {
      const item = open.pop();
      if (item) item.end = firstLineEndBefore(events, i)?.start ?? token.end;
    }
    if (kind === 'enter' && isList(token)) open.push(null);
    if (!isNext) continue;
    const item: Token = { type: 'listItem', start: token.start, end: token.end };
    open.push(item);
    items.set(token, item);
  }
  return items;
}

export function isList({ type }: Token): boolean {
  return type === 'listUnordered' || type === 'listOrdered';
}

/** The first of the line ends between an event and what stands before it. */
function firstLineEndBefore(events: readonly Event[], at: number): Token | null {
  let found: Token | null = null;
  for (let i = at - 1; i >= 0; i -= 1) {
    const [, token] = events[i] as Event;
    if (token.type === 'lineEnding' || token.type === 'lineEndingBlank') found = token;
    else if (!BETWEEN_ITEMS.has(token.type)) break;
  }
  return found;
}
