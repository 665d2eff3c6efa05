/** The folder of a repository path: no leading or trailing slash, '' for the repository itself. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

export function fileNameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Joins and resolves `.` and `..`; null where the path would leave the repository. */
export function joinPath(...parts: string[]): string | null {
  const segments: string[] = [];
  for (const segment of parts.join('/').split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) return null;
  }
  return segments.join('/');
}

export function isUnder(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

/** The part of a path below a folder that holds it. */
export function pathUnder(path: string, folder: string): string {
  return folder === '' ? path : path.slice(folder.length + 1);
}

export function isPageFile(path: string): boolean {
  return /\.mdx?$/i.test(path);
}

export function withoutExtension(path: string): string {
  return path.replace(/\.mdx?$/i, '');
}

/** True in a folder that no site reads: installed packages and dot folders, `.vitepress` aside. */
export function isNeverRead(path: string): boolean {
  return foldersOf(path).some(
    (name) => name === 'node_modules' || name === 'bower_components' || (name.startsWith('.') && name !== '.vitepress'),
  );
}

const BUILT = new Set(['dist', 'build', 'out', 'coverage', 'vendor']);

/** True in a folder that tools usually write; among pages such a name may well be a topic. */
export function isBuilt(path: string): boolean {
  return foldersOf(path).some((name) => BUILT.has(name));
}

function foldersOf(path: string): string[] {
  return path.split('/').slice(0, -1);
}
