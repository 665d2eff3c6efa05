/** From so many characters on V8 makes no copy of a part of a string, but a view that holds all of it. */
const VIEWED = 13;

/** The same text, to be kept for longer than the page that it was cut out of: it holds nothing of that in memory. */
export function ownText(text: string): string {
  return text.length < VIEWED ? text : ` ${text}`.slice(1);
}
