import type { Occasion } from './occasion.ts';

/** Thrown where a job need not go on, because something newer is judged in its place. */
export class Superseded extends Error {
  override readonly name = 'Superseded';
  /** The commit that is the head now; null where that is not known. */
  readonly by: string | null;

  constructor(by: string | null) {
    super('a newer commit is judged in its place');
    this.by = by;
  }
}

/** Stops a job early; asked between its steps. An abort's reason may be the newer commit's SHA. */
export function stopIfSuperseded({ signal }: Occasion): void {
  if (signal?.aborted) throw new Superseded(typeof signal.reason === 'string' ? signal.reason : null);
}
