import type { Mistake } from '../registry/registry.ts';
import type { Explanation } from '../review/explain-scenario.ts';
import type { CoveragePoint, Replay } from '../review/replay/replay.ts';
import type { Audit, Milliseconds, RegistryAdditions, Review } from '../review/review.ts';
import { renderAuditMarkdown } from './comment/audit-markdown.ts';
import { renderComment } from './comment/comment.ts';
import { renderGithubCommands } from './github-commands.ts';
import type { RemoteFacts } from './html/web-places.ts';
import {
  renderAdditionsJson,
  renderExplanationJson,
  renderJson,
  renderMistakesJson,
  renderReplayJson,
} from './json.ts';
import { renderSarif } from './sarif.ts';
import { renderAuditTerminal } from './terminal/terminal-audit.ts';
import { renderExplanationTerminal } from './terminal/terminal-explain.ts';
import { renderAdditionsTerminal, renderMistakesTerminal } from './terminal/terminal-registry.ts';
import { renderReplayTerminal } from './terminal/terminal-replay.ts';
import { renderReviewTerminal } from './terminal/terminal-review.ts';

/** What the caller knows and the subject does not hold. */
export interface RenderOptions {
  milliseconds: Milliseconds;
  /** Signpost's version. */
  version: string;
  color: boolean;
  /** Columns of the terminal. */
  width: number;
  /** For pages of their own: the day, YYYY-MM-DD, and where the repository is known to be. */
  today: string;
  repository?: RemoteFacts | null;
  /** For an audit's page: how coverage went before. */
  trend?: readonly CoveragePoint[];
}

/** What each command reports. */
export interface Subjects {
  review: Review;
  audit: Audit;
  explain: Explanation;
  replay: Replay;
  'registry check': readonly Mistake[];
  'registry add': RegistryAdditions;
  'registry import': RegistryAdditions;
}

/** A promise for a format whose libraries are loaded only when it is asked for. */
type Rendered = string | Promise<string>;

type Renderers<Subject> = Record<string, (subject: Subject, options: RenderOptions) => Rendered>;

/** Every command's formats; a new one is a file and a line here. */
export const FORMATS: { [Command in keyof Subjects]: Renderers<Subjects[Command]> } = {
  review: {
    terminal: renderReviewTerminal,
    json: (review, { milliseconds }) => renderJson(review, milliseconds),
    markdown: (review) => renderComment(review),
    sarif: (review, { version }) => renderSarif(review, version),
    github: (review) => renderGithubCommands(review),
  },
  audit: {
    terminal: renderAuditTerminal,
    json: (audit, { milliseconds }) => renderJson(audit, milliseconds),
    markdown: (audit) => renderAuditMarkdown(audit),
    sarif: (audit, { version }) => renderSarif(audit, version),
    github: (audit) => renderGithubCommands(audit),
    html: (audit, options) => import('./html/audit-page.ts').then((page) => page.renderAuditHtml(audit, options)),
  },
  explain: {
    terminal: renderExplanationTerminal,
    json: (explanation) => renderExplanationJson(explanation),
  },
  replay: {
    terminal: renderReplayTerminal,
    json: (replay, { milliseconds }) => renderReplayJson(replay, milliseconds),
    html: (replay, options) => import('./html/replay-page.ts').then((page) => page.renderReplayHtml(replay, options)),
  },
  'registry check': {
    terminal: renderMistakesTerminal,
    json: (mistakes) => renderMistakesJson(mistakes),
    sarif: (mistakes, { version }) => renderSarif(mistakes, version),
    github: (mistakes) => renderGithubCommands(mistakes),
  },
  'registry add': {
    terminal: renderAdditionsTerminal,
    json: (change) => renderAdditionsJson('registry-add', change),
  },
  'registry import': {
    terminal: renderAdditionsTerminal,
    json: (change) => renderAdditionsJson('registry-import', change),
  },
};

/** The names of a command's formats, `terminal` first. */
export function formatsOf(command: keyof Subjects): string[] {
  return Object.keys(FORMATS[command]);
}

/** A command's result in one of its formats; null where it has no such format. */
export function render<Command extends keyof Subjects>(
  command: Command,
  format: string,
  subject: Subjects[Command],
  options: RenderOptions,
): Rendered | null {
  const renderers: Renderers<Subjects[Command]> = FORMATS[command];
  const renderer = new Map(Object.entries(renderers)).get(format);
  return renderer === undefined ? null : renderer(subject, options);
}
