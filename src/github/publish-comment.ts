import { COMMENT_MARKER } from '../report/words/escape-markdown.ts';
import { COMMENT_FIELDS, type Comment, type CommentAnswer, type Conversation, commentOf } from './conversation.ts';
import { brokeDown, describeFailure, ReadFailure, statusOf } from './failure.ts';
import { type GitHubContext, write } from './github-context.ts';
import type { AppIdentity, GitHub } from './installation-client.ts';
import type { PullRequest } from './pull-request.ts';
import { named } from './repository.ts';
import { RepositoryReader } from './repository-reader.ts';

/** The text of the comment, and whether it is worth making one where there is none yet. */
export interface CommentDraft {
  body: string;
  first: 'worth saying' | 'better unsaid';
}

/** Where the comment stands; null where there is none. */
type PublishedComment = { url: string; did: 'created' | 'edited' | 'left as it was' } | null;

/** Keeps one comment of ours on a pull request: makes it once, and edits it only where its text changed. */
export async function publishComment(
  pull: PullRequest,
  conversation: Conversation,
  draft: CommentDraft,
  context: GitHubContext,
): Promise<PublishedComment> {
  const [ours, ...doubles] = ownComments(conversation, context.github.app);
  await removeDoubles(doubles, pull, context);
  if (ours) return editComment(ours, pull, draft.body, context);
  return draft.first === 'worth saying' ? createComment(pull, conversation, draft.body, context) : null;
}

/** Ours by marker and by author: anyone can write the marker, and the App could edit anyone's comment. Oldest first. */
export function ownComments({ comments }: Pick<Conversation, 'comments'>, { slug }: AppIdentity): Comment[] {
  return comments.filter(
    ({ author, body }) => author.kind === 'bot' && author.login === slug && body.trimStart().startsWith(COMMENT_MARKER),
  );
}

async function editComment(
  ours: Comment,
  pull: PullRequest,
  body: string,
  context: GitHubContext,
): Promise<PublishedComment> {
  if (asStored(ours.body) === asStored(body)) return { url: ours.url, did: 'left as it was' };
  const change = { ...named(pull.repo), comment_id: ours.id, body };
  await write(context, () => context.github.write.rest.issues.updateComment(change));
  return { url: ours.url, did: 'edited' };
}

/** GitHub may keep other line ends, and none at the end. */
function asStored(body: string): string {
  return body.replace(/\r\n/g, '\n').trim();
}

/** Never sends twice: after a breakdown it looks whether the comment was made, and else leaves it to a later review. */
async function createComment(
  pull: PullRequest,
  conversation: Conversation,
  body: string,
  context: GitHubContext,
): Promise<PublishedComment> {
  const { github } = context;
  let added: Added;
  try {
    added = await write(context, () => addComment(github, conversation, body));
  } catch (error) {
    if (!brokeDown(error)) throw error;
    const { comments } = await readConversation(pull, context);
    if (ownComments({ comments }, github.app).length === 0) throw error;
    added = { made: null, shown: comments };
  }
  const comments = added.shown ?? (await lookAgain(added.made, pull, context));
  return keepOldest(added.made, comments, pull, body, context);
}

/**
 * Another process may have made a first comment at the same moment. The oldest one stays: a process that sees several
 * deletes the younger ones, also those of another process, which may have looked before the oldest could be seen.
 * @param made the new comment; null where it is not known which of `comments` that is
 */
async function keepOldest(
  made: NewComment | null,
  comments: Comment[],
  pull: PullRequest,
  body: string,
  context: GitHubContext,
): Promise<PublishedComment> {
  const others = ownComments({ comments }, context.github.app).filter(({ id }) => id !== made?.id);
  const [oldest, ...younger] = others;
  if (made !== null && !(oldest && oldest.id < made.id)) {
    await removeDoubles(others, pull, context);
    return { url: made.url, did: 'created' };
  }
  if (!oldest) throw new ReadFailure('GitHub made a comment and does not show it', true);
  await removeDoubles(made === null ? younger : [...younger, made], pull, context);
  const kept = await editComment(oldest, pull, body, context);
  return made === null ? { url: oldest.url, did: 'created' } : kept;
}

/** Reads the comments again. Where that fails after a comment was made, it stays, and the next review looks again. */
async function lookAgain(made: NewComment | null, pull: PullRequest, context: GitHubContext): Promise<Comment[]> {
  try {
    return (await readConversation(pull, context)).comments;
  } catch (error) {
    if (made === null || describeFailure(error, context.now()).kind === 'ours') throw error;
    return [];
  }
}

export async function readConversation(
  { repo, number }: PullRequest,
  { github }: GitHubContext,
): Promise<Conversation> {
  return new RepositoryReader(github, repo, [number]).conversation(number);
}

/** Deletes further comments of ours, which two processes or a delayed request can have made. */
async function removeDoubles(
  doubles: readonly NewComment[],
  { repo }: PullRequest,
  context: GitHubContext,
): Promise<void> {
  for (const { id } of doubles) {
    try {
      const double = { ...named(repo), comment_id: id };
      await write(context, () => context.github.write.rest.issues.deleteComment(double));
    } catch (error) {
      if (statusOf(error) !== 404) throw error;
    }
  }
}

type NewComment = Pick<Comment, 'id' | 'url'>;

/** What GitHub answers to a new comment. */
interface Added {
  /** Null where GitHub made it but does not name it. */
  made: NewComment | null;
  /** The comments by then, from before the conversation was read up to the new one; null where the answer cannot tell. */
  shown: Comment[] | null;
}

/** Comments that GitHub returns with a new one. Few, because a slow answer may get lost. */
const SHOWN = 30;

const ADD_COMMENT = `mutation($input: AddCommentInput!) {
  addComment(input: $input) {
    commentEdge { node { fullDatabaseId url } }
    subject {
      ... on PullRequest { comments(last: ${SHOWN}) { pageInfo { hasPreviousPage } nodes { ${COMMENT_FIELDS} } } }
    }
  }
}`;

interface AddCommentAnswer {
  addComment: {
    commentEdge: { node: { fullDatabaseId: string | number; url: string } | null } | null;
    subject: { comments?: ShownAnswer } | null;
  } | null;
}

interface ShownAnswer {
  pageInfo: { hasPreviousPage: boolean };
  nodes: (CommentAnswer | null)[] | null;
}

/**
 * Adds a comment to a pull request and looks, in the same request, at what stands beside it. Never repeated by itself.
 * @param conversation as it was read before
 */
export async function addComment({ write }: GitHub, conversation: Conversation, body: string): Promise<Added> {
  const input = { subjectId: conversation.nodeId, body };
  const { addComment: payload } = await write.graphql<AddCommentAnswer>(ADD_COMMENT, { input }).catch(withoutShown);
  const node = payload?.commentEdge?.node;
  if (!node) return { made: null, shown: null };
  const made = { id: Number(node.fullDatabaseId), url: node.url };
  return { made, shown: shownWith(made, payload.subject?.comments, conversation) };
}

/** GitHub made the comment and could not show all of the answer: then nothing that is shown counts. */
function withoutShown(error: unknown): AddCommentAnswer {
  const { data } = error as { data?: AddCommentAnswer | null };
  if (!data?.addComment) throw error;
  return { addComment: { ...data.addComment, subject: null } };
}

/** Null for a list without the new comment, or one that does not reach back to what was read: it could hide a comment. */
function shownWith(made: NewComment, answer: ShownAnswer | undefined, before: Conversation): Comment[] | null {
  const shown = (answer?.nodes ?? []).filter((node) => node !== null).map(commentOf);
  const newest = before.comments.at(-1)?.id ?? 0;
  const reachesBack = answer?.pageInfo.hasPreviousPage === false || shown.some(({ id }) => id <= newest);
  return reachesBack && shown.some(({ id }) => id === made.id) ? shown : null;
}
