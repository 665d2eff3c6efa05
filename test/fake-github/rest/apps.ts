import { randomBytes } from 'node:crypto';
import { appJson, installationJson } from '../represent-people.ts';
import { repositoryJson } from '../represent-repository.ts';
import type { Delivery, Installation, Permissions, Repository } from '../state.ts';
import { isoSeconds } from '../world.ts';
import { type Call, GitHubError, type Handler, notFound, page, unprocessable, withQuery } from './call.ts';

const HOUR = 3_600_000;

function installationOf({ world, params }: Call): Installation {
  const installation = world.installations.get(Number(params.installation_id));
  if (!installation) throw notFound();
  return installation;
}

interface TokenBody {
  repositories?: string[];
  repository_ids?: number[];
  permissions?: Permissions;
}

/** A token may be narrowed to some repositories and permissions of its installation, never widened. */
const createToken: Handler = (call) => {
  const { world } = call;
  const installation = installationOf(call);
  if (installation.suspended) throw new GitHubError(403, 'This installation has been suspended');
  const wanted = (call.body ?? {}) as TokenBody;
  const repositories = narrowed(installation, wanted);
  for (const [name, level] of Object.entries(wanted.permissions ?? {})) {
    const granted = installation.permissions[name];
    if (granted !== 'write' && granted !== level) throw unprocessable(`The permission ${name}:${level} is not granted`);
  }
  const permissions = wanted.permissions
    ? { metadata: 'read' as const, ...wanted.permissions }
    : installation.permissions;
  const token = `ghs_${world.app.id}_${randomBytes(48).toString('base64url')}`;
  const expires = world.now() + HOUR;
  world.tokens.set(token, { installation, permissions, repositories: new Set(repositories), expires });
  const named = wanted.repositories ?? wanted.repository_ids;
  const listed = named && { repositories: repositories.map((one) => repositoryJson(world, one)) };
  const selection = { repository_selection: 'selected', ...listed };
  return { status: 201, body: { token, expires_at: isoSeconds(expires), permissions, ...selection } };
};

function narrowed(installation: Installation, { repositories, repository_ids }: TokenBody): Repository[] {
  const all = [...installation.repositories];
  if (!repositories && !repository_ids) return all;
  const find = (test: (one: Repository) => boolean): Repository => {
    const found = all.find(test);
    if (!found) throw unprocessable('There is at least one repository that does not exist or is not accessible');
    return found;
  };
  const byName = (repositories ?? []).map((name) => find((one) => one.name === name));
  return [...byName, ...(repository_ids ?? []).map((id) => find((one) => one.id === id))];
}

function deliveryJson(delivery: Delivery) {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: delivery.deliveredAt,
    redelivery: delivery.redelivery,
    duration: delivery.duration,
    status: delivery.status,
    status_code: delivery.statusCode,
    event: delivery.event,
    action: delivery.action,
    installation_id: delivery.installationId,
    repository_id: delivery.repositoryId,
    throttled_at: null,
  };
}

/** `status=failure` finds answers of 400 and above only: a delivery that got no answer is outside of both words. */
const wasAnswered: Record<string, (code: number) => boolean> = {
  success: (code) => code >= 200 && code < 400,
  failure: (code) => code >= 400 && code < 600,
};

const listDeliveries: Handler = (call) => {
  const { query, world } = call;
  const filter = wasAnswered[query.get('status') ?? ''] ?? (() => true);
  const newestFirst = world.deliveries.filter((one) => filter(one.statusCode)).reverse();
  const cursor = query.get('cursor');
  const rest = cursor ? newestFirst.filter((one) => one.id <= Number(cursor)) : newestFirst;
  const size = Number(query.get('per_page') ?? 30);
  const next = rest[size];
  const headers = next && { link: `<${withQuery(call, { cursor: String(next.id) })}>; rel="next"` };
  return { status: 200, body: rest.slice(0, size).map(deliveryJson), ...(headers && { headers }) };
};

function deliveryOf({ world, params }: Call): Delivery {
  const delivery = world.deliveries.find((one) => one.id === Number(params.delivery_id));
  if (!delivery) throw notFound();
  return delivery;
}

const rate = ({ limit, remaining, reset }: Installation['limits']['core']) => ({
  limit,
  remaining,
  used: limit - remaining,
  reset: Math.ceil(reset / 1_000),
});

export const apps: Record<string, Handler> = {
  'apps/get-authenticated': ({ world }) => {
    const body = { ...appJson(world, world.app, { metadata: 'read' }), installations_count: world.installations.size };
    return { status: 200, body };
  },
  'apps/list-installations': (call) =>
    page(call, [...call.world.installations.values()], (one) => installationJson(call.world, one)),
  'apps/get-installation': (call) => ({ status: 200, body: installationJson(call.world, installationOf(call)) }),
  'apps/create-installation-access-token': createToken,
  'apps/list-webhook-deliveries': listDeliveries,
  'apps/get-webhook-delivery': (call) => {
    const delivery = deliveryOf(call);
    const { request, response } = delivery;
    const sent = { headers: request.headers, payload: JSON.parse(request.body) as unknown };
    const body = {
      ...deliveryJson(delivery),
      url: delivery.url,
      request: sent,
      response: { headers: response.headers, payload: response.body },
    };
    return { status: 200, body };
  },
  'apps/redeliver-webhook-delivery': (call) => {
    call.redeliver(deliveryOf(call));
    return { status: 202, body: {} };
  },
  'apps/list-repos-accessible-to-installation': (call) => {
    if (call.viewer.kind !== 'installation') throw notFound();
    const repositories = [...call.viewer.token.repositories];
    const answer = page(call, repositories, (one) => repositoryJson(call.world, one));
    const body = { total_count: repositories.length, repository_selection: 'selected', repositories: answer.body };
    return { ...answer, body };
  },
  'rate-limit/get': ({ viewer }) => {
    if (viewer.kind !== 'installation') throw notFound();
    const { core, graphql } = viewer.token.installation.limits;
    return {
      status: 200,
      body: { resources: { core: rate(core), graphql: rate(graphql), search: rate(core) }, rate: rate(core) },
    };
  },
};
