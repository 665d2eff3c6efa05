/** A file to import cannot be read as what it is to be. `message` completes "FILE:LINE: "; `advice` is the next step. */
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
