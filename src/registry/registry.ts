import type { SCENARIO_FIELDS, SETTINGS_FIELDS } from './fields.ts';
import type { ValuesOf } from './shapes.ts';

export const GRAVITIES = ['low', 'medium', 'high'] as const;

/** How much a scenario hurts the people who meet it. */
export type Gravity = (typeof GRAVITIES)[number];

export const BLOCKS = ['off', 'introduced', 'touched', 'nearby', 'all'] as const;

/** The widest scope in which a gap blocks, from none to all. */
export type Block = (typeof BLOCKS)[number];

/** A place in a registry file; lines and columns start at 1. */
export interface Position {
  path: string;
  line: number;
  column: number;
}

/** Where a folder of pages stands and how the site serves it. */
export type DocsRoot = Settings['docs'][number];

export type FrameworkName = NonNullable<DocsRoot['framework']>;

/** `docs` is empty where the registry names none: the docs are then found from the site's config files. */
export type Settings = ValuesOf<typeof SETTINGS_FIELDS>;

export type Impact = NonNullable<Scenario['impact']>;

/** A recorded decision not to require a scenario; `until` is an inclusive UTC date, YYYY-MM-DD. */
export type Waiver = NonNullable<Scenario['waive']>;

/** One known failure: an error code or message, or a support-ticket theme. */
export interface Scenario extends Omit<ValuesOf<typeof SCENARIO_FIELDS>, 'gravity'> {
  gravity: Gravity;
  /** Where the entry starts. */
  place: Position;
  /** Where each field and list item stands, by name: `title`, `links`, `links.0`, `waive.until`. */
  places: Record<string, Position>;
}

export interface Registry {
  settings: Settings;
  scenarios: Scenario[];
  /** Where the repository's own settings name its docs; absent where they do not. */
  docsPlace?: Position;
}

/** A mistake in a registry file, in the words of the finding that it becomes. */
export interface Mistake extends Position {
  kind: 'registry-invalid' | 'registry-warning' | 'unscrubbed-text' | 'waiver-expired' | 'waiver-unneeded';
  severity: 'error' | 'warning';
  endLine: number;
  /** The id of the scenario it stands in; null outside of scenarios. */
  scenario: string | null;
  message: string;
  advice: string;
}
