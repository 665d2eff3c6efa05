import { statusOf } from './failure.ts';
import type { GitHubContext } from './github-context.ts';
import { named, type Repository } from './repository.ts';

/** Milliseconds for which an answer about a person is not asked for again. */
const FRESH = 10 * 60 * 1_000;

/** Whether a person may write to the repository; the answer is remembered for ten minutes. */
export async function mayWrite(
  login: string,
  repo: Repository,
  { github, memory, now }: GitHubContext,
): Promise<boolean> {
  const key = `${repo.owner}/${repo.name} ${login}`.toLowerCase();
  const known = memory.permissions.get(key);
  if (known && now() - known.at < FRESH) return known.value;
  const value = await ask();
  memory.permissions.set(key, { value, at: now() });
  return value;

  async function ask(): Promise<boolean> {
    try {
      const { data } = await github.read.rest.repos.getCollaboratorPermissionLevel({ ...named(repo), username: login });
      // GitHub tells `maintain` as `write` here and `triage` as `read`.
      return data.permission === 'admin' || data.permission === 'write';
    } catch (error) {
      if (statusOf(error) === 404) return false;
      throw error;
    }
  }
}
