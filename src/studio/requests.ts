import { Refused } from './doorkeeper.ts';
import type { AnchorsRequest, CheckRequest, SaveRequest, TryRequest } from './protocol.ts';

/** What came as JSON, as what it has to be. @throws {Refused} */

export function checkRequest(body: unknown): CheckRequest {
  const { files, focus } = objectOf(body);
  if (!Array.isArray(files)) throw wrong();
  return { files: files.map(fileOf), focus: focus === null ? null : textOf(focus) };
}

export function tryRequest(body: unknown): TryRequest {
  const { words, place } = objectOf(body);
  if (place !== 'label' && place !== 'sentence' && place !== 'row') throw wrong();
  return { words: textOf(words), place };
}

export function saveRequest(body: unknown): SaveRequest {
  const { path, text, version } = objectOf(body);
  return { ...fileOf({ path, text }), version: version === null ? null : textOf(version) };
}

export function anchorsRequest(body: unknown): AnchorsRequest {
  return { route: textOf(objectOf(body).route) };
}

function fileOf(value: unknown): { path: string; text: string } {
  const { path, text } = objectOf(value);
  return { path: textOf(path), text: textOf(text) };
}

function objectOf(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw wrong();
  return value as Record<string, unknown>;
}

function textOf(value: unknown): string {
  if (typeof value !== 'string') throw wrong();
  return value;
}

function wrong(): Refused {
  return new Refused(400, 'This is not what is asked here.');
}
