import { FUNCTION_WORDS } from '../../lint-symptom.ts';
import { scrub } from '../../scrub.ts';
import type { Ticket } from './ticket.ts';

/** Tickets that tell of the same failure. */
export interface TicketGroup {
  code: string | null;
  /** What the tickets call it, without names and numbers. */
  title: string;
  tickets: Ticket[];
}

/** Tickets by code, else by theme, else by the words of their title that count; in order of their first ticket. */
export function groupTickets(tickets: readonly Ticket[], privateNames: readonly string[]): TicketGroup[] {
  const groups = new Map<string, Ticket[]>();
  for (const given of tickets) {
    const ticket = { ...given, title: neutralTitle(given.title, given.names, privateNames) };
    const key = keyOf(ticket);
    const mine = groups.get(key);
    if (mine) mine.push(ticket);
    else groups.set(key, [ticket]);
  }
  return [...groups.values()].map((mine) => ({
    code: mine[0]!.code,
    title: titleOf(mine, privateNames),
    tickets: mine,
  }));
}

function keyOf({ code, theme, title }: Ticket): string {
  if (code) return `code ${code}`;
  return theme ? `theme ${titleKey(theme)}` : `title ${titleKey(title)}`;
}

/** Titles that differ in case, order, punctuation and small words only have the same key. */
export function titleKey(title: string): string {
  const words =
    title
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}_]+/gu) ?? [];
  const telling = words.filter((word) => !FUNCTION_WORDS.has(word));
  return [...new Set(telling.length > 0 ? telling : words)].sort().join(' ');
}

/** The theme, else the title that most tickets have; of equally many the first. */
function titleOf(tickets: readonly Ticket[], privateNames: readonly string[]): string {
  const [{ theme, code }] = tickets as [Ticket];
  if (theme && !code) return neutralTitle(theme, [], privateNames);
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

/** A title without what must not be public, cut to what a title may be. */
export function neutralTitle(title: string, names: readonly string[], privateNames: readonly string[]): string {
  const lower = title.normalize('NFC').toLowerCase();
  const mine = names.filter((name) => lower.includes(name.normalize('NFC').toLowerCase()));
  const neutral = scrub(scrub(title, mine), privateNames)
    .replace(/(?:\b(?:for|at|by|from|of|in)\s+)?\[(?:name|id|e-mail|ticket|phone|secret|support link)\]/gi, '')
    .replace(/\s+/g, ' ')
    .replace(/^[\s:;,.!?()–—-]+|[\s:;,.(–—-]+$/g, '')
    .trim();
  const points = [...neutral];
  return points.length <= LONGEST
    ? neutral
    : `${points
        .slice(0, LONGEST - 1)
        .join('')
        .trimEnd()}…`;
}
