import type { FakeGitHub } from '../../fake-github/fake-github.ts';
import { nodeId } from '../../fake-github/represent-people.ts';
import { findRepository } from '../../fake-github/world.ts';

/** Something that happened, and when, in milliseconds since the epoch. */
export interface Happening {
  at: number;
  text: string;
}

interface Process {
  role: string;
  pid: number;
  output: string;
}

/**
 * All that tells why a run went wrong, in the order of time: what was done to it, what GitHub was asked for about one
 * repository, and what processes logged of it or of themselves.
 */
export function timeline(
  repository: string,
  story: readonly Happening[],
  github: FakeGitHub,
  processes: readonly Process[],
): string[] {
  const all = [...story, ...asked(repository, github), ...processes.flatMap((process) => logged(repository, process))];
  const began = story[0]?.at ?? 0;
  return all.sort((a, b) => a.at - b.at).map(({ at, text }) => `${String(at - began).padStart(6)} ${text}`);
}

function asked(repository: string, { requests, world }: FakeGitHub): Happening[] {
  const [owner, name] = repository.split('/');
  const pulls = [...(findRepository(world, repository)?.pulls.values() ?? [])].map(({ id }) =>
    nodeId('PullRequest', id),
  );
  return requests.flatMap(({ at, method, target, operationId, body, status, fault }) => {
    const said = body === undefined ? '' : JSON.stringify(body);
    const names = [`"owner":"${owner}","name":"${name}"`, ...pulls.map((id) => `"subjectId":"${id}"`)];
    const isAbout = target.includes(`/repos/${repository}/`) || names.some((one) => said.includes(one));
    if (!isAbout) return [];
    const about = operationId?.startsWith('graphql') ? ` ${operationId}` : ` ${said.slice(0, 220)}`;
    const met = fault ? ` ${JSON.stringify(fault)}` : '';
    return [{ at, text: `  ${method} ${target.replace(`/repos/${repository}`, '')} ${status}${met}${about}` }];
  });
}

function logged(repository: string, { role, pid, output }: Process): Happening[] {
  return output.split('\n').flatMap((line) => {
    const { time, key, level: _, ...rest } = parsed(line);
    if (typeof time !== 'string') return [];
    const isOthers = typeof key === 'string' && /^\S+\/\S+ /.test(key) && !key.startsWith(`${repository} `);
    if (isOthers) return [];
    const text = `    ${role} ${pid}: ${key ?? ''} ${JSON.stringify(rest)}`;
    return [{ at: Date.parse(time), text: text.slice(0, 300) }];
  });
}

function parsed(line: string): Record<string, unknown> {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return {};
  }
}
