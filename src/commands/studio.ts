import { basename } from 'node:path';
import { decodeBlob } from '../docs/decode-blob.ts';
import { type Repository, WORKTREE } from '../local-git/repository.ts';
import type { RegistryFile } from '../registry/parse-registry.ts';
import { registryPaths } from '../registry/registry-files.ts';
import { EditableFiles, type NamedFile } from '../studio/editable-files.ts';
import type { Command, CommonValues } from './command.ts';
import type { CommandContext } from './command-context.ts';
import { REGISTRY_OPTIONS, type RegistryValues, registryInput } from './registry-options.ts';
import { withRepository } from './repository.ts';
import { bugReport, UsageFailure } from './usage-failure.ts';

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
  async run(values, context) {
    const port = portOf(values.port);
    await withRepository(values.repo, context, (repository) => serve(repository, port, values, context));
    return { text: '', exitCode: 0 };
  },
};

async function serve(
  repository: Repository,
  port: number,
  values: StudioValues,
  context: CommandContext,
): Promise<void> {
  const { toplevel } = repository;
  const { repo, registry } = values;
  if (toplevel === null) {
    const message = `${repo} is a bare repository and has no files to edit.`;
    throw new UsageFailure(message, 'Name a work tree with `--repo`, for instance one made with `git worktree add`.');
  }
  const { runStudio } = await import('../studio/run-studio.ts');
  const { named, defaults } = await findFiles(repository, toplevel, values, context);
  if (named.length === 0) {
    const message = `There is no registry in ${repo === '.' ? 'this work tree' : repo}.`;
    throw new UsageFailure(message, 'Run `signpost init` to begin one, or name a file with `--registry`.');
  }
  context.progress.announce('reading the docs…');
  const files = await EditableFiles.open(named, registry === undefined ? toplevel : null);
  if (files.paths.length === 0) {
    const [first] = files.blocked;
    const message = `No registry file can be edited: ${first?.path}: ${first?.reason}.`;
    throw new UsageFailure(message, 'Make it a plain UTF-8 text file, or name another one with `--registry`.');
  }
  await runStudio({
    name: basename(toplevel),
    folder: toplevel,
    files,
    defaults,
    docs: {
      snapshot: () => repository.snapshot(WORKTREE),
      load: (snapshot, needed, blobs) => repository.load([snapshot], needed, blobs, decodeBlob),
    },
    today: () => new Date(context.now()).toISOString().slice(0, 10),
    port,
    opensBrowser: values.open && context.isTerminal,
    onReady: (url) => context.say(`Signpost studio: ${url}\nOnly this address opens it. Ctrl-C ends it.`),
    onBug: (error) => context.warn(bugReport(error)),
    untilInterrupted: context.untilInterrupted,
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new UsageFailure(`Port ${port} is in use.`, 'Name another one with `--port`, or leave it out.');
  });
}

/** The registry files to edit: those that the person named, else those of the work tree. */
async function findFiles(
  repository: Repository,
  toplevel: string,
  values: StudioValues,
  context: CommandContext,
): Promise<{ named: NamedFile[]; defaults: RegistryFile | null }> {
  const { files, defaults } = await registryInput(values, context);
  if (files !== 'from-base')
    return { named: files.map(({ path }) => ({ path, absolute: context.pathOf(path) })), defaults };
  const { tree } = await repository.snapshot(WORKTREE);
  return { named: registryPaths(tree.keys()).map((path) => ({ path, absolute: `${toplevel}/${path}` })), defaults };
}

function portOf(typed: string | undefined): number {
  if (typed === undefined) return 0;
  const port = Number(typed);
  if (/^\d+$/.test(typed) && port > 0 && port < 65_536) return port;
  throw new UsageFailure(`${typed} is no port.`, 'Name a number from 1 to 65535, or leave `--port` out.');
}
