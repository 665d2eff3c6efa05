import { BLOCKS, type Block, GRAVITIES, type Gravity } from '../registry/registry.ts';
import { formatsOf, render } from '../report/formats.ts';
import { grouped } from '../report/words/sentence.ts';
import type { LoadedRegistry } from '../review/compare/load-registry.ts';
import type { Replay } from '../review/replay/replay.ts';
import type { Command, CommonValues, Occasion } from './command.ts';
import { REGISTRY_OPTIONS, type RegistryValues, registryInput } from './registry-option.ts';
import { remoteFacts } from './remote-facts.ts';
import { CACHE_OPTION, type CachedValues, loadBlobs, withRepository } from './repository.ts';
import { type Stopwatch, startStopwatch } from './stopwatch.ts';
import { noRegistry, UsageFailure } from './usage-failure.ts';

interface HistoryValues extends RegistryValues, CachedValues {
  since?: string;
  range?: string;
  block?: Block;
  from?: Gravity;
}

interface ReplayValues extends CommonValues, HistoryValues {}

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
    {
      flags: '--block <SCOPE>',
      description: "try another gate than the registry's own",
      choices: BLOCKS,
    },
    {
      flags: '--from <GRAVITY>',
      description: 'try another lowest gravity that blocks',
      choices: GRAVITIES,
    },
    CACHE_OPTION,
  ],
  formats: formatsOf('replay'),
  examples: [
    ['replay --since "6 months"', 'what the last half year would have been told'],
    ['replay --registry draft.yml --block touched', 'the same question to another registry and a stricter gate'],
    ['replay --format html --output replay.html', 'a page with every finding and a chart of coverage'],
    ['replay --range v1.0..HEAD --format json', 'every finding on every change since a tag, for a machine'],
  ],
  async run(values, occasion) {
    const stopwatch = startStopwatch();
    const replay = await replayHistory(values, occasion, stopwatch);
    const repository = values.format === 'html' ? await remoteFacts(values.repo, occasion) : null;
    const told = { ...occasion, milliseconds: stopwatch.milliseconds(), comment: {}, repository };
    const text = render('replay', values.format, replay, told) ?? '';
    return { text, exitCode: replay.totals.judged === 0 ? 2 : 0 };
  },
};

/** What the registry says of each change that was merged in a range of the history. */
export async function replayHistory(values: HistoryValues, occasion: Occasion, stopwatch: Stopwatch): Promise<Replay> {
  const [input, { pastChanges, readHistory }] = await Promise.all([
    registryInput(values, occasion),
    import('./past-changes.ts'),
  ]);
  return withRepository(values.repo, occasion, async (repository) => {
    const history = await stopwatch.read(() => readHistory(values, repository, occasion));
    const newest = await repository.snapshot(history.to);
    const [{ blobs, pages }, { loadRegistry }, { Replayer }] = await Promise.all([
      stopwatch.read(() => loadBlobs(repository, [newest], { registry: input }, values, occasion)),
      import('../review/compare/load-registry.ts'),
      import('../review/replay/replay-merges.ts'),
    ]);
    const registry = withGate(sound(loadRegistry(newest, blobs, input), values.range ?? 'HEAD'), values);
    if (values.registry === undefined) occasion.note(`Every change is judged by the registry of ${history.name}.`);
    const replayer = new Replayer({ registry, blobs, cache: stopwatch.measured(pages), start: history.start });
    const { docs } = registry.registry.settings;
    let judged = 0;
    for await (const change of pastChanges(history, { repository, blobs, docs })) {
      stopwatch.judge(() => replayer.judge(change));
      judged += 1;
      occasion.progress.show(`judged ${grouped(judged)} of ${grouped(history.changes.length)} changes…`);
    }
    pages.save(occasion.now());
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

function withGate(loaded: LoadedRegistry, { block, from }: HistoryValues): LoadedRegistry {
  const { settings } = loaded.registry;
  const gate = { block: block ?? settings.gate.block, from: from ?? settings.gate.from };
  return { ...loaded, registry: { ...loaded.registry, settings: { ...settings, gate } } };
}
