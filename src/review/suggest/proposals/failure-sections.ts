import { isTransparent } from '../../../coverage/reading.ts';
import type { Content, ContentBlock, Page, Section } from '../../../docs/site/page.ts';
import type { Site } from '../../../docs/site/site.ts';
import { namesFailure } from '../../../registry/lint-symptom.ts';
import { codesInCell, codesInLabel, type FailureName } from './failure-name.ts';
import { mayTellOfFailures } from './pages-of-failures.ts';
import { isErrorColumn, isHistory, isNoFailure, isTableOfErrors, isTroubleTitle } from './trouble-words.ts';

/** A place in the docs that tells of one failure. */
export interface FailureSection {
  page: Page;
  section: Section;
  /** Set for a table row: the row, its cells and the table's header cells. */
  row: { block: ContentBlock; cells: string[]; columns: string[] } | null;
  label: string;
  name: FailureName;
  /** Where it stands among failures: `page` if its page is about them, `section` if a section around it is. */
  among: 'page' | 'section' | 'nothing';
}

const MESSAGE_COLUMN = /message|error|exception/i;
/** Names that are errors wherever they stand; others, such as `revoke_session`, may be of what a product does. */
const PLAIN_ERROR =
  /error|exception|fail|fault|^e_?\d|invalid(?!at)|denied|not_?found|mismatch|missing|unauthori[sz]ed|forbidden|expired|time_?out|unknown|unsupported|exceed|reject/i;
const TITLED = new Set(['details', 'accordion', 'heading', 'bold', 'item']);
const LONGEST_LABEL = 160;

/** Every section that tells of a failure by its own label or row, in site order; hidden pages and change logs aside. */
export function failureSections(site: Site, known: ReadonlySet<string>): FailureSection[] {
  const seen = new Set<string>();
  const pages = site.pages.filter(
    (page) => !page.hidden && !isHistory(page.name) && mayTellOfFailures(site, page, known),
  );
  return pages.flatMap((page) =>
    sectionsOf(site, site.read(page), known).filter(({ section, row }) => {
      // A partial that several pages show is told once.
      const place = `${section.path}:${row?.block.line ?? section.line}:${section.label}`;
      return !seen.has(place) && seen.add(place);
    }),
  );
}

function sectionsOf(site: Site, content: Content, known: ReadonlySet<string>): FailureSection[] {
  const lines = new Map<string, string[]>();
  const rawOf = ({ path, line, endLine }: ContentBlock) => {
    const read = lines.get(path) ?? (site.text(path) ?? '').split('\n');
    lines.set(path, read);
    return read.slice(line - 1, endLine).join('\n');
  };
  const found = content.sections.flatMap((section) => {
    if (section.kind === 'row') return rowFailure(section, content.page, rawOf, known);
    return titledFailure(section, content.page, rawOf, known);
  });
  const told = new Set(found.map(({ section }) => section));
  return found.filter(({ section }) => !holdsOthers(section, told));
}

/** A titled section around several failures is the place where they are gathered. */
function holdsOthers(section: Section, told: ReadonlySet<Section>): boolean {
  const inside = section.children.filter((child) => told.has(child));
  return inside.length > 1 || inside.some(({ kind }) => kind === section.kind);
}

function titledFailure(
  section: Section,
  page: Page,
  rawOf: (block: ContentBlock) => string,
  known: ReadonlySet<string>,
): FailureSection[] {
  const label = section.label.replace(/\s+/g, ' ').trim();
  if (section.index === 0 || !TITLED.has(section.kind) || isTransparent(section) || label.length > LONGEST_LABEL)
    return [];
  const first = section.blocks[0];
  const name = codesInLabel(label, first ? rawOf(first) : '', known);
  const among = whereAmong(section, page);
  const isFailing = label.split(/\s+/).length > 1 && label.split(/[\s/]+/).some(namesFailure) && !isNoFailure(label);
  const isPlain = name.codes.some((code) => PLAIN_ERROR.test(code));
  const isAsked = name.codes.some((code) => known.has(code));
  const isNamed = isAsked || (name.codes.length > 0 && (among !== 'nothing' || isPlain) && !isNoFailure(label));
  // What folds away is there for who has the problem, wherever it stands.
  const isFolded = section.kind === 'details' || section.kind === 'accordion';
  if (!isNamed && !(isFailing && (among !== 'nothing' || isFolded))) return [];
  return [{ page, section, row: null, label, name, among }];
}

function rowFailure(
  section: Section,
  page: Page,
  rawOf: (block: ContentBlock) => string,
  known: ReadonlySet<string>,
): FailureSection[] {
  const block = section.blocks.find(({ kind }) => kind === 'row');
  const cells = block ? cellsOf(block) : [];
  const columns = columnsOf(section);
  const [label = '', ...others] = cells;
  if (!block || label === '' || others.every((cell) => !/\p{L}/u.test(cell)) || label.length > LONGEST_LABEL) return [];
  const heading = columns[0] ?? '';
  const among = whereAmong(section, page);
  const whole = codesInCell(label, known, MESSAGE_COLUMN.test(heading));
  const name = whole.codes.length > 0 ? whole : codesInLabel(label, rawOf(block), known);
  const isErrors = isErrorColumn(heading);
  const isAbout = isTableOfErrors(columns, among !== 'nothing');
  const isAsked = name.codes.some((code) => known.has(code));
  const tells =
    name.codes.length > 0
      ? name.isSure || isErrors
      : label.split(' ').length > 1 && label.split(' ').some(namesFailure);
  if (!isAsked && !(isAbout && tells)) return [];
  return [{ page, section, row: { block, cells, columns }, label, name, among }];
}

function whereAmong(section: Section, page: Page): FailureSection['among'] {
  if (isTroubleTitle(page.title) || isTroubleTitle(page.name.split('/').at(-1) ?? '')) return 'page';
  for (let at = section.parent; at && at.index > 0; at = at.parent) if (isTroubleTitle(at.label)) return 'section';
  return 'nothing';
}

/** The cells of a row as text. */
function cellsOf({ text, cells = [] }: ContentBlock): string[] {
  const starts = [0, ...cells];
  return starts.map((start, i) =>
    text
      .slice(start, starts[i + 1])
      .replace(/\s*\|\s*$/, '')
      .replace(/\s+/g, ' ')
      .trim(),
  );
}

function columnsOf(row: Section): string[] {
  const heads = (row.parent?.blocks ?? []).filter((block) => block.kind === 'head' && block.line < row.line);
  const head = heads.at(-1);
  return head ? head.text.split('|').map((cell) => cell.trim()) : [];
}
