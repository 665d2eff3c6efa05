import { WORKTREE } from '../local-git/repository.ts';
import { draftCode, type ToldFailure } from '../registry/authoring/import/draft-failure.ts';
import { ImportMistake } from '../registry/authoring/import/import-mistake.ts';
import { intoRegistry } from '../registry/authoring/import/into-registry.ts';
import {
  formatOf,
  IMPORT_FORMATS,
  type ImportFormat,
  readFailures,
} from '../registry/authoring/import/read-failures.ts';
import type { SourcePattern } from '../registry/authoring/source-codes.ts';
import type { RegistryAdditions } from '../review/review.ts';
import { judgeChange } from './change-registry.ts';
import type { Occasion } from './command.ts';
import { readInput } from './read-input.ts';
import type { ImportValues } from './registry-import.ts';
import { type RegistryTarget, registryTarget, writeTarget } from './registry-target.ts';
import { withRepository } from './repository.ts';
import { codesInTree, sourcePattern } from './source-codes.ts';
import { UsageFailure } from './usage-failure.ts';

/**
 * Takes the failures of a file, or of sources, into the registry and says what the docs have on them.
 * @throws {UsageFailure}
 */
export async function importFailures(values: ImportValues, occasion: Occasion): Promise<RegistryAdditions> {
  const patterns = (values.codes ?? []).map(sourcePattern);
  if (values.input === undefined && patterns.length === 0) {
    throw new UsageFailure('There is nothing to import.', "Name a file, or sources with --codes 'GLOB:PATTERN'.");
  }
  const target = await registryTarget(values, occasion);
  const registry = target.parsed.registry!;
  const failures = [
    ...(values.input === undefined ? [] : await failuresOf(values.input, target, values, occasion)),
    ...(await sourceFailures(patterns, values, occasion)),
  ];
  const { text, entries } = intoRegistry({ ...target, registry }, failures, values.update ?? false);
  const judged = entries.map((entry) => ({ ...entry, coverage: null }));
  const change = await judgeChange(target, text, judged, values, occasion);
  if (change.unwritten === null && text !== target.text) await writeTarget(target, text);
  return change;
}

async function failuresOf(
  typed: string,
  { parsed }: RegistryTarget,
  values: ImportValues,
  occasion: Occasion,
): Promise<ToldFailure[]> {
  const least = leastOf(values.least ?? '1');
  const { path, text } = await readInput(typed, occasion);
  occasion.progress.announce(`reading ${path}…`);
  const format = formatOfInput(values.from, path, text);
  const privateNames = parsed.registry!.settings.private;
  try {
    return readFailures(path, text, format, { map: values.map ?? [], least, privateNames });
  } catch (error) {
    if (!(error instanceof ImportMistake)) throw error;
    const place = error.line === null ? path : `${path}:${error.line}`;
    throw new UsageFailure(`${place}: ${error.message}.`, error.advice);
  }
}

function leastOf(typed: string): number {
  if (/^\d{1,6}$/.test(typed)) return Number(typed);
  throw new UsageFailure(`--least takes a number, found "${typed}".`, 'Write it in digits.');
}

function formatOfInput(from: string | undefined, path: string, text: string): ImportFormat {
  const named = IMPORT_FORMATS.find((format) => format === from) ?? formatOf(path, text);
  if (named !== null) return named;
  throw new UsageFailure(`${path} does not tell what it is.`, `Say it with --from: ${IMPORT_FORMATS.join(', ')}.`);
}

async function sourceFailures(
  patterns: readonly SourcePattern[],
  values: ImportValues,
  occasion: Occasion,
): Promise<ToldFailure[]> {
  if (patterns.length === 0) return [];
  return withRepository(values.repo, occasion, async (repository) => {
    const { tree } = await repository.snapshot(WORKTREE);
    return patterns.flatMap((pattern) => codesInTree(pattern, tree, repository).map(draftCode));
  });
}
