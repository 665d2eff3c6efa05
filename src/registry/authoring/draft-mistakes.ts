import { lintRegistry } from '../lint-registry.ts';
import { parseRegistry } from '../parse-registry.ts';
import type { Mistake, Settings } from '../registry.ts';
import type { ScenarioDraft } from '../scenario-draft.ts';
import { addScenarios } from './add-scenarios.ts';

/** What the registry's own reader and linter say of one field of a scenario that is being written. */
export function draftMistakes(draft: ScenarioDraft, field: keyof ScenarioDraft, settings: Settings): Mistake[] {
  // Without a way to be named an entry is no entry, whatever else is right about it.
  const whole = draft.codes?.length || draft.symptoms?.length ? draft : { ...draft, codes: ['some_code'] };
  const { registry, mistakes } = parseRegistry([{ path: 'draft', text: addScenarios('', [whole]) }]);
  const linted = registry
    ? lintRegistry({ ...registry, settings: { ...registry.settings, ...settings } }, '0000-00-00')
    : [];
  const [from, to] = fieldLines(whole, field);
  return [...mistakes, ...linted].filter(({ line }) => line >= from && line < to);
}

/** Every field of an entry in this form begins on a line of its own, which starts at 1; the end is exclusive. */
function fieldLines(draft: ScenarioDraft, field: keyof ScenarioDraft): [from: number, to: number] {
  const lines = addScenarios('', [draft]).split('\n');
  const start = lines.findIndex((line) => line.slice(4).startsWith(`${field}:`));
  const next = lines.findIndex((line, index) => index > start && !/^ {6}/.test(line));
  return [start + 1, next + 1];
}
