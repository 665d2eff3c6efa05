import type { Octokit } from '@octokit/rest';
import type { AppIdentity } from './installation-client.ts';

/**
 * Asks GitHub who the App is, which also proves that its id and private key are good.
 * @param app connected as the App itself
 */
export async function findIdentity(app: Octokit): Promise<AppIdentity> {
  const { data } = await app.rest.apps.getAuthenticated();
  if (!data?.slug) throw new Error('GitHub did not tell the name of the App');
  return { id: data.id, slug: data.slug };
}
