import { expect, it } from 'vitest';
import { answerComment, holdsCommands, spokenCommentOf } from '../../src/github/answer-comment.ts';
import { setScene } from './signpost-on-github.ts';

/** Somebody comments; whether that asks for a new review, and the reactions. */
async function said(login: string, body: string) {
  const scene = setScene();
  scene.docs.collaborator('jo', 'write');
  scene.docs.collaborator('ada', 'admin');
  scene.docs.collaborator('max', 'maintain');
  scene.docs.collaborator('tina', 'triage');
  const opened = scene.docs.openPullRequest({ files: { 'a.md': 'a\n' } });
  const comment = opened.comment(login, body);
  const { payload } = opened.commentEvent(comment, 'created');
  const spoken = spokenCommentOf(payload as unknown as Parameters<typeof spokenCommentOf>[0]);
  const again = await answerComment(spoken, scene.context);
  const reactions = scene.fake
    .calls('reactions/create-for-issue-comment')
    .map(({ body }) => (body as { content: string }).content);
  expect(scene.fake.takeViolations()).toEqual([]);
  return { again, reactions, calls: scene.calls() };
}

it.each([
  ['jo', '/signpost recheck', true, ['+1']],
  ['max', '/signpost waive blank-tokens because', true, ['+1']],
  ['ada', '/signpost help', true, ['+1']],
  ['jo', '/signpost waive blank-tokens', true, ['confused']],
  ['tina', '/signpost recheck', false, ['-1']],
  ['stranger', '/signpost waive blank-tokens because', false, ['-1']],
])('%s says %s', async (login, body, again, reactions) => {
  expect(await said(login, body)).toMatchObject({ again, reactions });
});

it('asks GitHub nothing about a comment without commands', async () => {
  const { again, calls } = await said('stranger', 'Nice work');
  expect([again, calls]).toEqual([false, []]);
});

it('does not listen to apps and to accounts that are gone', async () => {
  const { context, repo, fake } = setScene();
  const payload = { repository: { full_name: 'acme/docs', html_url: repo.url } };
  for (const user of [null, { login: 'dependabot[bot]', type: 'Bot' }]) {
    const spoken = spokenCommentOf({ ...payload, comment: { id: 1, body: '/signpost recheck', user } });
    expect(await answerComment(spoken, context)).toBe(false);
  }
  expect(fake.requests).toEqual([]);
});

it('knows whether a comment that went asked anything', () => {
  expect([holdsCommands('/signpost unwaive a'), holdsCommands('thanks')]).toEqual([true, false]);
});
