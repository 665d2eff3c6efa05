import { decodeBlob } from '../docs/decode-blob.ts';
import { compileGlob } from '../docs/glob.ts';
import type { Repository } from '../local-git/repository.ts';
import type { FoundCode } from '../registry/authoring/found-code.ts';
import {
  BadSourcePattern,
  parseSourcePattern,
  type SourcePattern,
  sourceCodes,
} from '../registry/authoring/source-codes.ts';
import type { Tree } from '../review/compare/snapshot.ts';
import { UsageFailure } from './usage-failure.ts';

/** How many files are read at a time, so that a large repository does not fill the memory. */
const AT_ONCE = 200;

/** Reads the value of `--codes`. @throws {UsageFailure} */
export function sourcePattern(typed: string): SourcePattern {
  try {
    return parseSourcePattern(typed);
  } catch (error) {
    if (error instanceof BadSourcePattern) throw new UsageFailure(`--codes: ${error.message}.`, error.advice);
    throw error;
  }
}

/**
 * Finds the codes in those files of a tree that the pattern's glob matches.
 * @throws {UsageFailure} if no file matches the glob, or nothing in the files matches the pattern
 */
export function codesInTree(source: SourcePattern, tree: Tree, repository: Pick<Repository, 'readNow'>): FoundCode[] {
  const { glob, pattern } = source;
  const matches = compileGlob(glob);
  const files = [...tree].filter(([path, { mode }]) => mode.startsWith('100') && matches(path));
  if (files.length === 0) {
    const message = `--codes: no file of the work tree matches "${glob}".`;
    throw new UsageFailure(message, 'Write the glob from the top of the repository.');
  }
  const codes = sourceCodes(textsOf(files, repository), source);
  if (codes.length > 0) return codes;
  const where = `${files.length.toLocaleString('en')} ${files.length === 1 ? 'file' : 'files'}`;
  const message = `--codes: nothing matches "${pattern}" in ${where} of "${glob}".`;
  throw new UsageFailure(message, 'Try the pattern on one line.');
}

function* textsOf(
  files: readonly (readonly [path: string, { blob: string }])[],
  repository: Pick<Repository, 'readNow'>,
): Generator<{ path: string; text: string }> {
  for (let start = 0; start < files.length; start += AT_ONCE) {
    const piece = files.slice(start, start + AT_ONCE);
    const read = new Map<string, string>();
    repository.readNow([...new Set(piece.map(([, { blob }]) => blob))], (blob, bytes) => {
      const decoded = bytes === 'too large' ? null : decodeBlob(bytes);
      if (decoded && 'text' in decoded) read.set(blob, decoded.text);
    });
    for (const [path, { blob }] of piece) if (read.has(blob)) yield { path, text: read.get(blob)! };
  }
}
