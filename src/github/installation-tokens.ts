import type { Octokit } from '@octokit/rest';

/** GitHub's tokens hold an hour. */
const LIFETIME = 59 * 60 * 1_000;

/** The cache in which `@octokit/auth-app` keeps one installation's tokens; a token that GitHub refuses is let go of. */
export class InstallationTokens {
  readonly #tokens = new Map<string, { value: string; until: number }>();

  get(key: string): string | undefined {
    const token = this.#tokens.get(key);
    return token && Date.now() < token.until ? token.value : undefined;
  }

  set(key: string, value: string): void {
    this.#tokens.set(key, { value, until: Date.now() + LIFETIME });
  }

  /** Lets a request that GitHub refused with 401 go out once more with a new token: refused means not done. */
  renewedWhenRefused(octokit: Octokit): Octokit {
    octokit.hook.wrap('request', async (request, options) => {
      try {
        return await request(options);
      } catch (error) {
        if (!isRefusal(error) || this.#tokens.size === 0) throw error;
        this.#tokens.clear();
        return request(options);
      }
    });
    return octokit;
  }
}

function isRefusal(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'status' in error && error.status === 401;
}
