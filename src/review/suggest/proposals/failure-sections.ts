import { isTransparent, unitOfLabel } from '../../../coverage/reading.ts';
import type { Content, ContentBlock, Page, Section } from '../../../docs/site/page.ts';
import type { Site } from '../../../docs/site/site.ts';
import { isTellingCode } from '../../../registry/authoring/found-code.ts';
import { namesFailure } from '../../../registry/words.ts';
import { columnsOf } from '../new-section.ts';
import { codesInCell, codesInLabel, type FailureName } from './failure-name.ts';

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

/** Titles of pages and sections in which docs gather failures, in English and some other languages of docs. */
const TROUBLE =
  /troubleshoot|trouble-?shooting|\b(?:common|known|frequent|typical|general)\s+(?:errors?|issues?|problems?|failures?|mistakes?|pitfalls?|scenarios?|questions)\b|\berrors?\b|\berror[- ]?(?:codes?|messages?|reference|handling)\b|\bexceptions\b|\bfaqs?\b|frequently[- ]asked|\bproblems\b|\bissues\b|\bgotchas\b|\bpitfalls\b|\bdebugging\b|what can go wrong|when (?:something|things|it) (?:goes|go|fails)|fehler|problembehandlung|d[ée]pannage|erreurs|errores|soluci[oó]n de problemas|solu[cç][aã]o de problemas|risoluzione|トラブル|エラー|故障|错误|錯誤|常见问题|문제 ?해결|오류/i;

/** Lists of what changed tell of failures that are no more. */
const HISTORY =
  /(?:^|[/_ -])(?:change-?logs?|release-?notes?|releases|what'?s-?new|blog|news|history|migrations?|roadmap)(?:$|[/_ -])/i;

/** Labels of what people do, learn or look up, in which words of failing are a topic. */
const HOW_TO =
  /^(?:\d+[.)]\s*)?(?:how|what|when|where|who|which|can|do|does|is|are|should|check|verify|test|debug|handle|handling|catch|enable|disable|view|set|configure|use|using|get|getting|add|create|monitor|monitoring|detect|avoid|prevent|understand|understanding|learn|see|run|review|inspect|diagnose|diagnosing|report|contact|before|next|best|about|overview|introduction|prerequisites|related|summary|example|step|limit|retry|retries|manage|list|collect|gather|quick|start|if you)\b/i;

/** Labels of a place for failures, not of one. */
const GATHERING =
  /(?:\b(?:errors|issues|problems|failures|exceptions|questions|limitations|warnings|scenarios|mistakes|pitfalls|gotchas|faqs?)|troubleshooting|error (?:codes?|handling|reference|messages|responses?|format|types?|catalog))$|^(?:troubleshoot|common |known |frequent|general |other )/i;

const QUESTION_OF_FAILURE = /^(?:why|what (?:does|causes)|how (?:do|can) i (?:fix|resolve|solve))\b/i;

export const isTroubleTitle = (words: string): boolean => TROUBLE.test(words);
const isHistory = (name: string): boolean => HISTORY.test(name);

/** Whether a label is that of a topic or a place, whatever words of failing it holds. */
function isNoFailure(label: string): boolean {
  if (QUESTION_OF_FAILURE.test(label)) return false;
  return HOW_TO.test(label) || GATHERING.test(label.replace(/[\s.:?!]+$/, ''));
}

const ERROR_COLUMN =
  /error|exception|symptom|problem|issue|failure|fault|message|what (?:you|users?) see|fehler|erreur/i;
const CODE_COLUMN = /^(?:code|status|type|name|reason|key|value|response)\b/i;

const isErrorColumn = (heading: string): boolean => ERROR_COLUMN.test(heading);

/** Whether rows tell of failures by their first cell. @param isAmong whether the table stands where failures are gathered */
function isTableOfErrors(columns: readonly string[], isAmong: boolean): boolean {
  const [first = ''] = columns;
  return isErrorColumn(first) || (CODE_COLUMN.test(first) && (isAmong || columns.some(isErrorColumn)));
}
