import { createVerify } from 'node:crypto';
import { GitHubError, type Viewer } from './rest/call.ts';
import type { PermissionLevel, World } from './state.ts';

/** "Not more than 10 minutes into the future", in GitHub's page on JSON web tokens of apps; a minute for clock drift. */
const LONGEST_JWT = 600;
const DRIFT = 60;

/** Operations that an app calls as itself. Every other one needs an installation token. */
const asApp = (operationId: string): boolean =>
  /^apps\/(?!list-repos-accessible)/.test(operationId) || operationId === 'meta/root';

/** Who calls; throws the 401 that GitHub answers to anybody else. */
export function authenticate(world: World, operationId: string, header: string | undefined): Viewer {
  const credentials = /^(?:bearer|token) (.+)$/i.exec(header ?? '')?.[1];
  if (asApp(operationId)) {
    verifyJwt(world, credentials);
    return { kind: 'app' };
  }
  if (!credentials) throw new GitHubError(401, 'Requires authentication');
  const token = world.tokens.get(credentials);
  if (!token || token.expires <= world.now()) throw new GitHubError(401, 'Bad credentials');
  if (token.installation.suspended) throw new GitHubError(403, 'This installation has been suspended');
  return { kind: 'installation', token };
}

function verifyJwt(world: World, jwt: string | undefined): void {
  const undecodable = new GitHubError(401, 'A JSON web token could not be decoded');
  const parts = jwt?.split('.') ?? [];
  if (parts.length !== 3) throw undecodable;
  const [head, claims, signature] = parts as [string, string, string];
  const { alg } = decoded(head);
  const verified = createVerify('RSA-SHA256')
    .update(`${head}.${claims}`)
    .verify(world.publicKey, signature, 'base64url');
  if (alg !== 'RS256' || !verified) throw undecodable;
  const { iss, iat, exp } = decoded(claims);
  const now = world.now() / 1_000;
  if (String(iss) !== String(world.app.id) && iss !== `Iv23${world.app.id}`) {
    throw new GitHubError(401, "'Issuer' claim ('iss') must be an Integer");
  }
  if (typeof iat !== 'number' || iat > now + DRIFT)
    throw new GitHubError(401, "'Issued at' claim ('iat') must be in the past");
  if (typeof exp !== 'number' || exp < now)
    throw new GitHubError(401, "'Expiration time' claim ('exp') must be in the future");
  if (exp > now + LONGEST_JWT + DRIFT)
    throw new GitHubError(401, "'Expiration time' claim ('exp') is too far in the future");
}

function decoded(part: string): Record<string, unknown> {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
  } catch {
    throw new GitHubError(401, 'A JSON web token could not be decoded');
  }
}

/** What an installation must have been granted for each operation; comments take issues or pull requests. */
const NEEDS: [operations: RegExp, level: PermissionLevel, permissions: string[]][] = [
  [/^checks\/(?:create|update)$/, 'write', ['checks']],
  [/^checks\//, 'read', ['checks']],
  // Of a comment on a pull request; `issues` alone is not enough there (fullsend-ai/fullsend#721).
  [/^graphql\/add-comment$/, 'write', ['pull_requests']],
  [/^issues\/(?:list-comments|get-comment)$/, 'read', ['issues', 'pull_requests']],
  [/^(?:issues|reactions)\//, 'write', ['issues', 'pull_requests']],
  [/^pulls\/|associated-with-commit$/, 'read', ['pull_requests']],
  [/^repos\/get(?:-collaborator-permission-level)?$/, 'read', ['metadata']],
  [/^(?:git|repos)\//, 'read', ['contents']],
];

/** Throws the 403 for an app whose manifest asked for too little. */
export function authorize(viewer: Viewer, operationId: string): void {
  const need = NEEDS.find(([operations]) => operations.test(operationId));
  if (!need || viewer.kind === 'app') return;
  const [, level, permissions] = need;
  const granted = permissions.map((name) => viewer.token.permissions[name]);
  if (!granted.some((one) => one === 'write' || one === level)) {
    throw new GitHubError(403, 'Resource not accessible by integration', {
      headers: { 'x-accepted-github-permissions': permissions.map((name) => `${name}=${level}`).join('; ') },
    });
  }
}
