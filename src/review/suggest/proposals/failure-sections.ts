import { isTransparent, unitOfLabel } from '../../../coverage/reading.ts';
import type { Content, ContentBlock, Page, Section } from '../../../docs/site/page.ts';
import type { Site } from '../../../docs/site/site.ts';
import { isTellingCode } from '../../../registry/authoring/found-code.ts';
import { namesFailure } from '../../../registry/words.ts';
import { columnsOf } from '../new-section.ts';
import { codesInCell, codesInLabel, type FailureName } from './failure-name.ts';
import { isErrorColumn, isHistory, isNoFailure, isTableOfErrors, isTroubleTitle } from './trouble-words.ts';

/** A place in the docs that tells of one failure. */
export interface FailureSection {
  page: Page;
  section: Section;
  /** What tells of it: a row alone, else the section with everything inside it. */
  blocks: readonly ContentBlock[];
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
  const pages = site.pages.filter(({ hidden, name }) => !hidden && !isHistory(name));
  const telling = pages.filter((page) => mayTellOfFailures(site, page, known));
  const seen = new Set<string>();
  return telling.flatMap((page) =>
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
  const found = content.sections.flatMap((section) =>
    section.kind === 'row' ? rowFailure(section, rawOf, known) : titledFailure(section, rawOf, known),
  );
  const told = new Set(found.map(({ section }) => section));
  return found.filter(({ section }) => !holdsOthers(section, told));
}

/** A titled section around several failures is the place where they are gathered. */
function holdsOthers(section: Section, told: ReadonlySet<Section>): boolean {
  const inside = section.children.filter((child) => told.has(child));
  return inside.length > 1 || inside.some(({ kind }) => kind === section.kind);
}

type RawOf = (block: ContentBlock) => string;

function titledFailure(section: Section, rawOf: RawOf, known: ReadonlySet<string>): FailureSection[] {
  const label = section.label.replace(/\s+/g, ' ').trim();
  if (section.index === 0 || !TITLED.has(section.kind) || isTransparent(section) || label.length > LONGEST_LABEL)
    return [];
  const [first] = section.blocks;
  const name = codesInLabel(label, first ? rawOf(first) : '', known);
  const among = whereAmong(section);
  const isFailing = label.split(/\s+/).length > 1 && label.split(/[\s/]+/).some(namesFailure) && !isNoFailure(label);
  const isPlain = name.codes.some((code) => PLAIN_ERROR.test(code));
  const isAsked = name.codes.some((code) => known.has(code));
  const isNamed = isAsked || (name.codes.length > 0 && (among !== 'nothing' || isPlain) && !isNoFailure(label));
  // A section that folds away is for readers who have the problem, wherever it stands.
  const isFolded = section.kind === 'details' || section.kind === 'accordion';
  if (!isNamed && !(isFailing && (among !== 'nothing' || isFolded))) return [];
  return [{ page: section.page, section, blocks: unitOfLabel(section).blocks, row: null, label, name, among }];
}

function rowFailure(section: Section, rawOf: RawOf, known: ReadonlySet<string>): FailureSection[] {
  const block = section.blocks.find(({ kind }) => kind === 'row');
  const cells = block ? cellsOf(block) : [];
  const columns = columnsOf(section);
  const [label = '', ...others] = cells;
  if (!block || label === '' || others.every((cell) => !/\p{L}/u.test(cell)) || label.length > LONGEST_LABEL) return [];
  const heading = columns[0] ?? '';
  const among = whereAmong(section);
  const whole = codesInCell(label, known, MESSAGE_COLUMN.test(heading));
  const name = whole.codes.length > 0 ? whole : codesInLabel(label, rawOf(block), known);
  const isAbout = isTableOfErrors(columns, among !== 'nothing');
  const isAsked = name.codes.some((code) => known.has(code));
  const words = label.split(' ');
  const isSure = name.isSure || isErrorColumn(heading);
  const tells = name.codes.length > 0 ? isSure : words.length > 1 && words.some(namesFailure);
  if (!isAsked && !(isAbout && tells)) return [];
  return [{ page: section.page, section, blocks: [block], row: { block, cells, columns }, label, name, among }];
}

function whereAmong({ page, parent }: Section): FailureSection['among'] {
  if (isTroubleTitle(page.title) || isTroubleTitle(page.name.split('/').at(-1) ?? '')) return 'page';
  for (let at = parent; at && at.index > 0; at = at.parent) if (isTroubleTitle(at.label)) return 'section';
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

/** A line that may title a section, as Markdown, HTML and components have it. */
const LABEL = /^\s*(?:>\s*)*(?:#{1,6}\s|(?:[-*+]|\d+[.)])\s+(?:\*\*|__|`)|\*\*|__|<)/;
/** A summary on a line of its own, or an accordion. */
const FOLDED = /<summary|<accordion/i;
const UNDERLINE = /^\s*(?:=+|-+)\s*$/;
const TABLE_RULE = /^\s*\|?\s*:?-{2,}:?\s*\|/;
const WORD = /[\p{L}\p{N}_$][\p{L}\p{N}_.$:-]*/gu;

/**
 * Whether a page may tell of failures, told from raw text: more pages than do, seldom fewer, and far cheaper than
 * parsing them all.
 */
function mayTellOfFailures(site: Site, page: Page, known: ReadonlySet<string>): boolean {
  if (isTroubleTitle(page.title) || isTroubleTitle(page.name)) return true;
  return site.textsBehind(page).some((path) => {
    const text = site.text(path) ?? '';
    return holdsLabel(text) || [...known].some((code) => text.includes(code));
  });
}

function holdsLabel(text: string): boolean {
  const lines = text.split('\n');
  return lines.some((line, i) => {
    const next = lines[i + 1] ?? '';
    if (TABLE_RULE.test(next)) {
      const heads = line.split('|').flatMap((cell) => cell.trim() || []);
      return isTableOfErrors(heads, false);
    }
    if (/<th/i.test(line)) return isTableOfErrors([line], false);
    const failing = () => (line.match(WORD) ?? []).filter(namesFailure);
    if (FOLDED.test(line) && failing().length > 0) return true;
    const isLabel = LABEL.test(line) || (UNDERLINE.test(next) && line.trim() !== '');
    return isLabel && (isTroubleTitle(line) || failing().some(isTellingCode));
  });
}
