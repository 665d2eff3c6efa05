/**
 * How much may be said at one place. GitHub's own limits carry their source; the others keep a text readable.
 * GitHub counts some of these in bytes although it says characters, so all budgets here are UTF-8 bytes.
 */

/** GitHub refuses a longer comment: "body is too long (maximum is 65536 characters)". */
export const GITHUB_COMMENT_BYTES = 65_536;

/** What we write at most: room for what GitHub adds when it stores the text. */
export const COMMENT_BYTES = 60_000;

/** GitHub refuses a longer check-run summary or text: "exceeds a maximum bytesize of 65535". */
export const GITHUB_CHECK_BYTES = 65_535;

/** What we write at most in a check run's summary, and again in its text. */
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
