import { WORKTREE } from '../local-git/repository.ts';
import type { ChangedEntry, RegistryAdditions } from '../review/review.ts';
import type { Occasion } from './command.ts';
import { type RegistryTarget, withText } from './registry-target.ts';
import { type CachedValues, readRevision } from './repository.ts';
import type { TargetValues } from './target-option.ts';

/**
 * What a new text of a registry file comes to: what can be said against its new entries, and what the work tree's docs
 * say of them. It is not to be written if an entry has an error, nor in a dry run.
 */
export async function judgeChange(
  target: RegistryTarget,
  after: string,
  entries: readonly ChangedEntry[],
  values: TargetValues & CachedValues,
  occasion: Occasion,
): Promise<RegistryAdditions> {
  const { name: path, isNew, text: before } = target;
  const files = withText(target, after);
  const [{ pages, ...at }, { checkRegistry }] = await Promise.all([
    readRevision(values, () => WORKTREE, { files, defaults: null }, occasion),
    import('../review/check-registry.ts'),
  ]);
  occasion.progress.announce('judging the docs…');
  const checked = checkRegistry({ ...at, registry: { files, defaults: null }, today: occasion.today, cache: pages });
  pages.save(occasion.now());
  const changed = new Set(entries.flatMap(({ action, id }) => (action === 'skipped' || id === null ? [] : [id])));
  const mistakes = checked.mistakes.filter(({ scenario }) => scenario !== null && changed.has(scenario));
  const invalid = mistakes.some(({ severity }) => severity === 'error');
  const unwritten = invalid ? 'invalid' : values.dryRun ? 'dry-run' : null;
  return {
    path,
    isNew,
    before,
    after,
    unwritten,
    entries: entries.map((entry) => ({ ...entry, coverage: checked.coverage.get(entry.id ?? '') ?? null })),
    mistakes,
  };
}
