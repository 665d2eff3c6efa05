import { described, type FileReading, labelOf, quoted } from './file-reading.ts';
import { pairOf, type YamlMap, type YamlNode, type YamlPair } from './parse-yaml.ts';
import type { Fields, ListShape, MapShape, Shape } from './shapes.ts';
import { suggest } from './suggest.ts';
import { FORMATS, fits, type TextFormat } from './text-formats.ts';

/**
 * The value of a node if it has the shape; undefined, and a mistake noted, if it has not. Lists come without
 * their unsound items and maps without their unsound fields. `path` names the field: `links.0`, `waive.until`.
 */
export function readShape(node: YamlNode, shape: Shape, path: string, reading: FileReading): unknown {
  switch (shape.type) {
    case 'text':
      return readText(node, shape.format, path, reading);
    case 'choice':
      return readChoice(node, shape.of, path, reading);
    case 'list':
      return readList(node, shape, path, reading);
    case 'map':
      return readMap(node, shape, path, reading);
    case 'dictionary':
      return readDictionary(node, shape.format, path, reading);
    default:
      return readLiteral(node, shape.type, path, reading);
  }
}

/** The text of a node in its normal form. */
function readText(node: YamlNode, format: TextFormat, path: string, reading: FileReading): string | undefined {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') {
    const message = `${labelOf(path)} must be text, found ${described(node)}`;
    return reading.mistake(node, message, adviceForText(node, reading));
  }
  if (fits(node.value, format)) return format.normalise ? format.normalise(node.value) : node.value.trim();
  return reading.mistake(node, `${labelOf(path)} must be ${format.expected}, found ${described(node)}`, format.advice);
}

function adviceForText(node: YamlNode, reading: FileReading): string {
  if (node.kind === 'list') return 'Write one text without brackets and without "- ".';
  if (node.kind === 'map') return 'A text that holds ": " must stand in quotes.';
  if (node.value === null) return 'Give it a value or remove it.';
  const source = reading.source(node);
  return source ? `Put it in quotes: "${source}".` : 'Put it in quotes.';
}

function readChoice(node: YamlNode, choices: readonly string[], path: string, reading: FileReading) {
  const value = node.kind === 'scalar' && typeof node.value === 'string' ? node.value : '';
  if (choices.includes(value)) return value;
  const meant = suggest(value, choices);
  const hint = meant ? `; did you mean ${quoted(meant)}?` : '';
  const message = `${labelOf(path)} must be one of ${choices.join(', ')}; found ${described(node)}${hint}`;
  return reading.mistake(node, message, meant ? `Write ${meant}.` : `Write one of ${choices.join(', ')}.`);
}

const LITERALS = {
  version: { accepts: (value: unknown) => value === 1, expected: '1', advice: 'Write version: 1.' },
  count: {
    accepts: (value: unknown) => Number.isInteger(value) && (value as number) >= 0,
    expected: 'a whole number, 0 or more',
    advice: 'Write a number such as 3, without quotes.',
  },
  flag: {
    accepts: (value: unknown) => typeof value === 'boolean',
    expected: 'true or false',
    advice: 'Write true or false; in YAML 1.2 yes, no, on and off are text.',
  },
} as const;

/** The number or flag of a node. */
function readLiteral(node: YamlNode, type: keyof typeof LITERALS, path: string, reading: FileReading): unknown {
  const { accepts, expected, advice } = LITERALS[type];
  if (node.kind === 'scalar' && accepts(node.value)) return node.value;
  return reading.mistake(node, `${labelOf(path)} must be ${expected}, found ${described(node)}`, advice);
}

function readList(node: YamlNode, shape: ListShape, path: string, reading: FileReading): unknown[] | undefined {
  if (node.kind === 'scalar' && node.value === null) return [];
  const items = node.kind === 'list' ? node.items : shape.lone && node.kind === 'map' ? [node] : null;
  if (!items) return reading.mistake(node, ...notAList(node, path, reading));
  const values = items.flatMap((item, index) => {
    const before = reading.count;
    const inner = `${path}.${index}`;
    reading.note(inner, item);
    const value = readShape(item, shape.item, inner, reading);
    return reading.count === before ? [value] : [];
  });
  return items.length > 0 && values.length === 0 ? undefined : values;
}

function notAList(node: YamlNode, path: string, reading: FileReading): [message: string, advice: string] {
  const message = `${labelOf(path)} must be a list, found ${described(node)}`;
  const source = node.kind === 'scalar' ? reading.source(node) : null;
  if (!source || source.includes('\n')) return [message, 'Write "- " before each item.'];
  const item = /^(?:[^,[\]{}"'#:]*|"[^"]*"|'[^']*')$/.test(source) ? source : JSON.stringify(source);
  return [`${message}; write [${item}]`, `Write [${item}].`];
}

/** Reads a map whose keys are free. */
function readDictionary(node: YamlNode, format: TextFormat, path: string, reading: FileReading): unknown {
  if (node.kind !== 'map') {
    const message = `${labelOf(path)} must be a map of texts, found ${described(node)}`;
    return reading.mistake(node, message, 'Write one key and one text on each line.');
  }
  const keys = new MapKeys(reading);
  const entries = node.pairs.flatMap((pair) => {
    const key = keys.take(pair);
    const value = readText(pair.value, format, `${path}.*`, reading);
    return key === undefined || value === undefined ? [] : [[key, value]];
  });
  // Defines own properties, so that "__proto__" is a key like any other.
  return Object.fromEntries(entries);
}

function readMap(node: YamlNode, shape: MapShape, path: string, reading: FileReading): unknown {
  if (node.kind === 'map')
    return shape.placed ? readPlaced(node, shape, reading) : readFields(node, shape, path, reading);
  const names = Object.keys(shape.fields).slice(0, 3).join(', ');
  const message = `${labelOf(path)} must be a map of keys and values, found ${described(node)}`;
  return reading.mistake(node, message, `Give it keys such as ${names}.`);
}

/** Reads an entry and notes where it and its fields stand. */
function readPlaced(node: YamlMap, shape: MapShape, reading: FileReading): unknown {
  const places = {};
  reading.places = places;
  reading.scenario = idOf(node);
  const value = Object.assign(readFields(node, shape, '', reading), { place: reading.position(node.start), places });
  reading.places = null;
  reading.scenario = null;
  return value;
}

function idOf(node: YamlMap): string | null {
  const value = pairOf(node, 'id')?.value;
  const isId = value?.kind === 'scalar' && typeof value.value === 'string' && fits(value.value, FORMATS.id);
  return isId ? (value.value as string) : null;
}

function readFields(node: YamlMap, shape: MapShape, path: string, reading: FileReading): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  const keys = new MapKeys(reading);
  for (const pair of node.pairs) {
    const name = keys.takeField(pair, shape.fields);
    if (name === undefined) continue;
    const inner = path ? `${path}.${name}` : name;
    reading.note(inner, pair);
    const value = readShape(pair.value, shape.fields[name]!.shape, inner, reading);
    if (value !== undefined) given[name] = value;
  }
  noteMissing(node, shape, keys, given, reading);
  return given;
}

/** Notes mistakes for required fields that are missing, at the start of the map. */
function noteMissing(
  { start }: YamlMap,
  { fields, oneOf }: MapShape,
  keys: MapKeys,
  given: Readonly<Record<string, unknown>>,
  reading: FileReading,
): void {
  const place = { start, end: start };
  for (const [name, { required, description }] of Object.entries(fields)) {
    if (required && !keys.has(name)) reading.mistake(place, `"${name}" is missing`, `Add it: ${description}`);
  }
  const isEmpty = (name: string) => !keys.has(name) || (given[name] as unknown[] | undefined)?.length === 0;
  if (oneOf?.every(isEmpty)) {
    const names = oneOf.map((name) => `"${name}"`).join(' or ');
    reading.mistake(place, `${names} is missing: nothing says how the docs may name it`, `Add ${names}.`);
  }
}

/** The keys of one map: where each stands first, and the fields that misspelt keys stand for. */
class MapKeys {
  private readonly reading: FileReading;
  private readonly seen = new Map<string, number>();
  private readonly meant = new Set<string>();

  constructor(reading: FileReading) {
    this.reading = reading;
  }

  /** Whether a field stands there, perhaps misspelt: then it is not missing. */
  has(name: string): boolean {
    return this.seen.has(name) || this.meant.has(name);
  }

  /** The key of a pair if it is text and new; else notes a mistake and returns undefined. */
  take(pair: YamlPair): string | undefined {
    const { key, start } = pair;
    if (key === null) return this.reading.mistake(pair, 'a key must be text', 'Put the key in quotes.');
    const first = this.seen.get(key);
    if (first !== undefined) {
      const { line } = this.reading.position(first);
      const message = `the key ${quoted(key)} stands twice; first on line ${line}`;
      return this.reading.mistake(pair, message, 'Remove one of them.');
    }
    this.seen.set(key, start);
    return key;
  }

  /** Does the same for a key that must be one of the fields. */
  takeField(pair: YamlPair, fields: Fields): string | undefined {
    const key = this.take(pair);
    if (key === undefined || Object.hasOwn(fields, key)) return key;
    const known = Object.keys(fields);
    const home = this.reading.homes.get(key);
    const meant = home ? null : suggest(key, known);
    if (meant) this.meant.add(meant);
    return this.reading.mistake(pair, ...unknownKey(key, known, home, meant));
  }
}

function unknownKey(
  key: string,
  known: readonly string[],
  home: string | undefined,
  meant: string | null,
): [message: string, advice: string] {
  const message = `unknown key ${quoted(key)}`;
  if (key === '<<') return [`${message}: YAML 1.2 has no merge keys`, 'Write the keys out.'];
  if (home) return [`${message} here; it belongs to ${home}`, `Move it to ${home}.`];
  if (meant) return [`${message}; did you mean "${meant}"?`, `Write "${meant}".`];
  return [message, `The keys known here are ${known.join(', ')}.`];
}
