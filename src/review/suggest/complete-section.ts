import type { Candidate, Gap, Match, ScenarioCoverage } from '../../coverage/coverage.ts';
import { type ContentBlock, type Section, withDescendants } from '../../docs/site/page.ts';
import type { Scenario } from '../../registry/registry.ts';
import { plainPhrase, quoted } from '../findings/wording.ts';
import { apart, type Head, indentOf, lineOf, type PageLines, pageLines, type Snippet } from './page-lines.ts';
import { causeSentence, linkSentence, type SnippetParts } from './snippet-parts.ts';
import { type Piece, writePieces } from './snippet-pieces.ts';

/** Where lines go so that they count along with a section that names a failure already. */
interface Spot {
  afterLine: number;
  /** What each line begins with. */
  indent: string;
  /** The lines continue a list item's own text instead of being paragraphs. */
  continues: boolean;
}

const LIST_ITEM = /^([ \t]*(?:>[ \t]*)*)([-*+]|\d{1,9}[.)])([ \t]+)/;

/** Lines for a section that names the failure, to put after one of its own; null where none of them can be followed. */
export function completeSection(
  { gaps, scenario }: ScenarioCoverage,
  candidate: Candidate | null,
  parts: SnippetParts,
  head: Head,
): Snippet | null {
  if (candidate?.level !== 'mentions' || !candidate.onPages) return null;
  const paragraphs = lackingParagraphs(gaps, scenario, candidate, parts);
  const path = candidate.trigger.where === 'prose' ? candidate.trigger.path : candidate.section.path;
  const at = pageLines(path, head);
  const spot = at && paragraphs && spotIn(candidate, at);
  if (!spot) return null;
  const { afterLine, continues } = spot;
  const indent = at.syntax === 'md' && !continues ? notAsCode(spot, at) : spot.indent;
  const lines = paragraphs.map((pieces) => indent + writePieces(pieces, 'text'));
  const block = lines.flatMap((line, i) => (i === 0 ? [line] : ['', line]));
  const text = continues ? lines.join('\n') : apart(block, afterLine, at);
  const purpose = `completes ${quoted(candidate.evidence.label)}`;
  return { path, afterLine, text, shape: 'lines', purpose, syntax: at.syntax };
}

/** What the section lacks; null where it names the failure only in passing and so needs a section of its own. */
function lackingParagraphs(
  gaps: readonly Gap[],
  scenario: Scenario,
  candidate: Candidate,
  parts: SnippetParts,
): Piece[][] | null {
  const lacks = (kind: Gap['kind'], detail: string) => gaps.some((gap) => gap.kind === kind && gap.detail === detail);
  if (lacks('cause', '')) return null;
  const causes = parts.causes.filter((_, i) => lacks('cause', scenario.causes[i] as string));
  const links = parts.links.filter(({ url }) => lacks('link', url));
  // A row borrows the prose around its table, which must say which of the rows it speaks of.
  const which = candidate.section.kind === 'row' ? namePieces(scenario) : null;
  const why = which
    ? [{ text: 'For ' }, ...which, ...causeSentence(causes, ', this happens when: ')]
    : causeSentence(causes);
  const fix = which ? [{ text: 'To fix ' }, ...which, ...linkSentence(links, ', see ')] : linkSentence(links);
  return [...(causes.length > 0 ? [why] : []), ...(links.length > 0 ? [fix] : [])];
}

function namePieces(scenario: Scenario): Piece[] {
  const [code] = scenario.codes;
  return code === undefined ? [{ text: plainPhrase(scenario.symptoms[0] as string) }] : [{ code }];
}

/** In Markdown four columns more than the list item around them would make lines a code block (CommonMark 4.4). */
function notAsCode({ afterLine, indent }: Spot, at: PageLines): string {
  if (!/^[ \t]+$/.test(indent)) return indent;
  let container = '';
  for (let line = afterLine, least = indent.length; line > 0 && least > 0; line -= 1) {
    const text = lineOf(at, line);
    const marker = LIST_ITEM.exec(text)?.[0].length ?? Number.POSITIVE_INFINITY;
    if (marker <= indent.length && indentOf(text).length < least) {
      container = ' '.repeat(marker);
      break;
    }
    if (text.trim() !== '') least = Math.min(least, indentOf(text).length);
  }
  return indent.length - container.length > 3 || indent.includes('\t') ? container : indent;
}

function spotIn({ section, trigger }: Candidate, at: PageLines): Spot | null {
  if (section.kind === 'row' || trigger.where === 'row') return afterTable(trigger.line, at);
  if (trigger.where === 'prose') {
    const blocks = [...withDescendants(section)].flatMap((inner) => inner.blocks);
    const hit = blocks.find((block) => holds(block, trigger));
    return hit ? afterBlock(hit, at) : null;
  }
  if (section.kind === 'item') {
    const lead = section.blocks[0] as ContentBlock;
    return LIST_ITEM.test(lineOf(at, lead.line)) ? afterBlock(lead, at) : null;
  }
  if (section.kind === 'heading' || section.kind === 'bold' || section.kind === 'page') return afterLead(section, at);
  return beforeClosing(section, at);
}

function holds(block: ContentBlock, { path, line }: Match): boolean {
  return block.path === path && block.line <= line && line <= block.endLine;
}

/** A row may borrow the prose around its table. */
function afterTable(line: number, at: PageLines): Spot | null {
  if (!lineOf(at, line).includes('|')) return null;
  let last = line;
  while (last < at.count && lineOf(at, last + 1).includes('|')) last += 1;
  return { afterLine: last, indent: indentOf(lineOf(at, line)), continues: false };
}

function afterBlock({ line, endLine }: ContentBlock, at: PageLines): Spot {
  const first = lineOf(at, line);
  const item = LIST_ITEM.exec(first);
  if (item) return { afterLine: endLine, indent: ' '.repeat(item[0].length), continues: true };
  const quote = /^[ \t]*(?:>[ \t]?)+/.exec(first);
  return { afterLine: endLine, indent: quote ? quote[0] : indentOf(first), continues: quote !== null };
}

/** After the first paragraph of its own that stands at the margin, else after the title itself. */
function afterLead(section: Section, at: PageLines): Spot {
  const lead = section.blocks.find(
    (block) => block.kind === 'prose' && /^[\p{L}\p{N}"'*`_[]/u.test(lineOf(at, block.line)),
  );
  const isText = lead?.path === at.path && !LIST_ITEM.test(lineOf(at, lead.line));
  const title = section.kind === 'page' ? preambleEnd(at) : titleEnd(section.line, at);
  return { afterLine: isText ? lead.endLine : title, indent: '', continues: false };
}

/** A setext heading's underline belongs to it (CommonMark 4.3). */
function titleEnd(line: number, at: PageLines): number {
  const isSetext = !/^\s*#/.test(lineOf(at, line)) && /^ {0,3}(?:=+|-+)\s*$/.test(lineOf(at, line + 1));
  return isSetext ? line + 1 : line;
}

/** The last line of the frontmatter and the imports. */
function preambleEnd(at: PageLines): number {
  let end = 0;
  if (/^\ufeff?---\s*$/.test(lineOf(at, 1))) {
    end = at.lines.findIndex((line, i) => i > 0 && /^---\s*$/.test(line)) + 1;
  }
  for (let line = end + 1; line <= at.count && /^(?:import\s.*|\s*)$/.test(lineOf(at, line)); line += 1) {
    if (lineOf(at, line).trim() !== '') end = line;
  }
  return end;
}

/** Inside a component or a directive: before the line that closes it, indented as its content is. */
function beforeClosing({ line, endLine }: Section, at: PageLines): Spot | null {
  const isClosed = endLine > line && /^\s*(?:<\/[\w.]*>|:::+)/.test(lineOf(at, endLine));
  if (!isClosed) return null;
  const inside = at.lines.slice(line, endLine - 1).filter((each) => each.trim() && !/^\s*<\/?summary/.test(each));
  const [least] = inside.map(indentOf).sort((a, b) => a.length - b.length);
  return { afterLine: endLine - 1, indent: least ?? indentOf(lineOf(at, line)), continues: false };
}
