import type { DocsRoot } from '../src/docs/frameworks/framework.ts';
import { buildSite } from '../src/docs/site/build-site.ts';
import type { Site } from '../src/docs/site/site.ts';
import type { BlobText } from '../src/docs/tree.ts';
import type { Registry, Scenario } from '../src/registry/registry.ts';

/** The smallest docs root: every page under `docs/`, served at `/`. */
export const docsRoot: DocsRoot = {
  root: 'docs',
  route: '/',
  include: ['**/*.{md,mdx}'],
  exclude: [],
  partials: [],
  aliases: {},
  framework: 'plain',
  site: null,
  locale: null,
  versions: [],
  generated: [],
};

/** A site from its files' texts; a blob's id is its text. */
export function siteOf(files: Record<string, string>, root: Partial<DocsRoot> = {}): Site {
  const tree = new Map(Object.entries(files).map(([path, text]) => [path, { blob: text, mode: '100644' }]));
  const blobs = new Map(Object.values(files).map((text): [string, BlobText] => [text, { text }]));
  return buildSite(tree, blobs, [{ ...docsRoot, ...root }]);
}

/** The smallest scenario; a test states only what differs. */
export function scenarioOf(fields: Partial<Scenario> = {}): Scenario {
  return {
    id: 'blank-tokens',
    title: 'Tokens are blank',
    codes: [],
    symptoms: [],
    except: [],
    causes: [],
    links: [],
    never: [],
    pages: [],
    audience: null,
    impact: null,
    gravity: 'low',
    category: 'docs',
    quotes: [],
    gate: 'block',
    followUps: [],
    owner: null,
    waive: null,
    place: { path: '.github/signpost.yml', line: 3, column: 5 },
    places: {},
    ...fields,
  };
}

export function registryOf(...scenarios: Scenario[]): Registry {
  return { scenarios, settings: { docs: [], private: [], preview: null, gate: { block: 'introduced', from: 'low' } } };
}
