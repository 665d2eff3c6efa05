import { nodeId, userJson } from '../represent-people.ts';
import { commentJson } from '../represent-review.ts';
import type { App, Comment, Repository, User, World } from '../state.ts';
import { findPull, timestamp } from '../world.ts';
import { type Call, GitHubError, type Handler, notFound, page, repositoryOf } from './call.ts';

export function addComment(
  world: World,
  repository: Repository,
  issue: number,
  body: string,
  user: User,
  app: App | null,
): Comment {
  const now = timestamp(world);
  const id = 3_000_000_000 + world.next();
  const comment: Comment = {
    id,
    issue,
    user,
    app,
    body,
    createdAt: now,
    updatedAt: now,
    minimized: false,
    reactions: [],
  };
  repository.comments.push(comment);
  return comment;
}

export function editComment(world: World, comment: Comment, body: string): void {
  comment.body = body;
  comment.updatedAt = timestamp(world);
}

export function deleteComment(repository: Repository, comment: Comment): void {
  repository.comments = repository.comments.filter((one) => one !== comment);
}

const textOf = (call: Call): string => (call.body as { body: string }).body;

function commentOf(call: Call): { repository: Repository; comment: Comment } {
  const repository = repositoryOf(call);
  const comment = repository.comments.find((one) => one.id === Number(call.params.comment_id));
  if (!comment) throw notFound();
  return { repository, comment };
}

function issueOf(call: Call): { repository: Repository; number: number } {
  const repository = repositoryOf(call);
  const pull = findPull(repository, Number(call.params.issue_number));
  if (!pull) throw notFound();
  if (pull.locked && call.body !== undefined)
    throw new GitHubError(403, 'Unable to create comment because issue is locked.');
  return { repository, number: pull.number };
}

const react: Handler = (call) => {
  const { comment } = commentOf(call);
  const { content } = call.body as { content: string };
  const user = call.world.app.bot;
  const known = comment.reactions.find((one) => one.user === user && one.content === content);
  const reaction = known ?? { id: 500_000_000 + call.world.next(), user, content, createdAt: timestamp(call.world) };
  if (!known) comment.reactions.push(reaction);
  const { id, createdAt } = reaction;
  const body = {
    id,
    node_id: nodeId('Reaction', id),
    user: userJson(call.world, user),
    content,
    created_at: createdAt,
  };
  return { status: known ? 200 : 201, body };
};

export const comments: Record<string, Handler> = {
  'issues/list-comments': (call) => {
    const { repository, number } = issueOf(call);
    const since = Date.parse(call.query.get('since') ?? '1970-01-01T00:00:00Z');
    const found = repository.comments.filter((one) => one.issue === number && Date.parse(one.updatedAt) >= since);
    return page(call, found, (comment) => commentJson(call.world, repository, comment));
  },
  'issues/create-comment': (call) => {
    const { repository, number } = issueOf(call);
    const { world } = call;
    const comment = addComment(world, repository, number, textOf(call), world.app.bot, world.app);
    return { status: 201, body: commentJson(world, repository, comment) };
  },
  'issues/get-comment': (call) => {
    const { repository, comment } = commentOf(call);
    return { status: 200, body: commentJson(call.world, repository, comment) };
  },
  // With pull_requests:write an app may edit anybody's comment (OWASP/cve-lite-cli#1187).
  'issues/update-comment': (call) => {
    const { repository, comment } = commentOf(call);
    editComment(call.world, comment, textOf(call));
    return { status: 200, body: commentJson(call.world, repository, comment) };
  },
  'issues/delete-comment': (call) => {
    const { repository, comment } = commentOf(call);
    deleteComment(repository, comment);
    return { status: 204 };
  },
  'reactions/create-for-issue-comment': react,
};
