import { cleanLine, shorten } from '../report/words/clean-text.ts';

/** What somebody asks of Signpost in a comment. */
export type Command =
  | { name: 'recheck' | 'help' }
  | { name: 'waive'; id: string; reason: string }
  | { name: 'unwaive' | 'explain'; id: string }
  /** Something that cannot be followed, with what it lacks in one sentence. */
  | { name: 'unclear'; problem: string };

const MOST_COMMANDS = 20;
const REASON_CHARACTERS = 400;

/** `/signpost` and a word, on a line of their own; four spaces before it would make it code. */
const COMMAND = /^ {0,3}\/signpost(?!\S)(?:[ \t]+([^\s]+))?[ \t]*(.*)$/i;

/** A fence opens with three or more backticks or tildes and ends with at least as many (CommonMark 4.5). */
const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/;

/** The commands of a comment in order; code, quotations and HTML comments hold none. */
export function parseCommands(body: string): Command[] {
  const commands: Command[] = [];
  for (const line of spokenLines(body)) {
    const [whole, word, rest = ''] = COMMAND.exec(line) ?? [];
    if (whole === undefined) continue;
    commands.push(commandOf(word?.toLowerCase() ?? 'help', rest));
    if (commands.length === MOST_COMMANDS) break;
  }
  return commands;
}

function commandOf(word: string, rest: string): Command {
  switch (word) {
    case 'recheck':
    case 'help':
      return { name: word };
    case 'unwaive':
    case 'explain':
      return withId(rest, (id) => ({ name: word, id }));
    case 'waive':
      return withId(rest, (id, reason) =>
        reason === ''
          ? { name: 'unclear', problem: `A waiver of ${id} needs a reason after the id.` }
          : { name: 'waive', id, reason },
      );
    default:
      return { name: 'unclear', problem: `There is no command ${shorten(cleanLine(word), 40)}.` };
  }
}

function withId(rest: string, make: (id: string, reason: string) => Command): Command {
  const [, id, reason = ''] = /^`?([a-z0-9][a-z0-9-]{0,99})`?(?:[\s:,]+(.*))?$/i.exec(rest.trim()) ?? [];
  if (id === undefined) return { name: 'unclear', problem: 'The id of a scenario is missing.' };
  return make(id.toLowerCase(), shorten(cleanLine(reason), REASON_CHARACTERS));
}

/** The lines that are neither in a code block nor in an HTML comment. */
function* spokenLines(body: string): Generator<string> {
  let fence = '';
  let hidden = false;
  for (const line of body.split(/\r\n?|\n/)) {
    const [, ticks = '', after = ''] = FENCE.exec(line) ?? [];
    if (hidden) hidden = !line.includes('-->');
    else if (fence !== '') {
      if (ticks.startsWith(fence) && after.trim() === '') fence = '';
    } else if (ticks !== '') fence = ticks;
    else if (line.includes('<!--') && !line.includes('-->', line.lastIndexOf('<!--'))) hidden = true;
    else yield line;
  }
}
