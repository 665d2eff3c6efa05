import type { State } from '../../../coverage/coverage.ts';
import type { DocsRoot } from '../../../docs/frameworks/framework.ts';
import type { DiscoveredRoot } from '../../../docs/site/discover-docs.ts';
import type { DiscoveredPreview } from '../../../docs/site/discover-preview.ts';
import type { Site } from '../../../docs/site/site.ts';
import type { FoundCode } from '../../../registry/authoring/found-code.ts';
import { draftCode } from '../../../registry/authoring/import/draft-failure.ts';
import { proposeId } from '../../../registry/authoring/propose-id.ts';
import type { ScenarioDraft } from '../../../registry/authoring/scenario-draft.ts';
import type { StarterSettings } from '../../../registry/authoring/starter-registry.ts';
import type { Block, Mistake } from '../../../registry/registry.ts';
import { countUp, judgeStarter, type Proposal, type ProposalOptions } from './propose-scenarios.ts';

/** A new registry, with what the docs say of its scenarios. */
export interface Starter {
  text: string;
  states: Record<Exclude<State, 'waived'>, number>;
  /** How many of its scenarios come from codes outside of the docs. */
  fromCodes: number;
  /** Why codes are left out, by reason. */
  leftOut: ReadonlyMap<string, number>;
}

/** A slip in a pattern makes thousands. */
const MOST_CODES = 1000;

/** Writes a registry of proposals, and of codes that none of them has. Nothing is in it that must not be public. */
export function makeStarter(
  site: Site,
  settings: StarterSettings,
  proposals: readonly Proposal[],
  codes: readonly FoundCode[],
  options: Pick<ProposalOptions, 'today' | 'taken' | 'words'>,
): Starter {
  const proposed = proposals.map(({ draft }) => draft);
  const { drafts: fromCodes, leftOut } = codeDrafts(codes, proposed, options.taken);
  const first = judgeStarter(site, settings, [...proposed, ...fromCodes], options);
  const unfit = new Set(first.mistakes.filter(isUnfit).map(({ scenario }) => scenario));
  const fit = [...proposed, ...fromCodes].filter(({ id }) => !unfit.has(id));
  const { text, coverage } = unfit.size === 0 ? first : judgeStarter(site, settings, fit, options);
  if (unfit.size > 0) leftOut.set('hold what must not be public', unfit.size);
  const states = { covered: 0, partial: 0, missing: 0 };
  for (const { unwaived } of coverage.values()) states[unwaived.state] += 1;
  return { text, states, fromCodes: fit.length - proposed.length, leftOut };
}

function isUnfit({ kind, severity }: Mistake): boolean {
  return kind === 'unscrubbed-text' || severity === 'error';
}

function codeDrafts(
  codes: readonly FoundCode[],
  proposed: readonly ScenarioDraft[],
  taken: ReadonlySet<string>,
): { drafts: ScenarioDraft[]; leftOut: Map<string, number> } {
  const told = new Set(proposed.flatMap((draft) => draft.codes ?? []));
  const ids = new Set([...taken, ...proposed.map(({ id }) => id)]);
  const drafts: ScenarioDraft[] = [];
  const leftOut = new Map<string, number>();
  for (const found of codes) {
    if (told.has(found.code)) continue;
    told.add(found.code);
    const { draft, source, problem } = draftCode(found);
    if (problem !== null) countUp(leftOut, 'cannot be told from running text');
    else if (drafts.length === MOST_CODES) countUp(leftOut, `are more than ${MOST_CODES.toLocaleString('en')} at once`);
    else {
      const id = proposeId(found.code, ids);
      ids.add(id);
      drafts.push({ id, ...draft, comments: { id: source } });
    }
  }
  return { drafts, leftOut };
}

/** What a person said, which counts more than what was found. */
export interface ToldSettings {
  roots: readonly string[];
  framework: DocsRoot['framework'];
  site: string | null;
  preview: string | null;
  block: Block | null;
}

/**
 * The settings of a starter: the docs roots, and of them only what the site's config files do not show, for these are
 * read again at every commit.
 */
export function starterSettings(
  found: readonly DiscoveredRoot[],
  preview: DiscoveredPreview | null,
  told: ToldSettings,
): StarterSettings {
  const url = told.preview ?? preview?.url ?? null;
  const { framework, site } = told;
  const said = found.filter((root) => isWorthSaying(root, told));
  return {
    docs: said.map(({ root: { root }, partials, inferred: aliases }) => {
      return { root: root === '' ? '.' : root, framework, site, partials, aliases };
    }),
    ...(url === null ? {} : { preview: url }),
    ...(told.block === null ? {} : { gate: { block: told.block } }),
    notes: { docs: docsNotes(found, told), preview: previewNotes(preview) },
  };
}

/** Plain Markdown in the usual place is found without a word, and its routes are then taken as unknown. */
function isWorthSaying({ root, inferred, partials }: DiscoveredRoot, told: ToldSettings): boolean {
  if (root.foundIn !== null || told.roots.length > 0 || told.framework !== null || told.site !== null) return true;
  return Object.keys(inferred).length > 0 || partials.length > 0;
}

function docsNotes(found: readonly DiscoveredRoot[], told: ToldSettings): string[] {
  const shown = found.filter(({ root }) => root.foundIn !== null && told.framework === null);
  const notes = shown.map(({ root }) => {
    const site = told.site === null && root.site !== null ? `, site ${root.site.replace(/\/+$/, '')}` : '';
    const of = found.length > 1 ? `${root.root || '.'}: ` : '';
    return `${of}${root.framework}, route ${root.route}${site}; read from ${root.foundIn} at every commit.`;
  });
  const [only] = found;
  if (notes.length > 0 || told.roots.length > 0 || told.framework !== null || !only) return notes;
  const folder = only.root.root === '' ? 'all Markdown of the repository' : `${only.root.root}/`;
  return [
    `No config file of a known framework was found, so ${folder} is read as plain Markdown. If that is`,
    'not so, say it like this: docs: [{ root: docs, framework: starlight }]',
  ];
}

function previewNotes(preview: DiscoveredPreview | null): string[] {
  if (preview === null) {
    return [
      '{number}, {branch} and {sha} are filled in. For instance:',
      'preview: https://deploy-preview-{number}--SITE.netlify.app',
    ];
  }
  const { host, foundIn, template } = preview;
  const fillIn = /[A-Z]{4,}/.test(template)
    ? 'Fill in what is in capitals, and take the "# " away:'
    : 'If this is so, take the "# " away:';
  return [`${host} was found by ${foundIn}. ${fillIn}`, `preview: ${template}`];
}
