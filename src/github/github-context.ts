import type { GitHub } from './installation-client.ts';
import type { Memory } from './memory.ts';

/** What the code that works for an installation is given. */
export interface GitHubContext {
  github: GitHub;
  memory: Memory;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Aborted when a newer commit or a cancelled merge group makes the job needless. */
  signal?: AbortSignal | undefined;
  /** Whether an earlier attempt may have left a check run behind, which is then continued instead of making another. */
  recovering?: boolean | undefined;
  /**
   * While recovering: where a run that began at this time or later (milliseconds since the epoch) tells a verdict, a new
   * run is made only if the verdict has changed. Without it each review makes a run of its own.
   */
  answeredSince?: number | undefined;
  /** Whether another process may have taken the job over; nothing may be written then. */
  isLost?: (() => boolean) | undefined;
  /** Called when the job was lost by the end of a write, which may then have come after the other process's. */
  onLateWrite?: (() => void) | undefined;
}

/** The date that waivers are held against. */
export function today({ now }: GitHubContext): string {
  return new Date(now()).toISOString().slice(0, 10);
}

export function timestamp({ now }: GitHubContext): string {
  return new Date(now()).toISOString();
}

/** Thrown to end a job because something newer is judged in its place. */
export class Superseded extends Error {
  override readonly name = 'Superseded';
  /** The commit that is the head now; null where that is not known. */
  readonly by: string | null;

  constructor(by: string | null) {
    super('a newer commit is judged in its place');
    this.by = by;
  }
}

/** Thrown to end a job that another process may have taken over: this process must publish nothing more. */
export class TakenOver extends Error {
  override readonly name = 'TakenOver';

  constructor() {
    super('another process may have taken the job over');
  }
}

/**
 * Writes to GitHub, unless another process may have taken the job over. GitHub cannot check that, and a request that was
 * delayed may arrive too late: then `onLateWrite` is called.
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
