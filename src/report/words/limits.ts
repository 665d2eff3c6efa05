/**
 * How much may be said at one place. GitHub's own limits carry their source; the others keep a text readable.
 * GitHub counts some of these in bytes although it says characters, so all budgets here are UTF-8 bytes.
 */

/** GitHub refuses a comment of more than 65,536; so much less leaves room for what it adds when it stores the text. */
export const COMMENT_BYTES = 60_000;

/** In a check run's summary, and again in its text: GitHub refuses more than 65,535 bytes of either. */
export const CHECK_BYTES = 60_000;

/** GitHub's REST reference, "Create a check run": an annotation's title has at most 255 characters. */
export const ANNOTATION_TITLE_CHARACTERS = 255;

/** GitHub's REST reference, "Create a check run": an annotation's message has at most 64 KB. */
export const ANNOTATION_MESSAGE_CHARACTERS = 8_000;

/** Of a check run's title, which stands in one line of the list of checks. */
export const CHECK_TITLE_CHARACTERS = 160;

/** Items of each shorter list. */
export const LIST_ITEMS = 10;

/** Code points of each kind of text that comes from a pull request or a registry. */
export const TITLE_CHARACTERS = 160;
export const LABEL_CHARACTERS = 100;
export const TERM_CHARACTERS = 160;
export const PATH_CHARACTERS = 240;
export const MESSAGE_CHARACTERS = 400;

/** The length of a text in UTF-8 bytes. */
export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
