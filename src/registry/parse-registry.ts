import { SCENARIO_FIELDS, SETTINGS_FIELDS } from './fields.ts';
import { gravityOf } from './gravity.ts';
import { type FileContent, type GivenScenario, type RegistryFile, readRegistryFile } from './read-registry-file.ts';
import type { Mistake, Position, Registry, Scenario, Settings } from './registry.ts';
import { holdsScenariosOnly } from './registry-files.ts';
import { withDefaults } from './shapes.ts';

export type { RegistryFile };

export interface ParsedRegistry {
  /** What is sound of it; null where there is no file at all. */
  registry: Registry | null;
  /** In file order, then by place. */
  mistakes: Mistake[];
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

/** All files of the repository as one: settings from the first file that has any, every id once. */
function readOwn(files: readonly RegistryFile[]): Omit<FileContent, 'readable'> {
  const own: Omit<FileContent, 'readable'> = { settings: {}, scenarios: [], mistakes: [] };
  const ids = new Map<string, Position>();
  let home: string | null = null;
  for (const file of files) {
    const settingsHome: string | null = holdsScenariosOnly(file.path) ? (home ?? '.github/signpost.yml') : home;
    const content = readRegistryFile(file, settingsHome, ids);
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
  const content = readRegistryFile(file, null, new Map());
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
