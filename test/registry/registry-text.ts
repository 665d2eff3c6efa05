import { type ParsedRegistry, parseRegistry } from '../../src/registry/parse-registry.ts';
import type { Mistake, Scenario } from '../../src/registry/registry.ts';

export const SETTINGS_FILE = '.github/signpost.yml';

/** Parses one settings file. */
export function parsed(text: string): ParsedRegistry {
  return parseRegistry([{ path: SETTINGS_FILE, text }]);
}

/** Mistakes as `line:column message`, the way a person reads them. */
export function said(mistakes: readonly Mistake[]): string[] {
  return mistakes.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

/** The one scenario of a registry that must be sound. */
export function scenarioWith(fields: string): Scenario {
  const { registry, mistakes } = parsed(
    `scenarios:\n  - id: a-b\n    title: It fails\n${fields.replace(/^/gm, '    ')}`,
  );
  if (mistakes.length > 0 || !registry?.scenarios[0]) throw new Error(said(mistakes).join('\n'));
  return registry.scenarios[0];
}
