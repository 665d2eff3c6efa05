import type { Link } from './page-facts.ts';
import { lineOfText, readerText } from './reader-text.ts';

/** What stands between two stretches of source in the reader's text. */
type Gap = '' | ' ' | '\n' | ' | ';

interface Segment {
  gap: Gap;
  line: number;
  parts: string[];
}

/** The words at the start of a run that stand out from the rest: strong text or inline code. */
export interface Lead {
  form: 'strong' | 'code';
  label: string;
  /** The first few characters that follow. */
  rest: string;
}

export interface RunText {
  text: string;
  line: number;
  breaks: number[];
  cells: number[];
}

/** CSS Text 3 section 4.1.3: a line break between two such characters is not shown as a space. */
const NO_SPACE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u;

/**
 * One stretch of running text as it is read, piece by piece, with the source line of each piece:
 * a paragraph, a heading, a table row.
 */
export class TextRun {
  readonly links: Link[] = [];
  line: number;
  private readonly segments: Segment[] = [];
  private current: Segment;
  private hasText = false;
  private lead: { form: Lead['form']; parts: string[]; open: boolean } | null = null;
  private rest = '';

  constructor(line: number) {
    this.line = line;
    this.current = this.startSegment('', line);
  }

  /** True once it holds words or a link. */
  get filled(): boolean {
    return this.hasText || this.links.length > 0;
  }

  /** Text from the file; its line ends are hard wraps, which count lines and read as a space. */
  add(text: string, line: number): void {
    this.moveTo(line);
    for (const [i, part] of text.split('\n').entries()) {
      if (i > 0) this.break(' ');
      this.append(part);
    }
  }

  /** A cell of a table row begins. */
  cell(): void {
    this.startSegment(' | ', this.line);
  }

  /** A line end of the source, shown as a space or as a line break. */
  break(gap: ' ' | '\n', line: number = this.line + 1): void {
    this.line = line;
    this.startSegment(gap, line);
    this.follow(' ');
  }

  /** Strong text or inline code begins, which is the lead where nothing stands before it. */
  openLead(form: Lead['form']): void {
    if (!this.hasText && !this.lead) this.lead = { form, parts: [], open: true };
  }

  closeLead(form: Lead['form']): void {
    if (this.lead?.form === form) this.lead.open = false;
  }

  /** The words that stand out at its start; null where it begins with plain text. */
  readLead(): Lead | null {
    if (!this.lead) return null;
    const label = lineOfText(this.lead.parts.join(''));
    return label ? { form: this.lead.form, label, rest: readerText(this.rest) } : null;
  }

  /** What the reader sees, with the source line of every stretch. */
  read(): RunText {
    const joined = new JoinedText();
    for (const segment of this.segments) joined.add(segment.gap, readerText(segment.parts.join('')), segment.line);
    return { ...joined.finish(), line: joined.firstLine ?? this.line };
  }

  /** The text as written, for samples: every line end kept, blank lines at either end dropped. */
  readVerbatim(): RunText {
    const lines = this.segments.map((segment) => segment.parts.join(''));
    const first = lines.findIndex((line) => line.trim());
    const last = lines.findLastIndex((line) => line.trim());
    const breaks: number[] = [];
    let text = '';
    for (let i = first; i >= 0 && i <= last; i++) {
      if (i > first) breaks.push(text.length + 1, this.segments[i]?.line as number);
      text += (i > first ? '\n' : '') + lines[i];
    }
    return { text, line: this.segments[first]?.line ?? this.line, breaks, cells: [] };
  }

  private moveTo(line: number): void {
    if (line === this.line) return;
    this.line = line;
    this.startSegment('', line);
  }

  private startSegment(gap: Gap, line: number): Segment {
    this.current = { gap, line, parts: [] };
    this.segments.push(this.current);
    return this.current;
  }

  private append(text: string): void {
    if (!text) return;
    this.current.parts.push(text);
    if (!this.hasText && text.trim()) this.hasText = true;
    this.follow(text);
  }

  private follow(text: string): void {
    if (this.lead?.open) this.lead.parts.push(text);
    else if (this.lead && this.rest.length < 8) this.rest = joinBlank(this.rest, beginning(text));
  }
}

/** Its first few characters, white space before them counting as one. */
function beginning(text: string): string {
  const words = text.trimStart();
  return (words.length < text.length ? ' ' : '') + words.slice(0, 4);
}

function joinBlank(left: string, right: string): string {
  return left.endsWith(' ') ? left + right.trimStart() : left + right;
}

/** Puts segments together with one gap between them and remembers where each line and cell begins. */
class JoinedText {
  firstLine: number | null = null;
  private readonly out: string[] = [];
  private readonly breaks: number[] = [];
  private readonly cells: number[] = [];
  private length = 0;
  private gap: Gap = '';
  private last = '';
  private line = 0;

  add(gap: Gap, text: string, line: number): void {
    if (gap === ' | ') this.startCell();
    else this.widen(gap);
    if (/^\s/.test(text)) this.widen(' ');
    const words = text.trim();
    if (!words) return;
    this.pushGap(words);
    this.markLine(line);
    this.push(words);
    this.gap = /\s$/.test(text) ? ' ' : '';
  }

  finish(): { text: string; breaks: number[]; cells: number[] } {
    return { text: this.out.join(''), breaks: this.breaks, cells: this.cells };
  }

  private startCell(): void {
    this.gap = '';
    this.push(' | ');
    this.cells.push(this.length);
    this.last = '';
  }

  private widen(gap: Gap): void {
    if (gap === '\n' || (gap === ' ' && this.gap === '')) this.gap = gap;
  }

  private pushGap(next: string): void {
    const hidden = this.gap === ' ' && NO_SPACE.test(this.last) && NO_SPACE.test(next.charAt(0));
    if (this.last && !hidden) this.push(this.gap);
  }

  private push(text: string): void {
    if (!text) return;
    this.out.push(text);
    this.length += text.length;
    this.last = text.charAt(text.length - 1);
  }

  private markLine(line: number): void {
    if (this.firstLine === null) this.firstLine = line;
    else if (line !== this.line) this.breaks.push(this.length, line);
    this.line = line;
  }
}
