import { compileGlob } from '../docs/glob.ts';
import { WORKTREE } from '../local-git/repository.ts';
import { draftCode, type ToldFailure } from '../registry/import/draft-failure.ts';
import { ImportMistake } from '../registry/import/import-mistake.ts';
import { intoRegistry } from '../registry/import/into-registry.ts';
import { formatOf, IMPORT_FORMATS, type ImportFormat, readFailures } from '../registry/import/read-failures.ts';
import { BadSourcePattern, parseSourcePattern, type SourcePattern, sourceCodes } from '../registry/source-codes.ts';
import type { RegistryAdditions } from '../review/registry-additions.ts';
import { judgeChange } from './change-registry.ts';
import type { Occasion } from './command.ts';
import { readInput } from './read-input.ts';
import type { ImportValues } from './registry-import.ts';
import { type RegistryTarget, registryTarget, writeTarget } from './registry-target.ts';
import { withRepository } from './repository.ts';
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

function sourcePattern(typed: string): SourcePattern {
  try {
    return parseSourcePattern(typed);
  } catch (error) {
    if (error instanceof BadSourcePattern) throw new UsageFailure(`--codes: ${error.message}.`, error.advice);
    throw error;
  }
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

/** Files of the work tree, read in pieces so that a large repository does not fill the memory. */
async function sourceFailures(
  patterns: readonly SourcePattern[],
  values: ImportValues,
  occasion: Occasion,
): Promise<ToldFailure[]> {
  if (patterns.length === 0) return [];
  return withRepository(values.repo, occasion, async (repository) => {
    const { tree } = await repository.snapshot(WORKTREE);
    const { decodeBlob } = await import('../docs/decode-blob.ts');
    return patterns.flatMap((pattern) => {
      const matches = compileGlob(pattern.glob);
      const paths = [...tree].filter(([path, { mode }]) => mode.startsWith('100') && matches(path));
      if (paths.length === 0) throw noFiles(pattern);
      const codes = sourceCodes(texts(paths), pattern);
      if (codes.length === 0) throw noCodes(pattern, paths.length);
      return codes.map(draftCode);
    });

    function* texts(
      paths: readonly (readonly [string, { blob: string }])[],
    ): Generator<{ path: string; text: string }> {
      for (let start = 0; start < paths.length; start += AT_ONCE) {
        const piece = paths.slice(start, start + AT_ONCE);
        const read = new Map<string, string>();
        repository.readNow([...new Set(piece.map(([, { blob }]) => blob))], (blob, bytes) => {
          const decoded = bytes === 'too large' ? null : decodeBlob(bytes);
          if (decoded && 'text' in decoded) read.set(blob, decoded.text);
        });
        for (const [path, { blob }] of piece) if (read.has(blob)) yield { path, text: read.get(blob)! };
      }
    }
  });
}

const AT_ONCE = 200;

function noFiles({ glob }: SourcePattern): UsageFailure {
  return new UsageFailure(
    `--codes: no file of the work tree matches "${glob}".`,
    'Write the glob from the top of the repository.',
  );
}

function noCodes({ glob, pattern }: SourcePattern, files: number): UsageFailure {
  const where = `${files.toLocaleString('en')} ${files === 1 ? 'file' : 'files'}`;
  return new UsageFailure(
    `--codes: nothing matches "${pattern}" in ${where} of "${glob}".`,
    'Try the pattern on one line.',
  );
}
