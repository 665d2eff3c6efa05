import type { Replay, ReplayedScenario } from '../../review/replay/replay.ts';
import { count } from './sentence.ts';

/** From this share of all merges on a scenario stops more work than it is worth. */
const OFTEN = 0.2;

/** What to do about a scenario before the gate is turned on; empty where it is quiet. In it `…` is code. */
export function noiseAdvice(
  scenario: ReplayedScenario,
  { totals: { judged }, gate }: Pick<Replay, 'totals' | 'gate'>,
): string[] {
  const { blocked, findings, worsened, improved, lastState } = scenario;
  const isOpen = lastState === 'missing' || lastState === 'partial';
  const isOften = blocked > 0 && blocked >= Math.max(2, judged * OFTEN);
  return [
    ...(isOften
      ? [`It would have stopped ${count(blocked, ['merge', 'merges'])}: set \`gate: watch\` on it until it is covered.`]
      : []),
    ...(blocked > worsened && isOpen
      ? [
          gate.block === 'introduced'
            ? 'New text named it without all that it needs, which counts as introduced: complete that section first.'
            : 'It blocks over a gap that was there before: close the gap first, or block on `introduced` alone.',
        ]
      : []),
    ...(worsened > 1 && improved > 0
      ? ['It came and went with rewording: widen its phrases, with `a|b` for another word of the same meaning.']
      : []),
    ...(blocked === 0 && findings >= Math.max(3, judged * OFTEN)
      ? ['It is told often and blocks nothing: name its `pages` more closely, so that only those near are told.']
      : []),
  ];
}
