import { REGISTRY_FIELDS, type SCENARIO_FIELDS, type SETTINGS_FIELDS } from './fields.ts';
import { FileReading } from './file-reading.ts';
import { parseYaml } from './parse-yaml.ts';
import { readShape } from './read-shape.ts';
import type { Mistake, Position } from './registry.ts';
import type { Fields, Given, Shape } from './shapes.ts';
import { described, quoted } from './wording.ts';
import type { YamlMap, YamlNode, YamlProblem } from './yaml-tree.ts';

export interface RegistryFile {
  path: string;
  text: string;
}

/** A sound entry before defaults. */
export type GivenScenario = Given<typeof SCENARIO_FIELDS> & {
  id: string;
  title: string;
  place: Position;
  places: Record<string, Position>;
};

/** What one file says soundly, before defaults. */
export interface FileContent {
  settings: Given<typeof SETTINGS_FIELDS>;
  scenarios: GivenScenario[];
  mistakes: Mistake[];
  /** Where `docs` stands. */
  docsPlace?: Position;
  /** Whether it is YAML with a map, or nothing, at its root. */
  readable: boolean;
}

const SCENARIO_FILE_FIELDS = { version: REGISTRY_FIELDS.version, scenarios: REGISTRY_FIELDS.scenarios };

/**
 * Reads one file. `settingsHome` is the file that holds the settings where this one may not. `ids` are the
 * places of the ids used so far; this file's are added.
 */
export function readRegistryFile(
  file: RegistryFile,
  settingsHome: string | null,
  ids: Map<string, Position>,
): FileContent {
  // Editors do not count a byte order mark as a column.
  const text = file.text.replace(/^\uFEFF/, '');
  const reading = new FileReading(file.path, text, homes(settingsHome ?? file.path));
  const { root, problems, readable } = parseYaml(text);
  noteProblems(problems, reading);
  const map = root ? asMap(root, reading) : null;
  if (!map) return { settings: {}, scenarios: [], mistakes: reading.finish(), readable: reading.count === 0 };
  const fields: Fields = settingsHome ? SCENARIO_FILE_FIELDS : REGISTRY_FIELDS;
  const given = readShape(map, { type: 'map', fields }, '', reading) as Given<typeof REGISTRY_FIELDS>;
  noteRepeatedIds(map, ids, reading);
  const { version: _, scenarios = [], ...settings } = given;
  const docs = map.pairs.find(({ key }) => key === 'docs');
  return {
    settings,
    scenarios: firstOfEach(scenarios as GivenScenario[], ids),
    mistakes: reading.finish(),
    ...(docs && { docsPlace: reading.position(docs.start) }),
    readable,
  };
}

/** One problem for each line: the others there only follow from the first. */
function noteProblems(problems: readonly YamlProblem[], reading: FileReading): void {
  const lines = new Set<number>();
  for (const problem of problems) {
    const { line } = reading.position(problem.start);
    if (!lines.has(line)) reading.mistake(problem, problem.message, problem.advice);
    lines.add(line);
  }
}

function asMap(root: YamlNode, reading: FileReading): YamlMap | null {
  if (root.kind === 'map') return root;
  if (root.kind === 'scalar' && root.value === null) return null;
  const message = `the registry must be a map of keys and values, found ${described(root)}`;
  const advice = root.kind === 'list' ? 'Put the list under the key "scenarios".' : 'Begin with the key "scenarios".';
  reading.mistake(root, message, advice);
  return null;
}

/** Unsound entries count too: whoever corrects them should not meet the next mistake only then. */
function noteRepeatedIds(map: YamlMap, ids: Map<string, Position>, reading: FileReading): void {
  const list = map.pairs.find(({ key }) => key === 'scenarios')?.value;
  if (list?.kind !== 'list') return;
  for (const entry of list.items) {
    const id = entry.kind === 'map' ? entry.pairs.find(({ key }) => key === 'id')?.value : undefined;
    if (id?.kind !== 'scalar' || typeof id.value !== 'string') continue;
    const first = ids.get(id.value);
    if (first) noteRepeatedId(id.value, id, first, reading);
    else ids.set(id.value, reading.position(entry.start));
  }
}

function noteRepeatedId(id: string, node: YamlNode, first: Position, reading: FileReading): void {
  reading.scenario = id;
  const message = `the id ${quoted(id)} is taken: it stands first in ${first.path}:${first.line}`;
  reading.mistake(node, message, 'Give one of the two scenarios another id, or merge them.');
  reading.scenario = null;
}

function firstOfEach(scenarios: GivenScenario[], ids: ReadonlyMap<string, Position>): GivenScenario[] {
  const kept = new Set<string>();
  return scenarios.filter(({ id, place }) => {
    const first = ids.get(id);
    const isFirst = first?.path === place.path && first.line === place.line && first.column === place.column;
    if (!isFirst || kept.has(id)) return false;
    kept.add(id);
    return true;
  });
}

/** Where each known key belongs, for keys that stand in the wrong place. The outermost place wins. */
function homes(settingsFile: string): Map<string, string> {
  const found = new Map<string, string>();
  const { version, scenarios, ...settings } = REGISTRY_FIELDS;
  addHomes({ version, scenarios }, 'the top of the file', found);
  addHomes(settings, `the top of ${settingsFile}`, found);
  for (const [name, { shape }] of Object.entries({ scenarios, ...settings })) addInner(name, shape, found);
  return found;
}

function addHomes(fields: Fields, home: string, found: Map<string, string>): void {
  for (const name of Object.keys(fields)) if (!found.has(name)) found.set(name, home);
}

function addInner(name: string, shape: Shape, found: Map<string, string>): void {
  const inner = shape.type === 'list' ? shape.item : shape;
  if (inner.type !== 'map') return;
  addHomes(inner.fields, shape.type === 'list' ? `an entry of "${name}"` : `"${name}"`, found);
  for (const [field, { shape: nested }] of Object.entries(inner.fields)) addInner(field, nested, found);
}
