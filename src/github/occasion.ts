import type { GitHub } from './installation-client.ts';
import type { Memory } from './memory.ts';

/** What every job is given. */
export interface Occasion {
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
export function today({ now }: Occasion): string {
  return new Date(now()).toISOString().slice(0, 10);
}

export function timestamp({ now }: Occasion): string {
  return new Date(now()).toISOString();
}
