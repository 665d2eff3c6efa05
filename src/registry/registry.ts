export const GRAVITIES = ['low', 'medium', 'high'] as const;

/** How much a scenario hurts the people who meet it. */
export type Gravity = (typeof GRAVITIES)[number];

export const BLOCKS = ['off', 'introduced', 'touched', 'nearby', 'all'] as const;

/** Up to which scope a gap blocks, from nothing to everything. */
export type Block = (typeof BLOCKS)[number];

export type FrameworkName = 'starlight' | 'docusaurus' | 'mintlify' | 'nextra' | 'fumadocs' | 'vitepress' | 'plain';

/** A place in a registry file; lines and columns start at 1. */
export interface Position {
  path: string;
  line: number;
  column: number;
}

/** Where a folder of pages stands and how the site serves it. */
export interface DocsRoot {
  root: string;
  route: string;
  include: string[];
  exclude: string[];
  partials: string[];
  aliases: Record<string, string>;
  framework: FrameworkName | null;
  site: string | null;
  locale: string | null;
  versions: string[];
  generated: string[];
}

export interface Settings {
  /** Empty when the registry names none: they are then found from the site's config files. */
  docs: DocsRoot[];
  private: string[];
  preview: string | null;
  gate: { block: Block; from: Gravity };
}

export interface Impact {
  customers: number;
  environment: string | null;
  recurring: boolean;
}

/** A recorded decision not to require a scenario; `until` is an inclusive UTC date, YYYY-MM-DD. */
export interface Waiver {
  reason: string;
  by: string | null;
  until: string | null;
  pages: string[];
}

/** One known failure: an error code or message, or a support-ticket theme. */
export interface Scenario {
  id: string;
  title: string;
  codes: string[];
  symptoms: string[];
  except: string[];
  causes: string[];
  links: string[];
  never: string[];
  pages: string[];
  audience: string | null;
  impact: Impact | null;
  gravity: Gravity;
  category: 'docs' | 'product' | 'mixed';
  quotes: string[];
  gate: 'block' | 'watch';
  followUps: string[];
  owner: string | null;
  waive: Waiver | null;
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
  /** The scenario it stands in, where it stands in one. */
  scenario: string | null;
  message: string;
  advice: string;
}
