import { type Json, nodeId, userJson, website } from './represent-people.ts';
import type { Repository, World } from './state.ts';
import { fullName } from './world.ts';

const ADDRESSES: Record<string, string> = {
  archive_url: '/{archive_format}{/ref}',
  assignees_url: '/assignees{/user}',
  blobs_url: '/git/blobs{/sha}',
  branches_url: '/branches{/branch}',
  collaborators_url: '/collaborators{/collaborator}',
  comments_url: '/comments{/number}',
  commits_url: '/commits{/sha}',
  compare_url: '/compare/{base}...{head}',
  contents_url: '/contents/{+path}',
  contributors_url: '/contributors',
  deployments_url: '/deployments',
  downloads_url: '/downloads',
  events_url: '/events',
  forks_url: '/forks',
  git_commits_url: '/git/commits{/sha}',
  git_refs_url: '/git/refs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  hooks_url: '/hooks',
  issue_comment_url: '/issues/comments{/number}',
  issue_events_url: '/issues/events{/number}',
  issues_url: '/issues{/number}',
  keys_url: '/keys{/key_id}',
  labels_url: '/labels{/name}',
  languages_url: '/languages',
  merges_url: '/merges',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  pulls_url: '/pulls{/number}',
  releases_url: '/releases{/id}',
  stargazers_url: '/stargazers',
  statuses_url: '/statuses/{sha}',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  tags_url: '/tags',
  teams_url: '/teams',
  trees_url: '/git/trees{/sha}',
};

export const repositoryUrl = (world: World, repository: Repository): string =>
  `${world.apiUrl}/repos/${fullName(repository)}`;

/** One form for every place: it holds what `full-repository` and the webhooks' repository ask for. */
export function repositoryJson(world: World, repository: Repository): Json {
  const { id, name, owner, createdAt, parent } = repository;
  const url = repositoryUrl(world, repository);
  const page = `${website}/${fullName(repository)}`;
  const open = [...repository.pulls.values()].filter((pull) => pull.state === 'open').length;
  const inside = parent ? { parent: repositoryJson(world, parent), source: repositoryJson(world, parent) } : {};
  return {
    id,
    node_id: nodeId('Repository', id),
    name,
    full_name: fullName(repository),
    owner: userJson(world, owner),
    private: repository.private,
    html_url: page,
    description: null,
    fork: parent !== undefined,
    url,
    ...Object.fromEntries(Object.entries(ADDRESSES).map(([key, suffix]) => [key, url + suffix])),
    clone_url: `${page}.git`,
    git_url: `git://github.com/${fullName(repository)}.git`,
    ssh_url: `git@github.com:${fullName(repository)}.git`,
    svn_url: page,
    mirror_url: null,
    homepage: null,
    language: null,
    license: null,
    topics: [],
    visibility: repository.private ? 'private' : 'public',
    default_branch: repository.defaultBranch,
    size: 1,
    ...ZERO_COUNTS,
    open_issues: open,
    open_issues_count: open,
    ...FEATURES,
    created_at: createdAt,
    updated_at: createdAt,
    pushed_at: createdAt,
    permissions: { admin: false, maintain: false, push: false, triage: false, pull: false },
    ...inside,
  };
}

const ZERO_COUNTS = {
  forks: 0,
  forks_count: 0,
  stargazers_count: 0,
  watchers: 0,
  watchers_count: 0,
  network_count: 0,
  subscribers_count: 0,
};

const FEATURES = {
  has_issues: true,
  has_projects: true,
  has_downloads: true,
  has_wiki: false,
  has_pages: false,
  has_discussions: false,
  archived: false,
  disabled: false,
  allow_forking: true,
  is_template: false,
  web_commit_signoff_required: false,
};
