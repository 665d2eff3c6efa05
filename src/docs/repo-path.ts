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

/** Folders whose files are nobody's writing: installed, built or kept by tools. */
const NEVER_READ = new Set(['node_modules', 'dist', 'build', 'out', 'bower_components', 'vendor', 'coverage']);

/** True in a folder that no site reads: dependencies, build results, dot folders (`.vitepress` and `.github` aside). */
export function isNeverRead(path: string): boolean {
  let start = 0;
  for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', start)) {
    const folder = path.slice(start, slash);
    if (NEVER_READ.has(folder)) return true;
    if (folder.startsWith('.') && folder !== '.vitepress') return true;
    start = slash + 1;
  }
  return false;
}
