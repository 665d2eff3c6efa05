import { BLOCKS, type Block, GRAVITIES, type Gravity } from '../registry/registry.ts';
import { formatsOf } from '../report/formats.ts';
import { grouped } from '../report/words/sentence.ts';
import type { LoadedRegistry } from '../review/compare/load-registry.ts';
import type { Replay } from '../review/replay/replay.ts';
import { type Command, type CommonValues, oneOf } from './command.ts';
import type { CommandContext } from './command-context.ts';
import { inFormat } from './outcome.ts';
import { REGISTRY_OPTIONS, type RegistryValues, registryInput } from './registry-options.ts';
import { CACHE_OPTION, type CachedValues, loadBlobs, withRepository } from './repository.ts';
import { noRegistry, UsageFailure } from './usage-failure.ts';

interface ReplayValues extends CommonValues, RegistryValues, CachedValues {
  since?: string;
  range?: string;
  block?: Block;
  from?: Gravity;
}

export const REPLAY: Command<ReplayValues> = {
  name: 'replay',
  summary: 'say what would have been said of every change merged so far',
  description:
    'Judges every pull request and commit that was merged into the branch, as a review would have, by the registry as ' +
    'it is now: so a registry can be tuned before it blocks anybody.',
  options: [
    { flags: '--since <DATE>', description: 'the first day: 2026-01-31, or a span such as "6 months"' },
    { flags: '--range <A..B>', description: 'the changes that B has and A has not (default: all that HEAD has)' },
    ...REGISTRY_OPTIONS,
    oneOf('--block <SCOPE>', "try another gate than the registry's own", BLOCKS),
    oneOf('--from <GRAVITY>', 'try another lowest gravity that blocks', GRAVITIES),
    CACHE_OPTION,
  ],
  formats: formatsOf('replay'),
  examples: [
    ['replay --since "6 months"', 'what the last half year would have been told'],
    ['replay --registry draft.yml --block touched', 'the same question to another registry and a stricter gate'],
    ['replay --format html --output replay.html', 'a page with every finding and a chart of coverage'],
    ['replay --range v1.0..HEAD --format json', 'every finding on every change since a tag, for a machine'],
  ],
  async run(values, context) {
    const replay = await replayHistory(values, context);
    return { text: await inFormat('replay', replay, values, context), exitCode: replay.totals.judged === 0 ? 2 : 0 };
  },
};

/** Judges each change that was merged in a range of the history. */
export async function replayHistory(values: ReplayValues, context: CommandContext): Promise<Replay> {
  const { stopwatch } = context;
  const [input, { pastChanges, readHistory }] = await Promise.all([
    registryInput(values, context),
    import('./past-changes.ts'),
  ]);
  return withRepository(values.repo, context, async (repository) => {
    const history = await stopwatch.read(() => readHistory(values, repository, context));
    const newest = await repository.snapshot(history.to);
    const [{ blobs, pages }, { loadRegistry }, { Replayer }] = await Promise.all([
      stopwatch.read(() => loadBlobs(repository, [newest], { registry: input }, values, context)),
      import('../review/compare/load-registry.ts'),
      import('../review/replay/replay.ts'),
    ]);
    const registry = withGate(
      sound(loadRegistry(newest, blobs, input, pages.registries), values.range ?? 'HEAD'),
      values,
    );
    if (values.registry === undefined) context.note(`Every change is judged by the registry of ${history.name}.`);
    const replayer = new Replayer({ registry, blobs, cache: stopwatch.measured(pages), start: history.start });
    const { docs } = registry.registry.settings;
    let judged = 0;
    for await (const change of pastChanges(history, { repository, blobs, docs })) {
      stopwatch.judge(() => replayer.judge(change));
      judged += 1;
      context.progress.show(`judged ${grouped(judged)} of ${grouped(history.changes.length)} changes…`);
    }
    pages.save(context.now());
    return replayer.result();
  });
}

function sound(registry: LoadedRegistry, place: string): LoadedRegistry {
  if (registry.state === 'absent') throw noRegistry(place);
  const error = registry.mistakes.find(({ kind }) => kind === 'registry-invalid');
  if (registry.state === 'valid' || !error) return registry;
  throw new UsageFailure(
    `The registry is invalid, first at ${error.path}:${error.line}: ${error.message}`,
    'Repair it first; `signpost registry check` names all its mistakes.',
  );
}

function withGate(loaded: LoadedRegistry, { block, from }: ReplayValues): LoadedRegistry {
  const { settings } = loaded.registry;
  const gate = { block: block ?? settings.gate.block, from: from ?? settings.gate.from };
  return { ...loaded, registry: { ...loaded.registry, settings: { ...settings, gate } } };
}
