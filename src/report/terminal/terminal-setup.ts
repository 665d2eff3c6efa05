import type { DiscoveredRoot } from '../../docs/site/discover-docs.ts';
import type { DiscoveredPreview } from '../../docs/site/discover-preview.ts';
import type { Starter } from '../../review/suggest/proposals/make-starter.ts';
import type { Proposals } from '../../review/suggest/proposals/propose-scenarios.ts';
import { cleanLine, shortLine } from '../words/clean-text.ts';
import { TITLE_CHARACTERS } from '../words/limits.ts';
import { count, grouped, listed, type Noun, SCENARIO } from '../words/sentence.ts';
import { required } from '../words/state-counts.ts';
import { placeLine, upTo } from './terminal-parts.ts';
import { joined, type Pen, padColumns, penFor, stacked, type TerminalOptions } from './terminal-pen.ts';

/** A registry that was written for a repository that had none. */
export interface Setup {
  path: string;
  roots: readonly DiscoveredRoot[];
  preview: DiscoveredPreview | null;
  /** The preview's URL as it was written; null where it was not. */
  told: string | null;
  proposals: Proposals;
  starter: Starter;
  /** API descriptions that may hold error codes and were not read. */
  apis: readonly string[];
}

type Found = Pick<Setup, 'roots' | 'preview'> & Partial<Pick<Setup, 'told'>>;

const DOCS = 'https://github.com/signpost-docs/signpost/blob/main/docs';
const PAGE: Noun = ['page', 'pages'];
const MORE: Noun = ['more section tells of a failure', 'more sections tell of failures'];
const CODE: Noun = ['code', 'codes'];
const MOST_SHOWN = 20;

/**
 * What was found, what was proposed from where, and what to do next.
 * @param options brief for a person who was shown the first two already
 */
export function renderSetup(setup: Setup, options: TerminalOptions & { isBrief: boolean }): string {
  const pen = penFor(options);
  return joined([
    stateLine(setup, pen),
    ...(options.isBrief ? [causeNote(setup, pen)] : [foundLines(setup, options).join('\n'), proposed(setup, pen)]),
    fromCodes(setup, pen),
    nextSteps(setup, pen),
  ]);
}

function stateLine({ path, starter }: Setup, pen: Pen): string {
  const all = required(starter.states);
  const states = Object.entries(starter.states).flatMap(([state, n]) => (n > 0 ? [`${grouped(n)} ${state}`] : []));
  const told = all === 0 ? 'no scenario yet' : `${count(all, SCENARIO)}, ${listed(states)}`;
  return pen.headline('good', `Wrote ${cleanLine(path)}: ${told}`);
}

const LABEL_COLUMNS = 10;

/** The docs roots, what their pages import and the preview, a line or more for each. */
export function foundLines({ roots, preview, told = null }: Found, options: TerminalOptions): string[] {
  const pen = penFor(options);
  const line = (label: string, text: string) => {
    const first = padColumns(label, LABEL_COLUMNS);
    return pen.wrap(cleanLine(text), ' '.repeat(LABEL_COLUMNS), pen.colors.dim(first));
  };
  const partials = [...new Set(roots.flatMap((root) => root.partials))];
  const aliases = Object.entries(Object.assign({}, ...roots.map(({ inferred }) => inferred)) as Record<string, string>);
  const url = told ?? preview?.url ?? null;
  return [
    ...roots.map((root, i) => line(i === 0 ? 'Docs' : '', rootText(root))),
    ...(partials.length > 0 ? [line('Partials', listed(partials))] : []),
    ...(aliases.length > 0
      ? [line('Aliases', listed(aliases.map(([prefix, folder]) => `${prefix} for ${folder}`)))]
      : []),
    ...(url !== null || preview !== null ? [line('Preview', previewText(url, preview))] : []),
  ];
}

function rootText({ root, pages }: DiscoveredRoot): string {
  const folder = root.root || 'the whole repository';
  const by = root.foundIn === null ? root.framework : `${root.framework} by ${root.foundIn}`;
  const languages = root.locale === null ? '' : `, locale ${root.locale}`;
  const versions = root.folders.length > 1 ? ', current version' : '';
  const site = root.site === null ? '' : `, site ${root.site}`;
  return `${folder}: ${count(pages, PAGE)}, ${by}, route ${root.route}${languages}${versions}${site}`;
}

function previewText(url: string | null, preview: DiscoveredPreview | null): string {
  if (url !== null) return preview?.url === url ? `${url}, by ${preview.foundIn}` : url;
  return `${preview?.host} by ${preview?.foundIn}, but not under which name: see "preview" in the file`;
}

function proposed({ proposals, starter }: Setup, pen: Pen): string {
  const { taken, more } = proposals;
  if (taken.length === 0) return '';
  const { cyan, dim } = pen.colors;
  const all = taken.length + more;
  const render = ({ draft, path, line }: Proposals['taken'][number]) =>
    `${pen.wrap(shortLine(draft.title, TITLE_CHARACTERS), '    ', '  ')}\n    ${cyan(placeLine({ path, line }))}`;
  const lines = [
    ...upTo(MOST_SHOWN, taken, render, (rest) => pen.wrap(dim(`and ${rest} more in the file.`), '  ')),
    ...(more > 0 ? [pen.wrap(dim(`${count(more, MORE)}; --force --limit ${all} takes them all.`), '  ')] : []),
    causeNote({ starter }, pen),
  ];
  return pen.under('From what the docs say already', lines);
}

function causeNote({ starter }: Pick<Setup, 'starter'>, pen: Pen): string {
  if (starter.states.covered === 0) return '';
  const note = 'Their causes are proposed from the words of each section: read them before you commit.';
  return pen.wrap(pen.colors.dim(note), '  ');
}

function fromCodes({ starter }: Setup, pen: Pen): string {
  const { fromCodes: taken, leftOut } = starter;
  const reasons = [...leftOut].map(([reason, n]) => `${count(n, CODE)} left out that ${reason}`);
  const told = [
    ...(taken > 0 ? [`${count(taken, SCENARIO)} without a cause: say in "causes" what the docs must name`] : []),
    ...reasons,
  ];
  const lines = told.map((text) => pen.wrap(`${text}.`, '  '));
  return pen.under('From codes outside of the docs', lines);
}

function nextSteps({ starter, apis, path }: Setup, pen: Pen): string {
  const lacks = starter.states.partial + starter.states.missing > 0;
  const step = (command: string, does: string) => `  ${pen.colors.cyan(command)}\n${pen.wrap(does, '      ')}`;
  const isEmpty = required(starter.states) === 0;
  const [api] = apis;
  const lines = [
    isEmpty ? step('signpost registry add', 'the first failure that your users meet') : '',
    api === undefined ? '' : step(`signpost registry import ${cleanLine(api)}`, 'the error codes of your API'),
    isEmpty
      ? ''
      : step('signpost audit --rev WORKTREE', `what ${lacks ? 'each failure lacks' : 'the docs have on each failure'}`),
    step(
      `git add ${cleanLine(path)}`,
      'commit it on a branch and open a pull request: from its merge on every pull request is reviewed',
    ),
    pen.wrap(`Then install the GitHub App: ${DOCS}/install.md`, '    ', '  '),
    pen.wrap(`or the Action: ${DOCS}/action.md`, '    ', '  '),
  ];
  return pen.under('Next', [stacked(lines)]);
}
