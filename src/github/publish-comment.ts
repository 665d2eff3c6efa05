import { COMMENT_MARKER } from '../report/escape-markdown.ts';
import type { Comment, Conversation } from './conversation.ts';
import { brokeDown, describeFailure, statusOf } from './failure.ts';
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
  return draft.first === 'worth saying' ? createComment(pull, draft.body, occasion) : null;
}

/** Ours by marker and by author: anyone can write the marker, and the App could edit anyone's comment. Oldest first. */
export function ownComments({ comments }: Conversation, { slug }: AppIdentity): Comment[] {
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
async function createComment(pull: PullRequest, body: string, occasion: Occasion): Promise<PublishedComment> {
  const { github } = occasion;
  let made: Made;
  try {
    const comment = { ...named(pull.repo), issue_number: pull.number, body };
    const { data } = await write(occasion, () => github.write.rest.issues.createComment(comment));
    made = { id: data.id, url: data.html_url };
  } catch (error) {
    if (!brokeDown(error)) throw error;
    const [standing, ...doubles] = ownComments(await readConversation(pull, occasion), github.app);
    if (!standing) throw error;
    await removeDoubles(doubles, pull, occasion);
    await editComment(standing, pull, body, occasion);
    return { url: standing.url, did: 'created' };
  }
  return keepOldest(made, pull, body, occasion);
}

/**
 * Another process may have made a first comment at the same moment. The oldest counts: whoever finds one that is older
 * than its own takes its own back. Where GitHub cannot tell, the comment stands, and the next review looks again.
 */
async function keepOldest(made: Made, pull: PullRequest, body: string, occasion: Occasion): Promise<PublishedComment> {
  const older = await findOlder(made, pull, occasion);
  if (!older) return { url: made.url, did: 'created' };
  await removeDoubles([made], pull, occasion);
  return editComment(older, pull, body, occasion);
}

type Made = Pick<Comment, 'id' | 'url'>;

async function findOlder({ id }: Made, pull: PullRequest, occasion: Occasion): Promise<Comment | undefined> {
  try {
    return ownComments(await readConversation(pull, occasion), occasion.github.app).find((ours) => ours.id < id);
  } catch (error) {
    if (describeFailure(error, occasion.now()).kind === 'ours') throw error;
    return undefined;
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
