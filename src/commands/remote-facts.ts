import type { RemoteFacts } from '../report/html/web-places.ts';
import type { Occasion } from './command.ts';
import { withRepository } from './repository.ts';

/** Where the repository can be looked at, for links; null where no remote tells. */
export async function remoteFacts(dir: string, occasion: Occasion): Promise<RemoteFacts | null> {
  const url = await withRepository(dir, occasion, (repository) => repository.remoteUrl());
  return url === null ? null : { url, githubServer: occasion.githubServer };
}
