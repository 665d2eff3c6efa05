import { scrub, scrubber } from '../../scrub.ts';
import { FUNCTION_WORDS } from '../../words.ts';
import type { Ticket } from './tickets.ts';

/** Tickets of the same failure. */
export interface TicketGroup {
  code: string | null;
  /** What the tickets call it, without names and numbers. */
  title: string;
  tickets: Ticket[];
}

/** Puts neutral words in the place of the names that the registry, or the import, calls private. */
export type Neutral = ReturnType<typeof scrubber>;

/** Groups tickets by code, else by theme, else by the words of their titles that count; in order of first tickets. */
export function groupTickets(tickets: readonly Ticket[], privateNames: readonly string[]): TicketGroup[] {
  const neutral = scrubber(privateNames);
  const groups = new Map<string, Ticket[]>();
  for (const given of tickets) {
    const ticket = { ...given, title: neutralTitle(given.title, given.names, neutral) };
    const key = keyOf(ticket);
    const mine = groups.get(key);
    if (mine) mine.push(ticket);
    else groups.set(key, [ticket]);
  }
  return [...groups.values()].map((mine) => ({ code: mine[0]!.code, title: titleOf(mine, neutral), tickets: mine }));
}

function keyOf({ code, theme, title }: Ticket): string {
  if (code) return `code ${code}`;
  return theme ? `theme ${titleKey(theme)}` : `title ${titleKey(title)}`;
}

/** A key that is the same for titles that differ only in case, order, punctuation and function words. */
export function titleKey(title: string): string {
  const words =
    title
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}_]+/gu) ?? [];
  const telling = words.filter((word) => !FUNCTION_WORDS.has(word));
  return [...new Set(telling.length > 0 ? telling : words)].sort().join(' ');
}

/** The theme, else the most frequent title; the first one of several. */
function titleOf(tickets: readonly Ticket[], neutral: Neutral): string {
  const [{ theme, code }] = tickets as [Ticket];
  if (theme && !code) return neutralTitle(theme, [], neutral);
  const counts = new Map<string, { title: string; count: number }>();
  for (const { title } of tickets) {
    const known = counts.get(titleKey(title));
    if (known) known.count++;
    else if (title !== '') counts.set(titleKey(title), { title, count: 1 });
  }
  const best = [...counts.values()].reduce((a, b) => (b.count > a.count ? b : a), { title: '', count: 0 });
  return best.title;
}

const LONGEST = 120;

/** A title without what must not be public, cut to what a title may be. `names` are those of its own ticket. */
export function neutralTitle(title: string, names: readonly string[], neutral: Neutral): string {
  const lower = title.normalize('NFC').toLowerCase();
  const mine = names.filter((name) => lower.includes(name.normalize('NFC').toLowerCase()));
  const said = neutral(scrub(title, mine))
    .replace(/(?:\b(?:for|at|by|from|of|in)\s+)?\[(?:name|id|e-mail|ticket|phone|secret|support link)\]/gi, '')
    .replace(/\s+/g, ' ')
    .replace(/^[\s:;,.!?()–—-]+|[\s:;,.(–—-]+$/g, '')
    .trim();
  const points = [...said];
  if (points.length <= LONGEST) return said;
  const cut = points.slice(0, LONGEST - 1).join('');
  return `${cut.trimEnd()}…`;
}
