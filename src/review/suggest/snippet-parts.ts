import { requiredLink } from '../../coverage/links.ts';
import type { Before } from '../../coverage/moves.ts';
import type { Phrase } from '../../coverage/phrase.ts';
import { matchInSentence } from '../../coverage/phrase.ts';
import { indexTokens } from '../../coverage/reading.ts';
import { termsOf } from '../../coverage/scenario-terms.ts';
import type { Site } from '../../docs/site/site.ts';
import type { Scenario } from '../../registry/registry.ts';
import { plainPhrase } from '../findings/wording.ts';
import { type Piece, phrasePieces, sentence } from './snippet-pieces.ts';

/** A required link: as the registry has it, and as a page would write it now. */
export interface LinkPart {
  url: string;
  piece: Piece;
}

/** What a section must say to document a scenario, in pieces that every shape writes in its own way. */
export interface SnippetParts {
  /** Names the failure by itself: a code, else words that a symptom accepts. */
  name: Piece[];
  /** Titles a section that `intro` belongs to; the two together name the failure. */
  label: Piece[];
  /** What else tells readers which failure it is; empty where the label says it all. */
  intro: Piece[];
  causes: Piece[][];
  links: LinkPart[];
}

const SAFE_SCHEMES: ReadonlySet<string> = new Set(['http', 'https', 'mailto']);

/** Puts a scenario's terms into words that the rule accepts: codes verbatim, of each `a|b` the first. */
export function snippetParts(scenario: Scenario, site: Site, before: Before | null): SnippetParts {
  return {
    ...nameParts(scenario),
    causes: scenario.causes.map((cause) => phrasePieces(plainPhrase(cause))),
    links: scenario.links.filter(isSafe).map((url) => ({ url, piece: linkPiece(url, site, before) })),
  };
}

/** A registry is data: no link of it may run anything. */
function isSafe(url: string): boolean {
  const scheme = /^\s*([a-z][a-z0-9+.-]*):/i.exec(url)?.[1];
  return scheme === undefined || SAFE_SCHEMES.has(scheme.toLowerCase());
}

type Names = Pick<SnippetParts, 'name' | 'label' | 'intro'>;

function nameParts(scenario: Scenario): Names {
  const title = withoutStop(scenario.title);
  const [code, ...others] = scenario.codes;
  if (code === undefined) return symptomParts(scenario, title);
  const further = others.map((other) => ({ code: other }));
  const also = sentence('Also reported as ', further, ', ');
  if (/\s/.test(code)) {
    const name = [{ code }];
    return { name, label: name, intro: [{ text: `${title}. ` }, ...also] };
  }
  const label = codeInTitle(scenario, code, title);
  return { name: label, label, intro: also };
}

/** A title that says a symptom names the failure; without causes a label must, with them a sentence is enough. */
function symptomParts(scenario: Scenario, title: string): Names {
  const { symptoms, except } = termsOf(scenario);
  const index = indexTokens(title, true);
  const isSaid = (phrase: Phrase) => matchInSentence(phrase, index, []) !== null;
  const label = [{ text: title }];
  const isExcepted = except.some(isSaid);
  if (!isExcepted && symptoms.some(isSaid)) return { name: label, label, intro: [] };
  const symptom = withoutStop(plainPhrase(scenario.symptoms[0] as string));
  const name = phrasePieces(symptom.charAt(0).toUpperCase() + symptom.slice(1));
  if (isExcepted || scenario.causes.length === 0) return { name, label: name, intro: [...label, { text: '.' }] };
  return { name, label, intro: sentence('What you see: ', [{ strong: phrasePieces(symptom) }], '') };
}

/** The code where the title has it, else before the title. */
function codeInTitle(scenario: Scenario, code: string, title: string): Piece[] {
  const at = termsOf(scenario).codes[0]?.find(title);
  if (!at) return [{ code }, { text: `: ${title}` }];
  const pieces: Piece[] = [{ text: title.slice(0, at.start) }, { code }, { text: title.slice(at.end) }];
  return pieces.filter((piece) => !('text' in piece) || piece.text !== '');
}

/** A full stop inside a label or a symptom would part its words into two sentences. */
function withoutStop(text: string): string {
  return text
    .trim()
    .replace(/[.!?。！？…]+$/u, '')
    .replace(/[.!?…]+(?=\s)/g, ',');
}

/** All causes in one block, as the rule asks of each; none for no causes. */
export function causeSentence(causes: readonly Piece[][], start = 'This happens when: '): Piece[] {
  const items = causes.map((strong) => ({ strong }));
  return sentence(start, items, '; ');
}

export function linkSentence(links: readonly LinkPart[], start = 'To fix it, see '): Piece[] {
  const items = links.map(({ piece }) => piece);
  return sentence(start, items, ', ', ' and ');
}

function linkPiece(url: string, site: Site, before: Before | null): Piece {
  const required = requiredLink(url, site, before);
  const target = required?.target;
  if (target?.kind !== 'page') return { link: url, text: url.replace(/^(?:mailto:|https?:\/\/)/i, '') };
  const { anchor, page } = target;
  const section = anchor ? site.read(page).sections.find((at) => at.anchor?.toLowerCase() === anchor) : undefined;
  const moved = required?.former ? `${page.url}${anchor ? `#${anchor}` : ''}` : url;
  return { link: moved, text: section?.label || page.title || url };
}
