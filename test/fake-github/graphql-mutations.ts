import { type Arguments, commentObject, FieldError, permitted, pullObject, type Source } from './graphql-objects.ts';
import { nodeId } from './represent-people.ts';
import type { Call } from './rest/call.ts';
import { addComment } from './rest/comments.ts';
import type { Pull } from './state.ts';
import { commentProblems } from './unstated-limits.ts';

/** The root of a mutation. What it changes is done when its field is resolved, before anything of the payload is read. */
export function mutationObject(call: Call): Source {
  return {
    __typename: 'Mutation',
    addComment: ({ input }: Arguments) => addedComment(call, input as { subjectId: string; body: string }),
  };
}

function addedComment(call: Call, { subjectId, body }: { subjectId: string; body: string }): Source {
  const { world } = call;
  const pull = pullOf(call, subjectId);
  if (!pull) throw new FieldError('NOT_FOUND', `Could not resolve to a node with the global id of '${subjectId}'`);
  permitted(call, 'graphql/add-comment');
  // As `gh pr comment` tells of it (open-telemetry/opentelemetry-dotnet#6554); GitHub does not say of which type it is.
  if (pull.locked) throw new FieldError('FORBIDDEN', 'Unable to create comment because issue is locked');
  const [problem] = commentProblems(body);
  if (problem) throw new FieldError('UNPROCESSABLE', problem);
  const comment = addComment(world, pull.base.repository, pull.number, body, world.app.bot, world.app);
  call.afterwards?.();
  return {
    __typename: 'AddCommentPayload',
    clientMutationId: null,
    commentEdge: {
      __typename: 'IssueCommentEdge',
      cursor: nodeId('cursor', comment.id),
      node: () => commentObject(call, pull, comment),
    },
    subject: () => pullObject(call, pull),
  };
}

function pullOf({ viewer }: Call, id: string): Pull | undefined {
  if (viewer.kind !== 'installation') return undefined;
  const pulls = [...viewer.token.repositories].flatMap((repository) => [...repository.pulls.values()]);
  return pulls.find((pull) => nodeId('PullRequest', pull.id) === id);
}
