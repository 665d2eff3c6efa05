import { fileNameOf } from '../docs/repo-path.ts';
import { type DiscoveredRoot, markdownFolders } from '../docs/site/discover-docs.ts';
import type { DiscoveredPreview } from '../docs/site/discover-preview.ts';
import type { Tree } from '../docs/tree.ts';
import type { Block, FrameworkName } from '../registry/registry.ts';
import { FORMATS, type TextFormat } from '../registry/text-formats.ts';
import { foundLines } from '../report/terminal/terminal-setup.ts';
import type { ToldSettings } from '../review/suggest/proposals/make-starter.ts';
import type { Proposal } from '../review/suggest/proposals/propose-scenarios.ts';
import type { CommandContext } from './command-context.ts';
import type { Prompts } from './prompts.ts';

/** What was told of the site, by flags or by answers. */
export interface Told extends ToldSettings {
  /** The docs roots to keep of those that were found; null for all. */
  kept: readonly string[] | null;
}

/** What `init` found by itself. */
interface Found {
  path: string;
  roots: readonly DiscoveredRoot[];
  preview: DiscoveredPreview | null;
}

/** Says what was found, and asks which docs are meant and where a pull request's preview is served. */
export async function askSettings(
  prompts: Prompts,
  found: Found,
  tree: Tree,
  told: Told,
  { width }: CommandContext,
): Promise<Told> {
  await prompts.begin(`A first registry: ${found.path}`);
  // The frame around it takes six columns.
  await prompts.show(foundLines(found, { color: false, width: width - 6 }).join('\n'), 'Found');
  return askPreview(prompts, found.preview, await askRoots(prompts, found.roots, tree, told));
}

/** Asks which docs are meant, if there are several roots or no config file shows any. */
async function askRoots(prompts: Prompts, roots: Found['roots'], tree: Tree, told: Told): Promise<Told> {
  if (told.roots.length > 0) return told;
  if (roots.every(({ root }) => root.foundIn === null)) return askFolder(prompts, roots, tree, told);
  if (roots.length === 1) return told;
  const options = roots.map(({ root, pages }) => ({
    value: root.root,
    label: root.root || '.',
    hint: `${root.framework}, ${pages} pages`,
  }));
  const initialValues = options.map(({ value }) => value);
  const kept = await prompts.multiselect({ message: 'Which of these are the docs?', options, initialValues });
  return kept.length === 0 ? told : { ...told, kept };
}

const WHOLE = '.';
const MOST_FOLDERS = 8;

async function askFolder(prompts: Prompts, [only]: readonly DiscoveredRoot[], tree: Tree, told: Told): Promise<Told> {
  const usual = only?.root.root || WHOLE;
  const folders = markdownFolders(tree, MOST_FOLDERS).map(({ folder, pages }) => ({
    value: folder,
    label: `${folder}/`,
    hint: `${pages} Markdown files`,
  }));
  if (folders.length === 0) return told;
  const options = [...folders, { value: WHOLE, label: 'the whole repository', hint: '' }];
  const root = await prompts.select({ message: 'Where are the pages?', options, initialValue: usual });
  const framework = told.framework ?? (await askFramework(prompts));
  const isUsual = root === usual && framework === 'plain';
  return isUsual ? told : { ...told, roots: [root], framework };
}

function askFramework(prompts: Prompts): Promise<FrameworkName> {
  return prompts.select<FrameworkName>({
    message: 'What makes pages of them? It decides routes and anchors.',
    options: [
      { value: 'plain', label: 'nothing of these, or nothing at all' },
      { value: 'starlight', label: 'Starlight (Astro)' },
      { value: 'docusaurus', label: 'Docusaurus' },
      { value: 'mintlify', label: 'Mintlify' },
      { value: 'nextra', label: 'Nextra' },
      { value: 'fumadocs', label: 'Fumadocs' },
      { value: 'vitepress', label: 'VitePress' },
    ],
    initialValue: 'plain',
  });
}

/** Asks for the preview's URL, if its host was found and its URL was not. */
async function askPreview(prompts: Prompts, preview: DiscoveredPreview | null, told: Told): Promise<Told> {
  if (told.preview !== null || preview === null || preview.url !== null) return told;
  const answer = await prompts.text({
    message: `Where does ${preview.host} serve the preview of a pull request? Enter for later.`,
    placeholder: preview.template,
    validate(typed = '') {
      const problem = typed.trim() === '' ? null : formatProblem(typed.trim(), FORMATS.preview);
      return problem === null ? undefined : `It ${problem}.`;
    },
  });
  return answer.trim() === '' ? told : { ...told, preview: FORMATS.preview.normalise(answer.trim()) };
}

/** What a value must be, as the end of a sentence; null for a value that fits. */
export function formatProblem(value: string, { pattern, expected }: TextFormat): string | null {
  return new RegExp(pattern).test(value) ? null : `must be ${expected}`;
}

/** Asks which of the proposed scenarios are wanted. */
export async function askProposals(prompts: Prompts, proposals: readonly Proposal[]): Promise<Proposal[]> {
  if (proposals.length === 0) return [];
  const options = proposals.map(({ draft, path, line }) => ({
    value: draft.id,
    label: shortened(draft.title),
    hint: `${fileNameOf(path)}:${line}`,
  }));
  const wanted = await prompts.multiselect({
    message: 'The docs tell of these failures. Which of them must they go on telling of?',
    options,
    initialValues: options.map(({ value }) => value),
  });
  return proposals.filter(({ draft }) => wanted.includes(draft.id));
}

/** A title of this length and its place fit on one line. */
const LONGEST = 48;

function shortened(title: string): string {
  return title.length <= LONGEST ? title : `${title.slice(0, LONGEST - 1).trimEnd()}…`;
}

/** Asks what is to block a pull request. */
export function askScope(prompts: Prompts): Promise<Block> {
  return prompts.select<Block>({
    message: 'What may block a pull request?',
    options: [
      { value: 'introduced', label: 'gaps that it makes', hint: 'the usual choice' },
      { value: 'off', label: 'nothing yet', hint: 'it only says what it sees' },
      { value: 'touched', label: 'also gaps in sections that it changes' },
      { value: 'nearby', label: 'also gaps on pages that it changes' },
      { value: 'all', label: 'every gap of the docs' },
    ],
    initialValue: 'introduced',
  });
}
