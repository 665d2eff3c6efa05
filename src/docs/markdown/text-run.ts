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
  line!: number;
  private readonly segments: Segment[] = [];
  private current!: Segment;
  private hasText = false;
  private lead: { form: Lead['form']; parts: string[]; open: boolean } | null = null;
  private rest = '';

  constructor(line: number) {
    this.startSegment('', line);
  }

  /** True once it holds words or a link. */
  get filled(): boolean {
    return this.hasText || this.links.length > 0;
  }

  /** Text from the file; its line ends are hard wraps, which count lines and read as a space. */
  add(text: string, line: number): void {
    if (line !== this.line) this.startSegment('', line);
    for (const [i, part] of text.split('\n').entries()) {
      if (i > 0) this.break(' ');
      if (!part) continue;
      this.current.parts.push(part);
      if (part.trim()) this.hasText = true;
      this.follow(part);
    }
  }

  /** A cell of a table row begins. */
  cell(): void {
    this.startSegment(' | ', this.line);
  }

  /** A line end of the source, shown as a space or as a line break. */
  break(gap: ' ' | '\n', line: number = this.line + 1): void {
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

  /** What the reader sees, one gap between segments, with the places where source lines and cells begin. */
  read(): RunText {
    const breaks: number[] = [];
    const cells: number[] = [];
    let text = '';
    let gap: Gap = '';
    let last = '';
    let firstLine: number | null = null;
    let lastLine: number | null = null;
    for (const segment of this.segments) {
      const words = readerText(segment.parts.join(''));
      if (segment.gap === ' | ') {
        text += segment.gap;
        cells.push(text.length);
        gap = '';
        last = '';
      } else gap = wider(gap, segment.gap);
      if (/^\s/.test(words)) gap = wider(gap, ' ');
      const shown = words.trim();
      if (!shown) continue;
      const isHidden = gap === ' ' && NO_SPACE.test(last) && NO_SPACE.test(shown.charAt(0));
      if (last && !isHidden) text += gap;
      if (lastLine !== null && lastLine !== segment.line) breaks.push(text.length, segment.line);
      firstLine ??= segment.line;
      lastLine = segment.line;
      text += shown;
      last = shown.charAt(shown.length - 1);
      gap = /\s$/.test(words) ? ' ' : '';
    }
    return { text, line: firstLine ?? this.line, breaks, cells };
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

  private startSegment(gap: Gap, line: number): void {
    this.line = line;
    this.current = { gap, line, parts: [] };
    this.segments.push(this.current);
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

/** The wider of two gaps that stand side by side. */
function wider(gap: Gap, next: Gap): Gap {
  return next === '\n' || (next === ' ' && gap === '') ? next : gap;
}
