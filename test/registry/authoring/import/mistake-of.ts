import { ImportMistake } from '../../../../src/registry/authoring/import/import-mistake.ts';

/** What went wrong, as `line: message`. */
export function mistakeOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof ImportMistake) return `${error.line}: ${error.message}`;
    throw error;
  }
  return 'none';
}
