import type { ParsedRegistry } from './parse-registry.ts';
import type { Position, Registry, Scenario } from './registry.ts';

/** Raise it whenever the same files would be read otherwise, or kept in another form: what was kept is then not used. */
export const REGISTRY_VERSION = 1;

interface Kept extends Omit<ParsedRegistry, 'registry'> {
  registry: (Omit<Registry, 'scenarios'> & { scenarios: Omit<Scenario, 'places'>[] }) | null;
  /** For each scenario where its fields stand, of which only mistakes tell: name, line and column. */
  places: string[];
}

/** A registry as text from which it is had again sooner than by reading its files. */
export function encodeRegistry({ registry, mistakes }: ParsedRegistry): string {
  const scenarios = registry?.scenarios ?? [];
  const kept: Kept = {
    registry: registry && { ...registry, scenarios: scenarios.map(({ places: _, ...scenario }) => scenario) },
    mistakes,
    places: scenarios.map(({ places }) =>
      Object.entries(places)
        .map(([name, { line, column }]) => `${name} ${line} ${column}`)
        .join('\n'),
    ),
  };
  return JSON.stringify(kept);
}

export function decodeRegistry(text: string): ParsedRegistry {
  const { registry, mistakes, places } = JSON.parse(text) as Kept;
  for (const [at, scenario] of (registry?.scenarios ?? []).entries()) {
    placesOf.set(scenario, places[at] as string);
    Object.setPrototypeOf(scenario, PLACED);
  }
  return { registry: registry as Registry | null, mistakes };
}

const placesOf = new WeakMap<object, string>();

/** Gives a scenario its places when they are asked for: a sound registry's never are. */
const PLACED = {
  get places(): Record<string, Position> {
    const { path } = (this as unknown as Scenario).place;
    const lines = (placesOf.get(this) ?? '').split('\n').filter(Boolean);
    return Object.fromEntries(
      lines.map((each) => {
        const [name, line, column] = each.split(' ') as [string, string, string];
        return [name, { path, line: Number(line), column: Number(column) }];
      }),
    );
  },
};
