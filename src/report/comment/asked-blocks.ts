import type { Explanation } from '../../review/explain-scenario.ts';
import { renderExplanationTerminal } from '../terminal/terminal-explain.ts';
import { codeFence, codeSpan, escapeProse, escapeText } from '../words/escape-markdown.ts';
import { decoded, encodedPath } from '../words/github-links.ts';
import { blockOf, type CommentBlock, listBlock } from './comment-blocks.ts';

/** What people asked for in the conversation on a pull request, with the answers. */
export interface Asked {
  waivers: readonly { id: string; by: string; reason: string; url: string }[];
  explanations: readonly Explanation[];
  /** Ids that the registry has not, each with one that it has where that is near. */
  unknown: readonly { id: string; near: string | null }[];
  help: { problem: string | null } | null;
}

/** Columns of a code block in a comment that can be read without scrolling. */
const WIDTH = 96;

/** The parts of a comment or check run that answer the conversation. */
export function askedBlocks({ waivers, explanations, unknown, help }: Asked): CommentBlock[] {
  const given = waivers.map(
    ({ id, by, reason, url }) => `${codeSpan(id)} by ${codeSpan(by)}: ${escapeText(reason)}${linkTo(url)}`,
  );
  const strangers = unknown.map(
    ({ id, near }) => `${codeSpan(id)}${near === null ? '' : `; did you mean ${codeSpan(near)}?`}`,
  );
  return [
    listBlock('**Waived on this pull request**', given, ['waiver', 'waivers']),
    listBlock('**Asked for, but not in the registry**', strangers, ['id', 'ids']),
    blockOf(['explanation', 'explanations'], explanations, explained),
    listBlock(titleOf(help), help === null ? [] : HELP, ['command', 'commands']),
  ];
}

function linkTo(url: string): string {
  if (!URL.canParse(url)) return '';
  const { protocol, origin, pathname, hash } = new URL(url);
  return protocol === 'https:' || protocol === 'http:'
    ? ` ([comment](${origin}${encodedPath(decoded(pathname))}${hash}))`
    : '';
}

function explained(explanation: Explanation): string {
  const text = renderExplanationTerminal(explanation, { color: false, width: WIDTH });
  const { id } = explanation.coverage.scenario;
  return `<details>\n<summary>Explained: <code>${escapeText(id)}</code></summary>\n\n${codeFence(text, 'text')}\n\n</details>\n\n`;
}

function titleOf(help: Asked['help']): string {
  const problem = help?.problem ?? null;
  return `${problem === null ? '' : `${escapeProse(problem)} `}**Commands**, each on a line of its own, for people with write access`;
}

const HELP = [
  '`/signpost recheck` judges the newest commit again',
  '`/signpost waive ID reason…` does not require a scenario on this pull request',
  '`/signpost unwaive ID` takes that back',
  '`/signpost explain ID` shows every section that speaks of a scenario, what it lacks, and the smallest change',
  '`/signpost help` shows this',
];
