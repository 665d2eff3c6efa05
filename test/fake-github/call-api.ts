import { createSign } from 'node:crypto';
import type { FakeGitHub } from './fake-github.ts';
import type { FakeRepository } from './fake-repository.ts';

export interface CallOptions {
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}
export interface Called {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into JSON of many forms
  json: any;
  bytes: Buffer;
}
export type CallApi = (method: string, target: string, options?: CallOptions) => Promise<Called>;

/** Calls the fake as an installation of the repository would. */
export function asInstallation(github: FakeGitHub, repository: FakeRepository): CallApi {
  return callWith(github, `token ${github.tokenFor(repository)}`);
}

export function asApp(github: FakeGitHub, claims?: Record<string, unknown>): CallApi {
  return callWith(github, `bearer ${appJwt(github, claims)}`);
}

export function callWith({ fetch, world }: FakeGitHub, authorization?: string): CallApi {
  return async (method, target, { body, headers = {}, signal } = {}) => {
    const response = await fetch(world.apiUrl + target, {
      method,
      headers: { ...(authorization && { authorization }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
      redirect: 'manual',
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    const json: unknown = isJson ? JSON.parse(bytes.toString()) : undefined;
    return { status: response.status, headers: response.headers, json, bytes };
  };
}

/** The token that an app signs with its key; `claims` replace the usual ones. */
export function appJwt({ world }: FakeGitHub, claims: Record<string, unknown> = {}, key = world.privateKey): string {
  const now = Math.floor(world.now() / 1_000);
  const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  const usual = { iss: world.app.id, iat: now - 30, exp: now + 570, ...claims };
  const signed = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(usual)}`;
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(key, 'base64url')}`;
}
