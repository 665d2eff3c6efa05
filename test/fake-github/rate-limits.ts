import { GitHubError, type Viewer } from './rest/call.ts';
import type { Installation, RateLimit, World } from './state.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
/** "No more than 900 points per minute" for REST, 2,000 for GraphQL; writes cost 5 (GitHub's page on rate limits). */
const POINTS_PER_MINUTE = { core: 900, graphql: 2_000 };

/** "No more than 80 content-generating requests per minute and no more than 500 per hour", on the same page. */
const CONTENT = { perMinute: 80, perHour: 500 };
/** It is not said which requests count; a comment does, and a check run may. */
const CREATES_CONTENT = ['issues/create-comment', 'graphql/add-comment', 'checks/create'];

export type Resource = keyof Installation['limits'];

export const freshLimit = (now: number): RateLimit => ({ limit: 5_000, remaining: 5_000, reset: now + HOUR });

/** Counts calls against the primary limit of their installation and the points against the secondary one. */
export class RateLimits {
  /** Answer 403 when the points of a minute are spent; off, so that a fast test is not slowed by wall-clock minutes. */
  enforceSecondary = false;
  readonly #world: World;
  readonly #spent = new Map<string, { at: number; points: number }[]>();
  readonly #created = new Map<number, number[]>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Secondary points that an installation spent within the last minute. */
  points(installation: Installation, resource: Resource): number {
    return this.#spentBy(installation, resource).reduce((sum, { points }) => sum + points, 0);
  }

  #spentBy(installation: Installation, resource: Resource): { at: number; points: number }[] {
    const key = `${installation.id} ${resource}`;
    const since = this.#world.now() - MINUTE;
    const spent = (this.#spent.get(key) ?? []).filter(({ at }) => at > since);
    this.#spent.set(key, spent);
    return spent;
  }

  /** When an installation created content within the last hour. */
  #createdBy(installation: Installation): number[] {
    const since = this.#world.now() - HOUR;
    const created = (this.#created.get(installation.id) ?? []).filter((at) => at > since);
    this.#created.set(installation.id, created);
    return created;
  }

  /** Throws when a limit is reached; else takes one call. */
  take(viewer: Viewer, resource: Resource, points: number, operationId = ''): void {
    if (viewer.kind === 'app') return;
    const { installation } = viewer.token;
    const limit = this.#current(installation, resource);
    if (limit.remaining === 0) {
      throw new GitHubError(403, `API rate limit exceeded for installation ID ${installation.id}.`);
    }
    if (this.enforceSecondary && this.points(installation, resource) + points > POINTS_PER_MINUTE[resource]) {
      throw secondaryLimit(403, 60);
    }
    if (CREATES_CONTENT.includes(operationId)) this.#create(installation);
    limit.remaining -= 1;
    this.#spentBy(installation, resource).push({ at: this.#world.now(), points });
  }

  #create(installation: Installation): void {
    const created = this.#createdBy(installation);
    const now = this.#world.now();
    const inMinute = created.filter((at) => at > now - MINUTE).length;
    if (this.enforceSecondary && (inMinute >= CONTENT.perMinute || created.length >= CONTENT.perHour))
      throw secondaryLimit(403, 60);
    created.push(now);
  }

  /** An answer of 304 is free. */
  giveBack(viewer: Viewer, resource: Resource): void {
    if (viewer.kind === 'installation') this.#current(viewer.token.installation, resource).remaining += 1;
  }

  headers(viewer: Viewer, resource: Resource): Record<string, string> {
    if (viewer.kind === 'app') return {};
    const { limit, remaining, reset } = this.#current(viewer.token.installation, resource);
    return {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(remaining),
      'x-ratelimit-used': String(limit - remaining),
      'x-ratelimit-reset': String(Math.ceil(reset / 1_000)),
      'x-ratelimit-resource': resource,
    };
  }

  #current({ limits }: Installation, resource: Resource): RateLimit {
    const now = this.#world.now();
    if (limits[resource].reset <= now) limits[resource] = { ...freshLimit(now), limit: limits[resource].limit };
    return limits[resource];
  }
}

export const secondaryLimit = (status: 403 | 429, retryAfter?: number): GitHubError =>
  new GitHubError(status, 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.', {
    headers: retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) },
  });
