import type { Candidate, Match, Requirement } from '../../coverage/coverage.ts';
import { quoteOf } from '../../coverage/quote.ts';
import { quoteParts } from '../words/quote-parts.ts';
import { listed, placeOf } from '../words/sentence.ts';
import { code, type Html, html, isolated, NOTHING, pieceOfLine } from './escape-html.ts';

const LEVELS: Record<Candidate['level'], string> = {
  documents: 'documents it',
  mentions: 'names it',
  sample: 'shows it in a sample only',
  near: 'comes near',
};

/** "Names it, on a hidden page": what a section is to its scenario. */
export function roleOf({ level, hidden, onPages, through }: Candidate): Html {
  const notes = [
    LEVELS[level],
    ...(hidden ? ['on a hidden page'] : []),
    ...(onPages ? [] : ['not where readers look']),
    ...(through ? [`completed by ${placeOf(through)}`] : []),
  ];
  return html`${listed(notes)}`;
}

/** What a section has of that for which the registry asks, and what it lacks. */
export function checks({ trigger, requirements, forbidden, evidence }: Candidate): Html {
  const others = requirements.filter(({ kind, term }) => kind !== trigger.field || term !== trigger.term);
  return html`<ul class="checks">${check(true, trigger.field, trigger.term, trigger, evidence.path)}${others.map((each) => requirementCheck(each, evidence.path))}${forbidden.map((match) => check(false, 'it must not say', match.term, match, evidence.path))}</ul>`;
}

function requirementCheck({ kind, term, match, broken }: Requirement, path: string): Html {
  if (match === null) return check(false, kind, term, null, path, 'is lacking');
  return check(!broken, kind, term, match, path, broken ? 'leads nowhere' : '');
}

function check(isMet: boolean, kind: string, term: string, match: Match | null, path: string, note = ''): Html {
  const state = isMet ? 'covered' : 'missing';
  const line = match === null ? NOTHING : html` (${match.path === path ? `line ${match.line}` : placeOf(match)})`;
  return html`<li><b class="${state}" role="img" aria-label="${isMet ? 'has' : 'fails'}">${isMet ? '✓' : '✗'}</b> ${kind} ${code(term)}${note !== '' && html` ${note}`}${line}${match !== null && kind !== 'link' && said(match)}</li>`;
}

/** The sentence in which the words stand, those words marked; the words alone where it is not known. */
function said({ term, words, found }: Match): Html {
  if (!found)
    return words.join(' ') === term || words.length === 0 ? NOTHING : html`: “${isolated(words.join(' … '))}”`;
  const parts = quoteParts(quoteOf(found));
  if (parts.length === 1 && parts[0]?.text === term) return NOTHING;
  return html`<q dir="auto">${parts.map(({ text, isMarked }) => (isMarked ? html`<mark>${pieceOfLine(text)}</mark>` : pieceOfLine(text)))}</q>`;
}
