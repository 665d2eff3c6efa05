import type { GitHub } from './installation-client.ts';
import type { Memory } from './memory.ts';

/** What every job is given. */
export interface GitHubContext {
  github: GitHub;
  memory: Memory;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Aborted when a newer commit or a cancelled merge group makes the job idle. */
  signal?: AbortSignal | undefined;
  /** An earlier attempt may have left a check run behind; it is then taken over instead of making another. */
  recovering?: boolean | undefined;
  /**
   * While recovering: a verdict that lasts and whose run began at this time or later, in milliseconds since the epoch, is
   * told again only where it is another one now. Without it each review makes a run of its own.
   */
  answeredSince?: number | undefined;
  /** Whether another process may have taken the job over; nothing may be written then. */
  isLost?: (() => boolean) | undefined;
  /** Called where that was so by the end of a write: it may have come after the other process's. */
  onLateWrite?: (() => void) | undefined;
}

/** The date that waivers are held against. */
export function today({ now }: GitHubContext): string {
  return new Date(now()).toISOString().slice(0, 10);
}

export function timestamp({ now }: GitHubContext): string {
  return new Date(now()).toISOString();
}

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
export async function write<Answer>(context: GitHubContext, send: () => Promise<Answer>): Promise<Answer> {
  stopIfTakenOver(context);
  try {
    return await send();
  } finally {
    if (context.isLost?.()) context.onLateWrite?.();
  }
}

function stopIfTakenOver({ isLost }: GitHubContext): void {
  if (isLost?.()) throw new TakenOver();
}

/** Stops a job early; asked between its steps. An abort's reason may be the newer commit's SHA. */
export function stopIfSuperseded(context: GitHubContext): void {
  stopIfTakenOver(context);
  const { signal } = context;
  if (signal?.aborted) throw new Superseded(typeof signal.reason === 'string' ? signal.reason : null);
}
