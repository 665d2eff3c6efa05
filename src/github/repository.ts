/** A repository as every request names it. */
export interface Repository {
  owner: string;
  name: string;
  /** `https://github.com/owner/name`. */
  url: string;
}

/** How Octokit takes it. */
export function named({ owner, name }: Repository): { owner: string; repo: string } {
  return { owner, repo: name };
}

/** A repository as every payload and answer tells of it. */
export interface RepositoryPayload {
  /** `owner/name`. */
  full_name: string;
  html_url: string;
}

export function repositoryOf({ full_name, html_url: url }: RepositoryPayload): Repository {
  const [owner = '', name = ''] = full_name.split('/');
  return { owner, name, url };
}
