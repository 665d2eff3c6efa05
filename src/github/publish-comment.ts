import { COMMENT_MARKER } from '../report/words/escape-markdown.ts';
import { type Added, addComment, type Made } from './add-comment.ts';
import type { Comment, Conversation } from './conversation.ts';
import { brokeDown, describeFailure, ReadFailure, statusOf } from './failure.ts';
import type { AppIdentity } from './installation-client.ts';
import type { Occasion } from './occasion.ts';
import type { PullRequest } from './pull-request.ts';
import { named } from './repository.ts';
import { RepositoryReader } from './repository-reader.ts';
import { write } from './superseded.ts';

/** What there is to say, and whether it is worth a comment where none stands yet. */
export interface CommentDraft {
  body: string;
  first: 'worth saying' | 'better unsaid';
}

/** Where the comment stands; null where there is none. */
export type PublishedComment = { url: string; did: 'created' | 'edited' | 'left as it was' } | null;

/** Keeps one comment on a pull request: finds ours among all, edits it only where it changed, makes it once. */
export async function publishComment(
  pull: PullRequest,
  conversation: Conversation,
  draft: CommentDraft,
  occasion: Occasion,
): Promise<PublishedComment> {
  const [ours, ...doubles] = ownComments(conversation, occasion.github.app);
  await removeDoubles(doubles, pull, occasion);
  if (ours) return editComment(ours, pull, draft.body, occasion);
  return draft.first === 'worth saying' ? createComment(pull, conversation, draft.body, occasion) : null;
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
  occasion: Occasion,
): Promise<PublishedComment> {
  if (asStored(ours.body) === asStored(body)) return { url: ours.url, did: 'left as it was' };
  const change = { ...named(pull.repo), comment_id: ours.id, body };
  await write(occasion, () => occasion.github.write.rest.issues.updateComment(change));
  return { url: ours.url, did: 'edited' };
}

/** GitHub may keep other line ends, and none at the end. */
function asStored(body: string): string {
  return body.replace(/\r\n/g, '\n').trim();
}

/** Never sent twice: where GitHub broke down the comment may stand, so it looks again and else leaves it to a later run. */
async function createComment(
  pull: PullRequest,
  conversation: Conversation,
  body: string,
  occasion: Occasion,
): Promise<PublishedComment> {
  const { github } = occasion;
  let added: Added;
  try {
    added = await write(occasion, () => addComment(github, conversation, body));
  } catch (error) {
    if (!brokeDown(error)) throw error;
    const { comments } = await readConversation(pull, occasion);
    if (ownComments({ comments }, github.app).length === 0) throw error;
    return keepOldest({ made: null, comments }, pull, body, occasion);
  }
  const comments = added.shown ?? (await lookAgain(added.made, pull, occasion));
  return keepOldest({ made: added.made, comments }, pull, body, occasion);
}

interface Standing {
  /** Null where it is not known which of the comments that is. */
  made: Made | null;
  comments: Comment[];
}

/**
 * Another process may have made a first comment at the same moment. The oldest counts: whoever sees more than one takes
 * the younger back, whosever they are, for the other process may have looked before the older one could be seen.
 */
async function keepOldest(
  { made, comments }: Standing,
  pull: PullRequest,
  body: string,
  occasion: Occasion,
): Promise<PublishedComment> {
  const others = ownComments({ comments }, occasion.github.app).filter(({ id }) => id !== made?.id);
  const [oldest, ...younger] = others;
  if (made !== null && !(oldest && oldest.id < made.id)) {
    await removeDoubles(others, pull, occasion);
    return { url: made.url, did: 'created' };
  }
  if (!oldest) throw new ReadFailure('GitHub made a comment and does not show it', true);
  await removeDoubles(made === null ? younger : [...younger, made], pull, occasion);
  const kept = await editComment(oldest, pull, body, occasion);
  return made === null ? { url: oldest.url, did: 'created' } : kept;
}

/** Where GitHub cannot tell what stands beside a comment that was made, it stands, and the next review looks again. */
async function lookAgain(made: Made | null, pull: PullRequest, occasion: Occasion): Promise<Comment[]> {
  try {
    return (await readConversation(pull, occasion)).comments;
  } catch (error) {
    if (made === null || describeFailure(error, occasion.now()).kind === 'ours') throw error;
    return [];
  }
}

export async function readConversation({ repo, number }: PullRequest, { github }: Occasion): Promise<Conversation> {
  return new RepositoryReader(github, repo, [number]).conversation(number);
}

/** Two replicas, or a request that GitHub did late, can have made another one. */
async function removeDoubles(doubles: readonly Made[], { repo }: PullRequest, occasion: Occasion): Promise<void> {
  for (const { id } of doubles) {
    try {
      const double = { ...named(repo), comment_id: id };
      await write(occasion, () => occasion.github.write.rest.issues.deleteComment(double));
    } catch (error) {
      if (statusOf(error) !== 404) throw error;
    }
  }
}
