import type { DocsRoot } from '../../../docs/frameworks/framework.ts';
import type { DiscoveredRoot } from '../../../docs/site/discover-docs.ts';
import type { DiscoveredPreview } from '../../../docs/site/discover-preview.ts';
import type { StarterSettings } from '../../../registry/authoring/starter-registry.ts';
import type { Block } from '../../../registry/registry.ts';

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
