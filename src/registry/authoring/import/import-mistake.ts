/** Thrown for a file that cannot be imported. `message` completes "FILE:LINE: "; `advice` says what to do next. */
export class ImportMistake extends Error {
  override readonly name = 'ImportMistake';
  /** Starts at 1; null where it is the whole file. */
  readonly line: number | null;
  readonly advice: string;

  constructor(line: number | null, message: string, advice: string) {
    super(message);
    this.line = line;
    this.advice = advice;
  }
}
