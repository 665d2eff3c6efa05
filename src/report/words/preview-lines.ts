import type { RegistryPreview } from '../../review/review.ts';
import { groupBy } from './group-by.ts';
import { LIST_ITEMS } from './limits.ts';
import { lackOf, listedUpTo, type Say, stateChange } from './sentence.ts';

/** What a change of the registry would do, one line for each change. */
export function previewLines(preview: RegistryPreview | null, say: Say): string[] {
  if (preview === null) return [];
  return [
    ...startsOf(preview, say).map(
      ([start, ids]) => `adds ${listedUpTo(LIST_ITEMS, ids.map(say.copy))}, which would start as ${start}`,
    ),
    ...(preview.removed.length > 0 ? [`removes ${listedUpTo(LIST_ITEMS, preview.removed.map(say.copy))}`] : []),
    ...preview.changed.map(({ id, before, after, gaps }) => {
      const lack = after === 'partial' ? `, lacking ${lackOf(after, gaps, say)}` : '';
      return `${say.copy(id)}: ${stateChange(before, after)}${lack}`;
    }),
    ...preview.notes.map(say.prose),
  ];
}

/** The ids of the scenarios that are added, by the state in which they would start. */
function startsOf({ added }: RegistryPreview, say: Say): [start: string, ids: string[]][] {
  const groups = groupBy(added, ({ state, gaps }) =>
    state === 'partial' ? `${state}, lacking ${lackOf(state, gaps, say)}` : state,
  );
  return Array.from(groups, ([start, each]) => [start, each.map(({ id }) => id)]);
}
