import { INLINE_ELEMENTS } from './component-names.ts';
import { type Element, findAttribute } from './element.ts';
import type { Frame, Frames } from './frames.ts';
import type { SectionStart } from './section-builder.ts';
import type { Lead } from './text-run.ts';

type Open = (frames: Frames, element: Element) => Frame | null;

/** Elements whose content is no text of the page. */
const MUTE = new Set(['script', 'style', 'svg', 'math', 'head', 'object', 'canvas', 'noscript']);

const OPEN: Readonly<Record<string, Open>> = {
  a: openLink,
  b: (frames) => openLead(frames, 'b', 'strong'),
  strong: (frames) => openLead(frames, 'strong', 'strong'),
  code: (frames) => openLead(frames, 'code', 'code'),
  pre: openPre,
  table: openTable,
  thead: (frames) => markHead(frames, true),
  tbody: (frames) => markHead(frames, false),
  tr: openRow,
  td: openCell,
  th: openCell,
  ul: (frames) => openBox(frames, 'ul'),
  ol: (frames) => openBox(frames, 'ol'),
  li: openItem,
  blockquote: openQuote,
};

/** True for an element whose content is not read at all. */
export function isMute(name: string | null): boolean {
  return name !== null && MUTE.has(name);
}

/** Opens an element of HTML; the frame is what its end must close. */
export function openHtml(frames: Frames, element: Element, name: string): Frame | null {
  const { reader } = frames;
  if (name === 'br') reader.lineBreak(element.line);
  if (name === 'img') reader.text(findAttribute(element, ['alt'])?.value ?? '', element.line);
  if (isMute(name)) return openMute(frames, element, name);
  if (name !== 'br' && !INLINE_ELEMENTS.has(name)) reader.boundary(element.line);
  if (element.empty && name !== 'a') return null;
  return (/^h[1-6]$/.test(name) ? openHtmlHeading : OPEN[name])?.(frames, element) ?? null;
}

/** A heading, whose words are gathered until its frame closes. */
export function openHeading(frames: Frames, start: SectionStart): Frame | null {
  const { reader } = frames;
  if (reader.mode !== 'flow') return null;
  reader.flush();
  const section = reader.builder.openHeading(start);
  reader.begin('label', start.line);
  return frames.push({ name: `h${start.depth}`, close: (line) => reader.endLabel(section, line) });
}

/** A row of a table, whose cells are gathered until its frame closes. */
export function openRow(frames: Frames, { line }: { line: number }): Frame | null {
  const { reader } = frames;
  const open = innermostTable(frames);
  if (open?.row) frames.close(open, line);
  const table = innermostTable(frames)?.table;
  if (!table) return null;
  if (reader.mode !== 'flow') return frames.push({ name: 'tr', close: () => reader.boundary() });
  reader.begin('row', line);
  const row = { cells: 0, headers: 0 };
  const close = (endLine: number) => {
    const isHead = table.inHead || (table.bodyRows === 0 && row.headers === row.cells);
    if (!isHead) table.bodyRows++;
    reader.endRow(isHead ? 'head' : 'row', line, endLine);
  };
  return frames.push({ name: 'tr', row, close });
}

/** A cell of the row that is open; nested tables are part of the cell that holds them. */
export function openCell(frames: Frames, { name }: { name: string | null }): null {
  const row = innermostTable(frames)?.row;
  if (!row) return null;
  if (row.cells > 0) frames.reader.cell();
  row.cells++;
  if (name === 'th') row.headers++;
  return null;
}

export function openTable(frames: Frames): Frame {
  return Object.assign(openBox(frames, 'table'), { table: { inHead: false, bodyRows: 0 } });
}

/** A list item: headings inside it end with it, and a bold lead makes it a section. */
export function openItem(frames: Frames): Frame | null {
  const open = frames.innermost(({ name }) => name === 'li' || name === 'ul' || name === 'ol');
  if (open?.name === 'li') frames.close(open, frames.reader.line);
  return frames.reader.mode === 'flow' ? frames.pushScope('li', 'item').frame : null;
}

export function openQuote(frames: Frames): Frame | null {
  return frames.reader.mode === 'flow' ? frames.pushScope('blockquote', 'quote').frame : null;
}

export function openPre(frames: Frames, { name, line }: Element): Frame | null {
  const { reader } = frames;
  if (reader.mode !== 'flow') return null;
  reader.begin('sample', line);
  return frames.push({ name: name as string, close: (endLine) => reader.endSample(endLine) });
}

/** An element that does no more than to end a block where it ends. */
export function openBox(frames: Frames, name: string): Frame {
  return frames.push({ name, close: (line) => frames.reader.boundary(line) });
}

function openHtmlHeading(frames: Frames, element: Element): Frame | null {
  const depth = Number(element.name?.charAt(1));
  const id = findAttribute(element, ['id'])?.value ?? null;
  return openHeading(frames, { kind: 'heading', line: element.line, depth, id });
}

function openLink(frames: Frames, element: Element): Frame | null {
  const { reader } = frames;
  const href = findAttribute(element, ['href']);
  if (!href) return null;
  if (element.inline || element.empty) reader.link(href.value.trim(), href.line);
  else reader.carryLink(href.value.trim(), href.line);
  return element.empty ? null : frames.push({ name: 'a', close: (line) => reader.settleLinks(line) });
}

function openLead(frames: Frames, name: string, form: Lead['form']): Frame {
  frames.reader.openLead(form);
  return frames.push({ name, close: () => frames.reader.closeLead(form) });
}

function openMute(frames: Frames, element: Element, name: string): Frame | null {
  const { reader } = frames;
  if (element.empty) return null;
  reader.muted++;
  return frames.push({ name, close: () => void reader.muted-- });
}

function markHead(frames: Frames, inHead: boolean): null {
  const open = innermostTable(frames);
  if (open?.row && frames.reader.mode === 'row') frames.close(open, frames.reader.line);
  const table = innermostTable(frames)?.table;
  if (table) table.inHead = inHead;
  return null;
}

function innermostTable(frames: Frames): Frame | undefined {
  return frames.innermost((frame) => frame.row !== undefined || frame.table !== undefined);
}
