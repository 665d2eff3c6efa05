import { suggest } from '../registry/suggest.ts';
import type { Asked } from '../report/comment/asked-blocks.ts';
import type { Review } from '../review/review.ts';
import { type Command, parseCommands } from './comment-commands.ts';
import type { Comment, Conversation } from './conversation.ts';

/** Somebody's decision, on the pull request, not to require a scenario. */
export interface GivenWaiver {
  id: string;
  by: string;
  reason: string;
  /** The comment that says so. */
  url: string;
}

/** What people who may write asked for on a pull request. */
export interface Requests {
  waivers: GivenWaiver[];
  /** Ids of scenarios to explain, the latest last. */
  explain: string[];
  /** Whether the last command was for help, or one that cannot be followed, with what it lacks. */
  help: { problem: string | null } | null;
}

/** Whether a person may write to the repository. */
type MayWrite = (login: string) => Promise<boolean>;

/** People whose permission one review asks for; with more of them, those with a tie to the repository come first. */
const MOST_PEOPLE = 30;
const MOST_EXPLAINED = 3;

/**
 * Reads what a conversation asks for. GitHub holds the state: each review reads all comments, the oldest first, and the
 * latest command about a scenario counts. Hidden comments, and those of apps or of people who may not write, are ignored.
 */
export async function readRequests({ comments }: Conversation, mayWrite: MayWrite): Promise<Requests> {
  const asking = comments.filter(asks);
  const writers = await writersAmong(asking, mayWrite);
  const waivers = new Map<string, GivenWaiver>();
  const explain = new Set<string>();
  let help: Requests['help'] = null;
  for (const { author, body, url } of asking) {
    if (!writers.has(author.login)) continue;
    for (const command of parseCommands(body)) {
      help = helpFor(command);
      if (command.name === 'waive') {
        waivers.delete(command.id);
        waivers.set(command.id, { id: command.id, by: author.login, reason: command.reason, url });
      } else if (command.name === 'unwaive') waivers.delete(command.id);
      else if (command.name === 'explain') {
        explain.delete(command.id);
        explain.add(command.id);
      }
    }
  }
  return { waivers: [...waivers.values()], explain: [...explain].slice(-MOST_EXPLAINED), help };
}

function helpFor(command: Command): Requests['help'] {
  if (command.name === 'unclear') return { problem: command.problem };
  return command.name === 'help' ? { problem: null } : null;
}

function asks({ author, body, isMinimized }: Comment): boolean {
  return author.kind === 'person' && !isMinimized && body.includes('/') && parseCommands(body).length > 0;
}

const TIED = new Set(['OWNER', 'MEMBER', 'COLLABORATOR']);

async function writersAmong(comments: readonly Comment[], mayWrite: MayWrite): Promise<ReadonlySet<string>> {
  const tiedFirst = comments.toSorted((a, b) => Number(TIED.has(b.association)) - Number(TIED.has(a.association)));
  const people = [...new Set(tiedFirst.map(({ author }) => author.login))].slice(0, MOST_PEOPLE);
  const answers = await Promise.all(people.map(mayWrite));
  return new Set(people.filter((_, at) => answers[at]));
}

/** The answer of a review to requests: the waivers that hold, explanations, and ids that the registry does not have. */
export function answerRequests({ waivers, explain, help }: Requests, { scenarios, explanations }: Review): Asked {
  const ids = scenarios.map(({ scenario }) => scenario.id);
  const known = new Set(ids);
  const asked = new Set([...waivers.map(({ id }) => id), ...explain]);
  return {
    waivers: waivers.filter(({ id }) => known.has(id)),
    explanations,
    unknown: [...asked].filter((id) => !known.has(id)).map((id) => ({ id, near: suggest(id, ids) })),
    help,
  };
}
