import { askGit } from './git.ts';

/** The address of `origin`, else of the only remote; null where it is not plain which counts. */
export async function remoteUrl(repo: string): Promise<string | null> {
  const names = (await askGit(repo, ['remote'])).split('\n').filter(Boolean);
  const name = names.find((each) => each === 'origin') ?? (names.length === 1 ? names[0] : undefined);
  if (name === undefined || name.startsWith('-')) return null;
  return (await askGit(repo, ['remote', 'get-url', name], { exits: [0, 2, 128] })) || null;
}
