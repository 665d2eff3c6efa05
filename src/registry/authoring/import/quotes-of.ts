import { namesFailure } from '../../lint-symptom.ts';
import { scrub } from '../../scrub.ts';
import type { Ticket } from './ticket.ts';

/** A reader needs a voice or two; more would only make the registry long. */
export const MOST_QUOTES = 3;
/** Scrubbing takes its time where there are thousands of names, and the first tickets say it as well as the last. */
const MOST_READ = 50;
const SHORTEST = 20;
const LONGEST = 160;

const GREETING =
  /^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|thanks|thank you|regards|best|cheers|sent from)\b/i;

/**
 * A few sentences in which customers say what failed, one for each customer, in row order; with neutral words in the
 * place of names, addresses, ids and secrets.
 */
export function quotesOf(tickets: readonly Ticket[], privateNames: readonly string[]): string[] {
  const quotes = new Map<string, string>();
  const heard = new Set<string>();
  for (const { customer, quote, names } of tickets.slice(0, MOST_READ)) {
    if (quotes.size === MOST_QUOTES) break;
    if (customer !== '' && heard.has(customer)) continue;
    const sentence = tellingSentence(quote);
    if (sentence === null) continue;
    const said = scrub(scrub(sentence, names), privateNames).trim();
    const key = said.replace(/\d+/g, '0').toLowerCase();
    if (!isMostlyNeutral(said) && !quotes.has(key)) quotes.set(key, said);
    heard.add(customer);
  }
  return [...quotes.values()];
}

/** The first sentence with a word for a failure, else the first that says something. */
function tellingSentence(text: string): string | null {
  const sentences = text
    .split(/(?<=[.!?。！？])\s+|(?<=[。！？])/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence.length >= SHORTEST && !GREETING.test(sentence) && !sentence.startsWith('>'));
  const telling = sentences.find((sentence) => sentence.split(/\s+/).some((word) => namesFailure(word)));
  const chosen = telling ?? sentences[0];
  return chosen === undefined ? null : shortened(chosen);
}

function shortened(sentence: string): string {
  const points = [...sentence];
  if (points.length <= LONGEST) return sentence;
  const cut = points.slice(0, LONGEST - 1).join('');
  return `${cut.replace(/\s+\S*$/, '')}…`;
}

function isMostlyNeutral(text: string): boolean {
  const rest = text.replace(/\[(?:name|id|e-mail|ticket|phone|secret|support link)\]/g, '');
  return rest.replace(/[^\p{L}\p{N}]/gu, '').length < SHORTEST / 2;
}
