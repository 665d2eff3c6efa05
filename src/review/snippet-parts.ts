import { type Before, requiredLink } from '../coverage/links.ts';
import { matchInSentence } from '../coverage/match-phrase.ts';
import { termsOf } from '../coverage/scenario-terms.ts';
import { indexTokens } from '../coverage/token-index.ts';
import type { Site } from '../docs/site.ts';
import type { Scenario } from '../registry/registry.ts';
import { type Piece, phrasePieces } from './snippet-pieces.ts';
import { plainPhrase } from './wording.ts';

/** A required link: as the registry has it, and as a page would write it now. */
export interface LinkPart {
  url: string;
  piece: Piece;
}

/** What a section must say to document a scenario, in pieces that every shape writes in its own way. */
export interface SnippetParts {
  /** Names the failure: a code, else words that a symptom accepts. */
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

function nameParts(scenario: Scenario): Pick<SnippetParts, 'label' | 'intro'> {
  const [code, ...others] = scenario.codes;
  const title: Piece[] = [{ text: withoutStop(scenario.title) }];
  if (code !== undefined) {
    const also = others.length > 0 ? alsoPieces(others) : [];
    if (/\s/.test(code)) return { label: [{ code }], intro: [...title, { text: '.' }, ...also] };
    return { label: codeInTitle(code, withoutStop(scenario.title)), intro: also.slice(1) };
  }
  if (isNaming(scenario, scenario.title)) return { label: title, intro: [] };
  const symptom = withoutStop(plainPhrase(scenario.symptoms[0] ?? scenario.title));
  return { label: [{ text: symptom.charAt(0).toUpperCase() + symptom.slice(1) }], intro: [...title, { text: '.' }] };
}

/** The code where the title has it, else before the title. */
function codeInTitle(code: string, title: string): Piece[] {
  const at = title.indexOf(code);
  if (at < 0) return [{ code }, { text: `: ${title}` }];
  const pieces: Piece[] = [{ text: title.slice(0, at) }, { code }, { text: title.slice(at + code.length) }];
  return pieces.filter((piece) => !('text' in piece) || piece.text !== '');
}

function alsoPieces(codes: readonly string[]): Piece[] {
  const list = codes.flatMap((code, i): Piece[] => [{ text: i === 0 ? 'Also reported as ' : ', ' }, { code }]);
  return [{ text: ' ' }, ...list, { text: '.' }];
}

/** A full stop inside a label or a symptom would part its words into two sentences. */
function withoutStop(text: string): string {
  return text
    .trim()
    .replace(/[.!?。！？…]+$/u, '')
    .replace(/[.!?…]+(?=\s)/g, ',');
}

/** True if a title says a symptom and nothing that the registry excepts. */
function isNaming(scenario: Scenario, title: string): boolean {
  const { symptoms, except } = termsOf(scenario);
  const index = indexTokens(title, true);
  if (except.some((phrase) => matchInSentence(phrase, index, []) !== null)) return false;
  return symptoms.some((symptom) => matchInSentence(symptom, index, []) !== null);
}

function linkPiece(url: string, site: Site, before: Before | null): Piece {
  const required = requiredLink(url, site, before);
  const target = required?.target;
  if (target?.kind !== 'page') return { link: url, text: url.replace(/^(?:mailto:|https?:\/\/)/i, '') };
  const { anchor, page } = target;
  const section = anchor ? site.read(page).sections.find((at) => at.anchor?.toLowerCase() === anchor) : undefined;
  const moved = required?.formerRoute !== null ? `${page.url}${anchor ? `#${anchor}` : ''}` : url;
  return { link: moved, text: section?.label || page.title || url };
}
