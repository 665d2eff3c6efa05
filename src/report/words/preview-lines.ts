import type { RegistryPreview } from '../../review/review.ts';
import { LIST_ITEMS } from './limits.ts';
import { lackOf, listed, type Say, stateChange } from './sentence.ts';

/** What a change of the registry would do, one line for each change. */
export function previewLines(preview: RegistryPreview | null, say: Say): string[] {
  if (preview === null) return [];
  return [
    ...startsOf(preview, say).map(([start, ids]) => `adds ${idList(ids, say)}, which would start as ${start}`),
    ...(preview.removed.length > 0 ? [`removes ${idList(preview.removed, say)}`] : []),
    ...preview.changed.map(({ id, before, after, gaps }) => {
      const lack = after === 'partial' ? `, lacking ${lackOf(after, gaps, say)}` : '';
      return `${say.copy(id)}: ${stateChange(before, after)}${lack}`;
    }),
    ...preview.notes.map(say.prose),
  ];
}

/** Those that are added, by how they would start. */
function startsOf({ added }: RegistryPreview, say: Say): [start: string, ids: string[]][] {
  const starts = new Map<string, string[]>();
  for (const { id, state, gaps } of added) {
    const start = state === 'partial' ? `${state}, lacking ${lackOf(state, gaps, say)}` : state;
    starts.set(start, [...(starts.get(start) ?? []), id]);
  }
  return [...starts];
}

function idList(ids: string[], say: Say): string {
  const shown = ids.slice(0, LIST_ITEMS).map(say.copy);
  return listed(ids.length > shown.length ? [...shown, `${ids.length - shown.length} more`] : shown);
}
