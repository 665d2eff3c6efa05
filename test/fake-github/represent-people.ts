import type { App, Installation, User, World } from './state.ts';
import { isoSeconds } from './world.ts';

/** How the REST API shows users, apps and installations. */

export type Json = Record<string, unknown>;

export const nodeId = (kind: string, id: number | string): string => Buffer.from(`${kind}:${id}`).toString('base64url');
export const website = 'https://github.com';

export function userJson({ apiUrl }: World, { id, login, type }: User): Json {
  const url = `${apiUrl}/users/${encodeURIComponent(login)}`;
  return {
    login,
    id,
    node_id: nodeId(type, id),
    avatar_url: `https://avatars.githubusercontent.com/u/${id}?v=4`,
    gravatar_id: '',
    url,
    html_url: `${website}/${type === 'Bot' ? `apps/${login.replace('[bot]', '')}` : login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type,
    user_view_type: 'public',
    site_admin: false,
  };
}

const EPOCH = isoSeconds(Date.UTC(2026, 0, 1));

export function appJson(world: World, app: App, permissions: Json = {}): Json {
  return {
    id: app.id,
    client_id: `Iv23${app.id}`,
    slug: app.slug,
    node_id: nodeId('App', app.id),
    owner: userJson(world, app.owner),
    name: app.name,
    description: null,
    external_url: 'https://example.com',
    html_url: `${website}/apps/${app.slug}`,
    created_at: EPOCH,
    updated_at: EPOCH,
    permissions,
    events: app.events,
  };
}

export function installationJson(world: World, installation: Installation): Json {
  const { id, account, permissions, suspended } = installation;
  return {
    id,
    account: userJson(world, account),
    access_tokens_url: `${world.apiUrl}/app/installations/${id}/access_tokens`,
    repositories_url: `${world.apiUrl}/installation/repositories`,
    html_url: `${website}/organizations/${account.login}/settings/installations/${id}`,
    app_id: world.app.id,
    app_slug: world.app.slug,
    target_id: account.id,
    target_type: account.type,
    permissions,
    events: world.app.events,
    repository_selection: 'selected',
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    created_at: EPOCH,
    updated_at: EPOCH,
    suspended_at: suspended ? EPOCH : null,
    suspended_by: suspended ? userJson(world, account) : null,
  };
}
