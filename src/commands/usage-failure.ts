import { suggest } from '../registry/suggest.ts';

/** What was typed cannot be done. `message` is one sentence; `advice` is the next step. */
export class UsageFailure extends Error {
  override readonly name = 'UsageFailure';
  readonly advice: string;

  constructor(message: string, advice: string) {
    super(message);
    this.advice = advice;
  }
}

/** An id that no scenario has, with the one that was most likely meant. */
export function unknownScenario(id: string, ids: readonly string[], source: string): UsageFailure {
  const where = source === '' ? 'The registry' : source;
  const near = suggest(id, ids);
  const advice = near === null ? listed(ids) : `Did you mean "${near}"?`;
  return new UsageFailure(`${where} has no scenario "${id}".`, advice);
}

/** @param place the revision, or in words where it was looked for */
export function noRegistry(place: string): UsageFailure {
  return new UsageFailure(
    `There is no registry in ${place}.`,
    'Write a first `.github/signpost.yml` with `signpost init`, or name a file with `--registry`.',
  );
}

function listed(ids: readonly string[]): string {
  if (ids.length === 0) return 'It has no scenarios at all.';
  const more = ids.length > 5 ? ` and ${ids.length - 5} more` : '';
  return `It has ${ids.slice(0, 5).join(', ')}${more}.`;
}

/** What the system says about a file that cannot be read or written, without its code and its path. */
export function fileProblem(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const known: Record<string, string> = {
    ENOENT: 'there is no such file or folder',
    EISDIR: 'it is a folder',
    ENOTDIR: 'a part of its path is no folder',
    EACCES: 'access is denied',
    EROFS: 'the disk is read only',
    ENOSPC: 'the disk is full',
  };
  return (code && known[code]) || message;
}
