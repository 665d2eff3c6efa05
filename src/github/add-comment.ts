import { COMMENT_FIELDS, type Comment, type CommentAnswer, type Conversation, commentOf } from './conversation.ts';
import type { GitHub } from './installation-client.ts';

/** A comment that stands since. */
export type Made = Pick<Comment, 'id' | 'url'>;

/** What GitHub answers to a new comment. */
export interface Added {
  /** Null where GitHub made it but does not name it. */
  made: Made | null;
  /** The comments by then, from before the conversation was read up to the new one; null where the answer cannot tell. */
  shown: Comment[] | null;
}

/** Comments that GitHub shows with a new one. Few, for the answer must not take long: one that is lost costs a look. */
const SHOWN = 30;

const ADD_COMMENT = `mutation($input: AddCommentInput!) {
  addComment(input: $input) {
    commentEdge { node { fullDatabaseId url } }
    subject {
      ... on PullRequest { comments(last: ${SHOWN}) { pageInfo { hasPreviousPage } nodes { ${COMMENT_FIELDS} } } }
    }
  }
}`;

interface Answer {
  addComment: Payload | null;
}

interface Payload {
  commentEdge: { node: { fullDatabaseId: string | number; url: string } | null } | null;
  subject: { comments?: CommentsAnswer } | null;
}

interface CommentsAnswer {
  pageInfo: { hasPreviousPage: boolean };
  nodes: (CommentAnswer | null)[] | null;
}

/**
 * Adds a comment to a pull request and looks, in the same request, at what stands beside it. Never repeated by itself.
 * @param conversation as it was read before
 */
export async function addComment({ write }: GitHub, conversation: Conversation, body: string): Promise<Added> {
  const input = { subjectId: conversation.nodeId, body };
  const { addComment: payload } = await write.graphql<Answer>(ADD_COMMENT, { input }).catch(madeAllTheSame);
  const node = payload?.commentEdge?.node;
  if (!node) return { made: null, shown: null };
  const made = { id: Number(node.fullDatabaseId), url: node.url };
  return { made, shown: shownWith(made, payload.subject?.comments, conversation) };
}

/** GitHub made the comment and could not show all of the answer: then nothing that is shown counts. */
function madeAllTheSame(error: unknown): Answer {
  const { data } = error as { data?: Answer | null };
  if (!data?.addComment) throw error;
  return { addComment: { ...data.addComment, subject: null } };
}

/** A view from before the new comment, or one that does not reach back to what was read, could hide an older one. */
function shownWith({ id: made }: Made, answer: CommentsAnswer | undefined, before: Conversation): Comment[] | null {
  const nodes = answer?.nodes?.filter((node) => node !== null) ?? [];
  const shown = nodes.map(commentOf);
  const newest = before.comments.at(-1)?.id ?? 0;
  const reachesBack = answer?.pageInfo.hasPreviousPage === false || shown.some(({ id }) => id <= newest);
  return reachesBack && shown.some(({ id }) => id === made) ? shown : null;
}
