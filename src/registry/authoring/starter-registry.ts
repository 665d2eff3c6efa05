import { stringify } from 'yaml';
import { SCHEMA_URL } from '../json-schema.ts';
import type { DocsRoot, Settings } from '../registry.ts';
import { addScenarios } from './edit-registry.ts';
import type { ScenarioDraft } from './scenario-draft.ts';

/** The settings of a new registry. The site's config files and the defaults give what is left out. */
export interface StarterSettings {
  docs: readonly Partial<DocsRoot>[];
  preview?: string;
  private?: readonly string[];
  gate?: Partial<Settings['gate']>;
  /** Comments: above the docs roots, and in the place of a preview that is not known. */
  notes?: { docs?: readonly string[]; preview?: readonly string[] };
}

/**
 * The text of a new settings file, ready to be committed: the schema in its first line for editors, comments that
 * teach, and the scenarios. Without a scenario it shows one as a comment.
 */
export function starterRegistry(settings: StarterSettings, drafts: readonly ScenarioDraft[]): string {
  const { docs, preview, private: names = [], gate, notes } = settings;
  const parts = [
    `# yaml-language-server: $schema=${SCHEMA_URL}`,
    'version: 1',
    '',
    '# Where the pages are and how the site serves them.',
    ...comments(notes?.docs),
    docs.length === 0 ? emptyDocs(notes?.docs) : written({ docs: docs.map(known) }),
    '',
    "# Names and domains that must not appear in public, such as customers'.",
    written({ private: [...names] }),
    ...previewLines(preview, notes?.preview),
    '',
    '# What blocks a pull request: off, or gaps that it introduced, touched, has nearby, or all.',
    written({ gate: { block: gate?.block ?? 'introduced', from: gate?.from ?? 'low' } }),
    '',
    '# One entry for each failure that users are known to meet. The docs must name it (any of `codes` or',
    '# `symptoms`), say why it happens (all of `causes`) and link to the fix (all of `links`).',
    drafts.length === 0 ? EXAMPLE : 'scenarios:',
  ];
  return addScenarios(`${parts.join('\n')}\n`, drafts);
}

/** Without its "# " the example is a scenario. A key without a value counts as an empty list. */
const EXAMPLE = `scenarios:
  # - id: upload-rejected # permanent
  #   title: An upload is rejected because the file is too large
  #   codes: [upload_rejected] # exactly as users see it
  #   symptoms: ["upload is rejected|refused"] # two to four words, in any order; a|b for either
  #   causes: ["limit|maximum size"]
  #   links: [/uploads/#limits]
  #   impact: { customers: 2, environment: production }`;

function emptyDocs(notes: readonly string[] = []): string {
  return notes.length > 0 ? 'docs: []' : 'docs: [] # found from the config files of the site';
}

function previewLines(preview: string | undefined, notes: readonly string[] | undefined): string[] {
  if (preview === undefined && notes === undefined) return [];
  const lines = preview === undefined ? comments(notes) : [written({ preview })];
  return ['', "# Where a pull request's preview is served, for links to its pages.", ...lines];
}

function comments(lines: readonly string[] = []): string[] {
  return lines.map((line) => `# ${line.replace(/\s*\n\s*/g, ' ')}`);
}

/** The settings of a docs root without those that are null or empty. */
function known(root: Partial<DocsRoot>): Partial<DocsRoot> {
  return Object.fromEntries(
    Object.entries(root).filter(([, value]) => {
      if (value === null || value === undefined) return false;
      return typeof value !== 'object' || Object.keys(value).length > 0;
    }),
  );
}

/** A value as YAML in block style, as a person would write it. */
function written(value: unknown): string {
  return stringify(value, { lineWidth: 100, flowCollectionPadding: false }).trimEnd();
}
