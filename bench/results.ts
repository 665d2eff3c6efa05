import type { Pair, Summary } from './measure/statistics.ts';

/** What a row is for; results are told in this order. */
export const GROUPS = ['Audit', 'Review', 'App', 'Memory', 'Long pages', 'Other tools', 'Floors', 'Growth'] as const;
export type Group = (typeof GROUPS)[number];

/** The most that a row may come to. */
export interface Budget {
  most: number;
  unit: Unit;
}

/** `×` is a multiple of what the row is measured against. */
export type Unit = '×' | 's' | 'ms' | 'MiB' | 'calls';

/** A point of a curve. */
export interface Point {
  axis: 'pages' | 'scenarios';
  at: number;
  /** The point that is 1. */
  from: number;
  series: 'cold' | 'warm';
}

/** What a row says of itself, whatever is measured. */
export interface RowFacts {
  /** For `--only` and `--profile`. */
  name: string;
  title: string;
  group: Group;
  budget: Budget | null;
  point?: Point;
}

/** What was measured; `facts` says what the work came to, so that nobody measures a failure. */
export type Measured =
  | {
      kind: 'ratio';
      against: string;
      pairs: Pair[];
      facts: string | null;
    }
  | { kind: 'values'; unit: Unit; values: number[]; facts: string | null }
  | { kind: 'skipped'; reason: string };

export interface Result extends RowFacts {
  /** The name of the site that it was measured on; null for a row that hangs on none. */
  site: string | null;
  measured: Measured;
}

/** A site that rows were measured on. */
export interface SiteFacts {
  name: string;
  pages: number;
  bytes: number;
  /** The page that pull requests change. */
  changed: string;
}

/** Where and when; a figure without it means little. */
export interface Machine {
  cpu: string;
  cores: number;
  memoryGiB: number;
  system: string;
  node: string;
  git: string;
  /** Load averages of one minute, at start and end. */
  load: [number, number];
}

/** 2: several sites. */
export const RESULTS_VERSION = 2;

/** The whole of a run, as JSON. */
export interface Results {
  version: typeof RESULTS_VERSION;
  /** ISO 8601, UTC. */
  date: string;
  /** Of Signpost; `+` where files differ from it. */
  commit: string;
  machine: Machine;
  runs: number;
  seed: number;
  /** Real docs in the order in which they were given, then the made site. */
  sites: SiteFacts[];
  peers: Record<string, string>;
  rows: Result[];
}

export type { Summary };
