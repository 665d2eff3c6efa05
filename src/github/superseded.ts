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

/** Thrown where another process may do the job by now: what this one found out must not be told. */
export class TakenOver extends Error {
  override readonly name = 'TakenOver';

  constructor() {
    super('another process may have taken the job over');
  }
}

/**
 * Writes to GitHub, unless another process may have taken the job over. GitHub knows nothing of that right, and a request
 * that waited or was long on its way can come too late: then whoever listens is told.
 * @throws {TakenOver} before anything is sent
 */
export async function write<Answer>(occasion: Occasion, send: () => Promise<Answer>): Promise<Answer> {
  stopIfTakenOver(occasion);
  try {
    return await send();
  } finally {
    if (occasion.isLost?.()) occasion.onLateWrite?.();
  }
}

function stopIfTakenOver({ isLost }: Occasion): void {
  if (isLost?.()) throw new TakenOver();
}

/** Stops a job early; asked between its steps. An abort's reason may be the newer commit's SHA. */
export function stopIfSuperseded(occasion: Occasion): void {
  stopIfTakenOver(occasion);
  const { signal } = occasion;
  if (signal?.aborted) throw new Superseded(typeof signal.reason === 'string' ? signal.reason : null);
}
