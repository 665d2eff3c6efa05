const SETTINGS_FILE = /^\.github\/signpost\.ya?ml$/;
const SCENARIO_FILE = /^\.github\/signpost\/.+\.ya?ml$/;

/** The registry's files among the paths of a tree: the settings file first, the others in path order. */
export function registryPaths(paths: Iterable<string>): string[] {
  const settings: string[] = [];
  const scenarios: string[] = [];
  for (const path of paths) {
    if (SETTINGS_FILE.test(path)) settings.push(path);
    else if (SCENARIO_FILE.test(path)) scenarios.push(path);
  }
  // `.yml` is the documented name, so where both exist it is the one that holds the settings.
  return [...settings.sort().reverse(), ...scenarios.sort()];
}

/** Whether a file may hold scenarios only, because the settings stand in `.github/signpost.yml`. */
export function holdsScenariosOnly(path: string): boolean {
  return /(?:^|\/)\.github\/signpost\//.test(path);
}
