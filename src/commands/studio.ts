import { basename } from 'node:path';
import { decodeBlob } from '../docs/decode-blob.ts';
import { openRepository, type Repository, WORKTREE } from '../local-git/repository.ts';
import type { RegistryFile } from '../registry/parse-registry.ts';
import { registryPaths } from '../registry/registry-files.ts';
import type { NamedFile } from '../studio/registry-files.ts';
import type { Docs } from '../studio/session.ts';
import type { Command, CommonValues, Occasion } from './command.ts';
import { REGISTRY_OPTIONS, type RegistryValues, registryInput } from './registry-option.ts';
import { UsageFailure } from './usage-failure.ts';

interface StudioValues extends CommonValues, RegistryValues {
  port?: string;
  open: boolean;
}

export const STUDIO: Command<StudioValues> = {
  name: 'studio',
  summary: 'edit the registry in the browser, with coverage as you type',
  description:
    'Serves a page on this machine alone: the registry on one side, on the other how the docs of the work tree stand ' +
    'to it, judged anew at every key. It writes the registry files and nothing else. Ctrl-C ends it.',
  options: [
    ...REGISTRY_OPTIONS,
    { flags: '--port <N>', description: 'serve on this port (default: one that is free)' },
    { flags: '--no-open', description: 'print the address, and open no browser' },
  ],
  formats: ['terminal'],
  examples: [
    ['studio', 'the registry of the repository that you stand in'],
    ['studio --registry ../failures.yml --no-open', 'one that lies elsewhere, in a browser that is open already'],
  ],
  async run(values, occasion) {
    const port = portOf(values.port);
    const repository = await openRepository(occasion.pathOf(values.repo));
    try {
      await serve(repository, port, values, occasion);
      return { text: '', exitCode: 0 };
    } finally {
      await repository.close();
    }
  },
};

async function serve(repository: Repository, port: number, values: StudioValues, occasion: Occasion): Promise<void> {
  const { toplevel } = repository;
  if (toplevel === null) throw withoutWorktree(values.repo);
  const [{ runStudio }, { RegistryFiles }] = await Promise.all([
    import('../studio/run-studio.ts'),
    import('../studio/registry-files.ts'),
  ]);
  const { named, defaults } = await findFiles(repository, toplevel, values, occasion);
  if (named.length === 0) throw nothingToEdit(values.repo);
  occasion.progress.announce('reading the docs…');
  const files = await RegistryFiles.open(named, values.registry === undefined ? toplevel : null);
  if (files.paths.length === 0) throw nothingCanBeEdited(files.blocked);
  await runStudio({
    name: basename(toplevel),
    folder: toplevel,
    files,
    defaults,
    docs: docsOf(repository),
    today: () => new Date(occasion.now()).toISOString().slice(0, 10),
    now: () => performance.now(),
    port,
    opensBrowser: values.open && occasion.isTerminal,
    onReady: (url) => occasion.say(`Signpost studio: ${url}\nOnly this address opens it. Ctrl-C ends it.`),
    onBug: (error) => occasion.warn(`This is a bug in Signpost, please report it with these lines:\n${stackOf(error)}`),
    untilInterrupted: occasion.untilInterrupted,
  }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EADDRINUSE' ? portTaken(port) : error;
  });
}

/** The files that the person named, else those of the work tree. */
async function findFiles(
  repository: Repository,
  toplevel: string,
  values: StudioValues,
  occasion: Occasion,
): Promise<{ named: NamedFile[]; defaults: RegistryFile | null }> {
  const { files, defaults } = await registryInput(values, occasion);
  if (files !== 'from-base')
    return { named: files.map(({ path }) => ({ path, absolute: occasion.pathOf(path) })), defaults };
  const { tree } = await repository.snapshot(WORKTREE);
  return { named: registryPaths(tree.keys()).map((path) => ({ path, absolute: `${toplevel}/${path}` })), defaults };
}

function docsOf(repository: Repository): Docs {
  return {
    snapshot: () => repository.snapshot(WORKTREE),
    load: (snapshot, needed, blobs) => repository.load([snapshot], needed, blobs, decodeBlob),
  };
}

function portOf(typed: string | undefined): number {
  if (typed === undefined) return 0;
  const port = Number(typed);
  if (/^\d+$/.test(typed) && port > 0 && port < 65_536) return port;
  throw new UsageFailure(`${typed} is no port.`, 'Name a number from 1 to 65535, or leave `--port` out.');
}

function portTaken(port: number): UsageFailure {
  return new UsageFailure(`Port ${port} is in use.`, 'Name another one with `--port`, or leave it out.');
}

function withoutWorktree(typed: string): UsageFailure {
  return new UsageFailure(
    `${typed} is a bare repository and has no files to edit.`,
    'Name a work tree with `--repo`, for instance one made with `git worktree add`.',
  );
}

function nothingToEdit(typed: string): UsageFailure {
  const where = typed === '.' ? 'this work tree' : typed;
  return new UsageFailure(
    `There is no registry in ${where}.`,
    'Run `signpost init` to begin one, or name a file with `--registry`.',
  );
}

function nothingCanBeEdited(blocked: readonly { path: string; reason: string }[]): UsageFailure {
  const [first] = blocked;
  return new UsageFailure(
    `No registry file can be edited: ${first?.path}: ${first?.reason}.`,
    'Make it a plain UTF-8 text file, or name another one with `--registry`.',
  );
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
