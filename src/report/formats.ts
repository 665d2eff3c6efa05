import type { Mistake } from '../registry/registry.ts';
import type { RegistryChange } from '../review/registry-change.ts';
import type { Audit, Milliseconds, Review } from '../review/review.ts';
import { renderAuditMarkdown } from './audit-markdown.ts';
import { type CommentOptions, renderComment } from './comment.ts';
import type { Explanation } from './explanation.ts';
import { renderGithubCommands } from './github-commands.ts';
import { renderExplanationJson, renderJson, renderMistakesJson, renderRegistryChangeJson } from './json.ts';
import { renderSarif } from './sarif.ts';
import { renderTerminal } from './terminal.ts';
import { renderExplanationTerminal } from './terminal-explain.ts';
import { renderMistakesTerminal } from './terminal-mistakes.ts';
import { renderRegistryChangeTerminal } from './terminal-registry-change.ts';

/** What the entry knows and a report cannot. */
export interface Occasion {
  milliseconds: Milliseconds;
  /** Signpost's version. */
  version: string;
  color: boolean;
  /** Columns of the terminal. */
  width: number;
  comment: CommentOptions;
}

/** What each command has to tell. */
export interface Subjects {
  review: Review;
  audit: Audit;
  explain: Explanation;
  'registry check': readonly Mistake[];
  'registry add': RegistryChange;
  'registry import': RegistryChange;
}

type Renderers<Subject> = Record<string, (subject: Subject, occasion: Occasion) => string>;

/** Every command's formats; a new one is a file and a line here. */
export const FORMATS: { [Command in keyof Subjects]: Renderers<Subjects[Command]> } = {
  review: {
    terminal: renderTerminal,
    json: (review, { milliseconds }) => renderJson(review, milliseconds),
    markdown: (review, { comment }) => renderComment(review, comment),
    sarif: (review, { version }) => renderSarif(review, version),
    github: (review) => renderGithubCommands(review),
  },
  audit: {
    terminal: renderTerminal,
    json: (audit, { milliseconds }) => renderJson(audit, milliseconds),
    markdown: (audit, { comment }) => renderAuditMarkdown(audit, comment),
    sarif: (audit, { version }) => renderSarif(audit, version),
    github: (audit) => renderGithubCommands(audit),
  },
  explain: {
    terminal: renderExplanationTerminal,
    json: (explanation) => renderExplanationJson(explanation),
  },
  'registry check': {
    terminal: renderMistakesTerminal,
    json: (mistakes) => renderMistakesJson(mistakes),
    sarif: (mistakes, { version }) => renderSarif(mistakes, version),
    github: (mistakes) => renderGithubCommands(mistakes),
  },
  'registry add': {
    terminal: renderRegistryChangeTerminal,
    json: (change) => renderRegistryChangeJson('registry-add', change),
  },
  'registry import': {
    terminal: renderRegistryChangeTerminal,
    json: (change) => renderRegistryChangeJson('registry-import', change),
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
  occasion: Occasion,
): string | null {
  const renderers: Renderers<Subjects[Command]> = FORMATS[command];
  const renderer = new Map(Object.entries(renderers)).get(format);
  return renderer === undefined ? null : renderer(subject, occasion);
}
