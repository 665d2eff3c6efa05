import { compileCode } from '../../../coverage/code.ts';
import { readerText } from '../../../docs/markdown/reader-text.ts';
import { isTellingCode } from '../../../registry/authoring/found-code.ts';
import { namesFailure } from '../../../registry/words.ts';

/** More codes than this in one label are a list of something. */
const MOST_CODES = 4;
const MOST_MESSAGE_WORDS = 12;

/** Words beside a code that say nothing more, so that the code is the whole label. */
const BESIDE_CODE =
  /^(?:an?|the|error|errors|code|exception|status|message|or|and|http|response|returned|with|\d{3})$/i;
const CODE_WORD = /[\p{L}\p{N}_$][\p{L}\p{N}_.$:-]*[\p{L}\p{N}_$]/gu;
const INLINE_CODE = /(`+)([^`]|[^`][\s\S]*?[^`])\1(?!`)|<(code|pre|kbd|tt)>([^<]*)<\/\3>/g;

/** `E1001`, `AADSTS50020`, `ORA-00942`. */
const NUMBERED = /^\p{Lu}{1,8}[-_]?\d{3,}$/u;
/** Names of what a product does, as references of an API are titled. */
const METHOD =
  /^(?:get|list|create|update|delete|remove|add|set|enable|disable|revoke|invalidate|upsert|send|fetch|check|validate)\p{Lu}/u;

/** Addresses and names of files. */
const ADDRESS = /^https?:|\.(?:[cm]?[jt]sx?|json|ya?ml|md|mdx|html?|com|io|dev|org|env|toml)$/i;

/** What a label or cell is known to say literally. */
export interface FailureName {
  /** Exact codes or messages as users see them. */
  codes: string[];
  /** Whether a code of it tells of failing, or was asked for. */
  isSure: boolean;
}

/**
 * Codes in a label: identifiers that look like errors, or that are all of it, and messages that stand there as inline
 * code or in quotes.
 * @param raw the source lines of the label, in which inline code can still be told
 * @param known codes that are errors for certain
 */
export function codesInLabel(label: string, raw: string, known: ReadonlySet<string>): FailureName {
  const words = [...label.matchAll(CODE_WORD)].map(({ 0: word, index }) => ({ word, index }));
  const isAlone = words.every(({ word }) => isTellingCode(word) || BESIDE_CODE.test(word));
  const isErrors = ({ word, index }: { word: string; index: number }) =>
    known.has(word) || isErrorCode(word, isAlone || isWhatUsersSee(label, index, index + word.length));
  const codes = words.filter(isErrors).map(({ word }) => word);
  const messages = literals(raw, label).filter((text) => isMessage(text) && namesAny(text));
  const name = foundIn([...codes, ...messages], label, known);
  return name.codes.length > MOST_CODES ? { codes: [], isSure: false } : name;
}

/** Those codes that a code of the registry would find in the text. */
function foundIn(codes: readonly string[], text: string, known: ReadonlySet<string>): FailureName {
  const found = [...new Set(codes)].filter((code) => compileCode(code).find(text) !== null);
  return { codes: found, isSure: found.some((code) => known.has(code) || namesAny(code)) };
}

const BEFORE_SEEN =
  /\b(?:with|returns?|returned|errors?|code|shows?|showing|gets?|getting|says?|receive|seeing|throws?)[\s"':]+(?:an? |the )?$/i;
const AFTER_SEEN =
  /^["'`]?(?:\s*[,:()/-]|\s+(?:when|after|before|on|in|during|from|at|while|for|with|error|or|and|response)\b)/i;

/** Whether a word of a label is what users see, by the words beside it, and not what the sentence is about. */
function isWhatUsersSee(label: string, start: number, end: number): boolean {
  if (BEFORE_SEEN.test(label.slice(0, start))) return true;
  return /^[\s"'`(]*$/.test(label.slice(0, start)) && AFTER_SEEN.test(label.slice(end));
}

/** Codes in the first cell of a table of errors: all that it holds, or the message that it is. */
export function codesInCell(cell: string, known: ReadonlySet<string>, isMessages: boolean): FailureName {
  const words = cell.split(/\s*(?:[,/]|\bor\b)\s*|\s+/).filter(Boolean);
  const telling = words.filter((word) => known.has(word) || isTellingCode(word));
  const isAll = telling.length > 0 && telling.length === words.length && words.length <= MOST_CODES;
  if (isAll) return foundIn(telling, cell, known);
  return foundIn(isMessages && isMessage(cell) && namesAny(cell) ? [cell] : [], cell, known);
}

function isErrorCode(word: string, isAlone: boolean): boolean {
  if (!isTellingCode(word) || ADDRESS.test(word)) return false;
  if (NUMBERED.test(word)) return true;
  const isIdentifier = /_|\p{Ll}\p{Lu}|\d/u.test(word) || /^\p{Lu}{4,}$/u.test(word);
  if (!isIdentifier) return false;
  if (/(?:Error|Exception|Failure|Fault|Failed)$/.test(word)) return true;
  if (METHOD.test(word.charAt(0).toLowerCase() + word.slice(1))) return false;
  // A setting's name in lower case is what a sentence is about, as in "callback_url is not configured".
  return (isAlone && !/^\p{Ll}+\p{Lu}/u.test(word)) || (namesFailure(word) && !/^\d/.test(word));
}

function isMessage(text: string): boolean {
  const words = text.split(/\s+/);
  return words.length >= 2 && words.length <= MOST_MESSAGE_WORDS && !/[<>{}[\]|]|\.\.\.|…/.test(text);
}

function namesAny(text: string): boolean {
  return text.split(/\s+/).some(namesFailure);
}

/** Inline code and quoted text. */
function literals(raw: string, label: string): string[] {
  const code = [...raw.matchAll(INLINE_CODE)].map(([, , ticked, , tagged]) => ticked ?? tagged ?? '');
  const quotes = [...label.matchAll(/"([^"]+)"/g)].map(([, text]) => text as string);
  return [...code, ...quotes].map((text) => readerText(text).replace(/\s+/g, ' ').trim());
}
