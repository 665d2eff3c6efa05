import { sep } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';

export interface WatchOptions {
  /** The work tree. */
  folder: string;
  /** Absolute paths of the registry files, which may lie outside of it. */
  registryFiles: readonly string[];
  onRegistryFile(file: string): void;
  /** A registry file came or went. */
  onRegistryFiles(): void;
  onDocs(): void;
  /** Nothing is watched any more. */
  onFailure(reason: string): void;
}

/** One save makes several events, and a branch is switched file by file. */
const PAUSE_MS = 120;

/** What a site may be made of. */
const DOCS = /(?:\.(?:mdx?|json|toml|[cm]?[jt]sx?)|[/\\]_redirects)$/i;
const REGISTRY = /[/\\]\.github[/\\]signpost(?:\.ya?ml|[/\\].+\.ya?ml)$/;
const NEVER = /[/\\](?:node_modules|bower_components|\.(?!github|vitepress)[^/\\]*)(?:[/\\]|$)/;

/** Tells of changes in registry files and docs, once for those that come together. */
export class FileWatch {
  readonly #options: WatchOptions;
  readonly #watcher: FSWatcher;
  readonly #registry: ReadonlySet<string>;
  readonly #changed = new Set<string>();
  #docs = false;
  #files = false;
  #timer: NodeJS.Timeout | null = null;

  private constructor(options: WatchOptions) {
    this.#options = options;
    this.#registry = new Set(options.registryFiles);
    const { folder } = options;
    this.#watcher = watch([folder, ...options.registryFiles], {
      ignoreInitial: true,
      followSymlinks: false,
      ignored: (path, stats) =>
        this.#isIgnored(path.startsWith(folder) ? path.slice(folder.length) : path, path, stats?.isFile() ?? false),
    });
  }

  /** Watches once everything is looked at. */
  static async begin(options: WatchOptions): Promise<FileWatch> {
    const files = new FileWatch(options);
    const watcher = files.#watcher;
    watcher.on('all', (event, path) => files.#note(event, path));
    await new Promise<void>((resolve) => {
      watcher.once('ready', resolve);
      watcher.on('error', (error) => {
        options.onFailure((error as Error).message);
        resolve();
      });
    });
    return files;
  }

  async end(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    await this.#watcher.close();
  }

  #isIgnored(inner: string, path: string, isFile: boolean): boolean {
    if (this.#registry.has(path)) return false;
    if (NEVER.test(inner)) return true;
    return isFile && !DOCS.test(path) && !REGISTRY.test(path);
  }

  #note(event: string, path: string): void {
    if (event === 'addDir' || event === 'unlinkDir') return;
    if (this.#registry.has(path)) this.#changed.add(path);
    else if (REGISTRY.test(path.split(sep).join('/'))) this.#files = true;
    else this.#docs = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tell(), PAUSE_MS);
  }

  #tell(): void {
    for (const path of this.#changed) this.#options.onRegistryFile(path);
    this.#changed.clear();
    if (this.#files) this.#options.onRegistryFiles();
    if (this.#docs) this.#options.onDocs();
    this.#files = false;
    this.#docs = false;
  }
}
