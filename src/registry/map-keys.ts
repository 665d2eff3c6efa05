import type { FileReading } from './file-reading.ts';
import type { Fields, MapShape } from './shapes.ts';
import { suggest } from './suggest.ts';
import { quoted } from './wording.ts';
import type { YamlMap, YamlPair } from './yaml-tree.ts';

/** The keys of one map: where they stand first, and which fields the unknown ones were meant to be. */
export class MapKeys {
  private readonly seen = new Map<string, number>();
  private readonly meant = new Set<string>();

  /** Whether a field stands there or was meant to: what was misspelt is not missing. */
  has(name: string): boolean {
    return this.seen.has(name) || this.meant.has(name);
  }

  /** The pair's key if it is text that stands here for the first time; else a mistake is noted. */
  take(pair: YamlPair, reading: FileReading): string | null {
    const { key } = pair;
    if (key === null) {
      reading.mistake(pair, 'a key must be text', 'Put the key in quotes.');
      return null;
    }
    const first = this.seen.get(key);
    if (first === undefined) {
      this.seen.set(key, pair.start);
      return key;
    }
    const { line } = reading.position(first);
    reading.mistake(pair, `the key ${quoted(key)} stands twice; first on line ${line}`, 'Remove one of them.');
    return null;
  }

  /** The same for a key that must be one of the fields. */
  takeField(pair: YamlPair, fields: Fields, reading: FileReading): string | null {
    const key = this.take(pair, reading);
    if (key === null || Object.hasOwn(fields, key)) return key;
    const { message, advice, meant } = unknownKey(key, Object.keys(fields), reading.homes);
    if (meant) this.meant.add(meant);
    reading.mistake(pair, message, advice);
    return null;
  }
}

function unknownKey(key: string, known: readonly string[], homes: ReadonlyMap<string, string>) {
  const home = homes.get(key);
  const meant = home ? null : suggest(key, known);
  const message = `unknown key ${quoted(key)}`;
  if (key === '<<') return { message: `${message}: YAML 1.2 has no merge keys`, advice: 'Write the keys out.', meant };
  if (home) return { message: `${message} here; it belongs to ${home}`, advice: `Move it to ${home}.`, meant };
  if (meant) return { message: `${message}; did you mean "${meant}"?`, advice: `Write "${meant}".`, meant };
  return { message, advice: `The keys known here are ${known.join(', ')}.`, meant };
}

/** Notes the required fields that do not stand there, at the start of the map. */
export function noteMissing(
  node: YamlMap,
  shape: MapShape,
  keys: MapKeys,
  given: Readonly<Record<string, unknown>>,
  reading: FileReading,
): void {
  const start = { start: node.start, end: node.start };
  for (const [name, field] of Object.entries(shape.fields)) {
    if (field.required && !keys.has(name)) {
      reading.mistake(start, `"${name}" is missing`, `Add it: ${field.description}`);
    }
  }
  const isEmpty = (name: string) => !keys.has(name) || (given[name] as unknown[] | undefined)?.length === 0;
  if (shape.oneOf?.every(isEmpty)) {
    const names = shape.oneOf.map((name) => `"${name}"`).join(' or ');
    reading.mistake(start, `${names} is missing: nothing says how the docs may name it`, `Add ${names}.`);
  }
}
