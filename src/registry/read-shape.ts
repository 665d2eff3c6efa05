import type { FileReading } from './file-reading.ts';
import { MapKeys, noteMissing } from './map-keys.ts';
import { readChoice, readLiteral, readText } from './read-scalar.ts';
import type { ListShape, MapShape, Shape } from './shapes.ts';
import { FORMATS, type TextFormat } from './text-formats.ts';
import { described, labelOf } from './wording.ts';
import type { YamlMap, YamlNode } from './yaml-tree.ts';

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

function readList(node: YamlNode, shape: ListShape, path: string, reading: FileReading): unknown[] | undefined {
  if (node.kind === 'scalar' && node.value === null) return [];
  const items = node.kind === 'list' ? node.items : shape.lone && node.kind === 'map' ? [node] : null;
  if (!items) {
    reading.mistake(node, ...notAList(node, path, reading));
    return undefined;
  }
  const values: unknown[] = [];
  items.forEach((item, index) => {
    const before = reading.count;
    const inner = `${path}.${index}`;
    if (reading.places) reading.places[inner] = reading.position(item.start);
    const value = readShape(item, shape.item, inner, reading);
    if (reading.count === before) values.push(value);
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

/** A map whose keys are free. */
function readDictionary(node: YamlNode, format: TextFormat, path: string, reading: FileReading): unknown {
  if (node.kind !== 'map') {
    const advice = 'Write one key and one text on each line.';
    reading.mistake(node, `${labelOf(path)} must be a map of texts, found ${described(node)}`, advice);
    return undefined;
  }
  const keys = new MapKeys();
  const entries = node.pairs.flatMap((pair) => {
    const key = keys.take(pair, reading);
    const value = readText(pair.value, format, `${path}.*`, reading);
    return key === null || value === undefined ? [] : [[key, value]];
  });
  // Defines own properties, so that "__proto__" is a key like any other.
  return Object.fromEntries(entries);
}

function readMap(node: YamlNode, shape: MapShape, path: string, reading: FileReading): unknown {
  if (node.kind !== 'map') {
    const names = Object.keys(shape.fields).slice(0, 3).join(', ');
    const message = `${labelOf(path)} must be a map of keys and values, found ${described(node)}`;
    reading.mistake(node, message, `Give it keys such as ${names}.`);
    return undefined;
  }
  return shape.placed ? readPlaced(node, shape, reading) : readFields(node, shape, path, reading);
}

/** An entry that knows where it and its fields stand. */
function readPlaced(node: YamlMap, shape: MapShape, reading: FileReading): unknown {
  const places = {};
  reading.places = places;
  reading.scenario = idOf(node);
  const value = Object.assign(readFields(node, shape, '', reading), { place: reading.position(node.start), places });
  reading.places = null;
  reading.scenario = null;
  return value;
}

const ID = new RegExp(FORMATS.id.pattern);

function idOf(node: YamlMap): string | null {
  const value = node.pairs.find(({ key }) => key === 'id')?.value;
  return value?.kind === 'scalar' && typeof value.value === 'string' && ID.test(value.value) ? value.value : null;
}

function readFields(node: YamlMap, shape: MapShape, path: string, reading: FileReading): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  const keys = new MapKeys();
  for (const pair of node.pairs) {
    const name = keys.takeField(pair, shape.fields, reading);
    if (name === null) continue;
    const inner = path ? `${path}.${name}` : name;
    if (reading.places) reading.places[inner] = reading.position(pair.start);
    const value = readShape(pair.value, shape.fields[name]!.shape, inner, reading);
    if (value !== undefined) given[name] = value;
  }
  noteMissing(node, shape, keys, given, reading);
  return given;
}
