import { commitJson } from '../represent-git.ts';
import { userJson } from '../represent-people.ts';
import { repositoryJson, repositoryUrl } from '../represent-repository.ts';
import type { Role } from '../state.ts';
import { type Handler, notFound, repositoryOf } from './call.ts';
import { commitOf } from './git.ts';

/** The old words for roles: "maintain is mapped to write, triage to read", in GitHub's description of permissions. */
const LEVELS: Record<Role, string> = {
  admin: 'admin',
  maintain: 'write',
  write: 'write',
  triage: 'read',
  read: 'read',
};

const getPermission: Handler = (call) => {
  const repository = repositoryOf(call);
  const login = (call.params.username ?? '').toLowerCase();
  const user = call.world.users.get(login);
  if (!user) throw notFound();
  const role = repository.roles.get(login) ?? (repository.private ? undefined : 'read');
  const rank = ['read', 'triage', 'write', 'maintain', 'admin'].indexOf(role ?? '');
  const permissions = { pull: rank >= 0, triage: rank >= 1, push: rank >= 2, maintain: rank >= 3, admin: rank >= 4 };
  const shown = { ...userJson(call.world, user), role_name: role ?? 'none', permissions };
  return { status: 200, body: { permission: role ? LEVELS[role] : 'none', role_name: role ?? 'none', user: shown } };
};

const getBranch: Handler = (call) => {
  const repository = repositoryOf(call);
  const name = call.params.branch ?? '';
  if (!repository.refs.has(`refs/heads/${name}`)) throw notFound();
  const commit = commitOf(call, repository, `refs/heads/${name}`);
  const url = `${repositoryUrl(call.world, repository)}/branches/${encodeURIComponent(name)}`;
  const body = {
    name,
    commit: commitJson(call.world, repository, commit),
    _links: {
      self: url,
      html: `https://github.com/${repository.owner.login}/${repository.name}/tree/${encodeURIComponent(name)}`,
    },
    protected: false,
    protection: { enabled: false },
    protection_url: `${url}/protection`,
  };
  return { status: 200, body };
};

export const repositories: Record<string, Handler> = {
  'repos/get': (call) => ({ status: 200, body: repositoryJson(call.world, repositoryOf(call)) }),
  'repos/get-branch': getBranch,
  'repos/get-collaborator-permission-level': getPermission,
  'repos/download-tarball-archive': (call) => {
    const repository = repositoryOf(call);
    const commit = commitOf(call, repository, call.params.ref ?? repository.defaultBranch);
    const location = `https://codeload.github.com/${repository.owner.login}/${repository.name}/legacy.tar.gz/${commit.oid}`;
    return { status: 302, headers: { location } };
  },
};
