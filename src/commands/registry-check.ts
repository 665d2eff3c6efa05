import { WORKTREE } from '../local-git/repository.ts';
import { formatsOf } from '../report/formats.ts';
import type { CheckedRegistry } from '../review/check-registry.ts';
import type { Command, CommonValues } from './command.ts';
import type { CommandContext } from './command-context.ts';
import { inFormat } from './outcome.ts';
import { REGISTRY_OPTIONS, type RegistryValues, registryInput } from './registry-options.ts';
import { CACHE_OPTION, type CachedValues, readRevision } from './repository.ts';
import { noRegistry } from './usage-failure.ts';

interface CheckValues extends CommonValues, RegistryValues, CachedValues {
  rev?: string;
}

export const REGISTRY_CHECK: Command<CheckValues> = {
  name: 'registry check',
  summary: 'find the mistakes of the registry',
  description:
    'Checks the registry as it stands on disk, against the docs that it is for: mistakes of form, phrases that are ' +
    'too long or too broad, links and pages that lead nowhere, text that must not be public. Exits with 1 on errors.',
  options: [
    { flags: '--rev <REV>', description: 'check a commit (default: the work tree)' },
    ...REGISTRY_OPTIONS,
    CACHE_OPTION,
  ],
  formats: formatsOf('registry check'),
  examples: [
    ['registry check', 'before you commit a change of the registry'],
    ['registry check --registry draft.yml', 'a registry that is not in its place yet'],
    ['registry check --rev HEAD --format github', 'in a workflow'],
  ],
  async run(values, context) {
    const { registry, mistakes } = await check(values, context);
    if (registry.state === 'absent') throw noRegistry(values.rev ?? 'the work tree');
    const text = await inFormat('registry check', mistakes, values, context);
    return { text, exitCode: mistakes.some(({ severity }) => severity === 'error') ? 1 : 0 };
  },
};

async function check(values: CheckValues, context: CommandContext): Promise<CheckedRegistry> {
  const registry = await registryInput(values, context);
  const [{ pages, ...at }, { checkRegistry }] = await Promise.all([
    readRevision(values, ({ toplevel }) => values.rev ?? (toplevel === null ? 'HEAD' : WORKTREE), registry, context),
    import('../review/check-registry.ts'),
  ]);
  context.progress.announce('checking the registry…');
  const checked = checkRegistry({ ...at, registry, today: context.today, cache: pages });
  pages.save(context.now());
  return checked;
}
