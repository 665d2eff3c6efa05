import { REGISTRY_FIELDS, SCENARIO_FIELDS, SETTINGS_FIELDS } from './fields.ts';
import { described, FileReading, quoted } from './file-reading.ts';
import { pairOf, parseYaml, type YamlMap, type YamlNode, type YamlProblem } from './parse-yaml.ts';
import { readShape } from './read-shape.ts';
import type { Gravity, Impact, Mistake, Position, Registry, Scenario, Settings } from './registry.ts';
import { holdsScenariosOnly } from './registry-files.ts';
import { type Fields, type Given, type ValuesOf, withDefaults } from './shapes.ts';

export interface RegistryFile {
  path: string;
  text: string;
}

/** Plain data, so that it comes back from JSON as it was. */
export interface ParsedRegistry {
  /** The sound part of all files; null where there is no file at all. */
  registry: Registry | null;
  /** In file order, then by place. */
  mistakes: Mistake[];
}

/** A sound entry before defaults. */
type GivenScenario = Given<ValuesOf<typeof SCENARIO_FIELDS>> & Pick<Scenario, 'id' | 'title' | 'place' | 'places'>;

/** The sound part of one file, before defaults. */
interface FileContent {
  settings: Given<Settings>;
  scenarios: GivenScenario[];
  mistakes: Mistake[];
  /** Where `docs` stands. */
  docsPlace?: Position;
  /** Whether it is YAML with a map, or nothing, at its root. */
  readable: boolean;
}

/**
 * Reads a repository's registry files, settings file first, and the owner's defaults. Entries with a mistake
 * are left out. Mistakes in the defaults are warnings, and unreadable defaults count as absent.
 */
export function parseRegistry(
  files: readonly RegistryFile[],
  options: { defaults?: RegistryFile | null } = {},
): ParsedRegistry {
  const defaults = options.defaults ? readDefaults(options.defaults) : null;
  const own = readOwn(files);
  const mistakes = [...(defaults?.mistakes ?? []), ...own.mistakes];
  if (files.length === 0 && !defaults?.readable) return { registry: null, mistakes };
  const settings = mergeSettings(defaults?.settings ?? {}, own.settings);
  const taken = new Set(own.scenarios.map(({ id }) => id));
  const inherited = defaults?.scenarios.filter(({ id }) => !taken.has(id)) ?? [];
  const scenarios = [...inherited, ...own.scenarios].map(scenarioOf);
  return { registry: { settings, scenarios, ...(own.docsPlace && { docsPlace: own.docsPlace }) }, mistakes };
}

/** Reads all files of the repository as one: settings from the first file that has any, every id once. */
function readOwn(files: readonly RegistryFile[]): Omit<FileContent, 'readable'> {
  const own: Omit<FileContent, 'readable'> = { settings: {}, scenarios: [], mistakes: [] };
  const ids = new Map<string, Position>();
  let home: string | null = null;
  for (const file of files) {
    const settingsHome: string | null = holdsScenariosOnly(file.path) ? (home ?? '.github/signpost.yml') : home;
    const content = readFile(file, settingsHome, ids);
    if (Object.keys(content.settings).length > 0) {
      own.settings = content.settings;
      if (content.docsPlace) own.docsPlace = content.docsPlace;
      home = file.path;
    }
    for (const scenario of content.scenarios) own.scenarios.push(scenario);
    for (const mistake of content.mistakes) own.mistakes.push(mistake);
  }
  return own;
}

function readDefaults(file: RegistryFile): FileContent {
  const content = readFile(file, null, new Map());
  if (content.readable) return { ...content, mistakes: content.mistakes.map(asWarning) };
  const first = content.mistakes[0]!;
  const message = `the owner's defaults cannot be read and count as absent: ${first.message}`;
  return { settings: {}, scenarios: [], mistakes: [asWarning({ ...first, message })], readable: false };
}

function asWarning(mistake: Mistake): Mistake {
  return { ...mistake, kind: 'registry-warning', severity: 'warning' };
}

/** The repository's settings over the owner's. Private names add up: nobody can make an owner's name public. */
function mergeSettings(defaults: FileContent['settings'], own: FileContent['settings']): Settings {
  const names = new Set([...(defaults.private ?? []), ...(own.private ?? [])]);
  const merged = { ...defaults, ...own, gate: { ...defaults.gate, ...own.gate }, private: [...names] };
  return withDefaults(SETTINGS_FIELDS, merged);
}

function scenarioOf(given: GivenScenario): Scenario {
  const values = withDefaults(SCENARIO_FIELDS, given);
  const { place, places } = given;
  return Object.assign(values, { gravity: values.gravity ?? gravityOf(values.impact), place, places });
}

/**
 * How much a failure hurts, from what is known of its impact: high with three or more customers, or in
 * production and recurring; medium with two customers, or in production, or recurring; else low.
 */
export function gravityOf(impact: Impact | null): Gravity {
  if (!impact) return 'low';
  const production = impact.environment?.toLowerCase() === 'production';
  if (impact.customers >= 3 || (production && impact.recurring)) return 'high';
  return impact.customers === 2 || production || impact.recurring ? 'medium' : 'low';
}

const SCENARIO_FILE_FIELDS = { version: REGISTRY_FIELDS.version, scenarios: REGISTRY_FIELDS.scenarios };

/**
 * Reads one file. `settingsHome` is the file that holds the settings where this one may not. `ids` are the
 * places of the ids used so far; this file's are added.
 */
function readFile(file: RegistryFile, settingsHome: string | null, ids: Map<string, Position>): FileContent {
  // Editors do not count a byte order mark as a column.
  const text = file.text.replace(/^\uFEFF/, '');
  const reading = new FileReading(file.path, text, homes(settingsHome ?? file.path));
  const { root, problems, readable } = parseYaml(text);
  noteProblems(problems, reading);
  const map = root ? asMap(root, reading) : undefined;
  if (!map) return { settings: {}, scenarios: [], mistakes: reading.finish(), readable: reading.count === 0 };
  const fields: Fields = settingsHome ? SCENARIO_FILE_FIELDS : REGISTRY_FIELDS;
  const given = readShape(map, { type: 'map', fields }, '', reading) as Given<ValuesOf<typeof REGISTRY_FIELDS>>;
  noteRepeatedIds(map, ids, reading);
  const { version: _, scenarios = [], ...settings } = given;
  const docs = pairOf(map, 'docs');
  return {
    settings,
    scenarios: firstOfEach(scenarios as GivenScenario[], ids),
    mistakes: reading.finish(),
    ...(docs && { docsPlace: reading.position(docs.start) }),
    readable,
  };
}

/** Notes the first problem of each line: the others follow from it. */
function noteProblems(problems: readonly YamlProblem[], reading: FileReading): void {
  const lines = new Set<number>();
  for (const problem of problems) {
    const { line } = reading.position(problem.start);
    if (!lines.has(line)) reading.mistake(problem, problem.message, problem.advice);
    lines.add(line);
  }
}

function asMap(root: YamlNode, reading: FileReading): YamlMap | undefined {
  if (root.kind === 'map') return root;
  if (root.kind === 'scalar' && root.value === null) return undefined;
  const message = `the registry must be a map of keys and values, found ${described(root)}`;
  const advice = root.kind === 'list' ? 'Put the list under the key "scenarios".' : 'Begin with the key "scenarios".';
  return reading.mistake(root, message, advice);
}

/** Notes ids that are taken. Unsound entries count too, so that nobody meets this mistake after correcting another. */
function noteRepeatedIds(map: YamlMap, ids: Map<string, Position>, reading: FileReading): void {
  const list = pairOf(map, 'scenarios')?.value;
  if (list?.kind !== 'list') return;
  for (const entry of list.items) {
    const node = entry.kind === 'map' ? pairOf(entry, 'id')?.value : undefined;
    if (node?.kind !== 'scalar' || typeof node.value !== 'string') continue;
    const id = node.value;
    const first = ids.get(id);
    if (first) {
      const message = `the id ${quoted(id)} is taken: it stands first in ${first.path}:${first.line}`;
      reading.mistake(node, message, 'Give one of the two scenarios another id, or merge them.', id);
    } else ids.set(id, reading.position(entry.start));
  }
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

/** Key → where it belongs, for keys that stand in the wrong place. The outermost place wins. */
function homes(settingsFile: string): Map<string, string> {
  const homeOf = (name: string) =>
    name in SCENARIO_FILE_FIELDS ? 'the top of the file' : `the top of ${settingsFile}`;
  const found = new Map(Object.keys(REGISTRY_FIELDS).map((name) => [name, homeOf(name)]));
  addInnerHomes(REGISTRY_FIELDS, found);
  return found;
}

function addInnerHomes(fields: Fields, found: Map<string, string>): void {
  for (const [name, { shape }] of Object.entries(fields)) {
    const inner = shape.type === 'list' ? shape.item : shape;
    if (inner.type !== 'map') continue;
    const home = shape.type === 'list' ? `an entry of "${name}"` : `"${name}"`;
    for (const key of Object.keys(inner.fields)) if (!found.has(key)) found.set(key, home);
    addInnerHomes(inner.fields, found);
  }
}
