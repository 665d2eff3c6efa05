import { formatsOf } from '../report/formats.ts';
import type { Explanation } from '../review/explain-scenario.ts';
import type { Command, CommonValues } from './command.ts';
import type { CommandContext } from './command-context.ts';
import { inFormat } from './outcome.ts';
import { REGISTRY_OPTIONS, type RegistryValues, registryInput } from './registry-options.ts';
import { CACHE_OPTION, type CachedValues, readRevision } from './repository.ts';
import { noRegistry, unknownScenario } from './usage-failure.ts';

interface ExplainValues extends CommonValues, RegistryValues, CachedValues {
  id: string;
  rev: string;
}

export const EXPLAIN: Command<ExplainValues> = {
  name: 'explain',
  argument: { name: 'ID', description: 'the id of a scenario' },
  summary: 'show why a failure counts as covered, partial or missing',
  description:
    'Shows every section that speaks of a scenario, with the words that matched and what is lacking, the sections that come near, and the smallest change that would cover it.',
  options: [
    { flags: '--rev <REV>', description: 'the commit; WORKTREE for uncommitted work', default: 'HEAD' },
    ...REGISTRY_OPTIONS,
    CACHE_OPTION,
  ],
  formats: formatsOf('explain'),
  examples: [
    ['explain blank-tokens', 'at HEAD'],
    ['explain blank-tokens --rev WORKTREE', 'while you write: has the section everything by now?'],
  ],
  async run(values, context) {
    const explanation = await explain(values, context);
    return { text: await inFormat('explain', explanation, values, context), exitCode: 0 };
  },
};

async function explain(values: ExplainValues, context: CommandContext): Promise<Explanation> {
  const input = await registryInput(values, context);
  const [{ snapshot, blobs, pages }, { loadRegistry }, { readSite }, { explainScenario }] = await Promise.all([
    readRevision(values, () => values.rev, input, context),
    import('../review/compare/load-registry.ts'),
    import('../review/compare/read-sites.ts'),
    import('../review/explain-scenario.ts'),
  ]);
  const { state, registry, source } = loadRegistry(snapshot, blobs, input, pages.registries);
  if (state === 'absent') throw noRegistry(values.rev);
  const scenario = registry.scenarios.find(({ id }) => id === values.id);
  const ids = registry.scenarios.map(({ id }) => id);
  if (!scenario) throw unknownScenario(values.id, ids, source);
  context.progress.announce('judging the docs…');
  const { tree, site, roots } = readSite(snapshot, blobs, registry.settings.docs, pages);
  const explanation = explainScenario(
    {
      head: { tree, site, blobs, before: null },
      roots,
      registry: { ...registry, scenarios: [scenario] },
      options: { today: context.today, waived: new Set<string>() },
      cache: pages,
    },
    scenario,
  );
  pages.save(context.now());
  return explanation;
}
