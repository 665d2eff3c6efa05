import type { RegistryPreview } from '../review/review.ts';
import { LIST_ITEMS } from './limits.ts';
import { lackOf, listed, type Say, stateChange } from './sentence.ts';

/** What a change of the registry would do, one line for each change. */
export function previewLines(preview: RegistryPreview | null, say: Say): string[] {
  if (preview === null) return [];
  const { starts, notes } = startsOf(preview);
  return [
    ...starts.map(([start, ids]) => `adds ${idList(ids, say)}${start && `, which ${say.prose(start)}`}`),
    ...(preview.removed.length > 0 ? [`removes ${idList(preview.removed, say)}`] : []),
    ...preview.changed.map(({ id, before, after, gaps }) => {
      const lack = after === 'partial' ? `, lacking ${lackOf(after, gaps, say)}` : '';
      return `${say.copy(id)}: ${stateChange(before, after)}${lack}`;
    }),
    ...notes.map(say.prose),
  ];
}

/** Those that are added, by how they would start; the notes that say so tell nothing else. */
function startsOf({ added, notes }: RegistryPreview): { starts: [start: string, ids: string[]][]; notes: string[] } {
  const told = new Map<string, string>();
  const fresh = new Set(added);
  for (const note of notes) {
    const [id = ''] = note.split(' ', 1);
    if (fresh.has(id)) told.set(id, note.slice(id.length + 1).replace(/\.$/, ''));
  }
  const starts = new Map<string, string[]>();
  for (const id of added) {
    const start = told.get(id) ?? '';
    starts.set(start, [...(starts.get(start) ?? []), id]);
  }
  return { starts: [...starts], notes: notes.filter((note) => !told.has(note.split(' ', 1)[0] as string)) };
}

function idList(ids: string[], say: Say): string {
  const shown = ids.slice(0, LIST_ITEMS).map(say.copy);
  return listed(ids.length > shown.length ? [...shown, `${ids.length - shown.length} more`] : shown);
}
