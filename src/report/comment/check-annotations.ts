import type { Finding } from '../../review/findings/finding.ts';
import { docsUrl, FINDING_KINDS } from '../../review/findings/finding.ts';
import { cleanLine, shorten } from '../words/clean-text.ts';
import {
  ANNOTATION_MESSAGE_CHARACTERS,
  ANNOTATION_REQUESTS,
  ANNOTATION_TITLE_CHARACTERS,
  ANNOTATIONS_PER_REQUEST,
} from '../words/limits.ts';
import { asSentence } from '../words/sentence.ts';

/** One annotation as GitHub's REST interface takes it ("Create a check run", `output.annotations`). */
export interface Annotation {
  path: string;
  start_line: number;
  end_line: number;
  start_column?: number;
  end_column?: number;
  annotation_level: 'notice' | 'warning' | 'failure';
  title: string;
  message: string;
  raw_details: string;
}

export interface Annotations {
  /** At most 50 each: GitHub takes no more in one request. */
  pages: Annotation[][];
  /** How many findings in files of the pull request have no annotation. */
  leftOut: number;
}

type Placed = Finding & { path: string; line: number };

const LEVELS = ['failure', 'warning', 'notice'] as const;

/**
 * Findings at lines of the files that the pull request leaves changed, those that block first. The others GitHub would
 * show apart, under files that nobody touched; they stand in the run's text.
 */
export function annotationsOf(findings: readonly Finding[], files: ReadonlySet<string>): Annotations {
  const placed = findings.filter((finding): finding is Placed => isPlaced(finding, files));
  const all = placed.map(annotation).sort((a, b) => levelOf(a) - levelOf(b));
  const pages: Annotation[][] = [];
  for (let at = 0; at < all.length && pages.length < ANNOTATION_REQUESTS; at += ANNOTATIONS_PER_REQUEST)
    pages.push(all.slice(at, at + ANNOTATIONS_PER_REQUEST));
  return { pages, leftOut: all.length - pages.flat().length };
}

function isPlaced({ path, line }: Finding, files: ReadonlySet<string>): boolean {
  return path !== null && line !== null && line >= 1 && files.has(path);
}

function annotation(finding: Placed): Annotation {
  const { kind, scenario, path, line } = finding;
  const endLine = Math.max(line, finding.endLine ?? line);
  return {
    path,
    start_line: line,
    end_line: endLine,
    ...columns(finding, endLine),
    annotation_level: finding.blocking ? 'failure' : finding.severity === 'notice' ? 'notice' : 'warning',
    title: shorten(FINDING_KINDS[kind].summary, ANNOTATION_TITLE_CHARACTERS),
    message: messageOf(finding),
    raw_details: `${kind}${scenario === null ? '' : `: ${cleanLine(scenario)}`}\n${docsUrl(kind)}`,
  };
}

/** GitHub refuses columns where an annotation spans lines. */
function columns({ line, column }: Placed, endLine: number): Pick<Annotation, 'start_column' | 'end_column'> {
  return column === null || column < 1 || line !== endLine ? {} : { start_column: column, end_column: column };
}

function messageOf({ message, advice }: Finding): string {
  const text = [message, advice].map(cleanLine).filter(Boolean).map(asSentence).join(' ');
  return shorten(text, ANNOTATION_MESSAGE_CHARACTERS);
}

function levelOf({ annotation_level }: Annotation): number {
  return LEVELS.indexOf(annotation_level);
}
