/** An error code that was found outside the registry. */
export interface FoundCode {
  code: string;
  /** What is said of it where it stands, in one line; null where nothing is. */
  title: string | null;
  /** Where it stands first; lines start at 1. */
  path: string;
  line: number;
  /** How often it stands there and elsewhere. */
  count: number;
}
