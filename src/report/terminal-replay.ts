import type { Replay } from '../review/replay.ts';
import type { TerminalOptions } from './terminal-pen.ts';

export function renderReplayTerminal(replay: Replay, _options: TerminalOptions): string {
  return JSON.stringify(replay.totals) + '\n';
}
