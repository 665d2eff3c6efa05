import { parseCommands } from './comment-commands.ts';
import type { GitHubContext } from './github-context.ts';
import { mayWrite } from './permissions.ts';
import { named, type Repository, type RepositoryPayload, repositoryOf } from './repository.ts';

/** A new or edited comment on a pull request, as its webhook describes it. */
export interface SpokenComment {
  repo: Repository;
  id: number;
  body: string;
  author: { login: string; kind: 'person' | 'bot' };
}

/** The part of an `issue_comment` payload that is used. */
interface CommentPayload {
  comment: { id: number; body: string; user: { login: string; type?: string | undefined } | null };
  repository: RepositoryPayload;
}

export function spokenCommentOf({ comment, repository }: CommentPayload): SpokenComment {
  const { id, body, user } = comment;
  const kind = user?.type === 'User' ? 'person' : 'bot';
  return { repo: repositoryOf(repository), id, body, author: { login: user?.login ?? 'ghost', kind } };
}

/** Whether a comment holds commands, so that changing or deleting it changes what is asked. */
export function holdsCommands(body: string): boolean {
  return parseCommands(body).length > 0;
}

/**
 * Shows by a reaction that a comment's commands were seen: 👍, 😕 for a command that cannot be followed, 👎 for an author
 * who may not write. The next review reads all comments and carries the commands out.
 * @returns whether the pull request has to be judged again
 */
export async function answerComment(
  { repo, id, body, author }: SpokenComment,
  context: GitHubContext,
): Promise<boolean> {
  const commands = author.kind === 'person' ? parseCommands(body) : [];
  if (commands.length === 0) return false;
  const allowed = await mayWrite(author.login, repo, context);
  const understood = commands.some(({ name }) => name === 'unclear') ? 'confused' : '+1';
  const reaction = { ...named(repo), comment_id: id, content: allowed ? understood : '-1' } as const;
  await context.github.write.rest.reactions.createForIssueComment(reaction);
  return allowed;
}
