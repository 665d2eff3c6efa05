import { expect, it } from 'vitest';
import type { Comment, Conversation } from '../../src/github/conversation.ts';
import { readRequests } from '../../src/github/requests.ts';

let last = 0;

function comment(login: string, body: string, over: Partial<Comment> = {}): Comment {
  last += 1;
  const url = `https://github.com/acme/docs/pull/1#issuecomment-${last}`;
  const author = { kind: 'person' as const, login };
  return { id: last, body, url, isMinimized: false, author, association: 'NONE', ...over };
}

function conversation(...comments: Comment[]): Conversation {
  return { nodeId: 'PR_1', head: 'c0ffee', isDraft: false, isOpen: true, base: 'main', comments };
}

const everybody = async () => true;

it('takes actor, reason and link of a waiver from its comment', async () => {
  const said = comment('jo', '/signpost waive blank-tokens Fixed in 4.2');
  const { waivers } = await readRequests(conversation(said), everybody);
  expect(waivers).toEqual([{ id: 'blank-tokens', by: 'jo', reason: 'Fixed in 4.2', url: said.url }]);
});

it('lets the latest word count', async () => {
  const { waivers } = await readRequests(
    conversation(
      comment('jo', '/signpost waive a one\n/signpost waive b two\n/signpost waive c three'),
      comment('ann', '/signpost unwaive a\n/signpost waive b better'),
    ),
    everybody,
  );
  expect(waivers.map(({ id, by, reason }) => [id, by, reason])).toEqual([
    ['c', 'jo', 'three'],
    ['b', 'ann', 'better'],
  ]);
});

it('asks nothing for who may not write, for apps, for accounts that are gone and for hidden comments', async () => {
  const asked: string[] = [];
  const mayWrite = async (login: string) => {
    asked.push(login);
    return login === 'jo';
  };
  const waive = '/signpost waive a because';
  const { waivers } = await readRequests(
    conversation(
      comment('stranger', waive),
      comment('some-bot', waive, { author: { kind: 'bot', login: 'some-bot' } }),
      comment('ghost', waive, { author: { kind: 'ghost', login: 'ghost' } }),
      comment('jo', waive, { isMinimized: true }),
      comment('jo', 'no command'),
    ),
    mayWrite,
  );
  expect(waivers).toEqual([]);
  expect(asked).toEqual(['stranger']);
});

it('asks for the permissions of at most thirty people, those with a tie to the repository first', async () => {
  const asked = new Set<string>();
  const crowd = Array.from({ length: 200 }, (_, at) => comment(`stranger-${at}`, '/signpost waive a because'));
  const { waivers } = await readRequests(
    conversation(...crowd, comment('jo', '/signpost waive b because', { association: 'MEMBER' })),
    async (login) => {
      asked.add(login);
      return login === 'jo';
    },
  );
  expect(asked.size).toBe(30);
  expect(waivers.map(({ id }) => id)).toEqual(['b']);
});

it('keeps the last three explanations asked for', async () => {
  const words = ['a', 'b', 'c', 'a', 'd'].map((id) => `/signpost explain ${id}`).join('\n');
  expect((await readRequests(conversation(comment('jo', words)), everybody)).explain).toEqual(['c', 'a', 'd']);
});

it('gives help where that was asked last, with what could not be followed', async () => {
  const help = async (...bodies: string[]) =>
    (await readRequests(conversation(...bodies.map((body) => comment('jo', body))), everybody)).help;
  expect(await help('/signpost help')).toEqual({ problem: null });
  expect(await help('/signpost help', '/signpost recheck')).toBeNull();
  expect(await help('/signpost dance')).toEqual({ problem: 'There is no command dance.' });
});
