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
   * While recovering: a verdict that lasts is the answer already if its run began at this time or later, in milliseconds
   * since the epoch. Without it each review makes a run of its own.
   */
  answeredSince?: number | undefined;
  /** An earlier attempt failed, so that a verdict which stands may not be all that there is to tell. */
  mending?: boolean | undefined;
  /** Whether another process may have taken the job over; nothing may be written then. */
  isLost?: (() => boolean) | undefined;
}

/** The date that waivers are held against. */
export function today({ now }: Occasion): string {
  return new Date(now()).toISOString().slice(0, 10);
}

export function timestamp({ now }: Occasion): string {
  return new Date(now()).toISOString();
}
