import { expect, it } from 'vitest';
import { conversationOf, type PullRequestAnswer } from '../../src/github/conversation.ts';
import { RepositoryReader } from '../../src/github/repository-reader.ts';
import { setScene } from './signpost-on-github.ts';

type Nodes = PullRequestAnswer['comments']['nodes'];

function answer(nodes: Nodes): PullRequestAnswer {
  const pageInfo = { hasNextPage: false, endCursor: null };
  return {
    id: 'PR_1',
    headRefOid: 'c0ffee',
    isDraft: false,
    state: 'MERGED',
    baseRefName: 'main',
    comments: { pageInfo, nodes },
  };
}

const said = {
  fullDatabaseId: '3500000000',
  body: 'hello',
  url: 'https://github.com/acme/docs/pull/1#issuecomment-3500000000',
  isMinimized: false,
  authorAssociation: 'MEMBER',
};

it('tells people, apps and accounts that are gone apart', () => {
  const authors = [
    { __typename: 'User', login: 'jo' },
    { __typename: 'Bot', login: 'signpost' },
    { __typename: 'Bot', login: 'signpost[bot]' },
    { __typename: 'Mannequin', login: 'imported' },
    null,
  ];
  const { comments, isOpen } = conversationOf(answer([...authors.map((author) => ({ ...said, author })), null]));
  expect(isOpen).toBe(false);
  expect(comments.map(({ author }) => `${author.kind} ${author.login}`)).toEqual([
    'person jo',
    'bot signpost',
    'bot signpost',
    'ghost imported',
    'ghost ghost',
  ]);
  expect(comments[0]?.id).toBe(3_500_000_000);
});

it('reads all comments of several pull requests in order', async () => {
  const scene = setScene();
  const [one, two] = [1, 2].map((n) => scene.docs.openPullRequest({ files: { [`${n}.md`]: 'a\n' } }));
  for (let at = 0; at < 230; at += 1) one!.comment('ann', `comment ${at}`);
  two!.comment('ann', 'alone');
  const reader = new RepositoryReader(scene.context.github, scene.repo, [1, 2, 77]);
  const conversations = await reader.conversations();
  expect(conversations.get(1)?.comments.map(({ body }) => body)).toEqual(
    Array.from({ length: 230 }, (_, at) => `comment ${at}`),
  );
  expect(conversations.get(2)?.comments).toHaveLength(1);
  expect([...conversations.keys()]).toEqual([1, 2]);
  expect(scene.fake.takeViolations()).toEqual([]);
});

it('says that there is no such pull request, or no such repository', async () => {
  const { context, repo } = setScene();
  await expect(new RepositoryReader(context.github, repo, [9]).conversation(9)).rejects.toThrow('no pull request 9');
  const hidden = { ...repo, name: 'secret' };
  await expect(new RepositoryReader(context.github, hidden, [1]).conversation(1)).rejects.toThrow(
    /hides this repository/,
  );
});

it('does not take a broken answer for a whole one', async () => {
  const scene = setScene();
  const opened = scene.docs.openPullRequest({ files: { 'a.md': 'a\n' } });
  scene.fake.faults.add('graphql', { kind: 'graphql-errors', fields: 1 }, { times: 3 });
  const reader = new RepositoryReader(scene.context.github, scene.repo, [opened.number]);
  await expect(reader.conversation(opened.number)).rejects.toThrow(/Something went wrong/);
  expect((await reader.conversation(opened.number)).head).toBe(opened.headSha);
});

it('puts no text of others into a query', async () => {
  const scene = setScene();
  const reader = new RepositoryReader(scene.context.github, scene.repo, []);
  await expect(reader.blobs(['") { oid } x: object(oid: "'])).rejects.toThrow(/an id that is none/);
  expect(scene.fake.calls('graphql')).toEqual([]);
});
