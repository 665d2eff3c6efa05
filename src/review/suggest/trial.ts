import type { ScenarioCoverage } from '../../coverage/coverage.ts';
import { judge } from '../../coverage/judge.ts';
import type { PageMemory } from '../../coverage/page-memory.ts';
import type { Page } from '../../docs/site/page.ts';
import type { FactsCache, Site } from '../../docs/site/site.ts';
import type { DocsRoot, Registry, Scenario } from '../../registry/registry.ts';
import { readSite } from '../compare/read-sites.ts';
import type { Head } from './page-lines.ts';

/** What edits are tried on: a commit's docs and the registry that judges them. */
export interface Ground {
  head: Head;
  /** The docs roots as they are declared. */
  roots: readonly DocsRoot[];
  registry: Registry;
  /** The date that waivers are held against: YYYY-MM-DD, UTC. */
  today: string;
  cache?: Pick<PageMemory, 'facts'> | undefined;
  /** The pages on which the scenario may be named, by path: only these and edited ones are judged again. */
  pages: ReadonlySet<string>;
}

/** Docs with some files' texts changed, and how a scenario is judged there. */
export interface Trial {
  texts: ReadonlyMap<string, string>;
  coverage: ScenarioCoverage;
  head: Head;
}

/**
 * Judges a scenario once more, on docs in which some files hold other texts, or as the registry might say it.
 * @param texts the new text of each edited file, by path
 */
export function tryOut(ground: Ground, scenario: Scenario, texts: ReadonlyMap<string, string>): Trial {
  const { head, roots, today } = ground;
  const { tree, blobs } = withTexts(head, texts);
  const { site } =
    texts.size === 0 ? head : readSite({ commit: '', tree }, blobs, roots, { facts: aside(ground.cache) });
  const judged = onlyPages(site, new Set([...ground.pages, ...texts.keys()]));
  const registry = { ...ground.registry, scenarios: [scenario] };
  const before = head.before ? { before: head.before } : {};
  const options = { today, waived: new Set<string>(), inPassingToo: true, among: () => judged.pages, ...before };
  const coverage = judge(judged, registry, options).get(scenario.id) as ScenarioCoverage;
  return { texts, coverage, head: { ...head, tree, blobs, site } };
}

function withTexts(head: Head, texts: ReadonlyMap<string, string>): Pick<Head, 'tree' | 'blobs'> {
  const tree = new Map(head.tree);
  const own = new Map<string, { text: string }>();
  for (const [path, text] of texts) {
    const blob = `trial ${path}\n${text}`;
    own.set(blob, { text });
    tree.set(path, { blob, mode: head.tree.get(path)?.mode ?? '100644' });
  }
  return {
    tree,
    blobs: { get: (id) => own.get(id) ?? head.blobs.get(id), has: (id) => own.has(id) || head.blobs.has(id) },
  };
}

/** The first page stays: the registry's links are resolved from it. */
function onlyPages(site: Site, paths: ReadonlySet<string>): Site {
  const partials = [...paths].filter((path) => !site.pageAt(path));
  const isShown = (page: Page) => partials.length > 0 && site.textsBehind(page).some((path) => partials.includes(path));
  const pages = site.pages.filter((page, at) => at === 0 || paths.has(page.path) || isShown(page));
  return { ...site, pages };
}

/** What is learnt of texts that never existed is not kept. */
function aside(cache: Pick<PageMemory, 'facts'> | undefined): FactsCache {
  const own: FactsCache = new Map();
  return { get: (key) => own.get(key) ?? cache?.facts.get(key), set: (key, facts) => own.set(key, facts) };
}
