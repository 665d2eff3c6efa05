/** What people and apps said on a pull request, and where its head is by now. */
export interface Conversation {
  /** The id by which mutations name the pull request. */
  nodeId: string;
  /** The commit that is the head now. */
  head: string;
  isDraft: boolean;
  isOpen: boolean;
  /** The branch that it goes to, without `refs/heads/`. */
  base: string;
  /** Oldest first. */
  comments: Comment[];
}

export interface Comment {
  /** The number that the REST interface knows it by. */
  id: number;
  body: string;
  url: string;
  isMinimized: boolean;
  author: Author;
  /** The author's tie to the repository in GitHub's words; a hint, never a permission. */
  association: string;
}

interface Author {
  kind: 'person' | 'bot' | 'ghost';
  /** A bot's login has no `[bot]` at its end, as in the App's address. */
  login: string;
}

/** The GraphQL fields that `commentOf` reads. */
export const COMMENT_FIELDS = 'fullDatabaseId body url isMinimized authorAssociation author { __typename login }';

/** The GraphQL fields that `conversationOf` reads; `$after` is the cursor of the page before. */
export const CONVERSATION_FIELDS = `
  id headRefOid isDraft state baseRefName
  comments(first: 100, after: $after) {
    pageInfo { hasNextPage endCursor }
    nodes { ${COMMENT_FIELDS} }
  }`;

export interface PullRequestAnswer {
  id: string;
  headRefOid: string;
  isDraft: boolean;
  state: 'OPEN' | 'CLOSED' | 'MERGED';
  baseRefName: string;
  comments: { pageInfo: { hasNextPage: boolean; endCursor: string | null }; nodes: (CommentAnswer | null)[] };
}

export interface CommentAnswer {
  /** GraphQL's BigInt, which comes as text or as a number. */
  fullDatabaseId: string | number;
  body: string;
  url: string;
  isMinimized: boolean;
  authorAssociation: string;
  author: { __typename: string; login: string } | null;
}

export function conversationOf(answer: PullRequestAnswer): Conversation {
  return {
    nodeId: answer.id,
    head: answer.headRefOid,
    isDraft: answer.isDraft,
    isOpen: answer.state === 'OPEN',
    base: answer.baseRefName,
    comments: answer.comments.nodes.filter((node) => node !== null).map(commentOf),
  };
}

export function commentOf(answer: CommentAnswer): Comment {
  const { fullDatabaseId, body, url, isMinimized, author, authorAssociation: association } = answer;
  return { id: Number(fullDatabaseId), body, url, isMinimized, author: authorOf(author), association };
}

/** Null stands for an account that is gone. */
function authorOf(author: CommentAnswer['author']): Author {
  if (author === null) return { kind: 'ghost', login: 'ghost' };
  const { __typename: kind, login } = author;
  return { kind: kind === 'User' ? 'person' : kind === 'Bot' ? 'bot' : 'ghost', login: login.replace(/\[bot\]$/, '') };
}
