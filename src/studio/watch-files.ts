import { sep } from 'node:path';
import { watch } from 'chokidar';

interface WatchOptions {
  /** The work tree. */
  folder: string;
  /** Absolute paths of the registry files, which may lie outside of it. */
  registryFiles: readonly string[];
  onRegistryFile(file: string): void;
  /** A registry file came or went. */
  onRegistryFiles(): void;
  onDocs(): void;
  /** Called when the files cannot be watched. */
  onFailure(reason: string): void;
}

/** Events that come within this time are told together: a save makes several, a switch of branches many. */
const PAUSE_MS = 120;

/** The files that a site may be made of. */
const DOCS = /(?:\.(?:mdx?|json|toml|[cm]?[jt]sx?)|[/\\]_redirects)$/i;
const REGISTRY = /[/\\]\.github[/\\]signpost(?:\.ya?ml|[/\\].+\.ya?ml)$/;
const NEVER = /[/\\](?:node_modules|bower_components|\.(?!github|vitepress)[^/\\]*)(?:[/\\]|$)/;

/**
 * Watches registry files and docs, and tells once of changes that come together.
 * @returns once all changes are noticed, a function that ends the watch
 */
export async function watchFiles(options: WatchOptions): Promise<() => Promise<void>> {
  const { folder, registryFiles } = options;
  const registry = new Set(registryFiles);
  const pending = { files: new Set<string>(), list: false, docs: false };
  let timer: NodeJS.Timeout | undefined;

  const isIgnored = (path: string, isFile: boolean): boolean => {
    if (registry.has(path)) return false;
    if (NEVER.test(path.startsWith(folder) ? path.slice(folder.length) : path)) return true;
    return isFile && !DOCS.test(path) && !REGISTRY.test(path);
  };
  const tell = () => {
    const { files, list, docs } = pending;
    Object.assign(pending, { files: new Set(), list: false, docs: false });
    for (const path of files) options.onRegistryFile(path);
    if (list) options.onRegistryFiles();
    if (docs) options.onDocs();
  };
  const note = (event: string, path: string) => {
    if (event === 'addDir' || event === 'unlinkDir') return;
    if (registry.has(path)) pending.files.add(path);
    else if (REGISTRY.test(path.split(sep).join('/'))) pending.list = true;
    else pending.docs = true;
    clearTimeout(timer);
    timer = setTimeout(tell, PAUSE_MS);
  };

  const watcher = watch([folder, ...registryFiles], {
    ignoreInitial: true,
    followSymlinks: false,
    ignored: (path, stats) => isIgnored(path, stats?.isFile() ?? false),
  });
  watcher.on('all', note);
  await new Promise<void>((resolve) => {
    watcher.once('ready', resolve);
    watcher.on('error', (error) => {
      options.onFailure((error as Error).message);
      resolve();
    });
  });
  return () => {
    clearTimeout(timer);
    return watcher.close();
  };
}
