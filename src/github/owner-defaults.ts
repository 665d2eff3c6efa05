import { decodeBlob } from '../docs/decode-blob.ts';
import { parseRegistry, type RegistryFile } from '../registry/parse-registry.ts';
import { statusOf } from './failure.ts';
import type { GitHubContext } from './github-context.ts';
import type { Memory, OwnerFile } from './memory.ts';
import type { Repository } from './repository.ts';

/** Where an owner keeps what counts in all repositories. */
export const OWNER_REPOSITORY = '.github';
export const OWNER_FILE = 'signpost.yml';

/** Milliseconds for which the owner's registry is not asked for again. */
const FRESH = 5 * 60 * 1_000;

/**
 * The registry in the owner's `.github` repository, whose settings are defaults; null where there is none, or where
 * Signpost may not read it. Asked for again after five minutes, at no cost while it stays the same.
 */
export async function readOwnerDefaults({ owner }: Repository, context: GitHubContext): Promise<RegistryFile | null> {
  const { memory, now } = context;
  const known = memory.owners.get(owner);
  if (known && now() - known.at < FRESH) return known.value.file;
  const value = await ask(owner, known?.value ?? null, context);
  memory.owners.set(owner, { value, at: now() });
  return value.file;
}

/**
 * Has the owner's registry read again the next time, because it has changed.
 * @returns whether it held scenarios so far; also true where that is not known
 */
export function askAfresh({ owner }: Repository, { owners }: Memory): boolean {
  const known = owners.get(owner);
  if (!known) return true;
  owners.set(owner, { ...known, at: Number.NEGATIVE_INFINITY });
  return holdsScenarios(known.value.file);
}

/** Has the owner's registry read again the next time, unless it was read after it changed. */
export function askAfreshSince({ owner }: Repository, changed: number, { owners }: Memory): void {
  const known = owners.get(owner);
  if (known && known.at <= changed) owners.set(owner, { ...known, at: Number.NEGATIVE_INFINITY });
}

/** Whether the owner's registry holds scenarios, which count also in repositories without a registry. */
export function holdsScenarios(defaults: RegistryFile | null): boolean {
  return (parseRegistry([], { defaults }).registry?.scenarios.length ?? 0) > 0;
}

async function ask(owner: string, known: OwnerFile | null, { github }: GitHubContext): Promise<OwnerFile> {
  const headers = known?.etag ? { 'if-none-match': known.etag } : {};
  try {
    const asked = { owner, repo: OWNER_REPOSITORY, path: OWNER_FILE, headers };
    const answer = await github.read.rest.repos.getContent(asked);
    return { file: fileOf(owner, answer.data), etag: answer.headers.etag ?? null };
  } catch (error) {
    const status = statusOf(error);
    if (status === 304 && known) return known;
    if (status === 404 || status === 403) return { file: null, etag: null };
    throw error;
  }
}

/** A file that is no text counts as unreadable YAML, which the registry then tells. */
function fileOf(owner: string, data: unknown): RegistryFile | null {
  const { type, content, encoding } = data as { type?: string; content?: string; encoding?: string };
  if (type !== 'file' || content === undefined) return null;
  const path = `${owner}/${OWNER_REPOSITORY}/${OWNER_FILE}`;
  const blob = encoding === 'base64' ? decodeBlob(Buffer.from(content, 'base64')) : { unreadable: 'too large' };
  return 'text' in blob ? { path, text: blob.text } : { path, text: `"${blob.unreadable}"` };
}
