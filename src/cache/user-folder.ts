import { join } from 'node:path';

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Where a program keeps what it can work out again: `$XDG_CACHE_HOME`, else the platform's own place (XDG Base Directory
 * Specification; Apple's File System Programming Guide; Windows' LOCALAPPDATA). Null where no home is known.
 */
export function userCacheFolder(name: string, variables: Variables, platform: NodeJS.Platform): string | null {
  const { XDG_CACHE_HOME, HOME, LOCALAPPDATA } = variables;
  if (XDG_CACHE_HOME?.startsWith('/')) return join(XDG_CACHE_HOME, name);
  if (platform === 'win32') return LOCALAPPDATA ? join(LOCALAPPDATA, name, 'Cache') : null;
  if (!HOME) return null;
  return platform === 'darwin' ? join(HOME, 'Library', 'Caches', name) : join(HOME, '.cache', name);
}
